// The start of the editor: a text area that works alone, and what a script adds to it.

import { AceText, hasAce } from "./editor-ace.js";
import { Look } from "./editor-look.js";
import { PlainText } from "./editor-plain.js";
import { Saver } from "./editor-save.js";
import { Told } from "./editor-told.js";

const PLAIN = "meernet-tekstvak";
const WIDE = window.matchMedia("(min-width: 105rem)");

const root = document.querySelector("[data-editor]");
const form = document.getElementById("bewerken");
const area = form.querySelector("[data-text]");
const label = form.querySelector("label[for=tekst]").textContent;

/** Whichever of the two is shown; both say the same when they change places. */
class Text {
  constructor() {
    this.plain = new PlainText(area);
    this.ace = hasAce() ? new AceText(form.querySelector("[data-ace]"), area.value, label) : null;
    this.now = this.plain;
    this.use(this.ace && !remembered() ? this.ace : this.plain);
  }

  use(wanted) {
    if (this.now !== wanted) wanted.text = this.now.text;
    this.now = wanted;
    this.plain.show(wanted === this.plain);
    this.ace?.show(wanted === this.ace);
  }

  get text() { return this.now.text; }
  set text(text) { this.now.text = text; }

  onChange(changed) { for (const one of [this.plain, this.ace]) one?.onChange(() => { if (one === this.now) changed(); }); }
  focus() { this.now.focus(); }
  line() { return this.now.line(); }
  moveTo(line, column, length) { view("text"); this.now.moveTo(line, column, length); }
  replace(mend) { this.now.replace(mend); }
  mark(problems) { this.ace?.mark(problems); }
}

const text = new Text();
const told = new Told(root.querySelector("[data-told]"), text);
const look = new Look(root.querySelector("[data-look]"), text, document.querySelector("h1").firstChild.textContent.trim());
const saver = new Saver(form, text, root.querySelector("[data-conflict-place]"));

text.onChange(() => { told.changed(); look.changed(); saver.changed(); });
told.begin();
look.refresh();
for (const button of form.querySelectorAll("[data-unscripted]")) button.hidden = true;
root.classList.add("editor--scripted");
plainSwitch();
views();
files();

document.addEventListener("keydown", (event) => {
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    saver.save({ asked: true });
  } else if (event.key === "F8") {
    event.preventDefault();
    told.next();
  } else if (event.altKey && event.key === "Enter") {
    event.preventDefault();
    told.mendHere();
  }
}, true);

function plainSwitch() {
  if (!text.ace) return;
  const box = form.querySelector("[data-plain]");
  box.closest("label").hidden = false;
  box.checked = remembered();
  box.addEventListener("change", () => {
    try { localStorage.setItem(PLAIN, box.checked ? "1" : ""); } catch { /* a browser that keeps nothing */ }
    text.use(box.checked ? text.plain : text.ace);
    text.mark(told.problems);
  });
}

function remembered() {
  try { return localStorage.getItem(PLAIN) === "1"; } catch { return false; }
}

/** On a narrow screen one thing at a time. */
function views() {
  const bar = root.querySelector("[data-views]");
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-view]");
    if (chosen) view(chosen.dataset.view);
  });
  view("text");
}

function view(name) {
  root.dataset.shows = name;
  for (const button of root.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
  if (name === "text") text?.ace?.editor.resize();
}

/** The list of files stands open where there is room for it. */
function files() {
  const list = root.querySelector("[data-files]");
  const fit = () => { list.open = WIDE.matches; };
  WIDE.addEventListener("change", fit);
  fit();
}
