// How are rows added and removed without a new page? Without this script the same buttons do it through the server.

import { announce, say } from "./texts.js";

const MOST = 50;

export function startRepeats(form, changed) {
  form.addEventListener("click", (event) => {
    const add = event.target.closest('button[name="_add"]');
    const remove = event.target.closest('button[name="_remove"]');
    if (!add && !remove) return;
    event.preventDefault();
    if (add) addRow(form, add.value);
    if (remove) removeRow(form, remove.value);
    changed();
  });
}

function addRow(form, name) {
  const list = form.querySelector(`[data-repeat="${CSS.escape(name)}"]`);
  const template = form.querySelector(`template[data-row-template="${CSS.escape(name)}"]`);
  const rows = list.querySelectorAll(":scope > [data-row]");
  if (rows.length >= MOST) return;
  const next = Math.max(-1, ...[...rows].map((row) => Number(row.dataset.row))) + 1;
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("__row__", String(next));
  const row = holder.firstElementChild;
  list.append(row);
  renumber(list);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  announce(say("row_added"));
}

function removeRow(form, rowName) {
  const cut = rowName.lastIndexOf(".");
  const list = form.querySelector(`[data-repeat="${CSS.escape(rowName.slice(0, cut))}"]`);
  const row = list.querySelector(`:scope > [data-row="${CSS.escape(rowName.slice(cut + 1))}"]`);
  const neighbour = row.previousElementSibling || row.nextElementSibling;
  row.remove();
  renumber(list);
  (neighbour?.querySelector("input:not([type=hidden]), select, textarea") || list.parentElement.querySelector('button[name="_add"]'))?.focus();
  announce(say("row_removed"));
}

function renumber(list) {
  list.querySelectorAll(":scope > [data-row] > legend [data-row-number]").forEach((place, index) => { place.textContent = String(index + 1); });
}
