// Which village goes with this street? Asked of the server when a street and a number were typed; never over somebody's own choice.

import { say } from "./texts.js";

const WAIT = 400;

export function startPlaces(form, changed) {
  const streets = [...form.querySelectorAll('.address input[name$=":street"]')].map((input) => input.name.slice(0, -":street".length));
  for (const place of form.querySelectorAll("select[data-place]")) {
    const near = streets.filter((name) => group(name) === group(place.name));
    const mine = near.length ? near : streets;
    if (mine.length === 1) follow(form, place, mine[0], changed);
  }
}

function group(name) { return name.slice(0, Math.max(name.lastIndexOf("."), 0)); }

function follow(form, place, address, changed) {
  const part = (name) => form.elements[`${address}:${name}`];
  let filled = "";
  let timer = null;
  const ask = async () => {
    if (place.value && place.value !== filled) return;
    const street = part("street").value.trim();
    if (!street || !part("number").value.trim()) return;
    const found = await lookUp(form, { street, number: part("number").value, postcode: part("postcode").value });
    if (!found || (place.value && place.value !== filled) || found === place.value) return;
    if (![...place.options].some((option) => option.value === found)) return;
    place.value = found;
    filled = found;
    tell(place);
    changed();
  };
  for (const name of ["street", "number", "postcode"]) {
    part(name).addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  }
  place.addEventListener("change", () => { filled = ""; document.getElementById(`p-${place.name}`)?.remove(); });
}

async function lookUp(form, asked) {
  try {
    const answer = await fetch("/buurt", {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Requested-With": "meernet", "X-CSRF-Token": form.elements._csrf.value },
      body: JSON.stringify(asked),
    });
    return answer.ok ? (await answer.json()).neighbourhood : "";
  } catch {
    return "";
  }
}

function tell(place) {
  const id = `p-${place.name}`;
  const line = document.getElementById(id) ?? Object.assign(document.createElement("p"), { id, className: "hint" });
  line.setAttribute("role", "status");
  place.after(line);
  line.textContent = say("place");
}
