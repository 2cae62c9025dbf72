// What does the page say, and what is known of its form? The server wrote it as JSON.

const island = document.getElementById("form-data");
export const definition = island ? JSON.parse(island.textContent) : { show: {}, rows: {}, matrix: {}, types: {}, say: {} };

/** A text of the server with {name} filled in. */
export function say(code, params = {}) {
  return filled(definition.say[code], params);
}

/** A text with {name} filled in. */
export function filled(text, params = {}) {
  return (text || "").replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");
}

const live = document.createElement("p");
live.className = "visually-hidden";
live.setAttribute("role", "status");
document.body.append(live);

/** Say something to who listens instead of looks. */
export function announce(sentence) {
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = sentence; });
}
