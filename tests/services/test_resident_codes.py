"""Does a number with its code open one page, and nothing else any?"""

from __future__ import annotations

import pytest

from app.services.errors import Invalid, NotFound
from app.services.people import resident_codes
from tests.services.test_resident_page import card, code_of, enter, seen
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor

pytestmark = pytest.mark.usefixtures("town")


def test_number_and_code_open_the_page_however_the_code_was_copied() -> None:
    receipt, key = card()
    code = code_of(receipt)
    typed = f" {code[:4].upper()}-{code[4:].upper()} ".replace("0", "O").replace("1", "l")
    assert resident_codes.enter(MUNICIPALITY, f" {receipt.number.lower()} ", typed) == key


def test_an_unknown_number_a_wrong_code_and_another_ones_code_miss_alike() -> None:
    receipt, _ = card()
    other, _ = card()
    for number, code in (
        (receipt.number, "zzzzzzzz"),
        ("DVK-2026-99999", code_of(receipt)),
        (receipt.number, code_of(other)),
    ):
        with pytest.raises(NotFound):
            resident_codes.enter(MUNICIPALITY, number, code)


def test_after_ten_wrong_codes_a_number_waits_an_hour_known_or_not() -> None:
    receipt, _ = card()
    for number in (receipt.number, "DVK-2026-99999"):
        for _ in range(resident_codes.MOST_WRONG):
            with pytest.raises(NotFound):
                resident_codes.enter(MUNICIPALITY, number, "zzzzzzzz")
        with pytest.raises(Invalid, match="resident_wait"):
            resident_codes.enter(MUNICIPALITY, number, code_of(receipt))


def test_who_guesses_at_a_number_from_elsewhere_does_not_shut_its_resident_out() -> None:
    receipt, _ = card()
    for _ in range(resident_codes.MOST_WRONG):
        with pytest.raises(NotFound):
            resident_codes.enter(MUNICIPALITY, receipt.number, "zzzzzzzz", origin="203.0.113.7")
    with pytest.raises(Invalid, match="resident_wait"):
        resident_codes.enter(MUNICIPALITY, receipt.number, code_of(receipt), origin="203.0.113.7")
    assert resident_codes.enter(MUNICIPALITY, receipt.number, code_of(receipt), origin="203.0.113.8")


def test_one_place_cannot_try_many_numbers() -> None:
    receipt, _ = card()
    for place in range(resident_codes.MOST_FROM_HERE):
        with pytest.raises(NotFound):
            resident_codes.enter(MUNICIPALITY, f"DVK-2026-{place:05d}", "zzzzzzzz", origin="203.0.113.7")
    with pytest.raises(Invalid):
        resident_codes.enter(MUNICIPALITY, receipt.number, code_of(receipt), origin="203.0.113.7")
    assert resident_codes.enter(MUNICIPALITY, receipt.number, code_of(receipt), origin="203.0.113.8")


def test_a_new_code_closes_every_page_that_the_old_one_opened() -> None:
    receipt, key = card()
    fresh = resident_codes.renew(actor("joris_maes"), receipt.case)
    with pytest.raises(NotFound):
        seen(key)
    with pytest.raises(NotFound):
        enter(receipt, "zzzzzzzz")
    assert enter(receipt, fresh).generation == 2
