// What does axe not see? Labels, legends, hints and errors that belong to nothing. Gives sentences, one a fault.
() => {
  const said = [], shown = (it) => it.checkVisibility?.({visibilityProperty: true}) ?? true;
  const text = (it) => (it?.innerText ?? it?.textContent ?? "").trim();
  const where = (it) => `${it.tagName.toLowerCase()}[name=${it.name || it.id}]`;
  const ids = (it, what) => (it.getAttribute(what) || "").split(/\s+/).filter(Boolean);
  const inputs = [...document.querySelectorAll("input:not([type=hidden]):not([type=submit]), select, textarea")].filter(shown);
  for (const it of inputs) {
    const named = [...(it.labels ?? [])].some((label) => text(label) || label.textContent.trim());
    if (!named && !it.getAttribute("aria-label") && !ids(it, "aria-labelledby").length) said.push(`${where(it)}: no label`);
  }
  const sets = new Map();
  for (const it of inputs.filter((one) => ["radio", "checkbox"].includes(one.type) && one.name)) {
    const key = `${it.type} ${it.name}`;
    sets.set(key, [...(sets.get(key) ?? []), it]);
  }
  for (const [key, set] of sets) {
    const repeated = set.length > 1 && !set[0].closest("li, tr, [role=row]");
    const group = set[0].closest("fieldset, [role=group], [role=radiogroup]");
    const legend = group && (text(group.querySelector(":scope > legend")) || group.getAttribute("aria-label")
      || ids(group, "aria-labelledby").map((id) => text(document.getElementById(id))).join(""));
    if (repeated && !legend) said.push(`${key}: no fieldset with a legend`);
  }
  for (const it of document.querySelectorAll("[aria-describedby]")) {
    for (const id of ids(it, "aria-describedby")) {
      const found = document.getElementById(id);
      if (!found || !found.textContent.trim()) said.push(`${where(it)}: describedby ${id} says nothing`);
    }
  }
  const described = new Set([...document.querySelectorAll("[aria-describedby]")].flatMap((it) => ids(it, "aria-describedby")));
  for (const it of [...document.querySelectorAll(".hint, .field-error")].filter(shown)) {
    if (!described.has(it.id) && it.closest(".field, fieldset.group")) said.push(`${it.className} ${it.id}: belongs to nothing (${text(it).slice(0, 40)})`);
  }
  for (const it of document.querySelectorAll("[aria-invalid=true]")) {
    const errors = ids(it, "aria-describedby").map((id) => document.getElementById(id)).filter((one) => one?.matches(".field-error"));
    const outer = it.closest("fieldset[aria-describedby]");
    if (!errors.length && !outer) said.push(`${where(it)}: wrong, and does not say why`);
  }
  return said;
}
