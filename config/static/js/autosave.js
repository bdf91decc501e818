// form[data-autosave="address"][data-version]: each changed field is saved 800 ms after the last key
// and when it is left. One request at a time, in order; what could not leave waits in this tab.
// An input named version-<field> carries the version of that field alone; [data-errors-of="field"]
// is where its errors are told.

const PAUSE = 800;
const LONGEST_WAIT = 60000;
const KEPT_ALIVE = 60000;

function keyOf(input) {
  const rows = input.closest("[data-table-rows]");
  return rows ? rows.dataset.tableRows : input.dataset.field || input.name;
}

function rowsOf(box) {
  return [...box.querySelectorAll("[data-rows] > *")].map((row) =>
    Object.fromEntries([...row.querySelectorAll("[data-column]")].map((cell) => [cell.dataset.column, cell.value])),
  );
}

function valueOf(form, key) {
  const box = form.querySelector(`[data-table-rows="${CSS.escape(key)}"]`);
  if (box) return JSON.stringify(rowsOf(box));
  const inputs = inputsOf(form, key);
  const [first] = inputs;
  if (first.type === "checkbox" && (inputs.length > 1 || first.dataset.many !== undefined)) {
    return JSON.stringify(inputs.filter((input) => input.checked).map((input) => input.value));
  }
  if (first.type === "checkbox") return first.checked ? "true" : "";
  if (first.type === "radio") return inputs.find((input) => input.checked)?.value ?? "";
  if (first.multiple) return JSON.stringify([...first.selectedOptions].map((option) => option.value));
  return first.value;
}

function inputsOf(form, key) {
  return [...form.elements].filter((input) => (input.dataset.field || input.name) === key);
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.strip = form.querySelector("[data-save-strip]");
    this.waiting = new Map(); // key → value, oldest first
    this.before = new Map(); // key → value this tab was sending when its page was left
    this.tried = new Map(); // key → value that left last: leaving an unchanged field sends nothing
    this.busy = false;
    this.wait = 1000;
    this.timers = new Map();
    this.place = `autosave:${form.dataset.autosave}`;
    form.addEventListener("input", (event) => this.typed(event.target, PAUSE));
    form.addEventListener("change", (event) => this.typed(event.target, 0));
    form.addEventListener("focusout", (event) => this.left(event.target));
    form.addEventListener("rows:changed", (event) => this.queue(event.target.dataset.tableRows));
    form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("online", () => this.send());
    window.addEventListener("pagehide", () => this.hide());
    window.addEventListener("beforeunload", (event) => this.waiting.size && event.preventDefault());
    this.restore();
  }

  typed(input, pause) {
    if (!input.name || input.type === "file" || input.type === "hidden") return;
    const key = keyOf(input);
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => this.queue(key), pause));
  }

  left(input) {
    const key = input.name && keyOf(input);
    if (this.timers.has(key)) this.queue(key);
  }

  queue(key) {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    const value = valueOf(this.form, key);
    if (this.tried.get(key) === value) return;
    this.waiting.delete(key);
    this.waiting.set(key, value);
    this.keep();
    this.send();
  }

  async send() {
    if (this.busy || !this.waiting.size) return;
    this.busy = true;
    clearTimeout(this.later);
    const [key, value] = this.waiting.entries().next().value;
    this.tried.set(key, value);
    this.show("saving");
    try {
      const response = await this.post(key, value);
      this.busy = false;
      await this.answered(response, key, value);
    } catch {
      this.busy = false;
      this.retry();
    }
    const submit = this.submit;
    this.submit = null;
    submit?.();
  }

  versionOf(key) {
    return this.form.elements[`version-${key}`]?.value ?? this.form.dataset.version ?? "0";
  }

  seen(key, version) {
    const own = this.form.elements[`version-${key}`];
    if (own) own.value = version;
    else this.form.dataset.version = version;
  }

  post(field, value) {
    const version = this.versionOf(field);
    const body = new URLSearchParams({ field, value, version });
    return fetch(this.form.dataset.autosave, {
      method: "POST",
      redirect: "manual",
      headers: {
        "X-CSRFToken": this.form.querySelector("[name=csrfmiddlewaretoken]").value,
        Accept: "application/json",
      },
      body,
      // Outlives a page that is left; the browser allows it for short texts only.
      keepalive: body.toString().length < KEPT_ALIVE,
    });
  }

  async answered(response, key, value) {
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      return this.expired(response);
    }
    if (response.status >= 500) return this.retry();
    const told = await response.json();
    if (response.status === 409) return this.conflict(key, value, told);
    if (this.waiting.get(key) === value) this.waiting.delete(key);
    this.keep();
    this.mark(key, told.errors || []);
    if (!response.ok) return this.show("refused", {}, (told.errors || []).join(" "));
    this.wait = 1000;
    if (told.version !== undefined) this.seen(key, told.version);
    this.show("saved", { at: told.saved_at }, "", told.progress);
    return this.send();
  }

  retry() {
    this.show("offline");
    this.later = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  async expired(response) {
    this.show("expired");
    const link = this.strip?.querySelector("[data-save-login]");
    if (!link) return;
    let login = "/";
    if (response.status === 401) login = (await response.json()).login;
    link.href = login === "/" ? window.location.href : login;
    link.hidden = false;
    // What waits is kept in this tab: leaving to sign in loses nothing.
    link.addEventListener("click", () => { this.waiting = new Map(); }, { once: true });
  }

  conflict(key, mine, told) {
    if (this.isOwn(key, told.theirs)) {
      this.seen(key, told.version);
      return this.send();
    }
    this.show("conflict", { by: told.by || "—" });
    const box = this.strip.querySelector("[data-save-choice]");
    box.querySelector("[data-save-mine]").textContent = mine;
    box.querySelector("[data-save-theirs]").textContent = told.theirs;
    box.hidden = false;
    box.onclick = (event) => {
      const kept = event.target.closest("[data-save-keep]")?.dataset.saveKeep;
      if (!kept) return;
      box.hidden = true;
      this.seen(key, told.version);
      this.tried.delete(key);
      if (kept === "mine") this.queue(key);
      else this.take(key, told.theirs);
    };
  }

  // Left while a save was under way, the page comes back knowing the version before that save.
  isOwn(key, theirs) {
    const before = this.before.get(key);
    this.before.delete(key);
    return before !== undefined && before.replace(/\s/g, "") === theirs.replace(/\s/g, "");
  }

  take(key, text) {
    this.waiting.delete(key);
    this.keep();
    if (this.form.querySelector(`[data-table-rows="${CSS.escape(key)}"]`)) {
      window.location.reload();
      return;
    }
    this.put(key, text);
    this.show("saved", { at: new Date().toTimeString().slice(0, 5).replace(":", " h ") });
  }

  put(key, text) {
    const inputs = inputsOf(this.form, key);
    for (const input of inputs) {
      if (input.type === "radio") input.checked = input.value === text;
      else if (input.type !== "checkbox") input.value = text;
      else if (inputs.length > 1) input.checked = JSON.parse(text).includes(input.value);
      else input.checked = text !== "";
    }
  }

  mark(key, errors) {
    const inputs = inputsOf(this.form, key);
    const slot = this.form.querySelector(`[data-errors-of="${CSS.escape(key)}"]`);
    if (slot) {
      slot.textContent = errors.join(" ");
      slot.hidden = errors.length === 0;
      for (const input of inputs) input.classList.toggle("is-invalid", errors.length > 0);
      return;
    }
    const [input] = inputs;
    if (!input) return;
    const id = `${input.id || key}-autosave`;
    document.getElementById(id)?.remove();
    input.classList.toggle("is-invalid", errors.length > 0);
    if (!errors.length) return;
    const line = document.createElement("div");
    line.id = id;
    line.className = "invalid-feedback";
    line.textContent = errors.join(" ");
    input.after(line);
  }

  show(state, values = {}, more = "", progress = undefined) {
    if (!this.strip) return;
    this.strip.dataset.state = state;
    const text = (this.strip.dataset[state] || "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
    this.strip.querySelector("[data-save-text]").textContent = more ? `${text} ${more}` : text;
    if (progress) this.strip.querySelector("[data-save-progress]").textContent = progress;
  }

  keep() {
    if (this.waiting.size) sessionStorage.setItem(this.place, JSON.stringify([...this.waiting].map(([key, value]) => [key, value, this.versionOf(key), this.tried.get(key)])));
    else sessionStorage.removeItem(this.place);
  }

  // The whole form leaves; should sign-in come between, what had not been saved yet is still here.
  // A save under way goes first: it changes the version the form is about to carry.
  leave(event) {
    this.gather();
    if (this.busy) {
      event.preventDefault();
      this.submit = () => this.form.requestSubmit(event.submitter ?? undefined);
      return;
    }
    this.keep();
    this.waiting = new Map();
  }

  // Left within the pause after a key: the last words leave too, and are kept for the way back.
  hide() {
    this.gather();
    if (!this.waiting.size) return;
    this.keep();
    this.send();
  }

  gather() {
    for (const [key, timer] of this.timers) {
      clearTimeout(timer);
      this.waiting.set(key, valueOf(this.form, key));
    }
    this.timers.clear();
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.place) || "[]");
    for (const [key, value, version, before] of kept) {
      if (before !== undefined) this.before.set(key, before);
      if (version !== undefined) this.seen(key, version);
      const box = this.form.querySelector(`[data-table-rows="${CSS.escape(key)}"]`);
      if (box) box.dispatchEvent(new CustomEvent("rows:put", { bubbles: true, detail: JSON.parse(value) }));
      else this.put(key, value);
      this.waiting.set(key, value);
    }
    this.send();
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
