"""Is a resident who is known followed by the same person again, and never merged by itself?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.engine import values
from app.engine.policy import by_link
from app.services.cases import case_page
from app.services.definitions import catalogs
from app.services.errors import Forbidden
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.people import known_persons
from app.services.people.persons import PersonLine
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, holder_of, local

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")


def _paper(**changes: Any) -> SubmitForm:
    return replace(card(**changes), actor=actor("hilde_claes"), audience="reception")


def _sent(request: SubmitForm) -> Receipt:
    with clock.stopped_at(MONDAY):
        return submit(request)


def _matching(**answers: object) -> list[PersonLine]:
    form = catalogs.live(MUNICIPALITY).form("doorverwijskaart").form
    given = values.read_json(form, {name.replace("__", "."): item for name, item in answers.items()})
    return known_persons.matching(actor("hilde_claes"), form, given.values)


def test_the_record_of_a_card_is_found_by_name_and_year_with_who_follows_them() -> None:
    _sent(_paper())
    found = _matching(persoon__voornaam="maria", persoon__naam=" Canariebos", persoon__geboorte=1941)
    assert [
        (line.name, line.birth_year, line.neighbourhood, line.contact_person, line.open_cases)
        for line in found
    ] == [("Maria Canariebos", 1941, "oosthoek", "Joris Maes", 1)]
    assert _matching(persoon__voornaam="Maria", persoon__naam="Canariebos", persoon__geboorte=1950) == []
    assert _matching(persoon__naam="Canariebos") == []
    assert [line.reasons for line in _matching(persoon__naam="Kanariebosch", buurt="oosthoek")] == [
        ("part", "place")
    ]
    assert _matching() == []


def test_who_was_chosen_keeps_their_contact_person_whatever_the_next_question_is() -> None:
    first = _sent(_paper())
    person = _matching(persoon__voornaam="Maria", persoon__naam="Canariebos")[0]
    other: dict[str, Any] = {"buurt": "statie", "zorgen": ["wonen"], "persoon__geboorte": 1990}
    chosen = _sent(replace(_paper(**other), person=person.id))
    alone = _sent(_paper(**other))
    assert chosen.contact.name == first.contact.name == "Joris Maes"
    assert alone.contact.name != "Joris Maes"
    with clock.stopped_at(MONDAY):
        pages = [case_page.show(holder_of(item.case), item.case) for item in (first, chosen, alone)]
    assert pages[0].person == pages[1].person != pages[2].person


def test_nobody_without_an_account_looks_for_people() -> None:
    form = catalogs.live(MUNICIPALITY).form("doorverwijskaart").form
    given = values.read_json(form, {"persoon.naam": "Canariebos"})
    with pytest.raises(Forbidden):
        known_persons.matching(by_link(MUNICIPALITY), form, given.values)
