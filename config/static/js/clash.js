// Two texts for one answer: both are shown at the field, with the words that differ, and the
// person chooses. The box comes from <template data-clash> of the save strip.

import { inputsOf, placeOf } from "./fields.js";

function words(place, pieces, own, text) {
  if (!pieces) {
    place.textContent = text;
    return;
  }
  const parts = pieces.filter(([kind]) => kind === "same" || kind === own);
  place.replaceChildren(...parts.map(([kind, piece]) => {
    if (kind === "same") return piece;
    const different = document.createElement("mark");
    different.textContent = piece;
    return different;
  }));
}

function fill(box, told, mine) {
  for (const place of box.querySelectorAll("[data-clash-text]")) {
    place.textContent = place.dataset.clashText.replace("{by}", told.by || "—").replace("{at}", told.at || "");
  }
  words(box.querySelector("[data-save-mine]"), told.difference, "first", mine);
  words(box.querySelector("[data-save-theirs]"), told.difference, "second", told.theirs);
}

export function clear(form, key) {
  document.getElementById(`clash-${key}`)?.remove();
}

// `choose` is called with "mine", "theirs" or "both".
export function show(form, key, mine, told, choose) {
  clear(form, key);
  const box = form.querySelector("template[data-clash]").content.firstElementChild.cloneNode(true);
  box.id = `clash-${key}`;
  fill(box, told, mine);
  box.querySelector("[data-save-keep=both]").hidden = inputsOf(form, key)[0]?.tagName !== "TEXTAREA";
  box.addEventListener("click", (event) => {
    const kept = event.target.closest("[data-save-keep]")?.dataset.saveKeep;
    if (!kept) return;
    box.remove();
    inputsOf(form, key)[0]?.focus();
    choose(kept);
  });
  const place = placeOf(form, key);
  if (place) place.append(box);
  else form.querySelector("[data-save-strip]").append(box);
}
