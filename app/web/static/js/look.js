// A page that shows how a text will look: links go to places on it, and nothing is sent.

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const note = document.querySelector("[data-not-sent]");
  if (note) note.hidden = false;
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link) return;
  const href = link.getAttribute("href");
  event.preventDefault();
  const place = href.startsWith("#") ? document.getElementById(decodeURIComponent(href.slice(1))) : null;
  if (!place) return;
  place.scrollIntoView({ block: "start" });
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
});

// A picture wider than the frame begins at its first state.
const picture = document.querySelector(".diagram-frame");
const first = picture?.querySelector("a");
if (first) {
  const state = first.getBoundingClientRect();
  picture.scrollLeft += state.left + state.width / 2 - picture.getBoundingClientRect().left - picture.clientWidth / 2;
}
