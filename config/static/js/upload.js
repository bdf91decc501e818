// [data-upload="form id"]: files dropped or chosen leave one after the other, each with its progress;
// then the field is read again from the page. Without this module the button sends them.

// The server tells the limit and keeps the refusal; what is hopeless does not even leave.
const HOPELESS = 100 * 1024 * 1024;

function line(box, className) {
  const one = document.createElement("p");
  one.className = className;
  box.append(one);
  return one;
}

function bar(box, file) {
  const one = line(box, "upload-line");
  const name = document.createElement("span");
  name.textContent = `${box.dataset.sending} ${file.name}`;
  const meter = document.createElement("progress");
  meter.max = 100;
  meter.value = 0;
  meter.setAttribute("aria-label", name.textContent);
  one.append(name, meter);
  return {
    at(share) {
      meter.value = share;
      if (share >= 100) name.textContent = `${box.dataset.checking} ${file.name}`;
    },
    gone: () => one.remove(),
  };
}

function tell(box, told) {
  line(box, told.taken ? "upload-taken" : "upload-refused").textContent = told.sentence;
}

// Choosing sends: a button beside it would send twice. What opens the choice speaks the language
// of the page, not of the browser; the field keeps its place, its label and the keyboard.
function dress(place) {
  for (const button of place.querySelectorAll("[data-upload] button[form^=attach-], [data-upload] button[form^=replace-]")) {
    button.hidden = true;
  }
  for (const pick of place.querySelectorAll("[data-upload] [data-pick]")) {
    pick.hidden = false;
    pick.previousElementSibling.classList.add("visually-hidden");
  }
}

function sent(form, file, shown) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.delete("file");
    body.append("file", file);
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) shown.at((100 * event.loaded) / event.total);
    });
    request.addEventListener("loadend", () => done(request));
    request.send(body);
  });
}

function answerOf(box, file, request) {
  if (request.responseURL.includes("/connexion") || request.responseURL.includes("/login")) {
    return { taken: false, sentence: box.dataset.login };
  }
  try {
    return JSON.parse(request.responseText).files[0];
  } catch {
    return { taken: false, sentence: `${file.name} — ${box.dataset.lost}` };
  }
}

async function sendAll(field, form, files, beyond = []) {
  const box = field.querySelector("[data-uploading]");
  box.replaceChildren();
  const answers = beyond.map((file) => ({ taken: false, sentence: `${file.name} — ${box.dataset.onlyOne}` }));
  for (const file of files) {
    if (file.size > HOPELESS) {
      answers.push({ taken: false, sentence: `${file.name} ${box.dataset.tooLarge}` });
      continue;
    }
    const shown = bar(box, file);
    answers.push(answerOf(box, file, await sent(form, file, shown)));
    shown.gone();
  }
  await readAgain(field.id);
  const fresh = document.getElementById(field.id);
  for (const told of answers) tell(fresh.querySelector("[data-uploading]"), told);
  // Once full, the field has no choice of its own left: the one to replace a file is folded away.
  (fresh.querySelector("[data-drop] [type=file]") ?? fresh.querySelector("a"))?.focus();
}

async function readAgain(id) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of [id, "file-forms"]) {
    const fresh = page.getElementById(place);
    if (fresh) document.getElementById(place).replaceWith(document.adoptNode(fresh));
  }
  const [told, now] = [document, page].map((one) => one.querySelector("[data-save-progress]"));
  if (told && now) told.textContent = now.textContent;
  dress(document);
}

function fieldOf(target) {
  return target.closest?.("[data-upload]");
}

function take(input) {
  const field = input.type === "file" && fieldOf(input);
  if (field && input.files.length) sendAll(field, input.form, [...input.files]);
}

document.addEventListener("change", (event) => take(event.target));

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const drop = event.target.closest?.("[data-drop]");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("is-over", kind === "dragover");
    if (kind !== "drop") return;
    const field = fieldOf(drop);
    const input = drop.querySelector("[type=file]");
    const files = [...event.dataTransfer.files];
    if (!files.length) return;
    if (input.multiple) sendAll(field, input.form, files);
    else sendAll(field, input.form, files.slice(0, 1), files.slice(1));
  });
}

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-pick]")?.previousElementSibling.click();
});

dress(document);
// What was chosen before this module came leaves too.
for (const input of document.querySelectorAll("[data-upload] [type=file]")) take(input);
