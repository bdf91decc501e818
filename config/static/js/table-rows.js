// [data-table-rows="key"]: rows typed in a table. Rows live in tbody[data-rows]; a <template> holds
// a blank one, with __n__ where the number of the row goes; cells are inputs with data-column.
// [data-add-row] adds, [data-remove-row] removes, [data-total="column"] shows a sum.

function written(cents) {
  const places = cents % 100 ? 2 : 0;
  const format = { minimumFractionDigits: places, maximumFractionDigits: places };
  return `${(cents / 100).toLocaleString(document.documentElement.lang, format)}\u202f€`;
}

function amount(text) {
  const number = Number(text.replace(/[\s\u00a0\u202f€]/g, "").replace(",", "."));
  return Number.isFinite(number) ? number : 0;
}

function total(box) {
  for (const place of box.querySelectorAll("[data-total]")) {
    const cells = box.querySelectorAll(`[data-rows] [data-column="${place.dataset.total}"]`);
    const cents = [...cells].reduce((sum, cell) => sum + Math.round(amount(cell.value) * 100), 0);
    place.textContent = written(cents);
  }
}

function changed(box) {
  total(box);
  box.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
}

function grow(box) {
  const rows = box.querySelector("[data-rows]");
  const number = Number(box.dataset.next || rows.children.length);
  box.dataset.next = number + 1;
  const copy = box.querySelector("template").content.cloneNode(true);
  for (const part of copy.querySelectorAll("*")) {
    for (const attribute of part.attributes) {
      attribute.value = attribute.value.replaceAll("__n__", number);
    }
  }
  rows.append(copy);
  return rows.lastElementChild;
}

function add(box) {
  grow(box).querySelector("input, select, textarea")?.focus();
  changed(box);
}

// Rows kept in this tab come back into their table: exactly these, and a blank one.
function put(box, rows) {
  const place = box.querySelector("[data-rows]");
  while (place.children.length <= rows.length) grow(box);
  while (place.children.length > rows.length + 1) place.lastElementChild.remove();
  [...place.children].forEach((row, index) => {
    for (const cell of row.querySelectorAll("[data-column]")) {
      cell.value = rows[index]?.[cell.dataset.column] ?? "";
    }
  });
  total(box);
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-table-rows]");
  if (!box) return;
  if (event.target.closest("[data-add-row]")) add(box);
  const remove = event.target.closest("[data-remove-row]");
  if (!remove) return;
  remove.closest("[data-rows] > *").remove();
  box.querySelector("[data-add-row]")?.focus();
  changed(box);
});
document.addEventListener("rows:put", (event) => put(event.target, event.detail));
document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-table-rows]");
  if (box) total(box);
});
for (const box of document.querySelectorAll("[data-table-rows]")) {
  for (const button of box.querySelectorAll("[data-add-row], [data-remove-row]")) button.hidden = false;
  total(box);
}
