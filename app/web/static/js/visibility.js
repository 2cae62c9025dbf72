// Which questions apply, given the answers so far? What does not is taken out of the page; what was typed in it stays until
// the form is sent, greyed and named as such, so that one wrong press loses nothing.

import { compile } from "./expressions.js";
import { answersOf } from "./answers.js";
import { collect } from "./autosave.js";
import { definition, say } from "./texts.js";

const MOST_ROUNDS = 8;
const judges = new Map();
let today = ""; // where the municipality is, whatever this device thinks; the server judges again when the form is sent

export function startVisibility(form) {
  const update = () => {
    const { answers, hidden } = settle({ ...collect(form), ...chosenFiles(form) });
    for (const name of Object.keys(definition.show)) show(place(form, name), !hidden.has(name));
    inRows(form, answers);
    inMatrices(form, answers);
    folds(form);
    warnings(form, answers);
    urgent(answers);
  };
  today = form.dataset.today;
  update();
  return update;
}

/** A file that was chosen is an answer before it is sent. */
function chosenFiles(form) {
  const inputs = [...form.querySelectorAll('input[type="file"][name$=":upload"]')].filter((input) => input.files.length);
  return Object.fromEntries(inputs.map((input) => [input.name.replace(/:upload$/, ""), [...input.files].map((file) => file.name)]));
}

/** Hide, look again with what is left, until nothing changes: hidden means absent. */
export function settle(texts) {
  const all = answersOf(texts);
  let hidden = new Set();
  let answers = all;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const now = new Set(Object.keys(definition.show).filter((name) => !holds(definition.show[name], answers)));
    answers = without(all, now);
    if (same(now, hidden)) break;
    hidden = now;
  }
  return { answers, hidden };
}

function without(all, hidden) {
  const gone = new Set(hidden);
  for (const name of hidden) {
    if (name.startsWith("section:")) {
      const section = document.querySelector(`[data-section="${CSS.escape(name.slice(8))}"]`);
      for (const field of section?.querySelectorAll("[data-field]") ?? []) gone.add(field.dataset.field);
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([id]) => ![...gone].some((name) => id === name || id.startsWith(`${name}.`))));
}

function inRows(form, answers) {
  for (const [id, { show: conditions }] of Object.entries(definition.rows)) {
    for (const row of answers[id] ?? []) {
      for (const [column, tree] of Object.entries(conditions)) {
        show(place(form, `${id}.${row.number}.${column}`), holds(tree, answers, row));
      }
    }
  }
}

function inMatrices(form, answers) {
  for (const [id, { show: conditions, ids }] of Object.entries(definition.matrix)) {
    for (const row of ids) {
      const cell = { id: row, score: answers[`${id}.${row}`] };
      for (const [child, tree] of Object.entries(conditions)) {
        cell[child] = answers[`${id}.${row}.${child}`];
        show(place(form, `${id}.${row}.${child}`), holds(tree, answers, cell));
      }
    }
  }
}

/** A fold in which nothing applies is no use. */
function folds(form) {
  for (const fold of form.querySelectorAll("details.after")) {
    fold.hidden = [...fold.querySelectorAll("[data-field]")].every((field) => field.hidden);
  }
}

/** What is only warned of: it stands at its field while it holds. */
function warnings(form, answers) {
  for (const element of form.querySelectorAll("[data-warn]")) {
    element.hidden = !holds(definition.warn[element.dataset.warn], answers);
  }
}

function urgent(answers) {
  const banner = document.querySelector("[data-urgent]");
  if (banner && definition.urgent) banner.hidden = !holds(definition.urgent, answers);
}

export function holds(tree, answers, row) {
  if (!judges.has(tree)) judges.set(tree, compile(tree));
  return judges.get(tree)({ answers, row, today, marks: [], facts: {} }) === true;
}

function place(form, name) {
  if (name.startsWith("section:")) return form.querySelector(`[data-section="${CSS.escape(name.slice(8))}"]`);
  return form.querySelector(`[data-field="${CSS.escape(name)}"]`);
}

/** An empty question disappears; one that holds words stays, greyed, and says that it is not sent. */
function show(element, visible) {
  if (!element) return;
  const keeps = !visible && typed(element);
  element.hidden = !visible && !keeps;
  element.toggleAttribute("data-greyed", keeps);
  let note = element.querySelector(":scope > .not-sent");
  if (keeps && !note) {
    note = Object.assign(document.createElement("p"), { className: "not-sent hint", textContent: say("not_sent") });
    element.prepend(note);
  } else if (!keeps) note?.remove();
}

function typed(element) {
  return [...element.querySelectorAll("textarea, input[type=text], input[type=tel], input[type=email]")].some((input) => input.value.trim());
}

function same(one, other) { return one.size === other.size && [...one].every((item) => other.has(item)); }
