// a[data-preview="page" | "image"]: shows the file under its link, in the page of the dossier; the
// link still opens a tab with Ctrl, with the middle button and without a script.

function viewer(link) {
  const element = document.createElement(link.dataset.preview === "image" ? "img" : "iframe");
  element.src = link.href;
  if (element.tagName === "IMG") element.alt = link.dataset.name;
  else element.title = link.dataset.name;
  const box = document.createElement("div");
  box.className = "preview";
  box.append(element);
  return box;
}

function close(link) {
  link.parentElement.querySelector(".preview")?.remove();
  link.setAttribute("aria-expanded", "false");
}

function toggle(event) {
  const link = event.target.closest("a[data-preview]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.getAttribute("aria-expanded") === "true") return close(link);
  link.parentElement.append(viewer(link));
  return link.setAttribute("aria-expanded", "true");
}

for (const link of document.querySelectorAll("a[data-preview]")) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
}
document.addEventListener("click", toggle);
document.addEventListener("keydown", (event) => {
  const box = event.key === "Escape" && event.target.closest?.("li")?.querySelector(".preview");
  if (box) close(box.parentElement.querySelector("[data-preview]"));
});
