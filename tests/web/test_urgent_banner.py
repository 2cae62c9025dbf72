"""Do the numbers to ring stand on a page when they are needed, and stay quiet when not?"""

from __future__ import annotations

import re
from datetime import date

from flask.testing import FlaskClient

from app.engine.model.answers import Moment
from app.storage import clock
from app.web.forms.pages import make_page
from app.web.forms.urgent import urgent_now
from tests.support.compiled import one_section
from tests.web.conftest import SignIn, token_of
from tests.web.test_filling_in import CARD, FILLED

ALERT = re.compile(r'<div class="urgent"[^>]*role="alert" data-urgent(?P<hidden> hidden)?>')


def _banner(page: str) -> str:
    """``alert``, or ``later`` with a note for who has no script."""
    found = ALERT.search(page)
    assert found
    assert "106" in page[found.start() :]
    note = re.search(r'<noscript><p class="urgent-note">[^/]*112', page)
    assert bool(note) == bool(found["hidden"])
    return "later" if found["hidden"] else "alert"


def test_a_blank_card_alarms_nobody_but_keeps_the_numbers_for_who_has_no_script(client: FlaskClient) -> None:
    assert _banner(client.get(CARD).text) == "later"


def test_a_card_that_comes_back_says_it_when_the_answer_calls_for_it(client: FlaskClient) -> None:
    page = client.get(CARD).text
    keys = {"_csrf": token_of(page), "_token": token_of(page, "_token"), "_do": "submit"}
    unfinished = keys | {**FILLED, "persoon.naam": ""}
    assert _banner(client.post(CARD, data=unfinished | {"dringend": "vandaag"}).text) == "alert"
    assert _banner(client.post(CARD, data=unfinished | {"dringend": "ja"}).text) == "later"


def test_a_draft_says_it_as_soon_as_somebody_goes_on_with_it(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    where = client.post("/onthaal/nieuw/brede_intake", data={"_csrf": token}).headers["Location"]
    assert _banner(client.get(where).text) == "later"
    client.patch(
        where, json={"revision": 1, "changes": {"dringend": ["ja"]}}, headers={"X-CSRF-Token": token}
    )
    assert _banner(client.get(where).text) == "alert"


def test_the_page_tells_the_script_which_day_it_is_here(client: FlaskClient) -> None:
    found = re.search(r'data-today="([^"]+)"', client.get(CARD).text)
    assert found
    assert abs(date.fromisoformat(found[1]) - clock.now().date()).days <= 1


def test_a_blank_page_is_judged_with_its_defaults_and_anew_every_day() -> None:
    fields = "{field: nood, type: choice, label: Nood?, options: {nee: Nee, ja: Ja}, default: ja, privacy: 0}"
    page = make_page(one_section(fields, 'urgent_if: nood is ja and today >= date("2026-11-10")'))
    asked = [
        urgent_now(page, "", {}, Moment(clock.now(), date(2026, 11, day)), frozenset()) for day in (9, 10, 9)
    ]
    assert asked == [False, True, False]
