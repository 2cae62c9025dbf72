// A picture wider than the window opens where the process begins.
for (const frame of document.querySelectorAll(".diagram-frame")) {
  const start = frame.querySelector("[data-start]");
  if (start && frame.scrollWidth > frame.clientWidth) {
    const box = start.getBoundingClientRect();
    const middle = box.left + box.width / 2 - frame.getBoundingClientRect().left;
    frame.scrollLeft += middle - frame.clientWidth / 2;
  }
}
