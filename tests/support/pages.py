"""How does a journey use a page as a person would: by the words on it?

``Screen`` fills and presses by label, question and button text, on a phone or at a desk. ``watched`` opens one and
notes everything that went wrong in the browser meanwhile: console errors, refused resources, broken policies.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.support.browser import PATIENCE_MS

DESK = (1280, 900)
PHONE = (360, 740)
TEST_NETWORK = IPv4Address("198.18.0.1")
MAIL_LOOKS, MAIL_PAUSE = 60, 250
"""Looks, and milliseconds between them."""
ANSWERED_WITH = "Failed to load resource: the server responded with a status of"
"""How Chromium reports a page that came back with mistakes to mend; judged by ``Troubles.answered``."""
POLICY_SCRIPT = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""


@dataclass  # no slots: Playwright keeps its wrapper of a handler on the object
class Troubles:
    """What the browser complained about; ``expected`` lists statuses that this journey provokes on purpose."""

    expected: set[int] = field(default_factory=lambda: {422})
    found: list[str] = field(default_factory=list)

    def said(self, message: ConsoleMessage) -> None:
        """Note an error in the console."""
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWERED_WITH):
            self.found.append(
                f"{message.type} on {message.page.url if message.page else '?'}: {message.text}"
            )

    def answered(self, response: Response) -> None:
        """Note an answer that is no page and no resource."""
        if response.status >= 400 and response.status not in self.expected:
            self.found.append(f"{response.status} {response.request.method} {response.url}")


class Screen:
    """One browser of one person. ``page`` is Playwright's, for what has no word here."""

    def __init__(self, context: BrowserContext, url: str, troubles: Troubles) -> None:
        self.context = context
        self.url = url
        self.troubles = troubles
        self.page: Page = context.new_page()

    # where ---------------------------------------------------------------------------------------------------------

    def go(self, path: str) -> None:
        """Open an address of the product."""
        self.page.goto(self.url + path)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in on the sign-in page."""
        self.go("/aanmelden")
        self.sign_in_here(email, password)
        expect(self.page.get_by_role("button", name="Afmelden")).to_be_visible()

    def sign_in_here(self, email: str, password: str) -> None:
        """Fill in the sign-in page that is open."""
        self.fill("E-mailadres", email)
        self.fill("Wachtwoord", password)
        self.main.get_by_role("button", name="Aanmelden").click()

    @property
    def main(self) -> Locator:
        """The page without its head and foot."""
        return self.page.get_by_role("main")

    # what a person does --------------------------------------------------------------------------------------------

    def fill(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Type in the input with this label."""
        (within or self.page).get_by_label(starts(label)).first.fill(text)

    def question(self, legend: str, *, within: Locator | None = None) -> Locator:
        """The group of inputs that asks this."""
        return (within or self.page).get_by_role("group", name=starts(legend)).first

    def choose(self, legend: str, *options: str, within: Locator | None = None) -> None:
        """Tick these options of a question."""
        group = self.question(legend, within=within)
        for option in options:
            group.get_by_label(option, exact=True).check()

    def tick(self, text: str) -> None:
        """Tick the box whose text begins like this."""
        self.page.get_by_label(starts(text)).check()

    def section(self, title: str) -> Locator:
        """One part of a form."""
        return self.page.get_by_role("region", name=re.compile(rf"{re.escape(title)}$")).first

    def pick(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """Choose from a list."""
        (within or self.page).get_by_label(starts(label)).first.select_option(label=option)

    def press(self, name: str) -> None:
        """Press a button, or follow a link that looks like one."""
        button = self.main.get_by_role("button", name=name, exact=True)
        link = self.main.get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()

    def click(self, target: Locator) -> None:
        """Press what has no name of its own."""
        target.click()

    def check(self, box: Locator) -> None:
        """Tick what has no legend of its own."""
        box.check()

    def follow(self, name: str) -> None:
        """Follow a link whose text begins like this."""
        self.main.get_by_role("link", name=starts(name)).first.click()

    def open(self, name: str) -> None:
        """Unfold what is folded behind these words, or follow a link of the menu."""
        self.page.get_by_text(name, exact=True).first.click()

    # what a person sees --------------------------------------------------------------------------------------------

    def sees(self, *texts: str) -> None:
        """These words are there to be read."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_see(self, *texts: str) -> None:
        """These words are nowhere on the page."""
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def wait_for_mail(self, subject: str) -> None:
        """Look in the mailbox until a message with this subject was caught; the worker sends it in its own time."""
        found = self.main.get_by_role("link", name=subject)
        for _ in range(MAIL_LOOKS):
            self.go("/postbak")
            if found.count():
                return
            self.page.wait_for_timeout(MAIL_PAUSE)
        raise AssertionError(f"no mail {subject!r}: {self.main.inner_text()}")

    def fact(self, term: str) -> str:
        """What stands beside a term in a list of facts."""
        return self.main.get_by_role("definition").nth(self._place(term)).inner_text().strip()

    def _place(self, term: str) -> int:
        expect(self.main.get_by_role("term").filter(has_text=term).first).to_be_visible()
        terms = [text.strip() for text in self.main.get_by_role("term").all_inner_texts()]
        assert term in terms, terms
        return terms.index(term)


def starts(text: str) -> re.Pattern[str]:
    """A label begins with these words; what follows says that it is required."""
    return re.compile(rf"^{re.escape(text)}")


_ADDRESSES = (TEST_NETWORK + number for number in itertools.count())
"""Everybody comes from a place of their own: what is counted per sender counts for one, as outside."""


@contextmanager
def watched(
    browser: Browser,
    url: str,
    *,
    size: tuple[int, int] = DESK,
    scripts: bool = True,
    hands: type[Screen] = Screen,
    trusting: bool = False,
) -> Iterator[Screen]:
    """A browser of its own; at the end nothing may have gone wrong in it. ``trusting``: of certificates made here."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=scripts,
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        has_touch=size == PHONE,
        ignore_https_errors=trusting,
        extra_http_headers={"X-Forwarded-For": str(next(_ADDRESSES))},
    )
    context.set_default_timeout(PATIENCE_MS)
    troubles = Troubles()
    context.on("console", troubles.said)
    context.on("response", troubles.answered)
    context.on("weberror", lambda error: troubles.found.append(str(error.error)))
    if scripts:
        context.add_init_script(POLICY_SCRIPT)
    try:
        yield hands(context, url, troubles)
        assert not troubles.found, troubles.found
    finally:
        context.close()
