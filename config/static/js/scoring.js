// form[data-grid]: the anchor of the chosen mark, the running total with what it comes to in words
// (the sentences are on the form), number keys inside a criterion.

const french = document.documentElement.lang.startsWith("fr");

function chosen(line) {
  return line.querySelector("input[type=radio]:checked");
}

function tell(line) {
  const mark = chosen(line);
  const anchor = line.querySelector("[data-anchor-text]");
  if (mark) anchor.textContent = mark.dataset.anchor;
  anchor.hidden = !mark || !mark.dataset.anchor;
}

function written(value) {
  const text = String(Number(value));
  return french ? text.replace(".", ",") : text;
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function shortOf(form, marked) {
  return marked
    .filter(({ line, mark }) => line.dataset.minimum && mark < Number(line.dataset.minimum))
    .map(({ line, mark }) => fill(form.dataset.short, {
      name: line.dataset.name, mark, threshold: written(line.dataset.minimum),
    }));
}

function verdict(form, lines, marked, mean) {
  const { none, partly, above, below, under, threshold } = form.dataset;
  if (mean === null) return none;
  const told = [];
  if (marked.length < lines.length) {
    const weight = marked.reduce((sum, { line }) => sum + Math.round(Number(line.dataset.weight) * 100), 0);
    told.push(fill(partly, { n: marked.length, of: lines.length, weight: written(weight / 100) }));
  }
  told.push(fill(mean >= Number(threshold) ? above : below, { threshold: written(threshold) }));
  const short = shortOf(form, marked);
  if (short.length) told.push(fill(under, { names: short.join(", ") }));
  return told.join(" ");
}

function total(form) {
  const lines = [...form.querySelectorAll("[data-weight]")];
  const marked = lines
    .map((line) => ({ line, input: chosen(line) }))
    .filter(({ input }) => input)
    .map(({ line, input }) => ({ line, mark: Number(input.value) }));
  const weights = marked.reduce((sum, { line }) => sum + Number(line.dataset.weight), 0);
  const sum = marked.reduce((whole, { line, mark }) => whole + mark * Number(line.dataset.weight), 0);
  // Half up, as the server rounds: a binary fraction may sit just under the half.
  const mean = weights ? Math.round((sum / weights) * 100 + 1e-9) / 100 : null;
  const text = mean === null ? "—" : mean.toFixed(2);
  form.querySelector("[data-total]").textContent = french ? text.replace(".", ",") : text;
  const words = verdict(form, lines, marked, mean);
  const place = form.querySelector("[data-verdict]");
  if (place.textContent !== words) place.textContent = words;
}

function press(event) {
  if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("textarea, input:not([type=radio])")) return;
  const line = event.target.closest("[data-weight]");
  const mark = line?.querySelector(`input[type=radio][value="${event.key}"]`);
  if (!mark) return;
  event.preventDefault();
  mark.checked = true;
  mark.focus();
  mark.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const form of document.querySelectorAll("form[data-grid]")) {
  form.addEventListener("change", (event) => {
    const line = event.target.closest("[data-weight]");
    if (line && event.target.type === "radio") tell(line);
    total(form);
  });
  form.addEventListener("field:put", () => setTimeout(() => total(form)));
  form.addEventListener("keydown", press);
  for (const line of form.querySelectorAll("[data-weight]")) tell(line);
  total(form);
}
