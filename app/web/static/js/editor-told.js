// What is wrong with the text: at its line, in a list that leads there, and in one sentence for who listens.
// Syntax and shape while somebody types, everything once they rest.

import { ask, data, inTurn, rested, say } from "./editor-ask.js";

const QUICK = 150;
const WHOLE = 600;
const AGAIN = 5000;
const EARLY = /^[YS]/; // the passes that the quick check makes

export class Told {
  constructor(root, text) {
    this.text = text;
    this.problems = [];
    this.summary = root.querySelector("[data-summary]");
    this.list = root.querySelector("[data-list]");
    this.elsewhere = root.querySelector("[data-elsewhere]");
    this.count = root.ownerDocument.querySelector("[data-count]");
    this.wholeOf = null; // the text of which everything is told
    const quick = inTurn(() => this.look("quick"));
    this.whole = inTurn(() => this.look("whole"));
    this.soon = rested(QUICK, quick);
    this.later = rested(WHOLE, this.whole);
    this.retry = rested(AGAIN, this.whole);
    this.list.addEventListener("click", (event) => this.pressed(event));
  }

  begin() {
    this.say(say("looking"));
    this.soon();
    this.whole();
  }

  changed() {
    this.soon();
    this.later();
  }

  async look(depth) {
    const asked = this.text.text;
    let said;
    try {
      said = await ask(data.check, { path: data.path, text: asked, depth });
    } catch {
      this.say(say("unreachable"));
      this.retry();
      return;
    }
    if (this.text.text !== asked || (!said.whole && this.wholeOf === asked)) return; // another answer counts
    if (said.whole) this.wholeOf = asked;
    const kept = said.whole ? [] : this.problems.filter((problem) => !EARLY.test(problem.code));
    this.problems = [...said.problems, ...kept].sort((one, other) => one.line - other.line || one.column - other.column);
    this.text.mark(this.problems);
    this.draw();
    if (said.whole) this.drawElsewhere(said.elsewhere);
    if (said.whole || said.problems.length) this.say(said.summary);
  }

  draw() {
    this.list.replaceChildren(...this.problems.map((problem, number) => item(problem, number)));
    const errors = this.problems.filter((problem) => problem.sort === "error").length;
    this.count.textContent = this.problems.length ? `(${errors || this.problems.length})` : "";
  }

  drawElsewhere(problems) {
    if (!problems.length) { this.elsewhere.replaceChildren(); return; }
    const list = made("ul");
    for (const problem of problems) {
      const line = made("li");
      if (problem.href) line.append(made("a", { href: problem.href, textContent: problem.path }), " ");
      line.append(...coded(problem.message));
      list.append(line);
    }
    this.elsewhere.replaceChildren(made("h3", { textContent: say("elsewhere") }), list);
  }

  say(sentence) { if (this.summary.textContent !== sentence) this.summary.textContent = sentence; }

  pressed(event) {
    const button = event.target.closest("button[data-number]");
    if (!button) return;
    const problem = this.problems[Number(button.dataset.number)];
    if (button.dataset.does === "mend") this.text.replace(problem.mend);
    else this.text.moveTo(problem.line, problem.column, problem.length);
  }

  /** The first problem below the cursor, else the first of all. */
  next() {
    const here = this.text.line();
    const problem = this.problems.find((one) => one.line > here) ?? this.problems[0];
    if (problem) this.text.moveTo(problem.line, problem.column, problem.length);
  }

  mendHere() {
    const here = this.text.line();
    const problem = this.problems.find((one) => one.line === here && one.mend);
    if (problem) this.text.replace(problem.mend);
  }
}

function item(problem, number) {
  const line = made("li", { className: `told--${problem.sort}` });
  const go = made("button", { type: "button", className: "told-go", textContent: say("line", { line: problem.line }) });
  Object.assign(go.dataset, { number, does: "go" });
  const sort = made("span", { className: `told-sort told-sort--${problem.sort}`, textContent: say(problem.sort) });
  const words = made("span", { className: "told-words" });
  words.append(...coded(problem.message));
  if (problem.hint) {
    const hint = made("span", { className: "soft" });
    hint.append(" ", ...coded(problem.hint));
    words.append(hint);
  }
  line.append(go, " ", sort, " ", made("code", { className: "small soft", textContent: problem.code }), " ", words);
  if (problem.mend) {
    const mend = made("button", { type: "button", className: "btn btn--small told-mend", textContent: say("mend", { guess: problem.mend.text }) });
    Object.assign(mend.dataset, { number, does: "mend" });
    line.append(" ", mend);
  }
  return line;
}

/** `words` between backticks as code. */
function coded(sentence) {
  return sentence.split("`").map((part, place) => (place % 2 ? made("code", { textContent: part }) : part));
}

function made(tag, properties = {}) { return Object.assign(document.createElement(tag), properties); }
