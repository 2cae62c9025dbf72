// How does each row of the overview stand, was something noted, was something agreed? In words, and at once.

import { definition, filled } from "./texts.js";

const told = definition.conversation;

export function startGlance(form) {
  const board = form.querySelector("[data-glance]");
  const rows = [...board.querySelectorAll(":scope > [data-glance-row]")];
  const sum = form.querySelector("[data-glance-sum]");
  board.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    if (summary?.parentElement.matches("[data-glance-row]:not([open])")) alone(rows, summary);
  });
  return () => {
    const agreed = agreedOf(form);
    const levels = rows.map((row) => look(row, agreed.filter((id) => id === row.dataset.glanceRow).length));
    const counts = {
      worries: levels.filter((level) => level === "bad" || level === "worst").length,
      apart: levels.filter((level) => level === "apart").length,
      agreed: rows.filter((row) => agreed.includes(row.dataset.glanceRow)).length,
    };
    const explored = levels.filter((level) => level !== "silent" && level !== "apart").length;
    sum.textContent = [talk("sum", { explored, total: rows.length }), ...Object.entries(counts).filter(([, n]) => n).map(([code, n]) => talk(`sum.${code}`, { n }))].join(" · ");
  };
}

/** A text of the conversation; `n` chooses the one for one. */
export function talk(code, params = {}) {
  return filled((params.n === 1 && told.say[`${code}.one`]) || told.say[code], params);
}

function look(row, agreed) {
  const picked = row.querySelector(".matrix-score input:checked");
  const level = told.levels[picked?.value] ?? "silent";
  const state = row.querySelector(".glance-state");
  state.dataset.level = level;
  if (picked) state.textContent = scoreOf(picked);
  const noted = [...row.querySelectorAll(".glance-each textarea, .glance-each input[type=text]")].some((input) => input.value.trim());
  mark(row.querySelector("[data-glance-noted]"), noted ? talk("noted") : "");
  mark(row.querySelector("[data-glance-agreed]"), agreed ? talk("agreed", { n: agreed }) : "");
  return level;
}

/** The words of an option. */
export function scoreOf(input) { return input.labels[0].firstChild.textContent.trim(); }

function mark(place, words) {
  place.hidden = !words;
  place.textContent = words;
}

function agreedOf(form) {
  if (!told.agreements) return [];
  const start = `${told.agreements}.`, end = `.${told.column}`;
  return [...form.querySelectorAll("select")].filter(({ name }) => name.startsWith(start) && name.endsWith(end)).map((list) => list.value).filter(Boolean);
}

/** One row open at a time, but for what must be mended; what was pressed stays under the pointer. */
function alone(rows, summary) {
  const top = summary.getBoundingClientRect().top;
  for (const row of rows) {
    if (row !== summary.parentElement && !row.querySelector(".field-error")) row.open = false;
  }
  window.scrollBy({ top: summary.getBoundingClientRect().top - top, behavior: "instant" });
}
