"""Is a list of staff from a spreadsheet read as it was meant, and told row by row what is wrong?"""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.services.errors import Forbidden
from app.services.staff import staff_from_csv, staffing
from app.services.staff.staff_csv import read_staff_csv
from app.texts import has
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor
from tests.support.zandlede import POINTS

PLACES = {"oosthoek": "Oosthoek", "sint_amand_lede": "Sint-Amand-Lede"}
SHEET = """\ufeffNaam;E-mail;Telefoon;Rollen;Aanspreekpunten;Wijken;Dagen
Hilde Claes;Hilde.Claes@zandlede.example;0400 00 00 10;Onthaal, contactpersoon;Onthaal;;
Nele Lambrecht;nele@zandlede.example;;contact;buurtzorgregisseur;Oosthoek/Sint-Amand-Lede;ma-wo, vr
"""


def codes(text: str) -> list[tuple[int, str, str]]:
    return [(item.line, item.column, item.code) for item in read_staff_csv(text, POINTS, PLACES).problems]


def test_labels_and_ids_roles_and_days_are_understood() -> None:
    found = read_staff_csv(SHEET, POINTS, PLACES)
    assert found.problems == ()
    hilde, nele = found.rows
    assert (hilde.email, hilde.roles, hilde.points) == (
        "hilde.claes@zandlede.example",
        ("reception", "contact"),
        ("onthaal",),
    )
    assert hilde.weekdays == frozenset(range(5))
    assert (nele.places, nele.weekdays) == (("oosthoek", "sint_amand_lede"), frozenset({0, 1, 2, 4}))


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_whatever_a_spreadsheet_puts_between_the_columns(separator: str) -> None:
    text = separator.join(("e-mail", "naam")) + "\n" + separator.join(("an@x.be", "An"))
    assert [(row.name, row.roles) for row in read_staff_csv(text, POINTS, PLACES).rows] == [
        ("An", ("contact",))
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (";an@x.be;;;;;", ("name", "no_name")),
        ("An;an;;;;;", ("email", "email")),
        ("An;an@x.be;geen;;;;", ("phone", "phone")),
        ("An;an@x.be;;baas;;;", ("roles", "unknown_roles")),
        ("An;an@x.be;;;balie;;", ("points", "unknown_points")),
        ("An;an@x.be;;;onthaal;Gent;", ("places", "unknown_places")),
        ("An;an@x.be;;;;Oosthoek;", ("places", "places_alone")),
        ("An;an@x.be;;;;;vr-ma", ("days", "days")),
    ],
)
def test_each_row_is_told_what_is_wrong_and_the_others_stay(cells: str, told: tuple[str, str]) -> None:
    found = read_staff_csv(SHEET + cells + "\nBo;bo@x.be\n", POINTS, PLACES)
    assert [(item.line, item.column, item.code) for item in found.problems] == [(4, *told)]
    assert [row.name for row in found.rows] == ["Hilde Claes", "Nele Lambrecht", "Bo"]
    assert all(has(f"studio_staff.csv.{item.code}") for item in found.problems)


def test_a_list_without_what_is_needed_is_refused_as_a_whole() -> None:
    assert codes("") == [(1, "", "empty")]
    assert codes("naam;telefoon\nAn;09") == [(1, "email", "missing_column")]


def test_one_address_is_one_person() -> None:
    assert codes(SHEET + "Hilde bis;HILDE.claes@zandlede.example\n") == [(4, "email", "email_twice")]


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_judged(text: str) -> None:
    for sheet in (text, SHEET + text):
        found = read_staff_csv(sheet, POINTS, PLACES)
        assert all(has(f"studio_staff.csv.{item.code}") for item in found.problems)
        assert len({row.email for row in found.rows}) == len(found.rows)


def test_a_list_becomes_people_and_what_they_hold_in_one_change(town: Flask) -> None:
    karin = actor("karin_thijs")
    sheet = (
        "naam;e-mail;rollen;aanspreekpunten;wijken;dagen\n"
        "Mia Peeters;mia@zandlede.example;contactpersoon;Woonloket;;ma di\n"
        "Joris Maes;joris.maes@zandlede.example;contactpersoon;Woonloket,Buurtzorgregisseur;Statie;\n"
    )
    plan = staff_from_csv.plan(karin, sheet)
    assert plan.rows.problems == ()
    assert ([row.name for row in plan.fresh], [row.name for row in plan.changes]) == (
        ["Mia Peeters"],
        ["Joris Maes"],
    )
    staff_from_csv.apply_staff_rows(karin, plan.rows.rows)
    staffing_ = staffing.world(MUNICIPALITY).staffing
    names = {worker.id: worker.name for worker in staffing_.workers.values()}
    held = {
        (item.contact_point, item.neighbourhood): names[item.holder]
        for item in staffing_.holdings
        if names[item.holder] in {"Mia Peeters", "Joris Maes"}
    }
    assert held == {
        ("woonloket", ""): "Mia Peeters",
        ("buurtzorgregisseur", "statie"): "Joris Maes",
        ("aanspreekpunt_65plus", ""): "Joris Maes",
    }
    (housing,) = [item for item in staffing_.holdings if item.contact_point == "woonloket"]
    assert [names[account] for account in housing.substitutes] == ["Joris Maes"]


def test_a_role_that_is_not_yours_to_give_is_told_with_its_row(town: Flask) -> None:
    sheet = "naam;e-mail;rollen\nBaas;baas@zandlede.example;systeembeheerder\n"
    plan = staff_from_csv.plan(actor("karin_thijs"), sheet)
    assert [(item.line, item.code) for item in plan.rows.problems] == [(2, "role_not_yours")]
    rows = read_staff_csv(sheet, POINTS, PLACES).rows
    with pytest.raises(Forbidden):
        staff_from_csv.apply_staff_rows(actor("karin_thijs"), rows)
