// What can be done with a row, in a dialog over the list. Everything in it is a page of its own too: whatever goes wrong here,
// the browser simply goes there.

export function startPanel() {
  const dialog = document.getElementById("paneel");
  const body = dialog.querySelector("[data-panel-body]");
  let opener = null;
  let formShown = false; // the script of a form starts once a page

  dialog.addEventListener("close", () => { body.replaceChildren(); opener?.focus(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-panel], a[data-form]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (link.matches("[data-form]") && (formShown || !dialog.open)) return;
    event.preventDefault();
    if (link.matches("[data-panel]")) { opener = link; wait(); }
    load(link);
  });

  function wait() {
    const line = Object.assign(document.createElement("p"), { id: "paneel-titel", className: "soft panel-wait", textContent: dialog.dataset.wait });
    body.replaceChildren(line);
    dialog.showModal();
  }

  async function load(link) {
    try {
      const small = link.matches("[data-panel]");
      const address = new URL(link.href);
      if (small) address.searchParams.set("deel", "1");
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(small ? page.querySelector(".quick") : page.querySelector("[data-focus]"), page, small);
    } catch {
      location.assign(link.href);
    }
  }

  function show(part, page, small) {
    if (!part) throw new Error("nothing to show");
    if (small) {
      body.replaceChildren(part);
      body.querySelector("a, button")?.focus();
      return;
    }
    formShown = true;
    const title = Object.assign(document.createElement("h2"), { id: "paneel-titel", textContent: page.querySelector("h1").textContent });
    const scripts = [...part.querySelectorAll("script")];
    for (const script of scripts) if (script.type !== "application/json") script.remove();
    body.replaceChildren(title, part);
    const island = page.getElementById("form-data");
    if (island && !document.getElementById("form-data")) body.append(island);
    import("./form.js");
    import("./act.js");
  }

}
