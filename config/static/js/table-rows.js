// [data-table-rows="key"]: rows typed in a table. Rows live in tbody[data-rows]; a <template> holds
// a blank one, with __n__ where the number of the row goes; cells are inputs with data-column.
// [data-add-row] adds, [data-remove-row] removes, [data-raise-row] changes places with the row above,
// [data-total="column"] shows a sum, in euros, per cent or plain by data-kind.

const BUTTONS = "[data-add-row], [data-remove-row], [data-raise-row]";
const UNITS = { money: "\u202f€", percentage: "\u202f%" };

function written(cents, kind = "money") {
  const places = cents % 100 ? 2 : 0;
  const format = { minimumFractionDigits: places, maximumFractionDigits: places };
  return (cents / 100).toLocaleString(document.documentElement.lang, format) + (UNITS[kind] ?? "");
}

function amount(text) {
  const number = Number(text.replace(/[\s\u00a0\u202f€%]/g, "").replace(",", "."));
  return Number.isFinite(number) ? number : 0;
}

function total(box) {
  for (const place of box.querySelectorAll("[data-total]")) {
    const cells = box.querySelectorAll(`[data-rows] [data-column="${place.dataset.total}"]`);
    const cents = [...cells].reduce((sum, cell) => sum + Math.round(amount(cell.value) * 100), 0);
    place.textContent = written(cents, place.dataset.kind);
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
  for (const button of rows.lastElementChild.querySelectorAll(BUTTONS)) button.hidden = false;
  return rows.lastElementChild;
}

function add(box) {
  grow(box).querySelector("input, select, textarea")?.focus();
  changed(box);
}

// Names carry the number of their row, so values change places and not the rows.
function raise(row) {
  const above = row.previousElementSibling;
  if (!above) return;
  for (const cell of row.querySelectorAll("[data-column]")) {
    const other = above.querySelector(`[data-column="${cell.dataset.column}"]`);
    [cell.value, other.value] = [other.value, cell.value];
  }
  above.querySelector("[data-raise-row]").focus();
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
  const raised = event.target.closest("[data-raise-row]");
  if (raised) raise(raised.closest("[data-rows] > *"));
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
  for (const button of box.querySelectorAll(BUTTONS)) button.hidden = false;
  total(box);
}
