// Small comforts for hands that stay on the keyboard, and for a wrong press.

import { say } from "./texts.js";

export function startKeys(form, changed) {
  for (const text of form.querySelectorAll("textarea[data-max]")) count(text);
  for (const group of form.querySelectorAll("fieldset.group")) clearable(group, changed);
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    step(form, event.key === "ArrowDown" ? 1 : -1);
  });
}

/** Alt + arrow: the next or previous section. */
function step(form, by) {
  const sections = [...form.querySelectorAll("[data-section]")].filter((section) => !section.hidden);
  const here = sections.findLastIndex((section) => section.getBoundingClientRect().top < window.innerHeight / 2);
  const next = sections[Math.min(Math.max(here + by, 0), sections.length - 1)];
  const heading = next?.querySelector("h2");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

function count(text) {
  const line = Object.assign(document.createElement("p"), { className: "counter" });
  line.setAttribute("aria-live", "polite");
  const update = () => {
    const left = Number(text.dataset.max) - Array.from(text.value).length;
    line.textContent = left <= Number(text.dataset.max) / 4 ? say("left", { n: left }) : "";
  };
  text.addEventListener("input", update);
  text.after(line);
  update();
}

/** A radio cannot be undone: give a question without a standing answer a way back. */
function clearable(group, changed) {
  const radios = [...group.querySelectorAll("input[type=radio]")];
  if (!radios.length || radios.some((radio) => radio.closest(".tick--silent, .signature, .field .field"))) return;
  if (group.querySelector("legend .needed") || group.querySelector("fieldset")) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "clear-choice", textContent: say("clear") });
  const update = () => { button.hidden = !radios.some((radio) => radio.checked); };
  button.addEventListener("click", () => {
    for (const radio of radios) radio.checked = false;
    update();
    radios[0].focus();
    changed();
  });
  group.addEventListener("change", update);
  group.append(button);
  update();
}
