// How does the editor talk to the server? One question of each kind at a time; an answer about another text is dropped.

export const data = JSON.parse(document.getElementById("editor-data").textContent);

export class Refused extends Error {
  constructor(status, said) {
    super(String(status));
    Object.assign(this, { status, said });
  }
}

/** A text of the server with {name} filled in; `n` chooses the form for one. */
export function say(code, params = {}) {
  const one = params.n === 1 ? data.say[`${code}.one`] : undefined;
  return (one ?? data.say[code] ?? "").replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");
}

/** Post fields, take JSON. Throws Refused for an answer that is no, TypeError when there is no line. */
export async function ask(url, fields, { leaving = false, again = true } = {}) {
  const answer = await fetch(url, {
    method: "POST", credentials: "same-origin", keepalive: leaving,
    headers: { "X-Requested-With": "meernet", "X-CSRF-Token": data.token },
    body: new URLSearchParams(fields),
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) {
    document.dispatchEvent(new Event("meernet:alive"));
    return said;
  }
  if (said.error === "token" && again) {
    data.token = said.token; // signed in again in another tab
    return ask(url, fields, { leaving, again: false });
  }
  throw new Refused(answer.status, said);
}

/** Asks one thing at a time: while an answer is under way a newer question waits, and only the newest of those is asked. */
export function inTurn(question) {
  let busy = false;
  let waiting = false;
  return async function turn() {
    if (busy) { waiting = true; return; }
    busy = true;
    try {
      await question();
    } finally {
      busy = false;
      if (waiting) { waiting = false; turn(); }
    }
  };
}

/** Call `action` once nothing happened for a while. */
export function rested(milliseconds, action) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}
