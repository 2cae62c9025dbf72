// A QR code carries the code behind "#", which no server and no other site ever sees. It is put where it would be typed,
// and taken out of the address at once.

const door = document.querySelector("[data-door]");
const code = decodeURIComponent(window.location.hash.slice(1));
if (door && /^[0-9a-z-]{6,12}$/i.test(code)) {
  const input = door.elements.code;
  input.value = code;
  history.replaceState(null, "", window.location.pathname);
  door.querySelector("button").focus();
}
const summary = document.getElementById("samenvatting") || document.getElementById("gedaan");
if (summary) summary.focus();
