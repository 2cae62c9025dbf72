"""Does a card on paper keep its number and its day when reception enters it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.services.cases import case_page
from app.services.errors import Invalid
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import clock
from tests.support.town import actor, card, holder_of, local, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def _paper(number: str | None = None, day: date | None = None, token: str = "") -> SubmitForm:
    request = card(token, kaartnr=number)
    return replace(request, actor=actor("hilde_claes"), audience="reception", received_on=day)


def _entered(number: str | None = None, day: date | None = None) -> Receipt:
    with clock.stopped_at(MONDAY):
        return submit(_paper(number, day))


def test_the_number_on_the_card_is_the_number_of_the_case_and_later_ones_come_after_it() -> None:
    assert _entered("DVK-2026-00417").number == "DVK-2026-00417"
    with clock.stopped_at(MONDAY):
        assert send_card().number == "DVK-2026-00418"
    assert _entered("DVK-2026-00003").number == "DVK-2026-00003"
    assert _entered().number == "DVK-2026-00419"


def test_a_number_that_was_used_is_refused_beside_its_field_with_the_day() -> None:
    _entered("DVK-2026-00417")
    with pytest.raises(Invalid) as problem:
        _entered("DVK-2026-00417")
    error = problem.value.errors[0]
    assert (error.field, error.code, dict(error.params)["date"]) == ("kaartnr", "card_used", "9/11/2026")


def test_a_card_that_is_sent_twice_by_a_double_click_is_one_case() -> None:
    with clock.stopped_at(MONDAY):
        first, again = (submit(_paper("DVK-2026-00417", token="paper-1")) for _ in range(2))
    assert first.case == again.case
    assert again.again


def test_nobody_without_an_account_chooses_a_number() -> None:
    with clock.stopped_at(MONDAY):
        assert submit(card(kaartnr="DVK-2026-00417")).number == "DVK-2026-00001"


def test_terms_count_from_the_day_the_card_came_in() -> None:
    receipt = _entered(day=date(2026, 11, 5))
    assert receipt.received_at == local("2026-11-05 08:30")
    assert receipt.contact_by == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 11, 10), "received_future"), (date(2026, 9, 9), "received_too_old")],
)
def test_a_day_to_come_or_long_ago_is_refused(day: date, code: str) -> None:
    with pytest.raises(Invalid) as problem:
        _entered(day=day)
    assert [(error.field, error.code) for error in problem.value.errors] == [("_received", code)]


def test_the_case_says_who_entered_the_card() -> None:
    receipt = _entered("DVK-2026-00417", date(2026, 11, 5))
    with clock.stopped_at(MONDAY):
        paper = case_page.show(holder_of(receipt.case), receipt.case).submissions[0]
        online = send_card()
        own = case_page.show(holder_of(online.case), online.case).submissions[0]
    assert paper.by == "Hilde Claes"
    assert paper.entered_at == MONDAY
    assert own.entered_at is None
