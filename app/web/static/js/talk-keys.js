// A conversation without a mouse: arrows through the rows, a figure to score one, letters to the notes and the agreements.

import { figure } from "./figures.js";
import { scoreOf, talk } from "./glance.js";
import { isWriting, startShortcuts } from "./shortcuts.js";
import { announce, definition } from "./texts.js";

const { agreements, column, levels } = definition.conversation;

export function startTalkKeys(form, { notes, stamp }) {
  const board = form.querySelector("[data-glance]");
  const keys = new Keys(form, board);
  startShortcuts((event) => keys.press(event, notes), (on) => keys.rove(on));
  for (const button of board.querySelectorAll("[data-agree]")) {
    button.hidden = !agreements;
    button.addEventListener("click", () => keys.agree(button.dataset.agree));
  }
  form.querySelector("[data-talk-keys]").hidden = false;
  document.querySelector("[data-score-keys]").textContent = [...keys.figures(board.querySelector("[data-glance-row]"))].map(([key, input]) => talk("key", { key, score: scoreOf(input) })).join(", ");
  form.addEventListener("keydown", (event) => {
    if (event.key === ";" && event.ctrlKey && !event.altKey) { event.preventDefault(); stamp(); }
    if (event.key === "Escape" && keys.on && isWriting(event.target) && !event.target.matches("select")) keys.back(event.target);
  });
}

class Keys {
  constructor(form, board) {
    Object.assign(this, { form, board, on: false, place: 0 });
    this.rows = [...board.querySelectorAll(":scope > [data-glance-row]")];
    board.addEventListener("focusin", (event) => this.at(this.rows.indexOf(event.target.closest("[data-glance-row]"))));
  }

  /** With keys one stop for the whole list; without them every row is a stop. */
  rove(on) {
    this.on = on;
    this.rows.forEach((row, index) => { head(row).tabIndex = on && index !== this.place ? -1 : 0; });
  }

  at(index) {
    if (index < 0) return;
    this.place = index;
    this.rove(this.on);
  }

  go(index) {
    const summary = head(this.rows[Math.min(Math.max(index, 0), this.rows.length - 1)]);
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** Whether the key meant something. */
  press(event, notes) {
    const row = event.target.closest("[data-glance-row]");
    const pressed = figure(event);
    if (row && pressed) return this.score(row, pressed);
    if (row && event.target.matches("summary") && this.within(row, event.key)) return true;
    const letter = event.key.toLowerCase();
    if (letter === "d") this.go(this.place);
    else if (letter === "n") focusOn(notes);
    else if (letter === "a" && agreements) focusOn(this.lines().find((line) => line) ?? this.add());
    else if (letter === "v" && agreements) this.agree(row?.dataset.glanceRow);
    else if (letter === "b") this.form.dispatchEvent(new Event("meernet:save"));
    else return false;
    return true;
  }

  within(row, key) {
    const index = this.rows.indexOf(row);
    const moves = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: this.rows.length - 1 };
    if (key in moves) this.go(moves[key]);
    else if (key === "ArrowRight") into(row);
    else if (key === "ArrowLeft") row.open = false;
    else return false;
    return true;
  }

  /** 0 is what stands there by itself, then from the first option on. */
  figures(row) {
    const inputs = [...row.querySelectorAll(".matrix-score input[type=radio]")];
    const silent = inputs.filter((input) => levels[input.value] === "silent").slice(0, 1);
    const others = inputs.filter((input) => !silent.includes(input));
    return new Map([...silent.map((input) => ["0", input]), ...others.map((input, index) => [String(index + 1), input])]);
  }

  score(row, figure) {
    const input = this.figures(row).get(figure);
    if (!input) return false;
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    announce(talk("scored", { row: row.querySelector(".glance-name").textContent, score: scoreOf(input) }));
    return true;
  }

  /** Out of a text: to the row it stands in, else to the list. */
  back(element) {
    const index = this.rows.indexOf(element.closest("[data-glance-row]"));
    this.go(index < 0 ? this.place : index);
  }

  lines() {
    return [...this.form.querySelectorAll(`[data-repeat="${CSS.escape(agreements)}"] > [data-row]`)];
  }

  add() {
    this.form.querySelector(`button[name="_add"][value="${CSS.escape(agreements)}"]`).click();
    return this.lines().at(-1);
  }

  /** An agreement more, or the one nobody wrote in yet; about `about` where that is known. */
  agree(about) {
    const blank = this.lines().find((line) => [...line.querySelectorAll("input:not([type=hidden]), select, textarea")].every((input) => !input.value));
    const line = blank ?? this.add();
    const list = line?.querySelector(`select[name$=".${CSS.escape(column)}"]`);
    if (about && list) {
      list.value = about;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    }
    focusOn(line);
  }
}

function head(row) { return row.querySelector("summary"); }

/** Into the questions of a row: the first to write in, else how it stands. */
function into(row) {
  row.open = true;
  const text = [...row.querySelectorAll(".glance-each textarea, .glance-each input")].find((input) => !input.closest("[hidden]"));
  (text ?? row.querySelector(".matrix-score input:checked") ?? row.querySelector("input")).focus();
}

function focusOn(place) {
  const input = place?.matches("input, textarea, select") ? place : place?.querySelector("input:not([type=hidden]), select, textarea");
  if (!input) return;
  input.focus({ preventScroll: true });
  input.scrollIntoView({ block: "center", behavior: "instant" });
}
