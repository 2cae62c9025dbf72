// A page that waits for the workers: shows how far they are, and is loaded anew when they are done.

const place = document.querySelector("[data-moving]");
const meter = document.querySelector("progress.meter");
const EVERY = 1500;

async function look() {
  try {
    const answer = await fetch(place.dataset.moving, { headers: { Accept: "application/json" } });
    const stand = answer.ok ? await answer.json() : null;
    if (!stand || !stand.busy || (!meter && stand.total)) {
      location.reload();
      return;
    }
    place.textContent = place.textContent.replace(/\d+/, stand.done);
    if (meter) meter.value = stand.done;
  } catch {
    // the server is away for a moment: ask again
  }
  setTimeout(look, EVERY);
}

if (place) setTimeout(look, EVERY);
