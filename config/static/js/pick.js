// [data-pick-for="id of a file input"]: the choice of a file in the language of the page, not of the
// browser. The input keeps its place, its label and the keyboard; without this module it shows.

for (const shown of document.querySelectorAll("[data-pick-for]")) {
  const input = document.getElementById(shown.dataset.pickFor);
  const name = shown.querySelector("[data-picked]");
  const none = name.textContent;
  const tell = () => { name.textContent = [...input.files].map((file) => file.name).join(", ") || none; };
  input.classList.add("visually-hidden");
  input.after(shown);
  shown.hidden = false;
  shown.addEventListener("click", () => input.click());
  input.addEventListener("change", tell);
  input.form.addEventListener("reset", () => setTimeout(tell));
  tell(); // a browser that comes back keeps the choice
}
