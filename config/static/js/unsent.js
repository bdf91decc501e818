// [data-unsent="save address"][data-person]: answers of this dossier still kept in this browser, on
// pages where nobody types. They leave now; then the page is read again. What cannot leave (no
// network, or somebody else wrote meanwhile) is told, with its section: [data-unsent-section].

import { MARK, entries } from "./kept.js";
import { postAnswer } from "./post.js";

const place = document.querySelector("[data-unsent]");

async function send([name, { value, version = "0" }]) {
  const [, person, address, field] = name.split("|");
  try {
    const response = await postAnswer(address, { field, value, version, person });
    if (!response.ok) return false;
  } catch {
    return false;
  }
  localStorage.removeItem(name);
  return true;
}

function tell(name) {
  const section = new URL(name.split("|")[2], window.location.href).searchParams.get("section");
  const line = place.querySelector(`[data-unsent-section="${CSS.escape(section)}"]`);
  if (!line) return;
  line.hidden = false;
  place.hidden = false;
}

async function sendAll() {
  const kept = entries(`${MARK}${place.dataset.person}|${place.dataset.unsent}`);
  let sent = 0;
  for (const entry of kept) {
    if (await send(entry)) sent += 1;
    else tell(entry[0]);
  }
  if (sent) window.location.reload();
}

if (place) sendAll();
