// What is handed in while there is no line? The page stays, says so, and sends by itself as soon as it can: the same post once.
// First everything goes into the draft; only then does the browser leave this page.

const EVERY = 3000;

export function startSending(form, saver) {
  const stop = form.querySelector("[data-not-yet]");
  let button = null;
  let timer = null;
  let gone = false;

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (saver.stopped && !gone) { gone = true; return; }
    event.preventDefault();
    if (gone || button) return;
    button = event.submitter ?? form.querySelector("button");
    attempt();
  });
  stop?.addEventListener("click", () => { rest(); saver.flush(); });
  window.addEventListener("online", () => { if (button) attempt(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { gone = false; saver.stopped = false; rest(); } });

  async function attempt() {
    clearTimeout(timer);
    const reached = await saver.flush();
    if (!button) return;
    if (reached && saver.foreign) {
      saver.stopped = true;
      window.location.assign(saver.url); // all of both windows, to look at once more before it is sent
    } else if (reached) {
      saver.stopped = true;
      form.requestSubmit(button);
    } else wait();
  }

  function wait() {
    saver.waiting = true;
    if (stop) stop.hidden = false;
    if (!document.querySelector("dialog[open]")) saver.tell("waiting");
    timer = setTimeout(attempt, EVERY);
  }

  function rest() {
    clearTimeout(timer);
    button = null;
    saver.waiting = false;
    if (stop) stop.hidden = true;
  }
}
