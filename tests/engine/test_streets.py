"""Does a street register tell the village of an address, and never guess?"""

from __future__ import annotations

import pytest

from app.engine.street_file import RowFault, decoded, read_streets
from app.engine.streets import BOTH, EVEN, ODD, StreetRange, fold, neighbourhood_of

PLACES = {"dorp": "Dorp", "ter_heide": "Ter Heide"}
KERK = (
    StreetRange("Kerkstraat", ODD, 1, 99, "dorp"),
    StreetRange("Kerkstraat", EVEN, 2, None, "ter_heide"),
)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("7", "dorp"),
        ("7A", "dorp"),
        ("99", "dorp"),
        ("101", ""),
        ("8", "ter_heide"),
        ("400/2", "ter_heide"),
        ("", ""),
    ],
)
def test_side_and_number_decide(number: str, place: str) -> None:
    assert neighbourhood_of(KERK, number) == place


def test_a_name_that_exists_twice_is_told_apart_by_its_postcode_or_not_at_all() -> None:
    twice = (
        StreetRange("Dorpsstraat", BOTH, 1, None, "dorp", "3900"),
        StreetRange("Dorpsstraat", BOTH, 1, None, "ter_heide", "3910"),
    )
    assert neighbourhood_of(twice, "5", "3910") == "ter_heide"
    assert neighbourhood_of(twice, "5") == ""


@pytest.mark.parametrize("typed", ["KERKSTRAAT", "Kerk straat", "kerkstr.", "Kerkstraat ", "Kérkstraat"])
def test_a_street_is_known_however_it_is_typed(typed: str) -> None:
    assert fold(typed) == fold("Kerkstraat")


def test_every_row_is_judged_by_itself() -> None:
    text = (
        "Straat;Kant;Van;Tot;Dorp;Postcode\n"
        "Kerkstraat;oneven;1;99;Dorp;\n"
        "Kerkstraat;even;;;ter heide;\n"
        ";;;;Dorp;\n"
        "Molenweg;schuin;;;Dorp;\n"
        "Molenweg;;20;10;Dorp;\n"
        "Molenweg;;1;x;Dorp;\n"
        "Molenweg;;;;Nergens;\n"
        "Molenweg;;;;Dorp;39\n"
        "Kerkstr.;alle;50;60;Ter Heide;\n"
    )
    found = read_streets(text, PLACES)
    assert [item.neighbourhood for item in found.ranges] == ["dorp", "ter_heide"]
    assert [(fault.line, fault.code) for fault in found.faults] == [
        (4, "no_street"),
        (5, "side"),
        (6, "order"),
        (7, "number"),
        (8, "neighbourhood"),
        (9, "postcode"),
        (10, "overlap"),
    ]
    assert dict(found.faults[-1].params)["line"] == "2"


def test_a_file_without_its_columns_says_which() -> None:
    assert read_streets("naam,nummer\nKerkstraat,1\n", PLACES).faults == (
        RowFault(1, "no_column", (("name", "straat, dorp"),)),
    )


def test_commas_tabs_and_the_bytes_of_a_spreadsheet_are_read() -> None:
    for separator in ",\t":
        text = decoded("\ufeffstraat;dorp\nKoeiendreef;Dorp\n".replace(";", separator).encode())
        assert read_streets(text, PLACES).ranges == (StreetRange("Koeiendreef", BOTH, 1, None, "dorp"),)
    assert "Curiëstraat" in decoded("Curiëstraat".encode("cp1252"))
