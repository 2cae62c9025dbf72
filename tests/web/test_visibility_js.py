"""Does the browser take the day from the page, whatever its own clock says?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.web.forms.pages import make_page
from app.web.forms.parts import Filling
from tests.support.compiled import one_section
from tests.web.test_expressions_js import MODULE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Route

FIELDS = """
{field: geboorte, type: date, label: Geboren, privacy: 0}
{field: verhaal, type: text, label: Verhaal, show_if: age(geboorte) >= 65, privacy: 0}
"""
URL = "http://proef.test/"


def _html(today: str) -> str:
    page = make_page(one_section(FIELDS))
    return (
        f"<!doctype html><title>Proef</title><form data-form data-autosave='' data-today='{today}'>"
        f"{page.render(Filling())}</form><script type='application/json' id='form-data'>{page.island}</script>"
        "<script type=module src=/js/form.js></script>"
    )


@pytest.mark.e2e
@pytest.mark.parametrize(("today", "asked"), [("2026-11-09", False), ("2026-11-10", True)])
def test_who_turns_65_is_judged_by_the_day_of_the_municipality(
    browser: Browser, today: str, asked: bool
) -> None:
    page = browser.new_page(timezone_id="Pacific/Auckland")
    page.clock.set_fixed_time("2027-01-01T12:00:00Z")  # a device that is far ahead

    def answer(route: Route, request: Request) -> None:
        path = request.url.removeprefix(URL)
        if path.startswith("js/"):
            script = (MODULE.parent / path.removeprefix("js/")).read_text(encoding="utf-8")
            route.fulfill(content_type="text/javascript", body=script)
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=_html(today))

    page.route("**/*", answer)
    try:
        page.goto(URL)
        page.wait_for_function("() => document.querySelector('[data-field=verhaal]').hidden")
        page.get_by_label("Geboren").fill("10/11/1961")
        assert page.get_by_label("Verhaal").is_visible() is asked
    finally:
        page.close()
