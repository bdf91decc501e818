// search[data-find="id of a place"]: finds words in that place, whatever their accents and case.
// Enter and Shift+Enter, or its buttons, go from one to the next. Nothing is added to the page: the
// browser paints ranges (CSS highlights); where it cannot, the selection shows the current one.

const LEAST = 2;

// Every letter keeps its place: an accent falls only where that leaves the length as it was.
function plain(text) {
  return [...text].map((letter) => {
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return bare.length === letter.length ? bare : letter;
  }).join("");
}

function textsOf(place) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode;
    if (!parentElement.closest("search, nav, .visually-hidden")) texts.push(walker.currentNode);
  }
  return texts;
}

function rangesOf(place, wanted) {
  const found = [];
  for (const node of textsOf(place)) {
    const text = plain(node.data);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      found.push(range);
    }
  }
  return found;
}

class Find {
  constructor(box) {
    this.box = box;
    this.place = document.getElementById(box.dataset.find);
    this.input = box.querySelector("input");
    this.told = box.querySelector("[data-find-count]");
    this.ranges = [];
    this.at = -1;
    box.hidden = false;
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("keydown", (event) => this.press(event));
    box.addEventListener("click", (event) => {
      const step = event.target.closest("[data-find-step]")?.dataset.findStep;
      if (step) this.go(Number(step));
    });
  }

  look() {
    const wanted = plain(this.input.value.trim());
    this.ranges = wanted.length < LEAST ? [] : rangesOf(this.place, wanted);
    this.at = -1;
    this.paint();
    if (this.ranges.length) this.go(1);
    else this.told.textContent = wanted.length < LEAST ? "" : this.told.dataset.none;
  }

  press(event) {
    if (event.key === "Escape") {
      this.input.value = "";
      this.look();
      this.place.focus({ preventScroll: true });
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.go(event.shiftKey ? -1 : 1);
    }
  }

  go(step) {
    const { length } = this.ranges;
    if (!length) return;
    this.at = (this.at + step + length) % length;
    const { some } = this.told.dataset;
    this.told.textContent = some.replace("{n}", this.at + 1).replace("{of}", length);
    this.paint();
    this.ranges[this.at].startContainer.parentElement.scrollIntoView({ block: "center" });
  }

  paint() {
    const current = this.ranges[this.at];
    if (globalThis.CSS?.highlights) {
      CSS.highlights.set("found", new Highlight(...this.ranges));
      CSS.highlights.set("found-now", current ? new Highlight(current) : new Highlight());
    } else if (current) {
      getSelection().removeAllRanges();
      getSelection().addRange(current);
    }
  }
}

for (const box of document.querySelectorAll("search[data-find]")) new Find(box);
