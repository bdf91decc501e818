// While an amount or its rate is typed, the other follows, and so do the running total, the bar
// and what is left. The server decides when the row is saved; without this module the page still
// works: whichever of the two was changed counts.

const euros = new Intl.NumberFormat("fr-FR", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const plain = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });
const tenths = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1, minimumFractionDigits: 1 });

document.documentElement.classList.add("scripted");

function read(text) {
  const bare = text.replace(/[\s\u00a0\u202f€%]/g, "").replace(",", ".");
  return /^\d+(\.\d{1,4})?$/.test(bare) ? Number(bare) : null;
}

function follow(row, typed) {
  const amount = row.querySelector("input[name=amount]");
  const rate = row.querySelector("[data-rate]");
  const base = Number(row.dataset.base);
  if (!amount || !rate || !(base > 0)) return;
  const value = read(typed.value);
  if (value === null) return;
  if (typed === rate) amount.value = plain.format(Math.floor(base * value + 1e-6) / 100);
  else rate.value = tenths.format((value / base) * 100);
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
    const total = row.querySelector("[data-running]");
    if (total) total.textContent = euros.format(running);
  }
  const left = Number(head.dataset.studioLeft) - change;
  const shown = head.querySelector("[data-left]");
  shown.textContent = euros.format(left);
  shown.classList.toggle("is-over", left < 0);
  const bar = head.querySelector("svg > [data-kind=reserved]");
  const whole = Number(head.dataset.studioTotal);
  if (bar && whole > 0) {
    const before = parseFloat(bar.getAttribute("x")) || 0;
    bar.setAttribute("width", `${Math.max(Math.min((running / whole) * 100, 100 - before), 0)}%`);
  }
}

document.addEventListener("input", (event) => {
  const table = event.target.closest("[data-studio]");
  if (!table || !["amount", "rate"].includes(event.target.name)) return;
  follow(event.target.closest("tr"), event.target);
  refresh(table);
});

// A saved row comes back alone: the totals below it follow.
document.addEventListener("htmx:afterSettle", () => {
  const table = document.querySelector("[data-studio]");
  if (table) refresh(table);
});

// Leaving a changed row saves it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-studio-row]");
  if (form) form.requestSubmit();
});
