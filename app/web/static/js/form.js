// The start of everything a form can do beyond what it does without a script.

import { startAutosave } from "./autosave.js";
import { startChoosing } from "./choosing.js";
import { startKeys } from "./keys.js";
import { startPlaces } from "./places.js";
import { startQuick } from "./quick.js";
import { startProgress } from "./progress.js";
import { startRepeats } from "./repeat.js";
import { startSignatures } from "./signature.js";
import { startVisibility } from "./visibility.js";

const form = document.querySelector("form[data-form]");
if (form?.querySelector("[data-glance]")) import("./conversation.js").then(({ startConversation }) => startConversation(form));
if (form) {
  const show = startVisibility(form);
  const progress = startProgress(form);
  const save = startAutosave(form);
  const look = () => { show(); progress(); };
  const changed = () => { look(); save(); form.dispatchEvent(new Event("meernet:changed")); };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  startSignatures(form);
  startChoosing(form);
  startRepeats(form, changed);
  startKeys(form, changed);
  startPlaces(form, changed);
  if (form.matches(".form-layout--quick")) startQuick(form, look);
}

// A small form behind a button begins at its first question.
const first = document.querySelector("[data-focus] form")?.querySelector("input:checked, input:not([type=hidden], [type=radio]), select, textarea, input[type=radio]");
const summary = document.getElementById("samenvatting");
if (first && !summary) first.focus({ preventScroll: true });
if (summary) summary.focus();
for (const list of document.querySelectorAll("#samenvatting, [data-needed]")) {
  list.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    event.preventDefault();
    target.closest("details:not([open])")?.setAttribute("open", "");
    target.scrollIntoView({ block: "center" });
    const control = target.matches("fieldset") ? target.querySelector("input:not([type=hidden]), select, textarea") ?? target : target;
    control.focus({ preventScroll: true });
  });
}
