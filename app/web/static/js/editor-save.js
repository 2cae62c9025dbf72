// Keeping the text: with Ctrl+S, with the button, and by itself once somebody rests. A text that somebody else saved is never
// written over unasked; without a line or a session the text stays in this page's memory and is tried again.

import { ask, data, say, Refused } from "./editor-ask.js";

const REST = 2500;
const AGAIN = 4000;
const CAN_TRAVEL = 60_000; // a page that closes may still send so much

export class Saver {
  constructor(form, text, place) {
    Object.assign(this, { form, text, place, timer: null, busy: false, paused: false });
    this.known = text.text;
    this.seen = form.elements.seen.value;
    this.state = form.querySelector("[data-save-state]");
    form.addEventListener("submit", (event) => this.submitted(event));
    place.addEventListener("click", (event) => this.chosen(event));
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.save({ leaving: true }); });
    window.addEventListener("online", () => this.save());
    window.addEventListener("focus", () => { if (this.state.dataset.state === "signed_out") this.save(); });
    window.addEventListener("beforeunload", (event) => { if (this.isDirty()) event.preventDefault(); });
  }

  isDirty() { return this.text.text !== this.known; }

  changed() {
    if (this.paused) return;
    if (!this.isDirty()) { clearTimeout(this.timer); return; }
    if (!["signed_out", "offline"].includes(this.state.dataset.state)) this.tell("unsaved", say("unsaved"));
    this.later(REST);
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  submitted(event) {
    if (event.submitter?.hasAttribute("data-unscripted")) return;
    event.preventDefault();
    this.save({ asked: true });
  }

  async save({ asked = false, leaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.busy || (this.paused && !asked) || !(asked || this.isDirty())) return;
    if (this.paused) { this.place.querySelector("#conflict")?.focus(); return; }
    const text = this.text.text;
    if (leaving && text.length > CAN_TRAVEL) return;
    this.busy = true;
    this.tell("saving", say("saving"));
    try {
      const said = await ask(data.save, { text, seen: this.seen, _do: "save" }, { leaving });
      this.known = text;
      this.seen = said.seen;
      this.form.elements.seen.value = said.seen;
      this.tell("saved", said.state);
      if (this.isDirty()) this.later(REST);
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  failed(error) {
    if (!(error instanceof Refused)) {
      this.tell("offline", say("offline"));
      this.later(AGAIN);
    } else if (error.status === 409 && error.said.html) {
      this.conflict(error.said);
    } else if (error.status === 401 || error.said.error === "token") {
      this.tell("signed_out", say("signed_out"));
      const again = Object.assign(document.createElement("a"), { href: "/aanmelden", target: "_blank", rel: "opener", textContent: say("sign_in") });
      this.state.append(" ", again);
      this.later(AGAIN);
    } else if (error.status === 422 || error.status === 403 || error.status === 413) {
      this.tell("refused", say("refused", { why: (error.said.lines ?? []).join(" ") || String(error.status) }));
    } else {
      this.tell("offline", say("offline"));
      this.later(AGAIN * 3);
    }
  }

  /** Somebody else saved: show both, keep nothing until somebody chose. */
  conflict(said) {
    this.paused = true;
    this.theirs = said;
    this.tell("conflict", say("conflict"));
    this.place.innerHTML = said.html; // made and escaped by the server
    this.place.querySelector("#conflict").focus();
  }

  chosen(event) {
    const choice = event.target.closest("[data-conflict]")?.dataset.conflict;
    if (!choice) return;
    this.paused = false;
    this.seen = this.theirs.seen;
    this.place.replaceChildren();
    if (choice === "theirs") {
      this.known = this.theirs.text;
      this.text.text = this.theirs.text;
      this.tell("saved", "");
    } else {
      this.save({ asked: true });
    }
    this.text.focus();
  }

  tell(state, sentence) {
    this.state.dataset.state = state;
    if (this.state.textContent !== sentence) this.state.textContent = sentence;
  }
}
