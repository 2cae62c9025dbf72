"""What may every journey ask for?

``product``   the running product on Monday 9 November 2026, 9.40, staff only; one for all journeys
``moved``     moves that product's clock for good; journeys that ask for it come last
``visit``     opens a browser of its own for one person; nothing may go wrong in it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.product import PASSWORD, Product
from tests.support.pages import DESK, Screen, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Visit = Callable[..., Screen]
Keys = dict[str, Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here, and put what moves the clock behind everything that counts on Monday."""
    items.sort(key=_moves_the_clock)
    for item in items:
        if "product" in getattr(item, "fixturenames", ()):
            item.add_marker("e2e")


def _moves_the_clock(item: pytest.Item) -> bool:
    return "moved" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def product(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Everything that ``make run`` starts; asked for after the browser, so that nothing starts in vain."""
    running = Product(tmp_path_factory.mktemp("product"))
    running.prepare()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def moved(product: Product) -> Callable[[str], None]:
    """Go on at another moment (local time)."""
    return product.at


@pytest.fixture(scope="session")
def keys(product: Product) -> Keys:
    """The cookies of who signed in before: each signs in once, and not again for every journey."""
    return {}


def _is_in(screen: Screen) -> bool:
    return bool(screen.context.request.get(f"{screen.url}/vergrendeld/stand").json()["state"] == "open")


@pytest.fixture
def visit(browser: Browser, product: Product, keys: Keys) -> Iterator[Visit]:
    """Open a browser: ``visit("joris.maes")`` signs somebody in, ``visit()`` is a visitor."""
    with ExitStack() as opened:

        def enter(
            who: str = "",
            *,
            size: tuple[int, int] = DESK,
            scripts: bool = True,
            hands: type[Screen] = Screen,
        ) -> Screen:
            screen = opened.enter_context(
                watched(browser, product.url, size=size, scripts=scripts, hands=hands)
            )
            if who in keys:
                screen.context.add_cookies(keys[who])
            if who and not _is_in(screen):  # a session nobody used for ten minutes is locked
                screen.context.clear_cookies(name="meernet")
                screen.sign_in(f"{who}@zandlede.example", PASSWORD)
                keys[who] = screen.context.cookies()
            return screen

        yield enter
