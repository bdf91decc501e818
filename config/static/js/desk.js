// The page of an evaluation by keyboard, and the time it is in front of its author.
// [data-shortcuts] lists the keys and turns them off; the choice is kept in this browser.

const PART = "#dossier [data-section]";
const LINE = "#grille [data-weight]";
const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";
const OFF = "desk-keys-off";

const box = document.querySelector("[data-shortcuts]");
const list = (selector) => [...document.querySelectorAll(selector)];

function enter(line) {
  const mark = line.querySelector("input[type=radio]:checked, input[type=radio]");
  (mark || line).focus();
  line.scrollIntoView({ block: "nearest" });
}

function step(selector, by, go) {
  const all = list(selector);
  if (!all.length) return;
  const here = all.indexOf(document.activeElement.closest(selector));
  const from = here < 0 && by < 0 ? all.length : here;
  go(all[Math.min(Math.max(from + by, 0), all.length - 1)]);
}

function toPart(part) {
  part.focus({ preventScroll: true });
  part.scrollIntoView({ block: "start" });
}

const KEYS = {
  j: () => step(LINE, 1, enter),
  k: () => step(LINE, -1, enter),
  n: () => step(PART, 1, toPart),
  p: () => step(PART, -1, toPart),
  c: () => document.activeElement.closest(LINE)?.querySelector("textarea")?.focus(),
  "/": () => document.querySelector("[data-find] input")?.focus(),
  "?": () => {
    box.open = true;
    box.querySelector("summary").focus();
  },
};

function isOff() {
  return localStorage.getItem(OFF) === "1";
}

function press(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && event.target.matches("textarea")) {
    const line = event.target.closest(LINE);
    if (line) enter(line);
    return;
  }
  if (isOff() || event.target.matches(TYPING)) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

if (box) {
  const on = box.querySelector("[data-keys-on]");
  on.checked = !isOff();
  on.addEventListener("change", () => localStorage.setItem(OFF, on.checked ? "0" : "1"));
  box.hidden = false;
  document.addEventListener("keydown", press);
}

// Time counts while the page is looked at and something happened in the last minutes.
const TICK = 5000;
const IDLE = 180000;
const BEAT = 240;
const timed = document.querySelector("[data-reading-time]");

if (timed) {
  let last = Date.now();
  let seconds = 0;
  const tell = () => {
    if (!seconds) return;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ seconds, csrfmiddlewaretoken: token });
    seconds = 0;
    navigator.sendBeacon(timed.dataset.readingTime, body);
  };
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "scroll"]) {
    document.addEventListener(kind, () => { last = Date.now(); }, { passive: true, capture: true });
  }
  setInterval(() => {
    if (!document.hidden && Date.now() - last < IDLE) seconds += TICK / 1000;
    if (seconds >= BEAT) tell();
  }, TICK);
  document.addEventListener("visibilitychange", () => document.hidden && tell());
  window.addEventListener("pagehide", tell);
}
