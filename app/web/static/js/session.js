// A session ends after half an hour without a sign of life. Say so two minutes before, and let one press make it longer.
// Other tabs tell that they were busy; without a script nothing typed is lost either.

const WARN = 120_000;
const LOOK = 1000;
const TOLD = "meernet-tot";

const dialog = document.getElementById("sessie");
const stay = dialog.querySelector("[data-stay-on]");
const idle = Number(dialog.dataset.ends) * 1000;
const last = Date.now() + Number(dialog.dataset.longest) * 1000; // ten hours after signing in, whatever is done
let ends = 0;
let over = false;

extended(idle);
stay.addEventListener("click", longer);
window.addEventListener("storage", (event) => { if (event.key === TOLD) ends = Math.min(Math.max(ends, Number(event.newValue) || 0), last); });
document.addEventListener("meernet:alive", () => extended(idle));
setInterval(look, LOOK);

function extended(milliseconds) {
  ends = Math.min(Date.now() + milliseconds, last);
  try { localStorage.setItem(TOLD, String(ends)); } catch { /* a browser that keeps nothing */ }
}

function look() {
  if (document.documentElement.classList.contains("is-covered")) return; // a locked screen waits
  const left = ends - Date.now();
  if (left > WARN) {
    if (dialog.open) close();
  } else if (left > 0) {
    show();
  } else if (!over) {
    gone();
  }
}

async function longer() {
  const answer = await fetch(dialog.dataset.stay, { credentials: "same-origin", headers: { "X-Requested-With": "meernet" } }).catch(() => null);
  if (answer?.ok) {
    extended((await answer.json()).ends_in * 1000);
    if (last - Date.now() > WARN) close();
    else stay.hidden = true;
  } else if (answer?.status === 401) {
    gone();
  }
}

/** Signed out: offer to sign in beside this page, so that what stands here stays. */
function gone() {
  over = true;
  stay.hidden = true;
  for (const part of dialog.querySelectorAll("a[hidden], [data-over]")) part.hidden = false;
  show();
  if (dialog.open) dialog.querySelector("a").focus();
}

function show() {
  if (!document.querySelector("dialog[open]")) dialog.showModal();
}

function close() {
  over = false;
  stay.hidden = false;
  for (const part of dialog.querySelectorAll("a, [data-over]")) part.hidden = true;
  dialog.close();
}
