// form[data-grid]: the anchor of the chosen mark, the running total, number keys inside a criterion.

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

function total(form) {
  let sum = 0;
  let weights = 0;
  for (const line of form.querySelectorAll("[data-weight]")) {
    const mark = chosen(line);
    if (!mark) continue;
    const weight = Number(line.dataset.weight);
    sum += Number(mark.value) * weight;
    weights += weight;
  }
  // Half up, as the server rounds: a binary fraction may sit just under the half.
  const mean = weights ? Math.round((sum / weights) * 100 + 1e-9) / 100 : null;
  const text = mean === null ? "—" : mean.toFixed(2);
  form.querySelector("[data-total]").textContent = french ? text.replace(".", ",") : text;
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
  form.addEventListener("keydown", press);
  for (const line of form.querySelectorAll("[data-weight]")) tell(line);
  total(form);
}
