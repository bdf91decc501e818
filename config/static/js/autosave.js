// form[data-autosave="address"][data-person][data-version]: each changed field is saved 800 ms after
// the last key and when it is left. One request at a time, in order; what could not leave is kept
// by kept.js. An input named version-<field> carries the version of that field alone.
// Heard on the form: "answer:changed" {key, text, version}: somebody else saved this answer;
// "session:ended" {login}.

import * as clash from "./clash.js";
import { boxOf, inputsOf, keyOf, labelOf, mark, merge, put, valueOf } from "./fields.js";
import { Kept } from "./kept.js";
import { postAnswer } from "./post.js";

const PAUSE = 800;
const LONGEST_WAIT = 60000;

function hour(time) {
  const { lang } = document.documentElement;
  const written = time.toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
  return lang.startsWith("fr") ? written.replace(":", "\u202fh\u202f") : written;
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.strip = form.querySelector("[data-save-strip]");
    this.waiting = new Map(); // key → value, oldest first
    this.held = new Map(); // key → value that only a person can settle
    this.late = new Map(); // key → what somebody else saved, until the field is left
    this.before = new Map(); // key → value this tab was sending when its page was left
    this.tried = new Map(); // key → value that left last: leaving an unchanged field sends nothing
    this.busy = false;
    this.wait = 1000;
    this.timers = new Map();
    this.kept = new Kept(form.dataset.person || "", form.dataset.autosave);
    this.listen();
    this.restore();
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", (event) => this.typed(event.target, PAUSE));
    form.addEventListener("change", (event) => this.typed(event.target, 0));
    form.addEventListener("focusout", (event) => this.left(event.target));
    form.addEventListener("rows:changed", (event) => this.queue(event.target.dataset.tableRows));
    form.addEventListener("submit", (event) => this.leave(event));
    form.addEventListener("answer:changed", (event) => this.changed(event.detail));
    form.addEventListener("session:ended", (event) => this.ended(event.detail.login));
    window.addEventListener("online", () => this.send());
    // Signed in again in another tab: coming back to this one is enough.
    window.addEventListener("focus", () => this.strip?.dataset.state === "expired" && this.send());
    window.addEventListener("pagehide", () => this.hide());
    window.addEventListener("beforeunload", (event) => (this.waiting.size || this.held.size) && event.preventDefault());
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
    else for (const change of this.late.values()) this.changed(change);
  }

  queue(key) {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    const value = valueOf(this.form, key);
    if (this.tried.get(key) === value) return;
    this.held.delete(key);
    clash.clear(this.form, key);
    this.waiting.delete(key);
    this.waiting.set(key, value);
    this.keep(key, value);
    this.send();
  }

  async send() {
    if (this.busy || !this.waiting.size) return;
    this.busy = true;
    clearTimeout(this.later);
    const [key, value] = this.waiting.entries().next().value;
    this.tried.set(key, value);
    this.show("saving");
    const goesOn = await this.post(key, value)
      .then((response) => this.answered(response, key, value))
      .catch(() => this.retry());
    // Only now: a save that left while this answer was being read would carry the version before.
    this.busy = false;
    if (goesOn) await this.send();
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
    const { person = "", autosave } = this.form.dataset;
    return postAnswer(autosave, { field, value, version: this.versionOf(field), person });
  }

  // True when the next one may leave.
  async answered(response, key, value) {
    const isTold = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.status === 401) return this.ended((await response.json()).login);
    if (response.type === "opaqueredirect" || (response.status === 403 && !isTold)) return this.ended();
    if (response.status >= 500 || !isTold) return this.retry();
    const told = await response.json();
    if (this.waiting.get(key) === value) this.waiting.delete(key);
    if (response.status === 409) return this.conflict(key, value, told);
    if (!response.ok) return this.refused(key, value, told.errors || []);
    this.kept.drop(key, value);
    if (told.merged) {
      merge(this.form, key, value, told);
      if (this.waiting.has(key)) this.waiting.set(key, valueOf(this.form, key));
    }
    if (told.version !== undefined) this.seen(key, told.version);
    mark(this.form, key, told.errors || []);
    this.wait = 1000;
    this.form.dispatchEvent(new Event("autosave:saved"));
    this.show("saved", { at: told.saved_at, what: labelOf(this.form, key) }, "", told.progress);
    return true;
  }

  // Not stored by the server: the text stays in the field and in this browser until it changes.
  refused(key, value, errors) {
    this.held.set(key, value);
    mark(this.form, key, errors);
    this.show("refused", {}, errors.join(" "));
    return true;
  }

  retry() {
    this.show("offline");
    this.later = setTimeout(() => this.send(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    return false;
  }

  ended(login) {
    this.show("expired");
    this.form.dispatchEvent(new Event("autosave:expired"));
    const link = this.strip?.querySelector("[data-save-login]");
    if (!link) return false;
    link.href = login || window.location.href;
    link.hidden = false;
    // What waits is kept in this browser: leaving to sign in loses nothing.
    link.addEventListener("click", () => this.trust(), { once: true });
    return false;
  }

  trust() {
    this.gather();
    this.waiting = new Map();
    this.held = new Map();
  }

  conflict(key, mine, told) {
    if (this.isOwn(key, told.theirs)) {
      this.seen(key, told.version);
      if (!this.waiting.has(key)) this.waiting.set(key, mine);
      return true;
    }
    this.held.set(key, mine);
    this.show("conflict", { by: told.by || "—", what: labelOf(this.form, key) });
    clash.show(this.form, key, mine, told, (kept) => this.settle(key, kept, told));
    return true;
  }

  settle(key, kept, told) {
    this.seen(key, told.version);
    this.tried.delete(key);
    const mine = this.held.get(key);
    this.held.delete(key);
    if (kept === "theirs") {
      this.waiting.delete(key);
      this.kept.drop(key, mine);
      this.tried.set(key, told.theirs);
      put(this.form, key, told.theirs);
      return this.show("saved", { at: told.at || hour(new Date()), what: labelOf(this.form, key) });
    }
    if (kept === "both") put(this.form, key, `${valueOf(this.form, key)}\n\n${told.theirs}`);
    return this.queue(key);
  }

  // Left while a save was under way, the page comes back knowing the version before that save.
  isOwn(key, theirs) {
    const before = this.before.get(key);
    this.before.delete(key);
    return before !== undefined && before.replace(/\s/g, "") === theirs.replace(/\s/g, "");
  }

  // A field nobody is typing in follows what others save; the others are told when they save.
  changed(change) {
    const { key, text, version } = change;
    const isMine = this.timers.has(key) || this.waiting.has(key) || this.held.has(key);
    if (isMine || Number(version) <= Number(this.versionOf(key))) return this.late.delete(key);
    const focused = document.activeElement;
    if (this.form.contains(focused) && focused.name && keyOf(focused) === key) return this.late.set(key, change);
    this.late.delete(key);
    put(this.form, key, text);
    this.seen(key, version);
    this.tried.set(key, valueOf(this.form, key));
    return this.form.dispatchEvent(new CustomEvent("answer:shown", { detail: change }));
  }

  show(state, values = {}, more = "", progress = undefined) {
    // Trying again says nothing new to who has to sign in, and would move the link under their hand.
    if (!this.strip || (state === "saving" && this.strip.dataset.state === "expired")) return;
    this.strip.dataset.state = state;
    if (state === "saved") this.strip.querySelector("[data-save-login]")?.setAttribute("hidden", "");
    const text = (this.strip.dataset[state] || "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
    this.strip.querySelector("[data-save-text]").textContent = more ? `${text} ${more}` : text;
    if (progress) this.strip.querySelector("[data-save-progress]").textContent = progress;
  }

  keep(key, value) {
    this.kept.put(key, { value, version: this.versionOf(key), before: this.tried.get(key) });
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
    this.trust();
  }

  // Left within the pause after a key: the last words leave too, all at once, without waiting for
  // the one under way, and are kept for the way back.
  hide() {
    this.gather();
    for (const [key, value] of this.waiting) {
      if (this.tried.get(key) === value) continue;
      this.before.set(key, value);
      this.post(key, value).catch(() => {});
    }
  }

  gather() {
    for (const [key, timer] of this.timers) {
      clearTimeout(timer);
      const value = valueOf(this.form, key);
      this.waiting.set(key, value);
      this.keep(key, value);
    }
    this.timers.clear();
  }

  restore() {
    for (const [key, { value, version, before, at }] of this.kept.all()) {
      const isAsked = boxOf(this.form, key) || inputsOf(this.form, key).length;
      if (!isAsked || valueOf(this.form, key) === value) {
        // It had left after all, with the page it was typed in.
        this.kept.drop(key, value);
        if (isAsked) this.show("saved", { at: hour(new Date(at)), what: labelOf(this.form, key) });
        continue;
      }
      if (before !== undefined) this.before.set(key, before);
      if (version !== undefined) this.seen(key, version);
      put(this.form, key, value);
      this.waiting.set(key, value);
    }
    this.send();
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
