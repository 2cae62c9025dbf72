"""Can everybody read and use every page, in every state, enlarged, on a phone, and by ear?

Each stop of ``stops.py`` is visited once, in Zandlede with its stories: nothing that axe finds, every group with its
legend, every hint and error where it belongs, nothing beside the window at 360 px and at 400 % zoom (1280 px wide gives
320), and the same tree for a screen reader as when it was last looked at. ``make trees`` writes the trees anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.config import load
from app.factory import create_app
from tests.e2e.product import PASSWORD, Product
from tests.e2e.stops import NO_PAGE, STOPS, Stop
from tests.support.accessibility import faults, too_wide, tree
from tests.support.pages import DESK, Screen, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TREES = Path(__file__).parent / "trees"
WRITES = bool(os.environ.get("MEERNET_WRITE_TREES"))
NARROW, ENLARGED = (360, 740), (320, 256)


@pytest.fixture(scope="module")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Zandlede with its stories, on the Monday of the demo week."""
    running = Product(tmp_path_factory.mktemp("town"))
    running.prepare(stories=True)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def seats(browser: Browser, town: Product) -> Iterator[dict[str, Screen]]:
    """A browser for each who looks, opened when asked for and kept."""
    with ExitStack() as opened:
        yield _Seats(browser, town, opened)


class _Seats(dict[str, Screen]):
    def __init__(self, browser: Browser, town: Product, opened: ExitStack) -> None:
        super().__init__()
        self._browser, self._town, self._opened = browser, town, opened

    def __missing__(self, who: str) -> Screen:
        screen = self._opened.enter_context(watched(self._browser, self._town.url, size=DESK))
        screen.troubles.expected |= {404, 409}
        if who:
            screen.sign_in(f"{who}@zandlede.example", PASSWORD)
        self[who] = screen
        return screen


@pytest.mark.e2e
@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_everybody_can_read_and_use(stop: Stop, seats: dict[str, Screen]) -> None:
    screen = seats[stop.who]
    page = screen.page
    _size(screen, DESK)
    stop.arrive(screen)
    expect(screen.main).to_be_visible()
    expect(page.get_by_role("dialog", name="Even geduld")).to_have_count(0)  # what is fetched is there
    found = faults(page)
    heard = tree(page)
    for size in (NARROW, ENLARGED):
        _size(screen, size)
        if (beside := too_wide(page)) > 0:
            found.append(f"{beside} px beside a window of {size[0]}")
    assert not found, "\n".join((stop.name, *found))
    kept = TREES / f"{stop.name}.txt"
    if WRITES:
        kept.write_text(heard, encoding="utf-8")
    told = kept.read_text(encoding="utf-8") if kept.exists() else ""
    assert heard.splitlines() == told.splitlines(), f"{stop.name} sounds different; look, then: make trees"


def _size(screen: Screen, size: tuple[int, int]) -> None:
    screen.page.set_viewport_size({"width": size[0], "height": size[1]})


def test_every_page_has_a_stop(tmp_path: Path) -> None:
    app = create_app(load({"MEERNET_DATA_DIR": str(tmp_path), "MEERNET_ENV": "test"}))
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    stops = {stop.endpoint for stop in STOPS}
    assert pages - stops - set(NO_PAGE) == set()
    assert (stops | set(NO_PAGE)) <= {*app.view_functions, "error"}
    assert len({stop.name for stop in STOPS}) == len(STOPS)


def test_no_tree_is_left_of_a_page_that_is_gone() -> None:
    assert {file.stem for file in TREES.glob("*.txt")} == {stop.name for stop in STOPS}
