// table[data-sortable]: heads th[data-sort="text|number"] sort the rows; cells may carry data-value.

function valueOf(row, column, kind) {
  const cell = row.cells[column];
  const text = cell.dataset.value ?? cell.textContent.trim();
  if (kind !== "number") return text;
  const number = Number(text.replace(/[\s\u00a0\u202f€%]/g, "").replace("−", "-").replace(",", "."));
  return Number.isNaN(number) ? -Infinity : number;
}

function sort(table, head) {
  const down = head.getAttribute("aria-sort") === "ascending";
  const kind = head.dataset.sort;
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const compare = kind === "number" ? (a, b) => a - b : order.compare;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [valueOf(row, head.cellIndex, kind), row]);
  rows.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
  body.append(...rows.map(([, row]) => row));
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
}

for (const head of document.querySelectorAll("table[data-sortable] th[data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => sort(head.closest("table"), head));
}
