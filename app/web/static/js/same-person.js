// Is this somebody we know? Asked of the server once name and year or village are filled in; it only shows, the person at the desk decides.

const WAIT = 600;
const region = document.querySelector("[data-same]");
const form = region?.closest("form");
if (form) start();

function start() {
  const names = region.dataset.watch.split(" ");
  let last = asked();
  let timer = null;
  let place = null;
  const look = async () => {
    const now = asked();
    if (now === last || region.contains(document.activeElement)) return;
    last = now;
    const html = await answer(now);
    if (html === null || now !== asked()) return;
    region.innerHTML = html;
    tell(place);
  };
  form.addEventListener("change", (event) => {
    if (!names.includes(event.target.name)) return;
    place = event.target;
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });

  function asked() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && (names.includes(name) || name === "_person")) body.append(name, value);
    }
    return body.toString();
  }
}

/** Under what was typed last, with a way to the question itself; what listens hears it too. */
function tell(place) {
  const found = region.querySelector("[data-line]");
  const line = document.getElementById("p-_person") ?? Object.assign(document.createElement("p"), { id: "p-_person", className: "hint" });
  line.setAttribute("role", "status");
  (place.closest(".field") ?? place).append(line);
  line.replaceChildren();
  if (!found) return;
  line.append(Object.assign(document.createElement("a"), { href: "#i-_person", textContent: found.textContent }));
}

async function answer(body) {
  try {
    const got = await fetch(region.dataset.same, {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "meernet", "X-CSRF-Token": form.elements._csrf.value },
      body,
    });
    return got.ok ? await got.text() : null;
  } catch {
    return null;
  }
}
