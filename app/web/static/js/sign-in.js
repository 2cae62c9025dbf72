// The pages that ask who somebody is: passkeys where the browser can, a secret to look at, first what went wrong.

import { able, make, use } from "./passkey.js";

/** On to where one was; with what was typed, when that waits in the form. */
function goOn(form, where, token) {
  const kept = [...form.elements].filter((input) => input.name.startsWith("r:"));
  if (!kept.length && !form.elements.posts) { window.location.assign(where); return; }
  const sent = Object.assign(document.createElement("form"), { method: "post", action: where, hidden: true });
  for (const [name, value] of [["_csrf", token], ...kept.map((input) => [input.name.slice(2), input.value])]) {
    sent.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(sent);
  sent.submit();
}

async function pressed(place, work) {
  const fault = place.querySelector("[role=alert]");
  fault.hidden = true;
  try { await work(); } catch { Object.assign(fault, { hidden: false, textContent: place.dataset.failed }); }
}

for (const place of document.querySelectorAll("[data-passkey]")) {
  const { ask, answer, token } = place.dataset;
  const form = place.closest("form");
  place.hidden = !able;
  place.querySelector("button").addEventListener("click", () => pressed(place, async () => {
    const said = await use(ask, answer, token, { back: form.elements.back.value });
    if (form.querySelector("[name^='r:'], [name=posts]") && !form.elements.email && !form.elements.code) goOn(form, said.where, token);
    else window.location.assign(said.where);
  }));
}
for (const place of document.querySelectorAll("[data-new-passkey]")) {
  const { ask, answer, token } = place.dataset;
  place.hidden = !able;
  place.querySelector("button").addEventListener("click", () => pressed(place, async () => {
    window.location.assign((await make(ask, answer, token, place.querySelector("input").value)).where);
  }));
}
for (const box of document.querySelectorAll("[data-shows]")) {
  box.parentElement.hidden = false;
  box.addEventListener("change", () => { document.getElementById(box.dataset.shows).type = box.checked ? "text" : "password"; });
}
document.getElementById("samenvatting")?.focus();
