"""Does an earlier answer stand in the next form where it asks the same, and only there?"""

from __future__ import annotations

from app.definitions.model.forms import Form
from app.engine import prefilling, values
from app.engine.prefilling import Taken
from tests.support.shipped import catalog

CARD = {
    "persoon.voornaam": "Maria",
    "persoon.naam": "Canariebos",
    "persoon.geboorte": "1941-05-17",
    "contact.tel": "09 000 00 01",
    "contact.voorkeur": "bellen",
    "contact.via": "Rik van hiernaast",
    "adres": {"street": "Kerkstraat", "number": "12", "postcode": "9999", "town": "Zandlede"},
    "buurt": "oosthoek",
    "zorgen": ["eenzaam"],
    "toelichting": "Geheimpje over de kat",
    "dringend": "vandaag",
    "niet_door": [{"kind": "staff", "id": "abc", "name": "Nele"}],
    "akkoord_contact": True,
    "handtekening": {"way": "spoken", "data": "dokter Peeters"},
    "kaartnr": "DVK-2026-00417",
}


def _form(name: str) -> Form:
    return catalog().forms[name]


def _taken(how: str, roles: tuple[str, ...] = ("reception",)) -> dict[str, Taken]:
    old = _form("doorverwijskaart")
    answers = values.read_json(old, CARD).values
    found = {"case": prefilling.whole_case, "person": prefilling.about_whom}[how]
    return {item.field: item for item in found(_form("brede_intake"), old, answers, roles)}


def test_a_form_opened_from_a_card_knows_who_how_to_reach_and_what_was_asked() -> None:
    taken = _taken("case")
    assert {name: dict(item.raw) for name, item in taken.items() if name != "niet_door"} == {
        "persoon.voornaam": {"persoon.voornaam": ["Maria"]},
        "persoon.naam": {"persoon.naam": ["Canariebos"]},
        "persoon.geboorte": {"persoon.geboorte": ["17/05/1941"]},
        "buurt": {"buurt": ["oosthoek"]},
        "adres": {
            "adres:street": ["Kerkstraat"],
            "adres:number": ["12"],
            "adres:postcode": ["9999"],
            "adres:town": ["Zandlede"],
        },
        "contact.tel": {"contact.tel": ["09 000 00 01"]},
        "contact.via": {"contact.via": ["Rik van hiernaast"]},
        "contact.voorkeur": {"contact.voorkeur": ["bellen"]},
        "vraag_eigen_woorden": {"vraag_eigen_woorden": ["Geheimpje over de kat"]},
    }


def test_who_may_not_follow_it_up_goes_along_for_who_may_know() -> None:
    assert list(_taken("case")["niet_door"].raw.values()) == [["staff:abc:Nele"]]
    assert "niet_door" not in _taken("case", roles=("contact",))


def test_what_was_more_confidential_is_pointed_at() -> None:
    assert [name for name, item in _taken("case").items() if item.looser] == ["vraag_eigen_woorden"]


def test_agreements_signatures_urgency_and_numbers_are_given_each_time() -> None:
    old = _form("doorverwijskaart")
    again = prefilling.whole_case(old, old, values.read_json(old, CARD).values, ("reception",))
    names = {item.field for item in again}
    assert "zorgen" in names
    assert not names & {"akkoord_contact", "akkoord_terug", "handtekening", "dringend", "kaartnr", "strook"}


def test_another_question_of_the_same_person_gets_who_it_is_and_nothing_that_was_told() -> None:
    assert set(_taken("person")) == {
        "persoon.voornaam",
        "persoon.naam",
        "persoon.geboorte",
        "buurt",
        "adres",
        "contact.tel",
        "contact.via",
        "contact.voorkeur",
    }


def test_a_thin_record_fills_what_stands_for_it() -> None:
    told = {
        "resident.name": "'t Jolle",
        "resident.birth": "1947",
        "case.neighbourhood": "oosthoek",
        "resident.email": "geen",
    }
    found = {item.field: item.raw for item in prefilling.known(_form("brede_intake"), told)}
    assert found == {
        "persoon.naam": {"persoon.naam": ["'t Jolle"]},
        "persoon.geboorte": {"persoon.geboorte": ["1947"]},
        "buurt": {"buurt": ["oosthoek"]},
    }
