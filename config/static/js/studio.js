// While an amount is typed, its rate, the running total and what is left move with it.
// The server decides when the row is saved; without this module the page still works.

const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat("fr-FR", { style: "percent", maximumFractionDigits: 1, minimumFractionDigits: 1 });

document.documentElement.classList.add("scripted");

function read(text) {
  const bare = text.replace(/[\s\u00a0\u202f€]/g, "").replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(bare) ? Number(bare) : null;
}

function refresh(table) {
  const head = document.querySelector("[data-studio-left]");
  let running = 0;
  let change = 0;
  for (const row of table.tBodies[0].rows) {
    const input = row.querySelector("input[name=amount]");
    const stored = Number(row.dataset.amount);
    const amount = input ? (read(input.value) ?? stored) : stored;
    running += amount;
    change += amount - stored;
    const base = Number(row.dataset.base);
    const rate = row.querySelector("[data-rate]");
    if (rate && base > 0) rate.textContent = percent.format(amount / base);
    const total = row.querySelector("[data-running]");
    if (total) total.textContent = euros.format(running);
  }
  const left = Number(head.dataset.studioLeft) - change;
  const shown = head.querySelector("[data-left]");
  shown.textContent = euros.format(left);
  shown.classList.toggle("is-over", left < 0);
}

document.addEventListener("input", (event) => {
  const table = event.target.closest("[data-studio]");
  if (table && event.target.name === "amount") refresh(table);
});

// Leaving a changed row saves it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-studio-row]");
  if (form) form.requestSubmit();
});
