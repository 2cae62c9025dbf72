// What is still needed before this can be handed in? The server wrote the list; what is there now goes from it.

import { collect } from "./autosave.js";
import { talk } from "./glance.js";
import { definition } from "./texts.js";
import { holds, settle } from "./visibility.js";

const { needs, rules } = definition.conversation;

export function startNeeded(form) {
  const box = form.querySelector("[data-needed]");
  const title = box.querySelector("p");
  const words = title.textContent;
  const links = form.querySelectorAll("[data-outline]");
  const items = [...box.querySelectorAll("[data-needs], [data-rule]")].map((item) => ({ item, link: item.querySelector("a"), label: item.textContent }));
  return () => {
    const { answers } = settle(collect(form));
    let open = 0;
    for (const { item, link, label } of items) {
      const lacks = item.dataset.rule ? !holds(rules[item.dataset.rule], answers) && label : lacking(form, item.dataset.needs, label, answers);
      item.hidden = !lacks;
      if (lacks && link.textContent !== lacks) link.textContent = lacks;
      open += lacks ? 1 : 0;
    }
    title.textContent = open ? words : talk("ready");
    for (const link of links) link.textContent = open ? talk("needed", { n: open }) : talk("ready");
  };
}

/** The words for what is lacking; nothing when it is there or does not apply. */
function lacking(form, id, label, answers) {
  const field = form.querySelector(`[data-field="${CSS.escape(id)}"]`);
  if (!field || field.closest("[hidden], [data-greyed]")) return "";
  if (needs[id] && !holds(needs[id], answers)) return "";
  const rows = field.querySelector("[data-repeat]");
  if (!rows) return answered(field) ? "" : label;
  const begun = [...rows.querySelectorAll(":scope > [data-row]")].filter(answered);
  if (!begun.length) return label;
  for (const [index, row] of begun.entries()) {
    const blank = [...row.querySelectorAll("[aria-required=true]")].find((input) => !input.closest("[hidden]") && !input.value.trim());
    if (blank) return talk("in_row", { label, n: index + 1, column: blank.labels[0].firstChild.textContent.trim() });
  }
  return "";
}

function answered(place) {
  return [...place.querySelectorAll("input, select, textarea")].some((input) => {
    if (!input.name || input.type === "hidden") return false;
    return ["checkbox", "radio"].includes(input.type) ? input.checked : input.value.trim() !== "";
  });
}
