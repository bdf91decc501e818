// The fields of a form by the key of their question: read, filled, marked.
// A key is a name, data-field, or the data-table-rows around the cells.

export function keyOf(input) {
  const rows = input.closest("[data-table-rows]");
  return rows ? rows.dataset.tableRows : input.dataset.field || input.name;
}

export function boxOf(form, key) {
  return form.querySelector(`[data-table-rows="${CSS.escape(key)}"]`);
}

export function inputsOf(form, key) {
  return [...form.elements].filter((input) => (input.dataset.field || input.name) === key);
}

// The whole of a question: its label, its field, what is told about it.
export function placeOf(form, key) {
  return document.getElementById(`div_id_${key}`) || boxOf(form, key) || inputsOf(form, key)[0]?.parentElement;
}

export function labelOf(form, key) {
  const place = placeOf(form, key);
  const label = place?.querySelector("legend, .form-label") || inputsOf(form, key)[0]?.labels?.[0];
  return (label?.firstChild?.textContent || "").trim();
}

function filled(row) {
  return Object.values(row).some((text) => text.trim() !== "");
}

export function rowsOf(box) {
  return [...box.querySelectorAll("[data-rows] > *")]
    .map((row) => Object.fromEntries([...row.querySelectorAll("[data-column]")].map((cell) => [cell.dataset.column, cell.value])))
    .filter(filled);
}

export function valueOf(form, key) {
  const box = boxOf(form, key);
  if (box) return JSON.stringify(rowsOf(box));
  const inputs = inputsOf(form, key);
  const [first] = inputs;
  if (!first) return "";
  if (first.type === "checkbox" && (inputs.length > 1 || first.dataset.many !== undefined)) {
    return JSON.stringify(inputs.filter((input) => input.checked).map((input) => input.value));
  }
  if (first.type === "checkbox") return first.checked ? "true" : "";
  if (first.type === "radio") return inputs.find((input) => input.checked)?.value ?? "";
  if (first.multiple) return JSON.stringify([...first.selectedOptions].map((option) => option.value));
  return first.value;
}

function listIn(text) {
  try {
    const found = JSON.parse(text || "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

export function put(form, key, text) {
  const box = boxOf(form, key);
  if (box) {
    box.dispatchEvent(new CustomEvent("rows:put", { bubbles: true, detail: listIn(text) }));
    return;
  }
  const inputs = inputsOf(form, key);
  for (const input of inputs) {
    if (input.type === "radio") input.checked = input.value === text;
    else if (input.type !== "checkbox") input.value = text;
    else if (inputs.length > 1 || input.dataset.many !== undefined) input.checked = listIn(text).includes(input.value);
    else input.checked = text !== "";
    input.dispatchEvent(new CustomEvent("field:put", { bubbles: true }));
  }
}

// Where the focus is in a table, so that it follows its row.
function cellIn(box) {
  const cell = document.activeElement;
  if (!box.contains(cell) || !cell.dataset.column) return null;
  const row = [...box.querySelector("[data-rows]").children].indexOf(cell.closest("[data-rows] > *"));
  return { row, column: cell.dataset.column };
}

function enter(box, row, column) {
  box.querySelector("[data-rows]").children[row]?.querySelector(`[data-column="${CSS.escape(column)}"]`)?.focus();
}

// Rows of somebody else have arrived; what was typed here since the save left stays.
export function merge(form, key, sent, { merged, places }) {
  const box = boxOf(form, key);
  const mine = listIn(sent);
  const rows = listIn(merged);
  const held = cellIn(box);
  const current = rowsOf(box);
  current.slice(0, mine.length).forEach((row, index) => {
    for (const [name, cell] of Object.entries(row)) {
      if (cell !== mine[index][name]) rows[places[index]][name] = cell;
    }
  });
  put(form, key, JSON.stringify([...rows, ...current.slice(mine.length)]));
  if (held) enter(box, places[held.row] ?? held.row + rows.length - mine.length, held.column);
}

export function mark(form, key, errors) {
  const inputs = inputsOf(form, key);
  const slot = form.querySelector(`[data-errors-of="${CSS.escape(key)}"]`);
  for (const input of inputs) input.classList.toggle("is-invalid", errors.length > 0);
  if (slot) {
    slot.textContent = errors.join(" ");
    slot.hidden = errors.length === 0;
    return;
  }
  const [input] = inputs;
  if (!input) return;
  const id = `${input.id || key}-autosave`;
  document.getElementById(id)?.remove();
  if (!errors.length) return;
  const line = document.createElement("div");
  line.id = id;
  line.className = "invalid-feedback";
  line.textContent = errors.join(" ");
  input.after(line);
}
