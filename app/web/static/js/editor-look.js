// How the text looks, beside it: a page made by the server in a frame, from which nothing is sent. Each new page is made behind
// the one that is shown, with what was filled in and scrolled to there; when the text cannot be read the last page stays.

import { collect } from "./autosave.js";
import { ask, data, inTurn, rested, say } from "./editor-ask.js";

const REST = 500;

export class Look {
  constructor(section, text, name) {
    this.text = text;
    this.name = name;
    this.place = section.querySelector("[data-frame]");
    this.note = section.querySelector("[data-look-note]");
    this.frame = null;
    this.good = false;
    this.refresh = inTurn(() => this.fetch());
    this.changed = rested(REST, this.refresh);
    section.hidden = false;
  }

  async fetch() {
    let said;
    try {
      said = await ask(data.preview, { path: data.path, text: this.text.text, values: JSON.stringify(this.values()) });
    } catch {
      return; // the list of problems says that there is no line; the next change asks again
    }
    const readable = said.state !== "none";
    this.tell(readable || !this.good ? "" : say("preview.kept"));
    if (!readable && this.good) return;
    this.good = readable;
    this.show(said.html);
  }

  /** What was filled in on the page that is shown. */
  values() {
    const form = this.frame?.contentDocument?.querySelector("form[data-form]");
    return form ? collect(form) : {};
  }

  show(html) {
    const next = document.createElement("iframe");
    next.title = say("preview.title", { name: this.name });
    next.className = "look-page look-page--coming";
    next.addEventListener("load", () => {
      if (!next.isConnected) return;
      next.contentWindow.scrollTo({ top: this.frame?.contentWindow?.scrollY ?? 0, behavior: "instant" });
      this.frame?.remove();
      this.frame = next;
      next.classList.remove("look-page--coming");
      for (const other of this.place.querySelectorAll(".look-page--coming")) other.remove();
    });
    next.srcdoc = html;
    this.place.append(next);
  }

  tell(sentence) {
    this.note.hidden = !sentence;
    if (this.note.textContent !== sentence) this.note.textContent = sentence;
  }
}
