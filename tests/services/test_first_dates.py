"""Does who hands in a card hear the first day, and only while it is still to come?"""

from __future__ import annotations

from datetime import date

import pytest

from app.services.intake.first_dates import first_attempt
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def test_the_first_attempt_comes_before_the_last_day() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        assert first_attempt(MUNICIPALITY, card.case) == date(2026, 11, 13)
    assert card.contact_by == date(2026, 11, 24)


def test_after_the_first_press_it_is_no_news_any_more() -> None:
    with clock.stopped_at(MONDAY):
        card = send_card()
        press(card.case, "niet_bereikt", {"kanaal": "bellen", "resultaat": "geen_antwoord"})
        assert first_attempt(MUNICIPALITY, card.case) is None
