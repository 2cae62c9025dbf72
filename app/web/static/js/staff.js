// Long work goes on by itself; whoever wants to stop it presses the other button.

for (const form of document.querySelectorAll("form[data-go-on]")) {
  const timer = setTimeout(() => form.requestSubmit(), 400);
  form.querySelector("a").addEventListener("click", () => clearTimeout(timer));
}
