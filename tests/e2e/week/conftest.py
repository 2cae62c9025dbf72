"""One week of November in Zandlede, told as it goes: does everybody find their part, and does nobody fall through?

From Monday the 9th over a holiday on Wednesday and an illness on Thursday to a month later, on a clock that moves. Each
person has a browser of their own. The parts follow each other, file by file, and build on what came before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.e2e.product import Product
from tests.e2e.weeks import Week, folder_of_the_week

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="package")
def week(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """Monday morning, five past nine; the Fridays of the mobile service centre before it were."""
    product = Product(folder_of_the_week(tmp_path_factory.mktemp("week")))
    product.prepare("2026-11-09 09:05", sessions=True)
    product.start("2026-11-09 09:05")
    found = Week(product, browser)
    yield found
    found.desks.close()
    product.stop()
