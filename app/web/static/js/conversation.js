// A form held as a conversation: everything at a glance, what is still needed, and hands that stay on the keyboard.

import { startGlance } from "./glance.js";
import { startNeeded } from "./needed.js";
import { startTalkKeys } from "./talk-keys.js";

const PAUSE = 300;

export function startConversation(form) {
  const looks = [startGlance(form), startNeeded(form)];
  let waiting = null;
  // After the form has hidden what does not apply, and once for many keys: a score is seen at once, a text when somebody pauses.
  const later = (event) => {
    clearTimeout(waiting);
    const typed = event?.type === "input" && event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
    waiting = setTimeout(() => looks.forEach((look) => look()), typed ? PAUSE : 0);
  };
  for (const kind of ["input", "change", "meernet:changed"]) form.addEventListener(kind, later);
  later();
  form.addEventListener("keydown", (event) => {
    // Enter in a line of text would hand in the talk half way.
    if (event.key === "Enter" && event.target.matches("input:not([type=submit], [type=button])")) event.preventDefault();
  });
  const stamp = form.querySelector("[data-stamp]");
  const notes = document.getElementById(`i-${stamp.dataset.stamp}`);
  stamp.hidden = false;
  stamp.addEventListener("click", () => stampIn(notes));
  startTalkKeys(form, { notes, stamp: () => stampIn(notes) });
}

/** The time on this desk at the cursor, on a line of its own. */
function stampIn(notes) {
  const now = new Date();
  const time = `${now.getHours()}.${String(now.getMinutes()).padStart(2, "0")} `;
  const before = notes.value.slice(0, notes.selectionStart);
  notes.focus();
  notes.setRangeText((before && !before.endsWith("\n") ? "\n" : "") + time, notes.selectionStart, notes.selectionEnd, "end");
  notes.dispatchEvent(new Event("input", { bubbles: true }));
}
