// details[data-confirm] opens as a dialog; without a script it unfolds in place.

document.addEventListener("click", (event) => {
  const summary = event.target.closest("[data-confirm] > summary");
  if (!summary) return;
  event.preventDefault();
  const details = summary.parentElement;
  const body = details.querySelector(".confirm");
  const title = body.querySelector("h2");
  const close = body.querySelector("[data-confirm-close]");
  const dialog = document.createElement("dialog");
  title.id = `${details.dataset.confirm}-title`;
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.append(body);
  document.body.append(dialog);
  close.hidden = false;
  close.addEventListener("click", () => dialog.close(), { once: true });
  dialog.addEventListener("close", () => {
    details.append(body);
    dialog.remove();
    summary.focus();
  });
  dialog.showModal();
  close.focus();
});
