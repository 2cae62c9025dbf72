"""What if somebody has no mouse? The same person, who reaches everything with Tab and presses it with keys.

``ByKeyboard`` is a ``Screen`` whose hands are on the keyboard only. Each step goes on from where the focus is, must
show where it is, and fails when what is wanted cannot be reached. A pointer pressed anywhere on the way is a mistake.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ElementHandle, Locator, expect

from tests.support.pages import Screen, Troubles, starts

MOST_TABS = 300
"""A form of forty questions with its sections, twice."""
NO_POINTER = """
for (const kind of ["pointerdown", "mousedown", "touchstart"]) {
  addEventListener(kind, () => console.error(`a pointer was used: ${kind}`), true);
}
"""
HERE = """(wanted) => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const seen = [at, at.labels?.[0], at.closest("label")].filter(Boolean).map((one) => getComputedStyle(one))
    .some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
  if (!seen) return `unseen ${at.labels?.[0]?.innerText ?? at.innerText}`;
  if (at === wanted) return "there";
  const same = at.type === "radio" && wanted.type === "radio"
    ? at.name === wanted.name && at.form === wanted.form
    : wanted.tabIndex < 0 && at.localName === wanted.localName  // a list that is one stop, walked with arrows
      && at.parentElement.parentElement === wanted.parentElement.parentElement;
  return same ? "among" : `passed ${at.labels?.[0]?.innerText ?? at.innerText}`.slice(0, 60);
}"""


class ByKeyboard(Screen):
    """See the module."""

    def __init__(self, context: BrowserContext, url: str, troubles: Troubles) -> None:
        context.add_init_script(NO_POINTER)
        super().__init__(context, url, troubles)

    def reach(self, target: Locator) -> str:
        """Press Tab until ``target`` has the focus; "among" when its neighbour in a list has it."""
        wanted = self._handle(target)
        where = str(self.page.evaluate(HERE, wanted))
        passed = []
        for _ in range(MOST_TABS):
            if where in ("there", "among"):
                return where
            self.page.keyboard.press("Tab")
            where = str(self.page.evaluate(HERE, wanted))
            passed.append(where.removeprefix("passed "))
            assert not where.startswith("unseen"), f"no visible focus on {where.removeprefix('unseen ')!r}"
        raise AssertionError(f"cannot be reached with Tab: {target}; passed {passed}")

    def click(self, target: Locator) -> None:
        """Reach it, and press it: a box with the space bar, all else with Enter."""
        if self.reach(target) == "among":
            self._go_along(target)
        kind = target.evaluate("(it) => it.type ?? ''")
        if kind in ("checkbox", "radio"):
            self.page.keyboard.press("Space")
        else:
            target.press(
                "Enter"
            )  # has the focus already; said so, because this waits for the page it leads to

    def fill(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Type in the input with this label."""
        field = (within or self.page).get_by_label(starts(label)).first
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        expect(field).to_have_value(text)

    def choose(self, legend: str, *options: str, within: Locator | None = None) -> None:
        """Tick these options of a question."""
        group = self.question(legend, within=within)
        for option in options:
            self.check(group.get_by_label(option, exact=True))

    def check(self, box: Locator) -> None:
        """Tick a box, or go along the choices of a question with the arrow until this one is chosen."""
        if self.reach(box) == "among":
            self._go_along(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def tick(self, text: str) -> None:
        """Tick the box whose text begins like this."""
        self.check(self.page.get_by_label(starts(text)).first)

    def pick(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """Choose from a list, by typing what begins the option."""
        field = (within or self.page).get_by_label(starts(label)).first
        self.reach(field)
        self.page.keyboard.type(option)
        expect(field.locator("option:checked")).to_have_text(option)

    def press(self, name: str) -> None:
        """Press a button, or follow a link that looks like one."""
        button = self.main.get_by_role("button", name=name, exact=True)
        link = self.main.get_by_role("link", name=name, exact=True)
        self.click(button.or_(link).first)

    def follow(self, name: str) -> None:
        """Follow a link whose text begins like this."""
        self.click(self.main.get_by_role("link", name=starts(name)).first)

    def open(self, name: str) -> None:
        """Unfold what is folded behind these words."""
        self.click(self.page.locator("summary").filter(has_text=name).first)

    def sign_in_here(self, email: str, password: str) -> None:
        """Fill in the sign-in page that is open; Enter sends it."""
        self.fill("E-mailadres", email)
        self.fill("Wachtwoord", password)
        self.page.get_by_label(starts("Wachtwoord")).first.press("Enter")

    def _go_along(self, target: Locator) -> None:
        wanted = self._handle(target)
        for _ in range(40):
            self.page.keyboard.press("ArrowDown")
            if self.page.evaluate(HERE, wanted) == "there":
                return
        raise AssertionError(f"cannot be reached with the arrows: {target}")

    def _handle(self, target: Locator) -> ElementHandle:
        found = target.element_handle()
        assert found is not None
        return found
