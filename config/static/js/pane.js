// [data-pane]: a list whose links [data-row] show a dossier in #pane. J and K anywhere, or the
// arrows while a row has the focus, go through the list; O opens the dossier. Without this module
// each link loads the page again with that dossier beside the list.

const list = document.querySelector("[data-pane]");
const pane = document.getElementById("pane");

if (list && pane) {
  const links = () => [...list.querySelectorAll("a[data-row]")];
  const current = () => links().findIndex((link) => link.hasAttribute("aria-current"));
  const keys = pane.querySelector("[data-keys]");
  keys.hidden = false;
  let asked;

  const mark = (link) => {
    for (const other of links()) {
      other.toggleAttribute("aria-current", false);
      other.closest("tr").classList.remove("is-current");
    }
    link.setAttribute("aria-current", "true");
    link.closest("tr").classList.add("is-current");
  };

  const show = async (link) => {
    mark(link);
    link.focus({ preventScroll: true });
    link.closest("tr").scrollIntoView({ block: "nearest" });
    asked?.abort();
    asked = new AbortController();
    try {
      const address = list.dataset.pane.replace("/0/", `/${link.dataset.row}/`);
      const headers = { "HX-Request": "true" };
      const answer = await fetch(address, { headers, signal: asked.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const digest = document.createRange().createContextualFragment(await answer.text());
      pane.replaceChildren(digest, keys);
      pane.scrollTop = 0;
      history.replaceState(history.state, "", link.href);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(link.href);
    }
  };

  const go = (step) => {
    const all = links();
    const next = all[Math.min(Math.max(current() + step, 0), all.length - 1)];
    if (next && next !== all[current()]) show(next);
  };

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-row]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (pane.offsetParent === null && getComputedStyle(pane).display === "none") return;
    const onRow = event.target.closest("a[data-row]");
    const step = { j: 1, k: -1 }[event.key] ?? (onRow && { ArrowDown: 1, ArrowUp: -1 }[event.key]);
    if (step) {
      event.preventDefault();
      go(step);
    } else if (event.key === "o") {
      pane.querySelector("[data-open]")?.click();
    }
  });
}
