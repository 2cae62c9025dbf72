// The text in Ace: colours, line numbers, problems at their place, completion. Ace comes from an installed package and is a
// script of its own (window.ace); where it is not there, the plain text area does everything but colour.

import { ask, data } from "./editor-ask.js";
import { characters, units } from "./editor-plain.js";

const WORD = /[\w.]/;
const OPENS = /^(\s*)((?:- )*)["']?[\w.]+["']?:\s*$/;
const ITEM = /^(\s*)((?:- )+)\S.*$/;

export function hasAce() { return Boolean(window.ace); }

export class AceText {
  constructor(place, text, label) {
    const { ace } = window;
    ace.config.set("useStrictCSP", true);
    ace.config.set("loadWorkerFromBlob", false);
    ace.config.set("basePath", "");
    ace.config.setMessages(data.ace);
    place.hidden = false;
    this.place = place;
    this.marks = [];
    this.editor = ace.edit(place, {
      mode: "ace/mode/yaml", useWorker: false, tabSize: 2, useSoftTabs: true, wrap: true, indentedSoftWrap: true,
      showPrintMargin: false, fontSize: "0.9375rem", scrollPastEnd: 0.3, fixedWidthGutter: true,
      enableKeyboardAccessibility: true, textInputAriaLabel: label, navigateWithinSoftTabs: false,
      enableBasicAutocompletion: [completer], enableLiveAutocompletion: true, liveAutocompletionDelay: 120,
      placeholder: "",
    });
    this.editor.setTheme({ cssClass: "ace-meernet", isDark: false, cssText: "" });
    this.editor.session.setValue(text); // nothing to undo yet
    this.editor.session.getMode().getNextLineIndent = nextIndent;
    for (const name of ["showSettingsMenu", "openCommandPalette", "openCommandPallete", "gotoline"]) this.editor.commands.removeCommand(name);
  }

  get text() { return this.editor.getValue(); }

  set text(text) {
    if (this.text === text) return;
    const { session } = this.editor;
    const everything = new window.ace.Range(0, 0, session.getLength(), Number.MAX_VALUE);
    session.replace(everything, text); // can be undone, unlike setValue
  }

  show(visible) {
    this.place.hidden = !visible;
    if (visible) this.editor.resize(true);
  }

  focus() { this.editor.focus(); }

  onChange(changed) { this.editor.session.on("change", () => changed()); }

  line() { return this.editor.getCursorPosition().row + 1; }

  moveTo(line, column, length = 0) {
    const range = this.range({ line, column, length });
    this.editor.scrollToLine(line - 1, true, false);
    this.editor.selection.setRange(range, true);
    this.editor.focus();
  }

  replace(mend) {
    this.editor.session.replace(this.range(mend), mend.text);
    this.editor.focus();
  }

  /** Signs in the margin and lines under the words. */
  mark(problems) {
    const { session } = this.editor;
    for (const id of this.marks) session.removeMarker(id);
    this.marks = problems.map((problem) => session.addMarker(this.range(problem), `told-mark told-mark--${problem.sort}`, "text"));
    session.setAnnotations(problems.map((problem) => ({
      row: problem.line - 1, column: 0, type: problem.sort === "error" ? "error" : "info",
      text: [problem.message, problem.hint].filter(Boolean).join("\n"),
    })));
  }

  range({ line, column, length }) {
    const text = this.editor.session.getLine(line - 1) ?? "";
    const start = units(text, column - 1);
    return new window.ace.Range(line - 1, start, line - 1, start + units(text.slice(start), length));
  }
}

/** A new line stands where the next key would: under the first key of an item, further in below a key without a value. */
function nextIndent(state, line, tab) {
  const indent = line.match(/^\s*/)[0];
  if (state !== "start" && !/^(start)?$/.test(String(state))) return indent;
  const opens = line.match(OPENS);
  if (opens) return opens[1] + " ".repeat(opens[2].length) + tab;
  const item = line.match(ITEM);
  return item && /^[\w"'.]+:\s/.test(line.slice(item[1].length + item[2].length)) ? item[1] + " ".repeat(item[2].length) : indent;
}

const completer = {
  id: "meernet",
  identifierRegexps: [WORD],
  triggerCharacters: [" ", "{", "[", "("],
  async getCompletions(editor, session, position, prefix, callback) {
    const column = characters(session.getLine(position.row), position.column) + 1;
    const fields = { path: data.path, text: session.getValue(), line: position.row + 1, column };
    const said = await ask(data.complete, fields).catch(() => null);
    callback(null, (said?.suggestions ?? []).map((one, place, all) => ({
      caption: one.word, value: one.insert, meta: one.sort, score: 10 * (all.length - place),
      docText: [one.about, one.help].filter(Boolean).join("\n"),
    })));
  },
};

