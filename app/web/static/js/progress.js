// Where am I in a long form, and where was something filled in already?

import { definition, say } from "./texts.js";

export function startProgress(form) {
  const links = new Map([...form.querySelectorAll(".toc [data-progress]")].map((link) => [link.dataset.progress, link]));
  if (!links.size) return () => {};
  watchPlace(form, links);
  const update = () => {
    for (const [id, link] of links) {
      const section = form.querySelector(`[data-section="${CSS.escape(id)}"]`);
      link.parentElement.hidden = section.hidden;
      const n = answered(section);
      link.querySelector(".nav-state").textContent = n ? `${n} ${say("done")}` : "";
    }
  };
  update();
  return update;
}

/** How many questions of a section hold an answer. What stands there by itself is none: niet besproken, a default. */
function answered(section) {
  const found = new Set();
  for (const input of section.querySelectorAll("input, select, textarea")) {
    if (input.closest("[hidden]") || input.type === "hidden" || !input.name || input.name.startsWith("_")) continue;
    if (["checkbox", "radio"].includes(input.type) ? !input.checked : !input.value.trim()) continue;
    if (input.closest(".tick--silent") || input.value === defaultOf(input.name)) continue;
    found.add(input.name.split(":")[0]);
  }
  return found.size;
}

/** What the form itself says while nobody answers: of a question, of a matrix or of a column of a repeat. */
function defaultOf(name) {
  const [group, row, column] = name.split(".");
  if (definition.types[name]) return definition.types[name].default;
  if (definition.rows[group] && column) return definition.rows[group].types[column]?.default;
  if (definition.matrix[group]) return column ? definition.matrix[group].types[column]?.default : definition.types[group]?.default;
  return definition.matrix[`${group}.${row}`] ? definition.types[`${group}.${row}`]?.default : undefined;
}

function watchPlace(form, links) {
  const seen = new Set();
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target.dataset.section);
    const first = [...links.keys()].find((id) => seen.has(id));
    for (const [id, link] of links) {
      if (id === first) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-10% 0px -60% 0px" });
  for (const section of form.querySelectorAll("[data-section]")) watcher.observe(section);
}
