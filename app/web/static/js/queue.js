// The queue without a mouse. Single letters can be switched off (somebody who dictates would press them by accident).

const PREFERENCE = "meernet-toetsen";
const dialog = document.getElementById("toetsen");
const opener = document.querySelector("[data-keys]");
const rows = [...document.querySelectorAll("[data-row] .what > a")];
const wanted = dialog.querySelector("[data-keys-on]");

wanted.checked = remembered() !== "uit";
wanted.addEventListener("change", () => remember(wanted.checked ? "aan" : "uit"));
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());

document.addEventListener("keydown", (event) => {
  if (!wanted.checked || dialog.open || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  if (press(event.key)) event.preventDefault();
});

/** Whether the key meant something. */
function press(key) {
  if (key === "?") dialog.showModal();
  else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "o") here()?.click();
  else if (/^[1-9]$/.test(key)) document.querySelector(`[data-view="${key}"]`)?.click();
  else return false;
  return true;
}

function here() {
  return rows[rows.findIndex((row) => row.closest("[data-row]").contains(document.activeElement))];
}

function step(by) {
  const now = rows.indexOf(here());
  const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + by, 0), rows.length - 1)];
  next?.focus();
  next?.closest("[data-row]").scrollIntoView({ block: "nearest" });
}

function remembered() {
  try { return localStorage.getItem(PREFERENCE); } catch { return null; }
}

function remember(choice) {
  try { localStorage.setItem(PREFERENCE, choice); } catch { /* a browser that keeps nothing */ }
}
