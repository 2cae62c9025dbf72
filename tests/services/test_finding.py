"""Is somebody found by the sound of a name, by those who may, with no more than they may know?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from app.engine import values
from app.engine.likeness import Portrait
from app.engine.model.answers import PartialDate
from app.engine.names import Name
from app.engine.policy import Actor
from app.services.cases import case_page
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.people import keying, link_case, merge_persons, person_page, persons, search_log
from app.services.people.persons import PersonLine
from app.storage import clock, history, ids
from app.storage.database import transaction
from app.storage.models import Case, Person, PersonKey, PersonSearch, ReadLog
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, card, holder_of, local, press, send_card

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 14:00")
INTAKE: dict[str, Any] = {
    "kanaal": "onthaal",
    "persoon.roepnaam": "Els",
    "persoon.naam": "Peeters",
    "persoon.geboorte": 1990,
    "buurt": "ter_heide",
    "contact.gsm": "0400 00 00 05",
    "vraag_eigen_woorden": "Ik krijg de energiefactuur niet betaald.",
    "dringend": "nee",
    "geldvraag": "nee",
    "afspraken": [{"wat": "Samen bekijken", "wie": {"kind": "staff", "id": "", "name": ""}}],
}


def _paper(**changes: Any) -> Receipt:
    """A card on paper, entered by reception."""
    with clock.stopped_at(MONDAY):
        return submit(replace(card(**changes), actor=actor("hilde_claes"), audience="reception"))


def _intake(by: str = "hilde_claes", **changes: Any) -> Receipt:
    version = catalogs.live(MUNICIPALITY).form("brede_intake")
    who = actor(by)
    answers = INTAKE | {name.replace("__", "."): item for name, item in changes.items()}
    answers["afspraken"] = [{"wat": "Samen bekijken", "wie": f"staff:{who.account}:{who.name}"}]
    given = values.read_json(version.form, answers)
    with clock.stopped_at(MONDAY):
        return submit(SubmitForm(who, version.id, given, ids.to_text(ids.new_id()), audience="reception"))


def _asked(whole: str, year: int | None = None, place: str = "") -> Portrait:
    return Portrait(Name(whole=whole), PartialDate(year) if year else None, place)


def _find(whole: str, year: int | None = None, place: str = "", by: str = "hilde_claes") -> list[PersonLine]:
    return persons.find(actor(by), _asked(whole, year, place))


def _person_of(receipt: Receipt) -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = sa.select(Case.person).where(Case.municipality == MUNICIPALITY, Case.number == receipt.number)
        person = tx.scalar(query)
    return ids.to_text(person) if person is not None else ""


# Searching -----------------------------------------------------------------------------------------------------------


def test_a_name_as_heard_finds_who_is_known_with_why_and_no_more() -> None:
    _paper(persoon__naam="Vandenbulcke")
    (found,) = _find("van den bulke maria", 1941)
    assert (found.name, found.birth_year, found.neighbourhood) == ("Maria Vandenbulcke", 1941, "oosthoek")
    assert (found.contact_person, found.open_cases) == ("Joris Maes", 1)
    assert found.reasons == ("sounds", "year")
    assert _find("Vandenbulcke") == []
    assert [line.id for line in _find("Vandenbulcke", place="oosthoek")] == [found.id]
    assert _find("Maria Vandenbulcke", 1950) == []


def test_no_table_holds_a_readable_name_or_sound() -> None:
    _paper(persoon__naam="Vandenbulcke")
    _find("Vandenbulcke Maria", 1941)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = repr(
            [tx.execute(sa.select(model.__table__)).all() for model in (PersonKey, PersonSearch, Person)]
        )
    assert "andenb" not in rows.lower()
    assert "fandebulk" not in rows


def test_every_search_is_written_down_and_far_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(persons.MOST, persons.PAGE, 2)
    _find("Maria Peeters")
    _find("Jan Peeters")
    with pytest.raises(Invalid, match="search_too_many"):
        _find("Els Peeters")
    _find("Els Peeters", by="joris_maes")
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = tx.execute(sa.select(PersonSearch.id, PersonSearch.account, PersonSearch.sealed)).all()
        asked = [tx.sealer.open_json(("person_search", row.id, "sealed"), row.sealed)["name"] for row in rows]
    assert sorted(asked) == [["Els Peeters"], ["Jan Peeters"], ["Maria Peeters"]]
    with pytest.raises(Invalid, match="search_no_name"):
        _find("  ")


@pytest.mark.parametrize("who", ["tom_aerts", "pieter_bogaert"])
def test_who_has_nothing_to_do_with_residents_finds_nobody(who: str) -> None:
    with pytest.raises(Forbidden):
        _find("Maria Canariebos", by=who)


def test_a_case_about_violence_is_there_for_its_holder_only() -> None:
    with clock.stopped_at(MONDAY):
        receipt = _intake(domeinen__veiligheid="zorgen")
    holder = holder_of(receipt.case)
    person = _person_of(receipt)
    assert _find("Els Peeters", 1990) == []
    with pytest.raises(NotFound):
        person_page.show(actor("hilde_claes"), person)
    assert [line.id for line in persons.find(holder, _asked("Els Peeters", 1990))] == [person]
    with clock.stopped_at(MONDAY):
        urgent = card(dringend="vandaag")
        second = submit(replace(urgent, actor=actor("hilde_claes"), audience="reception", person=person))
    assert second.contact.account != holder.account
    (seen,) = _find("Els Peeters", 1990)
    assert (seen.open_cases, seen.contact_person) == (1, "")
    assert case_page.show(holder_of(second.case), second.case).linked == ()
    assert [item.number for item in case_page.show(holder, receipt.case).linked] == [second.number]


def test_a_national_number_is_for_those_whose_function_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = _intake("sofie_wouters", geldvraag="ja", rrn="48.03.07-999.14")
    worker, reception = actor("sofie_wouters"), actor("hilde_claes")
    assert persons.may_find_by_number(worker)
    assert not persons.may_find_by_number(reception)
    with pytest.raises(Forbidden):
        persons.by_number(reception, "48030799914", "Nieuwsgierig")
    with pytest.raises(Invalid, match="reason_needed"):
        persons.by_number(worker, "48030799914", " ")
    with pytest.raises(Invalid, match="national_number"):
        persons.by_number(worker, "48030799915", "Sociaal onderzoek")
    found = persons.by_number(worker, "48 03 07 999 14", "Sociaal onderzoek")
    assert [line.id for line in found] == [_person_of(receipt)]
    assert persons.by_number(worker, "85.07.30-999.32", "Sociaal onderzoek") == []
    (last, first) = search_log.listed(actor("ilse_verbeke"))
    assert (first.who, first.where, first.reason, first.found) == (
        worker.name,
        "number",
        "Sociaal onderzoek",
        1,
    )
    assert (first.asked, last.found) == ("••.••.••-•••.14", 0)
    with pytest.raises(Forbidden):
        search_log.listed(reception)
    monkeypatch.setitem(persons.MOST, persons.NUMBER, 0)
    with pytest.raises(Invalid, match="search_too_many"):
        persons.by_number(worker, "48030799914", "Sociaal onderzoek")


# The keys ------------------------------------------------------------------------------------------------------------


def test_records_of_before_are_keyed_once_with_first_and_family_name_apart() -> None:
    receipt = _intake("sofie_wouters", geldvraag="ja", rrn="48.03.07-999.14")
    person = ids.from_text(_person_of(receipt))
    with transaction(MUNICIPALITY) as tx:
        old = {"name": "Peeters", "called": "Els"}
        sealed = tx.sealer.seal_json(("person", person, "sealed"), old)
        tx.execute(sa.delete(PersonKey))
        tx.execute(sa.update(Person).values(keyed=0, sealed=sealed))
    assert _find("Els Peeters", 1990) == []
    assert keying.key_all(MUNICIPALITY) == 1
    assert [line.name for line in _find("Els Peters", 1990)] == ["Els Peeters"]
    number = persons.by_number(actor("sofie_wouters"), "48030799914", "Sociaal onderzoek")
    assert [line.name for line in number] == ["Els Peeters"]
    assert keying.key_all(MUNICIPALITY) == 0


# The page of a person ------------------------------------------------------------------------------------------------


def test_only_who_handles_a_case_sees_how_to_reach_somebody_and_every_opening_is_written_down() -> None:
    receipt = _paper()
    person = _person_of(receipt)
    with clock.stopped_at(MONDAY):
        near = person_page.show(holder_of(receipt.case), person)
        far = person_page.show(actor("sofie_wouters"), person)
    assert dict(near.ways) == {"phone": "09 000 00 01"}
    assert far.ways == ()
    assert [(case.number, case.readable) for case in near.cases] == [(receipt.number, True)]
    assert [(case.state, case.holder, case.readable) for case in far.cases] == [
        ("Ontvangen", "Joris Maes", False)
    ]
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = sa.select(ReadLog.account).where(ReadLog.person == ids.from_text(person))
        readers = set(tx.execute(query).scalars())
    assert readers == {holder_of(receipt.case).account, actor("sofie_wouters").account}


# One person, two records ---------------------------------------------------------------------------------------------


def _two() -> tuple[Receipt, Receipt]:
    """Two cards of one resident, entered twice as somebody new, with different contact persons."""
    first = _paper(persoon__naam="Vandenbulcke")
    second = _paper(persoon__naam="Van den Bulke", persoon__geboorte=None, zorgen=["wonen"], buurt="statie")
    return first, second


def test_two_records_become_one_by_somebody_with_a_reason_and_come_apart_again() -> None:
    first, second = _two()
    into, person = _person_of(first), _person_of(second)
    hilde = actor("hilde_claes")
    shown = merge_persons.preview(hilde, person, into)
    assert shown.moving == (second.number,)
    assert [item.name for item in shown.followers] == [first.contact.name, second.contact.name]
    with pytest.raises(Invalid, match="reason_needed"):
        merge_persons.merge(hilde, person, into, reason=" ")
    merge = merge_persons.merge(
        hilde, person, into, reason="Nagevraagd aan de balie", follower=shown.followers[1].account
    )
    assert _person_of(first) == _person_of(second) == into
    assert [(line.id, line.open_cases) for line in _find("Maria van den Bulke")] == [(into, 2)]
    page = person_page.show(hilde, into)
    assert page.line.contact_person == second.contact.name
    assert [(item.reason, item.by) for item in page.merges] == [("Nagevraagd aan de balie", "Hilde Claes")]
    assert case_page.holder(MUNICIPALITY, first.case) == first.contact.account
    with clock.stopped_at(MONDAY):
        chosen_before = replace(card(), actor=hilde, audience="reception", person=person)
        assert _person_of(submit(chosen_before)) == into
    with pytest.raises(Invalid, match="merge_same_person"):
        merge_persons.merge(hilde, person, into, reason="Nog eens")

    assert merge_persons.unmerge(hilde, merge) == person
    assert (_person_of(first), _person_of(second)) == (into, person)
    assert person_page.show(hilde, into).line.contact_person == first.contact.name
    with pytest.raises(Conflict):
        merge_persons.unmerge(hilde, merge)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        codes = [entry.code for entry in history.entries(tx, ids.from_text(second.case))]
        assert history.verify(tx, ids.from_text(second.case)) is None
    assert codes[:2] == ["persons_unmerged", "persons_merged"]


def test_nobody_without_the_right_merges() -> None:
    first, second = _two()
    with pytest.raises(Forbidden):
        merge_persons.merge(actor("ilse_verbeke"), _person_of(second), _person_of(first), reason="Zo")


# A card that came in without an account ------------------------------------------------------------------------------


def _question(who: Actor, case: str) -> link_case.Question:
    found = link_case.question(who, case)
    assert found is not None
    return found


def test_who_follows_an_online_card_is_asked_whether_it_is_somebody_we_know() -> None:
    known = _paper(persoon__naam="Vandenbulcke")
    with clock.stopped_at(MONDAY):
        sent = send_card(persoon__naam="Van den Bulke", zorgen=["wonen"])
    joris = holder_of(sent.case)
    asked = _question(joris, sent.case)
    assert [(line.id, line.reasons) for line in asked.alike] == [
        (_person_of(known), ("sounds", "year", "place"))
    ]
    assert link_case.question(actor("ilse_verbeke"), sent.case) is None
    with pytest.raises(Forbidden):
        link_case.link(actor("sofie_wouters"), sent.case, asked.alike[0].id)
    link_case.link(joris, sent.case, asked.alike[0].id)
    assert _person_of(sent) == _person_of(known)
    assert _question(joris, sent.case).person is not None
    linked = case_page.show(joris, sent.case).linked
    assert [(item.number, item.relation) for item in linked] == [(known.number, "person")]
    with pytest.raises(Conflict):
        link_case.link(joris, sent.case, asked.alike[0].id)
    link_case.unlink(joris, sent.case)
    assert _person_of(sent) == ""
    press(sent.case, "intrekken")
    dpo = actor("ilse_verbeke")
    assert case_page.show(dpo, sent.case).blocked
    assert link_case.question(dpo, sent.case) is None


def test_no_is_remembered_and_a_new_record_is_found_the_next_time() -> None:
    known = _paper()
    with clock.stopped_at(MONDAY):
        sent = send_card()
    joris = holder_of(sent.case)
    link_case.refuse(joris, sent.case, _person_of(known))
    assert _question(joris, sent.case).alike == ()
    made = link_case.make(joris, sent.case)
    assert made == _person_of(sent) != _person_of(known)
    found = {line.id: line.contact_person for line in _find("Maria Canariebos", 1941)}
    assert found == {made: joris.name, _person_of(known): joris.name}


def test_the_case_a_form_was_opened_from_is_about_the_same_person() -> None:
    with clock.stopped_at(MONDAY):
        sent = send_card()
        press(sent.case, "bereikt", {"wijze": "bellen", "privacy_info": "mondeling"})
    joris = holder_of(sent.case)
    version = catalogs.live(MUNICIPALITY).form("brede_intake")
    answers = INTAKE | {
        "afspraken": [{"wat": "Samen bekijken", "wie": f"staff:{joris.account}:{joris.name}"}]
    }
    given = values.read_json(version.form, answers)
    with clock.stopped_at(MONDAY):
        request = SubmitForm(joris, version.id, given, "t" * 20, audience="reception", parent=sent.case)
        opened = submit(request)
    assert _person_of(sent) == _person_of(opened) != ""
