"""Does nobody get what another already holds on that day, and is it free again when that case ends?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.engine.judge import explain
from app.engine.model.answers import Answers, FieldError
from app.services.cases import lending
from app.services.definitions import catalogs
from app.services.errors import Invalid
from app.services.privacy.known import CASE, KNOWN
from app.storage import clock, ids
from app.storage.database import transaction
from app.storage.repositories import erase_rows, stock_rows
from tests.services.test_asks import hand_in
from tests.support.bound import MUNICIPALITY
from tests.support.town import local, press

pytestmark = pytest.mark.usefixtures("town")
DAY, OTHER = "2027-05-29", "2027-05-30"
FEAST: dict[str, Any] = {
    "persoon.voornaam": "Els",
    "persoon.naam": "Peeters",
    "contact.gsm": "0400 00 00 06",
    "tweede_naam": "Rik",
    "tweede_tel": "0400 00 00 07",
    "groep": "buren",
    "activiteit": "Soep op het plein",
    "plaats": "plein",
    "plaats_naam": "Dorpsplein",
    "buurt": "oosthoek",
    "aantal": "30",
}
FORM = "buurtactiviteit"


def borrow(*things: tuple[str, int], day: str = DAY) -> str:
    rows = [{"wat": what, "hoeveel": str(many)} for what, many in things]
    with clock.stopped_at(local("2027-02-01 10:00")):
        return hand_in(FORM, {**FEAST, "datum": day, "materiaal": rows}).case


def refused(*things: tuple[str, int], day: str = DAY) -> tuple[FieldError, ...]:
    with pytest.raises(Invalid) as caught:
        borrow(*things, day=day)
    return caught.value.errors


def taken(day: str = DAY) -> dict[str, int]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return stock_rows.taken(tx, FORM, local(f"{day} 10:00").date())


def test_who_comes_later_gets_what_is_left_and_reads_how_much_that_is() -> None:
    borrow(("tent", 3), ("tafels", 10))
    (found,) = refused(("tafels", 5), ("tent", 2))
    assert (found.field, found.code) == ("materiaal.1.hoeveel", "stock_short")
    assert explain(found, where=True) == (
        "Wat wil je lenen, rij 2, Hoeveel: Op die dag zijn er nog 1 van: Tent. Vraag minder, of kies een andere dag."
    )
    assert taken() == {"tent": 3, "tafels": 10}
    borrow(("tent", 1))
    (none,) = refused(("tent", 1))
    assert none.code == "stock_none"


def test_another_day_is_another_stock_and_rows_of_one_thing_count_together() -> None:
    borrow(("tent", 4))
    borrow(("tent", 4), day=OTHER)
    (found,) = refused(("koffiekan", 4), ("koffiekan", 3))
    assert (found.field, dict(found.params)["left"]) == ("materiaal.1.hoeveel", "2")


def test_a_case_that_ends_holds_nothing_any_more() -> None:
    first = borrow(("tent", 4))
    press(first, "afgelast")
    assert taken() == {}
    borrow(("tent", 4))


def test_corrected_answers_hold_what_they_ask_now_and_a_promise_is_kept() -> None:
    """A telephone number is mended although the desk has less by now; another day is judged anew."""
    case = borrow(("tent", 4))
    borrow(("tent", 2), day=OTHER)
    key, form = ids.from_text(case), catalogs.live(MUNICIPALITY).form(FORM).form
    assert form.stock is not None
    fewer = replace(form, stock=replace(form.stock, there={**form.stock.there, "tent": 1}))
    before: Answers = {"datum": date.fromisoformat(DAY), "materiaal": ({"wat": "tent", "hoeveel": 4},)}
    with transaction(MUNICIPALITY) as tx:
        lending.changed(tx, key, fewer, before, {**before, "contact.gsm": "0400 00 00 08"})
        with pytest.raises(Invalid):
            lending.changed(tx, key, form, before, {**before, "datum": date.fromisoformat(OTHER)})
        lending.changed(tx, key, form, before, {**before, "materiaal": ({"wat": "tent", "hoeveel": 1},)})
    assert (taken(), taken(OTHER)) == ({"tent": 1}, {"tent": 2})


def test_what_was_held_goes_with_the_case() -> None:
    case = borrow(("tent", 2))
    with transaction(MUNICIPALITY) as tx:
        gone = erase_rows.case(tx, [ids.from_text(case)])
    assert (gone["stock_hold"], KNOWN["stock_hold"]) == (1, CASE)


def test_of_two_who_ask_for_the_last_in_the_same_moment_one_gets_it(town: Flask) -> None:
    def one(_number: int) -> bool:
        with town.app_context():
            try:
                borrow(("tent", 3))
            except Invalid:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(one, range(4)))
    assert sorted(got) == [False, False, False, True]
    assert taken() == {"tent": 3}
