// textarea[data-counter="words|characters"] with data-limit: a line below tells how many are left.

const french = document.documentElement.lang.startsWith("fr");
const text = {
  words: french ? "mots" : "words",
  characters: french ? "caractères" : "characters",
};

function count(field) {
  if (field.dataset.counter === "words") return (field.value.match(/[^\s]+/gu) || []).length;
  return [...field.value].length;
}

function show(field) {
  const id = `${field.id || field.name}-counter`;
  let line = document.getElementById(id);
  if (!line) {
    line = document.createElement("span");
    line.id = id;
    line.className = "counter";
    field.after(line);
  }
  const limit = Number(field.dataset.limit || 0);
  const used = count(field);
  line.toggleAttribute("data-over", limit > 0 && used > limit);
  line.textContent = `${used}${limit ? `\u202f/\u202f${limit}` : ""} ${text[field.dataset.counter]}`;
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-counter]")) show(event.target);
});
document.addEventListener("field:put", (event) => {
  if (event.target.matches?.("[data-counter]")) show(event.target);
});
document.querySelectorAll("[data-counter]").forEach(show);
document.addEventListener("htmx:load", (event) => {
  event.target.querySelectorAll?.("[data-counter]").forEach(show);
});
