// A passkey is made, or signs a question of the server. What this is for is the page's: importing it does nothing.

const POST = { method: "POST", credentials: "same-origin" };

export const able = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

/** Let a passkey sign what `ask` asks and give it to `answer`; what the server said. Throws when it did not work. */
export async function use(ask, answer, token, extra = {}) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await told(ask, token, {}));
  const passkey = await navigator.credentials.get({ publicKey });
  return told(answer, token, { ...extra, passkey: passkey.toJSON() });
}

/** Make one. Throws when it did not work. */
export async function make(ask, answer, token, name) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await told(ask, token, {}));
  const passkey = await navigator.credentials.create({ publicKey });
  return told(answer, token, { name, passkey: passkey.toJSON() });
}

async function told(address, token, body) {
  const headers = { "Content-Type": "application/json", "X-Requested-With": "meernet", "X-CSRF-Token": token };
  const answer = await fetch(address, { ...POST, headers, body: JSON.stringify(body) });
  const said = await answer.json().catch(() => ({}));
  if (said.error === "prove") window.location.assign(said.where); // it is a while ago: once more, and then back here
  if (!answer.ok) throw new Error(String(answer.status));
  return said;
}
