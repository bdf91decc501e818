// form[data-weights]: the sum of the weights while they are typed, and that of each criterion made
// of sub-criteria. A row marked for removal does not count. In hundredths: no binary fractions.

const french = document.documentElement.lang.startsWith("fr");

function hundredths(text) {
  const bare = text.replace(/[\s\u00a0\u202f%]/g, "").replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(bare) ? Math.round(Number(bare) * 100) : 0;
}

function written(n) {
  const text = String(n / 100);
  return french ? text.replace(".", ",") : text;
}

function rowsOf(form) {
  return [...form.querySelectorAll("[data-weighted]")]
    .filter((row) => !row.querySelector("input[name$='-DELETE']")?.checked)
    .map((row) => ({
      weight: hundredths(row.querySelector("[data-weight]").value),
      heading: row.querySelector("input[name$='-heading']").value.trim(),
    }));
}

function tell(form) {
  const rows = rowsOf(form);
  const sum = rows.reduce((whole, row) => whole + row.weight, 0);
  const groups = new Map();
  for (const { heading, weight } of rows) {
    if (heading) groups.set(heading, (groups.get(heading) || 0) + weight);
  }
  const names = [...groups].map(([heading, weight]) => `${heading}\u202f: ${written(weight)}`);
  form.querySelector("[data-weight-groups]").textContent = names.length ? `(${names.join(", ")})` : "";
  form.querySelector("[data-weight-sum]").textContent = written(sum);
  const state = form.querySelector("[data-weight-state]");
  const { whole, short, over } = state.dataset;
  state.dataset.state = sum === 10000 ? "done" : "check";
  const text = sum === 10000 ? whole : sum < 10000 ? short : over;
  state.textContent = text.replace("{n}", written(Math.abs(10000 - sum)));
}

for (const form of document.querySelectorAll("form[data-weights]")) {
  form.addEventListener("input", () => tell(form));
  form.addEventListener("change", () => tell(form));
  tell(form);
}
