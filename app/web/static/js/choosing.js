// A long list of boxes: what is typed above it hides what does not match; what is ticked stays.

export function startChoosing(form) {
  for (const field of form.querySelectorAll("[data-seek]")) {
    const list = form.querySelector(`[data-sought="${CSS.escape(field.dataset.seek)}"]`);
    if (!list) continue;
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const tick of list.querySelectorAll(".tick")) {
        const text = tick.textContent.toLowerCase();
        tick.hidden = !tick.querySelector("input").checked && !words.every((word) => text.includes(word));
      }
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
}
