// Small things on pages: print, ask before something is thrown away, and put the hands where they are needed.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", (event) => { if (!window.confirm(form.dataset.confirm)) event.preventDefault(); });
}
const summary = document.getElementById("samenvatting");
if (summary) summary.focus();
for (const table of document.querySelectorAll("[data-ticks]")) {
  const all = table.querySelector("[data-tick-all]");
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  table.addEventListener("change", look);
  look();
}
