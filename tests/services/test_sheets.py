"""Does a sheet that belongs to nobody lie there once, mixed, and free only when there are enough?"""

from __future__ import annotations

import secrets
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine import values
from app.engine.policy import Actor, by_link
from app.services.definitions import catalogs
from app.services.errors import Forbidden, Invalid
from app.services.intake import drafts
from app.services.intake.submit_form import SubmitForm, submit
from app.services.sheets import cleaning, figures, print_empty
from app.services.sheets.hand_in import HandIn, hand_in
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import SheetBundle, SheetToken
from app.storage.repositories import sheet_rows
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, local

pytestmark = pytest.mark.usefixtures("town")
FORM = "huisbezoek_bevindingen"
TUESDAY = local("2026-11-10 13:30")
VISITOR = Actor("vrijwilliger0001", MUNICIPALITY, "Annemie", frozenset({"volunteer"}))


def sheet(token: str = "", *, by: Actor = VISITOR, sure: bool = False, **changes: Any) -> HandIn:
    version = catalogs.live(MUNICIPALITY).form(FORM)
    answers = {"buurt": "oosthoek", "maand": "november", "leeftijdsgroep": "van_75", **changes}
    return HandIn(
        by, version.id, values.read_json(version.form, answers), token or secrets.token_hex(8), sure=sure
    )


def waiting() -> list[dict[str, Any]]:
    with transaction(MUNICIPALITY) as tx:
        return [kept.data for kept in sheet_rows.waiting(tx, FORM)]


def free() -> int:
    return len(figures.released(MUNICIPALITY, FORM))


def test_sent_twice_it_lies_there_once() -> None:
    with clock.stopped_at(TUESDAY):
        hand_in(sheet("dubbel", woont="alleen"))
        hand_in(sheet("dubbel", woont="alleen"))
    assert len(waiting()) == 1


def test_five_of_one_neighbourhood_come_free_together_and_the_rest_waits() -> None:
    with clock.stopped_at(TUESDAY):
        for number in range(4):
            hand_in(sheet(woont="alleen" if number % 2 else "partner"))
            hand_in(sheet(buurt="ter_heide"))
        assert free() == 0
        hand_in(sheet(woont="familie"))
        assert free() == 5
        hand_in(sheet())
    assert free() == 5
    assert sorted(found["buurt"] for found in waiting()) == ["oosthoek", *["ter_heide"] * 4]


def test_a_report_tells_no_small_number_and_no_row() -> None:
    with clock.stopped_at(TUESDAY):
        for number in range(10):
            hand_in(sheet(digitaal="niet" if number < 8 else "zelf", signalen=f"Bank {number} is stuk."))
        report = figures.show(actor("karin_thijs"), FORM)
    tables = {question.label: question.table for question in report.questions}
    places = {cell.key: cell.count for cell in tables["Buurt"].cells}
    assert places["oosthoek"] == tables["Buurt"].total == 10
    internet = {cell.key: cell.count for cell in tables["Gebruikt u internet of een smartphone?"].cells}
    assert internet["zelf"] is None
    assert [len(words.texts) for words in report.words] == [10]


def test_nobody_but_who_reads_reports_sees_them() -> None:
    with pytest.raises(Forbidden):
        figures.show(actor("joris_maes"), FORM)
    with pytest.raises(Forbidden):
        figures.show(VISITOR, FORM)


def test_a_stranger_fills_in_none_and_nobody_makes_a_draft_or_a_case_of_it() -> None:
    version = catalogs.live(MUNICIPALITY).form(FORM)
    with pytest.raises(Forbidden):
        hand_in(sheet(by=by_link(MUNICIPALITY)))
    with pytest.raises(Forbidden):
        drafts.start(actor("hilde_claes"), version.id)
    given = values.read_json(version.form, {"buurt": "oosthoek"})
    with pytest.raises(Forbidden):
        submit(SubmitForm(actor("hilde_claes"), version.id, given, "t", audience="reception"))


def test_a_name_or_a_number_is_told_beside_its_field_and_may_be_sent_all_the_same() -> None:
    with clock.stopped_at(TUESDAY):
        with pytest.raises(Invalid) as told:
            hand_in(sheet("naam", signalen="Jozef belt niet meer, 0472 12 34 56."))
        assert [(error.field, error.code) for error in told.value.errors] == [("signalen", "recognisable")]
        assert waiting() == []
        hand_in(sheet("naam", signalen="Jozef belt niet meer.", sure=True))
    assert len(waiting()) == 1


def test_a_sheet_goes_with_its_month_and_a_bundle_as_a_whole(town: Flask) -> None:
    with clock.stopped_at(TUESDAY):
        for _ in range(6):
            hand_in(sheet())
    with clock.stopped_at(local("2029-10-31 10:00")):
        cleaning.remove_past(MUNICIPALITY)
        assert (free(), len(waiting())) == (5, 1)
    with clock.stopped_at(local("2029-11-01 10:00")):
        cleaning.remove_past(MUNICIPALITY)
        assert (free(), len(waiting())) == (0, 0)


def test_no_row_stands_for_a_sheet_and_a_token_says_no_more_than_an_hour() -> None:
    with clock.stopped_at(TUESDAY):
        for _ in range(3):
            hand_in(sheet())
    with transaction(MUNICIPALITY, readonly=True) as tx:
        bundles = tx.execute(sa.select(SheetBundle.id, SheetBundle.until)).all()
        tokens = tx.execute(sa.select(SheetToken.key, SheetToken.until)).all()
    assert len(bundles) == 1
    assert len(tokens) == 3
    assert all((moment.minute, moment.second, moment.microsecond) == (0, 0, 0) for _, moment in tokens)


def test_an_empty_one_can_be_printed() -> None:
    version = catalogs.live(MUNICIPALITY).form(FORM)
    assert print_empty.sheet(VISITOR, version.form).startswith(b"%PDF")
