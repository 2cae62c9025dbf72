// Choosing rows of the list: how many are chosen is said, and all of this page can be chosen at once.

export function startPicking() {
  const form = document.getElementById("samen");
  if (!form) return;
  const boxes = [...document.querySelectorAll("[data-pick]")];
  const all = form.querySelector("[data-pick-all]");
  const told = form.querySelector("[data-picked]");
  const look = () => {
    const n = boxes.filter((box) => box.checked).length;
    all.checked = n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
    told.textContent = n ? (n === 1 ? told.dataset.one : told.dataset.many.replace("#", n)) : "";
    for (const button of form.querySelectorAll("button")) button.disabled = !n;
  };
  all.closest("label").hidden = false;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; look(); });
  for (const box of boxes) box.addEventListener("change", look);
  look();
}
