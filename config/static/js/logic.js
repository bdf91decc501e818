// #form-logic (JSON): conditions and formulas of a form. A question whose condition does not hold
// (#div_id_<key>) is marked data-unasked; [data-computed="key"] shows a computed value. The server
// decides again.

const NUMBERS = new Set(["integer", "decimal", "money", "percentage", "computed"]);
const PLACES = { money: 2, decimal: 2, percentage: 1, integer: 0 };
const UNITS = { money: "\u202f€", percentage: "\u202f%" };
const place = document.getElementById("form-logic");
const logic = place ? JSON.parse(place.textContent) : { order: [] };

function number(text) {
  const bare = String(text).replace(/[\s\u00a0\u202f\u2009€%]/g, "").replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(bare) ? Number(bare) : null;
}

function typed(key) {
  const box = document.getElementById(`div_id_${key}`);
  if (!box) return undefined;
  const rows = box.querySelector("[data-rows]");
  if (rows) return rowsIn(rows);
  const inputs = [...box.querySelectorAll(`[name="${CSS.escape(key)}"]`)];
  if (!inputs.length) return undefined;
  const [first] = inputs;
  if (first.type === "checkbox") return inputs.filter((input) => input.checked).map((input) => input.value);
  if (first.type === "radio") return inputs.find((input) => input.checked)?.value ?? "";
  return first.value.trim();
}

function rowsIn(place) {
  return [...place.children]
    .map((row) => Object.fromEntries([...row.querySelectorAll("[data-column]")].map((cell) => [cell.dataset.column, cell.value.trim()])))
    .filter((row) => Object.values(row).some((text) => text !== ""));
}

// As the server stores it: null when there is no answer, or none that can be read.
function valueOf(key, kind) {
  const told = typed(key);
  if (told === undefined) return NUMBERS.has(kind) ? known(logic.values[key]) : logic.values[key] ?? null;
  if (told === "" || (Array.isArray(told) && !told.length)) return null;
  if (kind === "yes_no") return told === "true";
  return NUMBERS.has(kind) ? number(told) : told;
}

function known(value) {
  return value === null || value === undefined ? null : number(value);
}

const COMPARE = {
  equals: (answer, value) => answer === value,
  differs: (answer, value) => answer !== value,
  at_least: (answer, value) => answer >= value,
  at_most: (answer, value) => answer <= value,
  above: (answer, value) => answer > value,
  below: (answer, value) => answer < value,
  holds: (answer, value) => answer.includes(value),
  lacks: (answer, value) => !answer.includes(value),
};

function compare(part, values) {
  const answer = values.get(part.question) ?? null;
  if (part.is === "given" || part.is === "missing") return (answer !== null) === (part.is === "given");
  if (answer === null) return false;
  const value = NUMBERS.has(logic.kinds[part.question]) ? number(part.value) : part.value;
  return COMPARE[part.is](answer, value);
}

function holds(condition, values) {
  const test = (part) => ("question" in part ? compare(part, values) : holds(part, values));
  return condition.all ? condition.all.every(test) : condition.any.some(test);
}

function term({ question, column }, values) {
  const value = values.get(question) ?? null;
  if (value === null || !column) return value;
  return value.reduce((sum, row) => sum + (number(row[column] ?? "") ?? 0), 0);
}

function compute(formula, values) {
  const numbers = formula.of.map((one) => term(one, values));
  if (numbers.includes(null)) return null;
  const [first, ...others] = numbers;
  const rest = others.reduce((sum, one) => sum + one, 0);
  if (formula.act === "sum") return first + rest;
  if (formula.act === "difference") return first - rest;
  return rest ? (first / rest) * (formula.as === "percentage" ? 100 : 1) : null;
}

function written(value, kind) {
  if (value === null) return "—";
  const rounded = Number(value.toFixed(PLACES[kind]));
  const places = kind === "money" && !Number.isInteger(rounded) ? 2 : 0;
  const format = { minimumFractionDigits: places, maximumFractionDigits: PLACES[kind] };
  return (rounded.toLocaleString(document.documentElement.lang, format) + (UNITS[kind] ?? "")).replace("-", "−");
}

function update() {
  const values = new Map();
  for (const key of logic.order) {
    const condition = logic.conditions[key];
    const isShown = !condition || holds(condition, values);
    const box = document.getElementById(`div_id_${key}`);
    if (box && condition) box.toggleAttribute("data-unasked", !isShown);
    const formula = logic.formulas[key];
    values.set(key, isShown ? (formula ? compute(formula, values) : valueOf(key, logic.kinds[key])) : null);
    const output = formula && document.querySelector(`[data-computed="${CSS.escape(key)}"]`);
    if (output) output.textContent = written(values.get(key), formula.as);
  }
}

if (logic.order.length) {
  for (const event of ["input", "change", "rows:changed", "rows:put"]) {
    document.addEventListener(event, () => queueMicrotask(update));
  }
  update();
}
