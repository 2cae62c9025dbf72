// Single letters as keys, explained in a dialog and switched off there (somebody who dictates would press them by accident).

const PREFERENCE = "meernet-toetsen";
const WRITING = "textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit]), [contenteditable]";

/** `press(event)` says whether a key meant something; `changed(on)` hears whether keys work, now and later. */
export function startShortcuts(press, changed = () => {}) {
  const dialog = document.getElementById("toetsen");
  const wanted = dialog.querySelector("[data-keys-on]");
  wanted.checked = remembered() !== "uit";
  wanted.addEventListener("change", () => { remember(wanted.checked ? "aan" : "uit"); changed(wanted.checked); });
  for (const opener of document.querySelectorAll("[data-keys]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (!wanted.checked || event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest(WRITING)) return;
    if (event.key === "?") dialog.showModal();
    else if (!press(event)) return;
    event.preventDefault();
  });
  changed(wanted.checked);
}

/** Whether somebody is writing there. */
export function isWriting(element) { return Boolean(element?.closest(WRITING)); }

function remembered() {
  try { return localStorage.getItem(PREFERENCE); } catch { return null; }
}

function remember(choice) {
  try { localStorage.setItem(PREFERENCE, choice); } catch { /* a browser that keeps nothing */ }
}
