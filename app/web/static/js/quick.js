// A quick form begins with the neighbourhood that this device chose last: only that word is kept, and only here.

import { say } from "./texts.js";

const KEPT = "meernet-buurt";

export function startQuick(form, changed) {
  const place = form.querySelector("select[data-place]");
  if (!place) return;
  form.addEventListener("submit", () => { if (place.value) keep(place.value); });
  const last = kept();
  if (place.value || ![...place.options].some((option) => option.value === last && last)) return;
  place.value = last;
  const note = Object.assign(document.createElement("p"), { className: "hint", id: `q-${place.id}`, textContent: say("last_place") });
  place.after(note);
  place.addEventListener("change", () => note.remove(), { once: true });
  changed();
}

function kept() {
  try { return localStorage.getItem(KEPT); } catch { return null; }
}

function keep(name) {
  try { localStorage.setItem(KEPT, name); } catch { /* a browser that keeps nothing */ }
}
