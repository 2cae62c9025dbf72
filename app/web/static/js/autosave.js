// How does a conversation of forty minutes survive a lost line, a closed lid or an ended session?
// What changed is sent every few seconds, on leaving a field and on leaving the page. Until the server has it, it stays in this
// page's memory, never in the browser's storage.

import { watchOthers } from "./other-tabs.js";
import { startSending } from "./sending.js";
import { say } from "./texts.js";

const EVERY = 4000;

export function startAutosave(form) {
  const url = form.dataset.autosave;
  if (!url) return () => {};
  const saver = new Saver(form, url);
  form.addEventListener("input", () => saver.later());
  form.addEventListener("change", () => saver.later());
  form.addEventListener("focusout", () => saver.soon());
  form.addEventListener("meernet:save", () => saver.flush());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saver.save(true); });
  window.addEventListener("offline", () => saver.tell("offline"));
  window.addEventListener("online", () => saver.flush());
  document.querySelector("[data-retry]")?.addEventListener("click", () => saver.again());
  window.addEventListener("focus", () => { if (document.getElementById("opnieuw-aanmelden")?.open) saver.again(); });
  window.addEventListener("beforeunload", (event) => { if (!saver.stopped && (saver.waiting || saver.isDirty())) event.preventDefault(); });
  startSending(form, saver);
  watchOthers(form, saver);
  if (saver.isDirty()) saver.later();
  return () => saver.later();
}

class Saver {
  constructor(form, url) {
    Object.assign(this, { form, url, timer: null, busy: null, stopped: false, waiting: false, foreign: false });
    this.revision = Number(form.dataset.revision);
    this.known = served(form);
    this.state = form.querySelector(".save-state");
    this.saved = "";
  }

  isDirty() { return Object.keys(this.changes()).length > 0; }

  /** What differs from what the server has: name -> texts, an empty list for what is gone. */
  changes() {
    const now = collect(this.form);
    const changed = {};
    for (const name of new Set([...Object.keys(now), ...Object.keys(this.known)])) {
      if (JSON.stringify(now[name] ?? []) !== JSON.stringify(this.known[name] ?? [])) changed[name] = now[name] ?? [];
    }
    return changed;
  }

  later() {
    if (this.timer === null) this.timer = setTimeout(() => this.save(), EVERY);
    this.tell("unsaved");
  }

  soon() { if (this.timer !== null) { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), 300); } }

  /** Send what changed; whether the server answered and has everything that stood here. */
  async save(leaving = false) {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.busy || this.stopped) return false;
    const changes = this.changes();
    if (Object.keys(changes).length === 0) { this.tellKept(); return false; }
    this.tell("saving");
    this.busy = this.sent(changes, leaving);
    try { return await this.busy; } finally { this.busy = null; }
  }

  async sent(changes, leaving) {
    try {
      const answer = await fetch(this.url, {
        method: "PATCH", credentials: "same-origin", keepalive: leaving,
        headers: { "Content-Type": "application/json", "X-Requested-With": "meernet", "X-CSRF-Token": this.form.elements._csrf.value },
        body: JSON.stringify({ revision: this.revision, changes }),
      });
      return await this.heard(answer, changes);
    } catch {
      this.tell("offline");
      this.timer ??= setTimeout(() => this.save(), EVERY);
      return false;
    }
  }

  async heard(answer, changes) {
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      for (const [name, texts] of Object.entries(changes)) this.known[name] = texts;
      this.at(said.revision);
      this.saved = said.time;
      this.tell("saved", { time: said.time });
      document.dispatchEvent(new Event("meernet:alive"));
      if (this.isDirty()) this.later();
    } else if (answer.status === 401 || said.error === "token") {
      this.signedOut(said.token);
    } else if (answer.status === 423) {
      document.dispatchEvent(new Event("meernet:locked")); // the screen is locked: what waits goes out when it opens
      this.timer ??= setTimeout(() => this.save(), EVERY);
    } else if (answer.status === 409 && said.revision) {
      this.elsewhere(); // another window saved: ours go on top, field by field
      this.at(said.revision);
      return await this.sent(changes, false);
    } else {
      this.tell("offline");
      this.timer ??= setTimeout(() => this.save(), EVERY * 3);
    }
    return answer.ok || answer.status === 404;
  }

  at(revision) {
    this.revision = revision;
    this.form.elements._revision.value = revision;
  }

  /** Send all there is and hear whether the server can be reached; a draft that is gone was handed in. */
  async flush() {
    if (this.busy) await this.busy;
    if (this.isDirty()) return await this.save() && !this.isDirty();
    const answer = await this.ask();
    if (answer?.ok) {
      const said = await answer.json().catch(() => ({}));
      if (said.token) this.form.elements._csrf.value = said.token;
      if (said.revision !== this.revision) this.elsewhere();
      this.tellKept();
    } else if (answer?.status === 401) this.signedOut();
    else if (answer?.status !== 404) this.tell("offline");
    return Boolean(answer?.ok) || answer?.status === 404;
  }

  ask() {
    return fetch(this.url, { credentials: "same-origin", headers: { "X-Requested-With": "meernet" } }).catch(() => null);
  }

  signedOut(token) {
    if (token) this.form.elements._csrf.value = token;
    this.tell("signed_out");
    const dialog = document.getElementById("opnieuw-aanmelden");
    if (dialog && !dialog.open) dialog.showModal();
  }

  /** After signing in again in another tab: fetch a token of the new session and send what waited. */
  async again() {
    const answer = await this.ask();
    if (!answer?.ok) return;
    this.form.elements._csrf.value = (await answer.json()).token;
    document.getElementById("opnieuw-aanmelden").close();
    this.flush();
  }

  /** Somebody worked on this draft in another window. */
  elsewhere() {
    this.foreign = true;
    this.form.dispatchEvent(new Event("meernet:elsewhere"));
  }

  /** Nothing waits: when the last of it was saved. */
  tellKept() { this.tell(this.saved ? "saved" : "clean", { time: this.saved }); }

  tell(state, params) {
    if (!this.state) return;
    const idle = state === "unsaved" && this.state.dataset.state === "offline"; // still no line: nothing new to say
    const shown = this.waiting && state !== "signed_out" ? "waiting" : idle ? "offline" : state;
    this.state.dataset.state = shown;
    this.state.textContent = say(shown, params);
  }
}

/** Names of our own; who it is about and the day a card came in are kept like answers. */
function ours(name) { return name.startsWith("_") && !["_person", "_received"].includes(name); }

/** All answers of the form as name -> texts; our own fields and chosen files stay out. */
export function collect(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (ours(name) || typeof value !== "string") continue;
    (found[name] ??= []).push(value);
  }
  return found;
}

/** The same as the server wrote it in the page: what was typed before this script came, or put back by the browser, is not there. */
function served(form) {
  const found = {};
  for (const input of form.elements) {
    if (!input.name || ours(input.name) || input.disabled || ["file", "submit", "button"].includes(input.type)) continue;
    if (["checkbox", "radio"].includes(input.type) && !input.defaultChecked) continue;
    for (const text of input.options ? chosen(input) : [input.defaultValue]) (found[input.name] ??= []).push(text);
  }
  return found;
}

function chosen(list) {
  const options = [...list.options].filter((option) => option.defaultSelected);
  return (options.length || list.multiple ? options : [...list.options].slice(0, 1)).map((option) => option.value);
}
