"""What does the product look like? Makes the pictures of ``docs/images`` (``make screenshots``).

Zandlede with its stories, on the Monday of the demo week; a few pictures, small enough for a page of documentation.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.e2e.product import PASSWORD, ROOT, Product
from tests.e2e.stops import STOPS
from tests.e2e.test_broad_intake import NOTE, begin, first_part, second_part
from tests.e2e.test_card import agree, draw, fill_card
from tests.e2e.test_editor import open_editor
from tests.support.browser import chromium
from tests.support.pages import PHONE, Screen, watched

FOLDER = ROOT / "docs" / "images"
PAGES = FOLDER / "pages"
QUALITY = 45
"""Of the pictures of every page: many and small."""
WINDOW = (1280, 800)


def queue(browser: Browser, url: str) -> None:
    """The morning of a contact person, and one case of it."""
    with watched(browser, url, size=WINDOW) as joris:
        joris.sign_in("joris.maes@zandlede.example", PASSWORD)
        joris.go("/werk")
        joris.sees("Mijn werk")
        keep(joris.page, "queue")
        joris.main.get_by_role("listitem").get_by_role("link").filter(has_text="Leg contact").first.click()
        joris.sees("Wat nu")
        keep(joris.page, "case")


def card(browser: Browser, url: str) -> None:
    """The card on the phone of a referrer."""
    with watched(browser, url, size=PHONE) as wim:
        wim.go("/kaart/doorverwijskaart")
        fill_card(wim, first="Maria", name="Vandenbulcke", born="1941")
        agree(wim)
        draw(wim)
        show(wim, "Akkoord")
        keep(wim.page, "card")


def intake(browser: Browser, url: str) -> None:
    """The conversation at the desk."""
    with watched(browser, url, size=WINDOW) as hilde:
        hilde.sign_in("hilde.claes@zandlede.example", PASSWORD)
        begin(hilde)
        first_part(hilde, "Els")
        second_part(hilde)
        hilde.page.get_by_label("Wat speelt er?").locator("visible=true").first.fill(NOTE)
        hilde.page.get_by_text("Bewaard om").wait_for()
        show(hilde, "Hoe gaat het?")
        keep(hilde.page, "intake")


def editor(browser: Browser, url: str) -> None:
    """A form as text and as a page, and a process as a picture."""
    with watched(browser, url, size=WINDOW) as tom:
        tom.sign_in("tom.aerts@zandlede.example", PASSWORD)
        open_editor(tom, "formdefs/doorverwijskaart.yaml")
        keep(tom.page, "editor")
        tom.go("/beheer/processen/vrijwilligerstraject")
        tom.main.get_by_role("img").first.scroll_into_view_if_needed()
        keep(tom.page, "process")


def every_page(browser: Browser, url: str) -> None:
    """Each stop of the tests, as it looks at a desk; what the window shows."""
    PAGES.mkdir(exist_ok=True)
    for who in dict.fromkeys(stop.who for stop in STOPS):
        with watched(browser, url, size=WINDOW) as screen:
            screen.troubles.expected |= {404, 409}
            if who:
                screen.sign_in(f"{who}@zandlede.example", PASSWORD)
            for stop in STOPS:
                if stop.who == who:
                    stop.arrive(screen)
                    path = PAGES / f"{stop.name}.jpg"
                    screen.page.screenshot(path=path, type="jpeg", quality=QUALITY, animations="disabled")
    lines = (f"![{stop.name}](pages/{stop.name}.jpg)" for stop in STOPS)
    text = "# Every page\n\nMade by `make screenshots`, from the stops of `tests/e2e/stops.py`.\n\n"
    (FOLDER / "pages.md").write_text(text + "\n\n".join(lines) + "\n", encoding="utf-8")


def show(screen: Screen, section: str) -> None:
    """Bring a part of a form to the top of the window."""
    screen.section(section).evaluate("(part) => part.scrollIntoView({behavior: 'instant'})")


def keep(page: Page, name: str) -> None:
    """Write what the window shows."""
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
    print(f"docs/images/{name}.png", (FOLDER / f"{name}.png").stat().st_size // 1024, "kB")  # noqa: T201


def main() -> None:
    """Make all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    makers: tuple[Callable[[Browser, str], None], ...] = (queue, card, intake, editor, every_page)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        product = Product(Path(folder))
        product.prepare(stories=True)
        try:
            product.start()
            for make in makers:
                make(browser, product.url)
        finally:
            product.stop()


if __name__ == "__main__":
    main()
