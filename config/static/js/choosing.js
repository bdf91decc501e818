// [data-choosing]: a form over rows with check boxes. [data-choose-all] ticks or unticks the page,
// [data-chosen] says how many are ticked.

for (const form of document.querySelectorAll("[data-choosing]")) {
  const boxes = () => [...form.querySelectorAll('input[name="dossier"]')];
  const told = form.querySelector("[data-chosen]");
  const all = form.querySelector("[data-choose-all]");
  const count = () => {
    const n = boxes().filter((box) => box.checked).length;
    told.textContent = n ? `(${n})` : "";
  };
  all.hidden = false;
  all.addEventListener("click", () => {
    const on = boxes().some((box) => !box.checked);
    for (const box of boxes()) box.checked = on;
    count();
  });
  form.addEventListener("change", count);
  count();
}
