"""Cards that are printed with a number of their own, and what becomes of one that comes in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.engine import card_numbers
from app.engine.model.answers import FieldError
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.intake import paper_cards
from app.services.intake.paper_cards import Printing
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import clock
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, local

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
FORM = "doorverwijskaart"


def _printed(count: int = 3, place: str = "oosthoek") -> list[str]:
    with clock.stopped_at(MONDAY):
        key = paper_cards.reserve(actor("hilde_claes"), Printing(FORM, "aanspreekpunt_65plus", place, count))
    return [one.number for one in paper_cards.batch(actor("hilde_claes"), key)[1]]


def _re_entered(number: str, token: str = "") -> SubmitForm:
    return replace(card(token, kaartnr=number), actor=actor("hilde_claes"), audience="reception")


def _submit(request: SubmitForm) -> Receipt:
    with clock.stopped_at(MONDAY):
        return submit(request)


def _error(request: SubmitForm) -> FieldError:
    with pytest.raises(Invalid) as problem:
        _submit(request)
    return problem.value.errors[0]


def _link(number: str) -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return f"{number}-{paper_cards.secret_of(tx, number)}"


def test_numbers_are_drawn_once_and_say_who_printed_them_for_whom() -> None:
    first, second = _printed(), _printed()
    assert first[0] == card_numbers.printed("DVK-{year}-{seq}", 2026, 1)
    assert second[0] == card_numbers.printed("DVK-{year}-{seq}", 2026, 4)
    latest = paper_cards.batches(actor("hilde_claes"))[0]
    assert (latest.first, latest.printed, latest.used) == (second[0], 3, 0)
    assert (latest.printed_by, latest.neighbourhood) == ("Hilde Claes", "oosthoek")


def test_a_card_that_reception_enters_keeps_its_number_and_makes_no_second_case() -> None:
    number = _printed()[1]
    assert _submit(_re_entered(number)).number == number
    error = _error(_re_entered(number))
    assert (error.field, error.code, dict(error.params)) == ("kaartnr", "card_used", {"date": "9/11/2026"})
    assert paper_cards.batches(actor("hilde_claes"))[0].used == 1


def test_a_double_click_on_a_paper_card_is_one_case() -> None:
    number = _printed()[0]
    assert _submit(_re_entered(number, "twice")).case == _submit(_re_entered(number, "twice")).case


def test_a_case_that_could_not_be_made_leaves_the_card_free() -> None:
    number = _printed()[0]
    wrong = replace(_re_entered(number), person="0000000000000")
    with pytest.raises(NotFound):
        _submit(wrong)
    assert _submit(_re_entered(number)).number == number


def test_a_typing_error_says_what_is_wrong_with_the_digits() -> None:
    numbers = _printed(12)
    swapped = numbers[11].replace("P0012", "P0021")
    error = _error(_re_entered(swapped))
    assert (error.code, dict(error.params)["near"]) == ("card_swapped", numbers[11])
    wrong = numbers[0][:-1] + str((int(numbers[0][-1]) + 5) % 10)
    assert _error(_re_entered(wrong)).code in ("card_digit", "card_swapped")
    never = card_numbers.printed("DVK-{year}-{seq}", 2026, 4000)
    assert _error(_re_entered(never)).code == "card_unknown"


def test_who_holds_a_card_sends_it_under_its_number_once() -> None:
    number = _printed()[2]
    found = paper_cards.by_link(MUNICIPALITY, _link(number))
    assert found is not None
    assert (found.number, found.form, found.used_on) == (number, FORM, None)
    assert _submit(replace(card(), card=found.number)).number == number
    error = _error(replace(card(), card=number))
    assert (error.field, error.code) == ("", "card_used")


def test_a_number_without_the_secret_of_its_link_opens_nothing() -> None:
    number, other = _printed()[:2]
    secret = _link(other).rpartition("-")[2]
    assert paper_cards.by_link(MUNICIPALITY, f"{number}-{secret}") is None
    assert paper_cards.by_link(MUNICIPALITY, number) is None


def test_a_lost_card_makes_no_case_until_it_is_found_again() -> None:
    number = _printed()[0]
    who = actor("hilde_claes")
    paper_cards.mark(who, number, "lost")
    assert _error(_re_entered(number)).code == "card_void"
    assert paper_cards.batches(who)[0].gone == 1
    paper_cards.mark(who, number, "")
    assert _submit(_re_entered(number)).number == number
    with pytest.raises(Invalid):
        paper_cards.mark(who, number, "lost")


def test_staff_find_a_card_by_what_the_scanner_types_and_its_case_when_it_came_in() -> None:
    number = _printed()[0]
    who = actor("hilde_claes")
    scanned = f"https://zandlede.example/k/{_link(number)}"
    assert paper_cards.by_number(who, scanned).used_on is None
    receipt = _submit(_re_entered(number))
    assert paper_cards.by_number(who, number.lower()).used_on == MONDAY.date()
    assert paper_cards.case_of(who, number) == receipt.case


def test_only_who_may_prints_and_only_what_can_be_printed() -> None:
    with pytest.raises(Forbidden):
        paper_cards.reserve(
            replace(actor("hilde_claes"), roles=frozenset({"policy"})), Printing(FORM, "onthaal", "", 1)
        )
    with pytest.raises(NotFound):
        paper_cards.reserve(actor("hilde_claes"), Printing("brede_intake", "onthaal", "", 1))
    for wanted in (Printing(FORM, "nergens", "", 1), Printing(FORM, "onthaal", "atlantis", 1)):
        with pytest.raises(Invalid, match="cards_place"):
            paper_cards.reserve(actor("hilde_claes"), wanted)
    with pytest.raises(Invalid, match="cards_count"):
        paper_cards.reserve(actor("hilde_claes"), Printing(FORM, "onthaal", "", 51))
