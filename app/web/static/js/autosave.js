// How does a conversation of forty minutes survive a lost line, a closed lid or an ended session?
// What changed is sent every few seconds, on leaving a field and on leaving the page. Until the server has it, it stays in this
// page's memory, never in the browser's storage.

import { say } from "./texts.js";

const EVERY = 4000;

export function startAutosave(form) {
  const url = form.dataset.autosave;
  if (!url) return () => {};
  const saver = new Saver(form, url);
  form.addEventListener("input", () => saver.later());
  form.addEventListener("change", () => saver.later());
  form.addEventListener("focusout", () => saver.soon());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saver.save(true); });
  window.addEventListener("online", () => saver.save());
  form.addEventListener("submit", () => { saver.stopped = true; });
  document.querySelector("[data-retry]")?.addEventListener("click", () => saver.again());
  window.addEventListener("focus", () => { if (document.getElementById("opnieuw-aanmelden")?.open) saver.again(); });
  window.addEventListener("beforeunload", (event) => { if (!saver.stopped && saver.isDirty()) event.preventDefault(); });
  if (saver.isDirty()) saver.later();
  return () => saver.later();
}

class Saver {
  constructor(form, url) {
    Object.assign(this, { form, url, timer: null, busy: false, stopped: false });
    this.revision = Number(form.dataset.revision);
    this.known = served(form);
    this.state = form.querySelector(".save-state");
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

  async save(leaving = false) {
    clearTimeout(this.timer);
    this.timer = null;
    const changes = this.changes();
    if (this.busy || this.stopped || Object.keys(changes).length === 0) return;
    this.busy = true;
    this.tell("saving");
    try {
      const answer = await fetch(this.url, {
        method: "PATCH", credentials: "same-origin", keepalive: leaving,
        headers: { "Content-Type": "application/json", "X-Requested-With": "meernet", "X-CSRF-Token": this.form.elements._csrf.value },
        body: JSON.stringify({ revision: this.revision, changes }),
      });
      await this.heard(answer, changes);
    } catch {
      this.tell("offline");
      this.timer = setTimeout(() => this.save(), EVERY);
    } finally {
      this.busy = false;
    }
  }

  async heard(answer, changes) {
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      for (const [name, texts] of Object.entries(changes)) this.known[name] = texts;
      this.revision = said.revision;
      this.form.elements._revision.value = said.revision;
      this.tell("saved", { time: said.time });
      document.dispatchEvent(new Event("meernet:alive"));
      if (this.isDirty()) this.later();
    } else if (answer.status === 401 || said.error === "token") {
      if (said.token) this.form.elements._csrf.value = said.token;
      this.tell("signed_out");
      document.getElementById("opnieuw-aanmelden")?.showModal();
    } else if (answer.status === 409 && said.revision) {
      this.revision = said.revision; // another window saved: ours go on top, field by field
      this.timer = setTimeout(() => this.save(), 300);
    } else {
      this.tell("offline");
      this.timer = setTimeout(() => this.save(), EVERY * 3);
    }
  }

  /** After signing in again in another tab: fetch a token of the new session and send what waited. */
  async again() {
    const answer = await fetch(this.url, { credentials: "same-origin", headers: { "X-Requested-With": "meernet" } }).catch(() => null);
    if (!answer?.ok) return;
    this.form.elements._csrf.value = (await answer.json()).token;
    document.getElementById("opnieuw-aanmelden").close();
    this.save();
  }

  tell(state, params) {
    if (!this.state) return;
    this.state.dataset.state = state;
    this.state.textContent = say(state, params);
  }
}

/** All answers of the form as name -> texts; our own fields and chosen files stay out. */
export function collect(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("_") || typeof value !== "string") continue;
    (found[name] ??= []).push(value);
  }
  return found;
}

/** The same as the server wrote it in the page: what was typed before this script came, or put back by the browser, is not there. */
function served(form) {
  const found = {};
  for (const input of form.elements) {
    if (!input.name || input.name.startsWith("_") || input.disabled || ["file", "submit", "button"].includes(input.type)) continue;
    if (["checkbox", "radio"].includes(input.type) && !input.defaultChecked) continue;
    for (const text of input.options ? chosen(input) : [input.defaultValue]) (found[input.name] ??= []).push(text);
  }
  return found;
}

function chosen(list) {
  const options = [...list.options].filter((option) => option.defaultSelected);
  return (options.length || list.multiple ? options : [...list.options].slice(0, 1)).map((option) => option.value);
}
