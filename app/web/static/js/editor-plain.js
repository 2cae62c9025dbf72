// The text as a plain text area: all the editor needs of it. Lines and columns count from 1, in characters.

export class PlainText {
  constructor(area) { this.area = area; }

  get text() { return this.area.value; }

  set text(text) {
    if (this.area.value !== text) this.area.value = text;
  }

  show(visible) { this.area.hidden = !visible; }

  focus() { this.area.focus(); }

  onChange(changed) { this.area.addEventListener("input", changed); }

  /** The line the cursor is on. */
  line() { return this.area.value.slice(0, this.area.selectionStart).split("\n").length; }

  moveTo(line, column, length = 0) {
    const start = this.offset(line, column);
    this.area.focus();
    this.area.setSelectionRange(start, start + length);
    const height = this.area.scrollHeight / Math.max(this.area.value.split("\n").length, 1);
    this.area.scrollTop = Math.max(0, (line - 4) * height);
  }

  replace({ line, column, length, text }) {
    const start = this.offset(line, column);
    this.area.focus();
    this.area.setRangeText(text, start, start + units(this.area.value.slice(start), length), "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  mark() { /* a text area cannot underline; the list below it says where */ }

  offset(line, column) {
    const lines = this.area.value.split("\n");
    const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    return before + units(lines[line - 1] ?? "", column - 1);
  }
}

/** How many UTF-16 units the first `characters` of a text take. */
export function units(text, characters) { return Array.from(text).slice(0, characters).join("").length; }

/** The other way round. */
export function characters(text, unit) { return Array.from(text.slice(0, unit)).length; }
