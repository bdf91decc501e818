// Texts that could not leave yet, kept in this browser by person, address and field, so that
// neither a reload nor a closed window loses them. Signing out clears what its person kept.

export const MARK = "kept|";
const OLDEST = 14 * 86400000;

export function entries(stem) {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(stem))
    .map((name) => {
      try {
        return [name, JSON.parse(localStorage.getItem(name)) || {}];
      } catch {
        return [name, {}];
      }
    });
}

export class Kept {
  constructor(person, address) {
    this.stem = `${MARK}${person}|${address}|`;
    for (const [name, entry] of entries(MARK)) {
      if (!(Date.now() - entry.at < OLDEST)) localStorage.removeItem(name);
    }
  }

  put(key, entry) {
    try {
      localStorage.setItem(this.stem + key, JSON.stringify({ ...entry, at: Date.now() }));
    } catch {
      // A full or closed store: the text still waits in the page.
    }
  }

  // Another tab may have kept a later text of the same field: only this one goes.
  drop(key, value) {
    const found = entries(this.stem + key).find(([name]) => name === this.stem + key);
    if (found?.[1].value === value) localStorage.removeItem(found[0]);
  }

  all() {
    return entries(this.stem).map(([name, entry]) => [name.slice(this.stem.length), entry]);
  }
}

function forget(event) {
  const form = event.target.closest?.("form[data-sign-out]");
  if (!form) return;
  const own = entries(`${MARK}${form.dataset.signOut}|`);
  if (own.length && !window.confirm(form.dataset.unsaved)) {
    event.preventDefault();
    return;
  }
  for (const [name] of own) localStorage.removeItem(name);
}

// Before `once.js`, which would disarm the button of a form that stays.
document.addEventListener("submit", forget, true);
