// A small form behind a button, without a mouse: begin at what is not answered yet, a digit chooses, Enter sends.

import { figure } from "./figures.js";

const form = document.querySelector("[data-focus] form");
const groups = form ? [...form.querySelectorAll("fieldset")].map((group) => radiosOf(group)).filter((radios) => radios.length > 1 && radios.length < 10) : [];

if (groups.length && !document.getElementById("samenvatting")) {
  const blank = groups.find((radios) => !radios.some((radio) => radio.checked));
  const start = blank ?? groups.at(-1);
  (start.find((radio) => radio.checked) ?? start[0]).focus({ preventScroll: true });
  if (form.getBoundingClientRect().top > window.innerHeight / 2) form.scrollIntoView({ block: "start" });
}
for (const radios of groups) {
  radios.forEach((radio, index) => radio.setAttribute("aria-keyshortcuts", String(index + 1)));
  radios[0].closest("fieldset").dataset.digits = "";
}
form?.addEventListener("keydown", (event) => {
  if (event.target.type !== "radio" || event.altKey || event.ctrlKey || event.metaKey) return;
  const radio = groups.find((radios) => radios.includes(event.target))?.[Number(figure(event)) - 1];
  if (!radio) return;
  event.preventDefault();
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
});

function radiosOf(group) {
  return group.querySelector("fieldset") ? [] : [...group.querySelectorAll("input[type=radio]")];
}
