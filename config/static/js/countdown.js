// [data-countdown] holds an instant; the words are kept true by the server's clock in [data-now].

const lang = document.documentElement.lang || "fr";
const words = new Intl.RelativeTimeFormat(lang, { numeric: "always" });
const loaded = Date.now();

function delay(milliseconds) {
  const minutes = Math.trunc(milliseconds / 60000);
  const size = Math.abs(minutes);
  if (size >= 2880) return [Math.trunc(minutes / 1440), "day"];
  if (size >= 120) return [Math.trunc(minutes / 60), "hour"];
  return [minutes, "minute"];
}

function refresh() {
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const drift = place.dataset.now ? new Date(place.dataset.now).getTime() - loaded : 0;
    const left = new Date(place.dataset.countdown).getTime() - Date.now() - drift;
    if (Number.isNaN(left) || Math.abs(left) < 60000) continue;
    const text = words.format(...delay(left));
    if (place.textContent !== text) place.textContent = text;
  }
}

refresh();
setInterval(refresh, 20000);
