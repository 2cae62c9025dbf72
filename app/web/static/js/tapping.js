// One tap on the list of a session: sent without leaving the page. Without an answer the page itself sends it, so that
// what the server says is seen in any case.

const parts = ["tellers", "gezegd"];

const swap = (fresh, id) => {
  const there = document.getElementById(id);
  const here = fresh.getElementById(id);
  if (there && here) there.replaceWith(document.adoptNode(here));
  return Boolean(there && here);
};

const tapped = async (event) => {
  const form = event.target.closest("form[data-tap]");
  const button = event.submitter;
  if (!form || !button) return;
  event.preventDefault();
  const line = form.closest("li");
  if (line.getAttribute("aria-busy")) return;
  line.setAttribute("aria-busy", "true");
  line.classList.add("person--busy");
  const body = new URLSearchParams(new FormData(form, button));
  const asItIs = () => {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = button.name;
    field.value = button.value;
    form.append(field);
    form.submit();
  };
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, credentials: "same-origin" });
    const elsewhere = new URL(answer.url);
    if (answer.ok && !elsewhere.pathname.endsWith(location.pathname)) {
      location.assign(answer.url); // a form that the tap opened
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!swap(fresh, line.id)) throw new Error("another page");
    for (const id of parts) swap(fresh, id);
    const next = document.getElementById(line.id);
    (next.querySelector("button") ?? next).focus({ preventScroll: true });
  } catch {
    asItIs();
  }
};

document.addEventListener("submit", tapped);
