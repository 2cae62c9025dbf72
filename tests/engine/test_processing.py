"""Does the register say what the shipped definitions do, and only that?"""

from __future__ import annotations

import pytest

from app.engine.access import POLICY, Act
from app.engine.processing import Around, Point, Processing, processing, readers
from app.engine.processing_lists import processing_list
from tests.support.shipped import catalog


@pytest.fixture(scope="module")
def all_of_them() -> dict[str, Processing]:
    known = catalog()
    around = Around(
        known.forms,
        known.workflows,
        {
            name: Point(item.label, item.partner, item.restricted)
            for name, item in known.contact_points.items()
        },
    )
    return {
        form.id: processing(form, around) for form in known.forms.values() if form.workflow in known.workflows
    }


def test_the_card_says_whose_data_for_what_and_how_long(all_of_them: dict[str, Processing]) -> None:
    found = all_of_them["doorverwijskaart"]
    assert found.controller == "ocmw"
    assert [item.basis for item in found.purposes] == ["public_task", "consent"]
    assert {"resident", "referrer", "others"} <= set(found.persons)
    assert found.sources == ("referrer", "public", "reception")
    assert [(item.months, item.then) for item in found.kept] == [(12, "delete"), (60, "anonymise")]
    assert "Niet bereikt" in found.kept[0].when
    assert found.kept[1].when == ""
    assert set(found.partners) == {"CAW", "Huis van het Kind"}
    assert set(found.messages) == {"referrer", "resident"}


def test_what_small_forms_and_sub_cases_ask_counts_too(all_of_them: dict[str, Processing]) -> None:
    asked = {(item.form, item.label) for item in all_of_them["brede_intake"].data}
    assert ("Gesproken", "Wat spraken jullie af?") in asked
    assert any(form != "Brede intake aan het onthaal" for form, _ in asked)
    assert all_of_them["brede_intake"].restricted == ("Veiligheid (beperkt)",)
    assert all_of_them["brede_intake"].chosen_partner


def test_every_personal_question_stands_in_it_once_with_its_class(all_of_them: dict[str, Processing]) -> None:
    known = catalog()
    for name, found in all_of_them.items():
        asked = {item.label for item in found.data if item.form == known.forms[name].title}
        for field in known.forms[name].fields():
            if field.privacy > 0 and field.label:
                assert field.label in asked, (name, field.id)
        assert len(set(found.data)) == len(found.data)


def test_who_reads_is_who_the_policy_lets_read() -> None:
    told = {(item.role, item.way) for item in readers()}
    for role, grants in POLICY.items():
        assert (role in {name for name, way in told if way != "reason"}) == bool(grants.get(Act.CASE_READ))
        assert ((role, "reason") in told) == bool(
            grants.get(Act.CASE_READ_WITH_REASON) or grants.get(Act.CASE_READ_BLOCKED)
        )
    assert ("form_admin", "own") not in told


def test_the_list_of_a_campaign_says_who_gave_it_who_sees_it_and_when_it_goes() -> None:
    found = processing_list(catalog().campaigns["winter_75plus"])
    assert found.source == "Bevolkingsregister, via Burgerzaken"
    assert [item.basis for item in found.purposes] == ["public_task"]
    assert {item.label for item in found.data} >= {"Naam", "Telefoon", "Straat en nummer"}
    assert {item.role: item.way for item in found.readers}["volunteer"] == "batch"
    assert {item.role: item.way for item in found.readers}["coordinator"] == "list"
    (kept,) = found.kept
    assert (str(kept.term.unit) if kept.term else "", kept.then) == ("weeks", "delete")
