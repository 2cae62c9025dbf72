// The queue: without a mouse, many at once, and acting on a row without leaving the list.
// Single letters can be switched off (somebody who dictates would press them by accident).

import { figure } from "./figures.js";
import { startPanel } from "./queue-panel.js";
import { startPicking } from "./queue-picking.js";
import { startShortcuts } from "./shortcuts.js";

const SCOPES = { m: "mine", v: "substitute", p: "points", g: "group", t: "team" };
const PATIENCE = 1500;
const filter = document.querySelector("[data-filter]");
const links = [...document.querySelectorAll("[data-row] .what > a")];
let goes = 0; // until when a letter after g names a scope

startPanel();
startPicking();
// The browser itself goes to the row when the page is there, and takes the focus away: only then is it ours to give.
if (document.readyState === "complete") comeBack();
else window.addEventListener("load", () => setTimeout(comeBack));
for (const tab of document.querySelectorAll(".tabs [aria-current]")) tab.scrollIntoView({ block: "nearest", inline: "nearest" });

document.addEventListener("keydown", (event) => { if (event.key === "Escape" && away()) event.preventDefault(); });

/** Whether the key meant something. */
function press(event) {
  const { key } = event;
  if (performance.now() < goes) {
    goes = 0;
    if (key in SCOPES) return follow(`[data-scope="${SCOPES[key]}"]`);
  }
  const place = Number(figure(event));
  if (place) return follow(`[data-view="${place}"]`);
  const act = ACTS[key];
  if (!act) return false;
  act();
  return true;
}

const ACTS = {
  "/": () => document.getElementById("zoek")?.focus(),
  f: () => { if (filter) { filter.open = true; filter.querySelector("select, input:not([type=hidden])").focus(); } },
  g: () => { goes = performance.now() + PATIENCE; },
  j: () => step(1),
  k: () => step(-1),
  o: () => row()?.querySelector(".what > a").click(),
  x: () => row()?.querySelector("[data-pick]")?.click(),
  e: () => row()?.querySelector("[data-act]")?.click(),
  c: () => row()?.querySelector("[data-claim]")?.click(),
};

startShortcuts(press);

function follow(selector) {
  document.querySelector(selector)?.click();
  return true;
}

/** The row the hands are on. */
function row() {
  return document.activeElement?.closest("[data-row]");
}

function step(by) {
  const now = links.findIndex((link) => link.closest("[data-row]") === row());
  const next = links[now < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(now + by, 0), links.length - 1)];
  next?.focus();
  next?.closest("[data-row]").scrollIntoView({ block: "nearest" });
}

/** Close what is open; the browser closes dialogs itself. */
function away() {
  if (!filter?.open) return false;
  filter.open = false;
  filter.querySelector("summary").focus();
  return true;
}

/** After something was done with a row: the hands lie on the one after it. */
function comeBack() {
  if (!location.hash.startsWith("#t-")) return;
  const target = document.getElementById(location.hash.slice(1)) ?? document.querySelector("[data-row]");
  target?.querySelector(".what > a").focus();
}
