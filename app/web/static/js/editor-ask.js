// How does the editor talk to the server? One POST at a time of each kind; what comes too late is dropped.

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

/** The same, of which only the last counts: an answer that was overtaken is undefined. */
export function latest(url) {
  let number = 0;
  return async (fields) => {
    number += 1;
    const mine = number;
    const said = await ask(url, fields);
    return mine === number ? said : undefined;
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
