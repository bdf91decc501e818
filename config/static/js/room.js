// [data-room="address"][data-beat]: the board of a session, asked again each second and replaced when
// it changed (304 otherwise). What is being typed stays, with its focus. Hidden pages rest.

const PAUSE = 1000;
const place = document.querySelector("[data-room]");
const lost = document.querySelector("[data-room-lost]");
let { beat } = place.dataset;
let timer;
let asking = false;

// A field somebody changed: its text, and where the caret stands.
function typed() {
  const fields = place.querySelectorAll("textarea[id], input[id]:not([type=hidden])");
  return [...fields].filter((field) => field.value !== field.defaultValue || "typed" in field.dataset);
}

function replace(html) {
  const kept = typed().map(({ id, value }) => [id, value]);
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const caret = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  const opened = [...place.querySelectorAll("details")].map((details) => details.open);
  place.innerHTML = html;
  for (const [id, value] of kept) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = value;
    field.dataset.typed = "";
  }
  const all = place.querySelectorAll("details");
  if (all.length === opened.length) all.forEach((details, n) => { details.open = opened[n]; });
  const again = focused?.id && document.getElementById(focused.id);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (caret) again.setSelectionRange(...caret);
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden || asking) return;
  asking = true;
  try {
    const headers = { "If-None-Match": beat };
    const response = await fetch(place.dataset.room, { headers, cache: "no-store" });
    if (response.status === 401) {
      window.location.assign((await response.json()).login);
      return;
    }
    if (response.status === 200) {
      const html = await response.text();
      // A dialog is open over the board: what it asks must not move under the hand.
      if (!document.querySelector("dialog[open]") && !place.querySelector("[data-sent]")) {
        replace(html);
        beat = response.headers.get("ETag");
      }
    }
    lost.hidden = response.ok || response.status === 304;
  } catch {
    lost.hidden = false;
  } finally {
    asking = false;
  }
  timer = setTimeout(ask, PAUSE);
}

document.addEventListener("visibilitychange", ask);
window.addEventListener("pageshow", ask);
