"""Do lists of others become figures with their source, and does nothing about a person ever come along?"""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from app.services import spreadsheets
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.reports import elsewhere
from app.services.reports.figure_file import COUNT, PLACE, RATE, YEAR, read
from app.storage.database import transaction
from app.storage.repositories import figure_rows
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.town import actor

PLACES = {"oosthoek": "Oosthoek", "ter_heide": "Ter Heide"}
LIST = """Wijk;Jaar;Inwoners;65-plussers;Aandeel alleenwonend
Oosthoek;2024;2 150;540;31,4
Ter Heide;2024;310;3;28,0
Oosthoek;2023;2.120;528;30,9
Overal;2024;9;9;9
Ter Heide;24;9;9;9
Ter Heide;2024;1;1;1
Ter Heide;2023;drie;-1;
"""


def problems(text: str, columns: tuple[str, ...] | None = None) -> list[tuple[int, str]]:
    """Line and code of what is wrong."""
    return [(item.line, item.code) for item in read(text, PLACES, columns).problems]


def test_each_row_is_judged_by_itself_and_small_counts_are_not_kept() -> None:
    sheet = read(LIST, PLACES)
    assert sheet.columns == (PLACE, YEAR, COUNT, COUNT, RATE)
    assert [item.name for item in sheet.found] == ["inwoners", "65_plussers", "aandeel_alleenwonend"]
    people, old, alone = (item.values for item in sheet.found)
    assert people == {("oosthoek", 2024): 2150, ("ter_heide", 2024): 310, ("oosthoek", 2023): 2120}
    assert old[("ter_heide", 2024)] is None
    assert sheet.found[1].small == 1
    assert alone[("ter_heide", 2024)] == 28.0
    assert problems(LIST) == [(5, "place"), (6, "year"), (7, "twice"), (8, "count"), (8, "count")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Naam;Wijk;Jaar;Inwoners\nJan;Oosthoek;2024;12\n", "people"),
        ("Wijk;Jaar;Rijksregisternummer\nOosthoek;2024;?\n", "people"),
        ("Wijk;Jaar;Inwoners;Extra\nOosthoek;2024;12;85073003328\n", "person"),
        ("Wijk;Jaar;Inwoners;Extra\nOosthoek;2024;12;jan@huis.example\n", "person"),
    ],
)
def test_a_list_about_people_is_refused_whole(text: str, code: str) -> None:
    sheet = read(text, PLACES)
    assert {item.code for item in sheet.problems} == {code}
    assert (sheet.found, sheet.headings) == ((), ())


def test_every_list_says_where_and_when() -> None:
    assert problems("Inwoners\n3\n") == [(1, "one_place"), (1, "one_year")]
    assert problems("Wijk;Jaar\nOosthoek;2024\n") == [(1, "no_number")]
    assert problems("") == [(1, "empty")]


def test_the_first_sheet_of_a_workbook_is_such_a_list_too() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Statbel")
        for at, row in enumerate((("Wijk", "Jaar", "Inwoners"), ("Oosthoek", 2024, 2150))):
            sheet.write_row(at, 0, row)
    found = read(spreadsheets.as_text(made.getvalue()), PLACES).found
    assert found[0].values == {("oosthoek", 2024): 2150}


@pytest.mark.usefixtures("town")
def test_a_newer_list_takes_the_place_of_the_older_and_a_wrong_one_is_taken_back_with_a_reason() -> None:
    who = actor("pieter_bogaert")
    first = {"source": "Statbel", "source_on": "2025-01-01"}
    assert elsewhere.take_over(who, LIST, None, token="t1", **first) == 3
    assert elsewhere.take_over(who, LIST, None, token="t1", **first) == 3
    assert len(elsewhere.listed(who)) == 3
    again = "Wijk;Jaar;Inwoners\nOosthoek;2025;2200\n"
    assert elsewhere.plan(who, again).replaces == ("Inwoners",)
    elsewhere.take_over(who, again, None, source="Statbel", source_on="2026-01-01", token="t2")
    now = {item.name: item for item in elsewhere.figures(MUNICIPALITY)}
    assert now["inwoners"].values == {("oosthoek", 2025): 2200}
    assert (now["inwoners"].source, now["inwoners"].source_on) == ("Statbel", date(2026, 1, 1))
    elsewhere.withdraw(who, now["inwoners"].id, "verkeerde wijken")
    with pytest.raises(Conflict):
        elsewhere.withdraw(who, now["inwoners"].id, "nog eens")
    ended = [(item.ended_how, item.why, item.by) for item in elsewhere.listed(who) if item.ended_how]
    assert ended == [("withdrawn", "verkeerde wijken", who.name), ("replaced", "", who.name)]
    assert {item.name for item in elsewhere.figures(MUNICIPALITY)} == {"65_plussers", "aandeel_alleenwonend"}


@pytest.mark.usefixtures("town")
def test_source_and_day_are_said_and_only_who_may_reads_in() -> None:
    who = actor("pieter_bogaert")
    with pytest.raises(Invalid) as told:
        elsewhere.take_over(who, LIST, None, source=" ", source_on="")
    assert [(item.field, item.code) for item in told.value.errors] == [
        ("source", "required"),
        ("source_on", "required"),
    ]
    with pytest.raises(Forbidden):
        elsewhere.plan(actor("hilde_claes"), LIST)
    with pytest.raises(Forbidden):
        elsewhere.listed(actor("hilde_claes"))
    with pytest.raises(NotFound):
        elsewhere.withdraw(who, "0" * 13, "weg")


@pytest.mark.usefixtures("town")
def test_another_municipality_sees_none_of_it() -> None:
    elsewhere.take_over(actor("pieter_bogaert"), LIST, None, source="Statbel", source_on="2025-01-01")
    with transaction(NEIGHBOUR, readonly=True) as tx:
        assert figure_rows.listed(tx) == []
