// [data-presence="address"][data-section]: who else is in this dossier, asked every few seconds
// while the page is looked at. [data-present] says it in words (texts in its data-here, data-other,
// data-field), [data-present-in="section"] names who is in a section, and the field somebody is in
// says so. What others saved is handed to autosave.js, on the same form, as "answer:changed".

import { keyOf, placeOf } from "./fields.js";

const PAUSE = 6000;
const place = document.querySelector("[data-presence]");
const line = document.querySelector("[data-present]");
let since = "";
let timer;
let stopped = false; // signed out: nothing is asked until something could be saved again

function fieldIn(section) {
  const focused = document.activeElement;
  return section && place.contains(focused) && focused.name ? keyOf(focused) : "";
}

function worded(template, person) {
  return template.replace("{name}", person.name).replace("{section}", person.section_title).replace("{field}", person.field_label);
}

function sentence(person) {
  const { here, other, field } = line.dataset;
  if (person.section && person.section === place.dataset.section) return worded(person.field ? field : here, person);
  return worded(other, person);
}

function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
  target.hidden = text === "";
}

function atField(person) {
  const target = place.dataset.section && person.field && placeOf(place, person.field);
  if (!target || person.section !== place.dataset.section) return;
  const badge = document.createElement("p");
  badge.className = "present-here";
  badge.textContent = worded(line.dataset.writing, person);
  target.append(badge);
}

function show(people) {
  say(line, people.map(sentence).join(" "));
  for (const target of document.querySelectorAll("[data-present-in]")) {
    const inside = people.filter((person) => person.section === target.dataset.presentIn);
    say(target, inside.map((person) => worded(target.dataset.text, person)).join(" "));
  }
  for (const badge of document.querySelectorAll(".present-here")) badge.remove();
  people.forEach(atField);
}

function tell(name, detail) {
  place.dispatchEvent(new CustomEvent(name, { detail }));
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden || stopped) return;
  const { presence, section = "" } = place.dataset;
  try {
    const query = new URLSearchParams({ section, field: fieldIn(section), since });
    const response = await fetch(`${presence}?${query}`, { headers: { Accept: "application/json" } });
    const told = await response.json();
    if (response.status === 401) return tell("session:ended", told);
    if (!response.ok) return show([]);
    since = told.now;
    show(told.people);
    for (const change of told.changed) tell("answer:changed", change);
  } catch {
    show([]);
  }
  timer = setTimeout(ask, PAUSE);
}

// A field that followed somebody else's change says whose it is, until the next one.
place.addEventListener("answer:shown", ({ detail }) => {
  const target = placeOf(place, detail.key);
  target?.querySelector(".changed-by")?.remove();
  const told = document.createElement("p");
  told.className = "changed-by";
  told.textContent = line.dataset.changed.replace("{name}", detail.by).replace("{at}", detail.at);
  target?.append(told);
});
document.addEventListener("visibilitychange", ask);
place.addEventListener("autosave:expired", () => {
  stopped = true;
});
place.addEventListener("autosave:saved", () => {
  if (!stopped) return;
  stopped = false;
  ask();
});
place.addEventListener("focusin", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, 1000);
});
ask();
