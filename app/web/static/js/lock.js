// Somebody walks up to the desk: F9 or one press covers the page at once, in all tabs, and locks the session on the server.
// It covers itself after some minutes without a key or a mouse. What stands in the page stays there, out of sight.

import { able, use } from "./passkey.js";

const LOOK = 1000;
const AGAIN = 3000;
const TELL = 5000;

const slot = document.getElementById("slot");
const root = document.documentElement;
const secret = slot.querySelector("input[type=password]");
const fault = document.getElementById("slot-fout");
const passkey = slot.querySelector("[data-slot-passkey]");
const form = slot.querySelector("[data-unlock]");
const over = slot.querySelector("[data-slot-over]");
const after = Number(slot.dataset.after) * 1000;
const others = new BroadcastChannel("meernet-slot");
const told = { last: Date.now(), others: 0, server: Date.now() };
let before = null;

for (const event of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "input"]) {
  window.addEventListener(event, busy, { capture: true, passive: true });
}
window.addEventListener("keydown", (event) => {
  if (event.key !== "F9" || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  lock();
}, true);
document.querySelector("form[data-lock]").addEventListener("submit", (event) => { event.preventDefault(); lock(); });
document.addEventListener("meernet:locked", cover);
document.addEventListener("visibilitychange", look);
others.addEventListener("message", ({ data }) => {
  if (data === "locked") cover();
  else if (data === "open") check();
  else told.last = Math.max(told.last, Number(data) || 0);
});
slot.addEventListener("cancel", (event) => event.preventDefault());
slot.addEventListener("close", () => { if (before) slot.showModal(); });
form.addEventListener("submit", (event) => { event.preventDefault(); unlock(); });
passkey.hidden = !able;
passkey.addEventListener("click", byPasskey);
over.querySelector("[data-slot-back]").addEventListener("click", check);
setInterval(look, LOOK);

/** A key or the mouse, here; the other tabs hear of it, and now and then the server. */
function busy() {
  const now = Date.now();
  if (before || now - told.last >= after) return;
  told.last = now;
  if (now - told.others > TELL) { told.others = now; others.postMessage(now); }
  if (now - told.server > Math.min(after / 2, 120_000)) { told.server = now; stay(); }
}

function look() {
  if (!before && Date.now() - told.last >= after) lock();
}

async function stay() {
  const answer = await fetch(slot.dataset.stay, { credentials: "same-origin", headers: { "X-Requested-With": "meernet" } }).catch(() => null);
  if (answer?.ok) document.dispatchEvent(new Event("meernet:alive"));
  else if (answer?.status === 423) cover();
}

function lock() {
  cover();
  others.postMessage("locked");
  close();
}

/** The server hears of it as soon as there is a line. */
async function close() {
  const answer = await sent(slot.dataset.lock).catch(() => null);
  if (answer === null && before) setTimeout(close, AGAIN);
}

function cover() {
  if (before) return;
  const hidden = [...document.body.children].filter((part) => part !== slot && !part.inert);
  before = { title: document.title, focus: document.activeElement, hidden };
  for (const part of hidden) { part.inert = true; part.setAttribute("aria-hidden", "true"); }
  root.classList.add("is-covered");
  document.title = slot.querySelector("h2").textContent;
  secret.value = "";
  tell("");
  slot.showModal();
  secret.focus();
}

function uncover() {
  if (!before) return;
  const { title, focus, hidden } = before;
  before = null;
  for (const part of hidden) { part.inert = false; part.removeAttribute("aria-hidden"); }
  root.classList.remove("is-covered");
  document.title = title;
  secret.value = "";
  over.hidden = true;
  form.hidden = false;
  slot.close();
  focus?.focus?.();
  told.last = told.server = Date.now();
  document.dispatchEvent(new Event("meernet:alive"));
}

async function unlock() {
  const given = new FormData(form);
  const answer = await sent(form.action, given).catch(() => null);
  secret.value = "";
  if (answer?.ok) { opened(); return; }
  if (answer?.status === 401) { ended(); return; }
  const said = answer ? await answer.json().catch(() => ({})) : {};
  tell(answer ? (said.lines ?? []).join(" ") : slot.dataset.offline);
  secret.focus();
}

async function byPasskey() {
  tell("");
  try {
    await use(passkey.dataset.ask, passkey.dataset.answer, slot.dataset.token);
    opened();
  } catch { tell(passkey.dataset.failed); }
}

/** What went wrong, said to who looks and to who listens. */
function tell(sentence) {
  fault.textContent = sentence;
  if (sentence) secret.setAttribute("aria-describedby", fault.id);
  else secret.removeAttribute("aria-describedby");
}

function opened() {
  uncover();
  others.postMessage("open");
}

/** Too often wrong, or ten hours are over: sign in beside this page, which stays covered until then. */
function ended() {
  form.hidden = true;
  over.hidden = false;
  tell(slot.dataset.over);
  over.querySelector("a").focus();
}

/** Another tab says it is open: ask the server, for whom. Somebody else never sees what stands here. */
async function check() {
  const answer = await fetch(slot.dataset.state, { credentials: "same-origin", headers: { "X-Requested-With": "meernet" } }).catch(() => null);
  const said = answer?.ok ? await answer.json() : {};
  if (said.state === "over") ended();
  if (said.state !== "open") return;
  if (said.who === slot.dataset.who) uncover();
  else window.location.reload();
}

/** Post; once more with the token of the session that is there now, when this page is older than it. */
async function sent(address, body, again = true) {
  const headers = { "X-Requested-With": "meernet", "X-CSRF-Token": slot.dataset.token };
  const answer = await fetch(address, { method: "POST", credentials: "same-origin", headers, body });
  const fresh = answer.status === 400 && again ? (await answer.json().catch(() => ({}))).token : "";
  if (!fresh) return answer;
  slot.dataset.token = fresh;
  return sent(address, body, false);
}
