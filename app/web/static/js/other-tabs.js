// Is the same draft open in another tab or window? Say so in both. Only that goes from tab to tab, never an answer.

export function watchOthers(form, saver) {
  const open = document.querySelector("[data-open-elsewhere]");
  const changed = document.querySelector("[data-changed-elsewhere]");
  form.addEventListener("meernet:elsewhere", () => { if (changed) { changed.hidden = false; if (open) open.hidden = true; } });
  changed?.querySelector("a").addEventListener("click", async (event) => {
    event.preventDefault();
    if (!await saver.flush()) return;
    saver.stopped = true;
    window.location.assign(saver.url);
  });
  if (!window.BroadcastChannel) return;
  const channel = new BroadcastChannel(`meernet:${saver.url}`);
  channel.addEventListener("message", ({ data }) => {
    if (data === "hello") channel.postMessage("here");
    if (data === "bye") { if (open) open.hidden = true; } else if (open && changed?.hidden !== false) open.hidden = false;
  });
  window.addEventListener("pagehide", () => channel.postMessage("bye"));
  channel.postMessage("hello");
}
