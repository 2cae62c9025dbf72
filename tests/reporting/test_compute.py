"""Can somebody with every table of a report, all its comparisons and two periods work out a number that is hidden?

And what is shown: is it what a person counts by hand?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.definitions.model.reports import (
    DAYS,
    By,
    Calculation,
    Dimension,
    Measure,
    Report,
    Step,
)
from app.reporting.compute import compute
from app.reporting.results import Axis, Cell, Period, ReportResult
from app.reporting.rows import joined_months
from app.reporting.store import KEY, frame_of
from app.reporting.suppression import THRESHOLD, WIDTH
from tests.reporting.attacker import Attacker

Q3 = Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30))
Q2 = Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30))
PLACE, STATE, THEME = (
    Dimension("buurt", By.NEIGHBOURHOOD),
    Dimension("stand", By.STATE),
    Dimension("thema", By.FIELD, field="thema", many=True),
)
AXES = {
    "buurt": Axis("buurt", "Per buurt", {"oost": "Oost", "west": "West", "": "Niet gekend"}),
    "stand": Axis("stand", "Waar het staat", {"open": "Open", "dicht": "Dicht", "": "Niet gekend"}),
    "thema": Axis("thema", "Thema", {"geld": "Geld", "wonen": "Wonen"}),
}
SPOKEN = Measure("gesproken", "Gesproken", Calculation.SHARE)
WAIT = Measure("wacht", "Wacht", Calculation.MEDIAN, of=DAYS, start="received", end="x", percentile=50)
SUM = Measure("som", "Som", Calculation.SUM, of="aantal")
COUNT = Measure("vragen", "Vragen", Calculation.COUNT)
STEPS = Measure("weg", "Weg", Calculation.STEPS, steps=(Step("een", "Een", None), Step("twee", "Twee", None)))


def report(*measures: Measure, dimensions: Sequence[Dimension] = (PLACE, STATE), **said: object) -> Report:
    return replace(
        Report("r", "R", measures=measures, dimensions=tuple(dimensions)),
        **said,  # type: ignore[arg-type]
    )


def frame(rows: Sequence[Mapping[str, object]], month: str = "2026-08") -> pd.DataFrame:
    return joined_months([(month, frame_of([{KEY: at, **row} for at, row in enumerate(rows)]))])


def case(place: str, state: str, wait: float | None = None, **more: object) -> dict[str, object]:
    told: dict[str, object] = {"d.buurt": place, "d.stand": state, **more}
    if wait is not None:
        told |= {"m.gesproken=part": True, "n.wacht": wait, "n.som": wait}
    return told


def number(result: ReportResult, table: str, column: str, row: str = "") -> Cell:
    found = result.table(table)
    assert found is not None
    at = [item.id for item in found.columns].index(column)
    line = next(item for item in found.rows if item.key == row)
    return line.cells[at]


def test_what_is_shown_is_what_a_person_counts() -> None:
    rows = [case("oost", "open", 2.0)] * 6 + [case("oost", "dicht", 4.0)] * 6 + [case("west", "open")] * 8
    made = compute(report(COUNT, SPOKEN, WAIT, SUM), frame(rows), Q3, axes=AXES)
    assert [cell.value for cell in made.totals.rows[0].cells] == [20, 60, 3, 36]
    assert [row.cells[0].value for row in made.tables[0].rows] == [12, 8, 0]
    assert number(made, "buurt", "gesproken", "oost").value == 100
    assert number(made, "stand", "wacht", "dicht").value == 4
    assert number(made, "buurt", "wacht", "west") == Cell(None)
    assert not made.suppressed


def test_a_median_or_a_sum_of_four_is_hidden_with_what_would_give_it_away() -> None:
    rows = [case("oost", "open", 2.0)] * 20 + [case("west", "open", 9.0)] * 4
    made = compute(report(COUNT, WAIT, SUM, dimensions=[PLACE]), frame(rows), Q3, axes=AXES)
    assert number(made, "buurt", "som", "west").hidden
    assert number(made, "buurt", "som", "oost").hidden or number(made, "totals", "som").hidden
    assert number(made, "buurt", "wacht", "west").hidden


def test_a_percentage_does_not_say_how_few_there_are() -> None:
    rows = [case("oost", "open", 2.0)] * 2 + [case("oost", "open")] * 30
    made = compute(report(SPOKEN, dimensions=[PLACE]), frame(rows), Q3, axes=AXES)
    assert number(made, "totals", "gesproken").hidden


def test_steps_are_counted_and_what_lies_between_two_of_them_is_hidden_when_it_is_small() -> None:
    rows = [{"d.buurt": "oost", "m.weg=een": True, "m.weg=twee": at > 2} for at in range(20)]
    made = compute(report(STEPS, dimensions=[PLACE]), frame(rows), Q3, axes=AXES)
    first, second = (number(made, "totals", f"weg.{step}") for step in ("een", "twee"))
    assert first.hidden or second.hidden
    rows = [{"d.buurt": "oost", "m.weg=een": True, "m.weg=twee": at > 7} for at in range(20)]
    made = compute(report(STEPS, dimensions=[PLACE]), frame(rows), Q3, axes=AXES)
    assert [cell.value for cell in made.totals.rows[0].cells] == [20, 12]


def test_what_is_compared_by_stands_beside_each_other_and_a_filter_is_one_of_those() -> None:
    rows = [case("oost", "open")] * 9 + [case("oost", "dicht")] * 8 + [case("west", "open")] * 7
    compared = compute(report(COUNT, compare_by="buurt"), frame(rows), Q3, axes=AXES)
    filtered = compute(report(COUNT, filters=("buurt",)), frame(rows), Q3, {"buurt": "oost"}, axes=AXES)
    east = number(compared, "stand:oost", "vragen", "open")
    assert east == number(filtered, "stand", "vragen", "open") == Cell(9)
    assert number(filtered, "totals", "vragen") == Cell(17)


def test_columns_are_the_tables_of_each_line_beside_each_other() -> None:
    rows = [case("oost", "open")] * 9 + [case("oost", "dicht")] * 8 + [case("west", "open")] * 7
    made = compute(report(COUNT, SPOKEN, columns=("buurt",)), frame(rows), Q3, axes=AXES)
    (table,) = (item for item in made.tables if item.id == "stand/buurt")
    assert [column.label for column in table.columns][:2] == ["Oost: Vragen", "Oost: Gesproken"]
    assert {row.key: row.cells[0].value for row in table.rows} == {"open": 9, "dicht": 8, "": 0}
    assert [number(made, "stand/buurt", "west.vragen", key).value for key in ("open", "dicht")] == [7, 0]
    assert table.total is not None
    assert [cell.value for cell in table.total.cells[::2]][:2] == [17, 7]


def test_streets_are_nobody_and_are_shown_whole() -> None:
    rows = [{"d.buurt": "oost"}] * 2 + [{"d.buurt": "west"}]
    made = compute(report(COUNT, dimensions=[PLACE], streets="buur"), frame(rows), Q3, axes=AXES)
    assert [row.cells[0].value for row in made.tables[0].rows][:2] == [2, 1]
    assert (made.suppressed, made.units) == (False, "streets")


def test_a_change_is_shown_between_shown_numbers_only() -> None:
    now, before = [case("oost", "open")] * 12, [case("oost", "open")] * 7 + [case("west", "open")] * 3
    made = compute(
        report(COUNT, dimensions=[PLACE]), frame(now), Q3, axes=AXES, earlier=(Q2, frame(before, "2026-05"))
    )
    assert number(made, "buurt", "vragen", "oost") == Cell(12)
    assert number(made, "buurt", "vragen", "west") == Cell(0)
    alone = compute(
        report(COUNT, dimensions=[]), frame(now), Q3, axes={}, earlier=(Q2, frame(before, "2026-05"))
    )
    assert number(alone, "totals", "vragen") == Cell(12, before=10, change=2)


def test_options_of_many_have_a_line_each_and_no_total() -> None:
    rows = [{"d.thema=geld": True, "d.thema=wonen": at < 6} for at in range(11)]
    made = compute(report(COUNT, dimensions=[THEME]), frame(rows), Q3, axes=AXES)
    assert [row.cells[0].value for row in made.tables[0].rows] == [11, 6]
    assert made.tables[0].total is None


def test_no_case_at_all_is_a_report_of_zeros() -> None:
    made = compute(report(COUNT, SPOKEN, WAIT, STEPS), frame([]), Q3, axes=AXES)
    assert [cell.value for cell in made.totals.rows[0].cells] == [0, None, None, 0, 0]
    assert not made.suppressed


# The attack --------------------------------------------------------------------------------------------------

PLACES, STATES, KINDS = ("oost", "west"), ("open", "dicht"), (None, 1.0, 5.0)
CELLS = [*product(PLACES, STATES, range(3))]
"""Every kind of case there is here: where, how far, and not spoken to, spoken to in time, or late."""
COUNTS = st.lists(st.one_of(st.just(0), st.integers(1, 4), st.integers(0, 9)), min_size=12, max_size=12)
IN_TIME = Measure("tijdig", "Tijdig", Calculation.SHARE)


def _rows(counts: Sequence[int]) -> list[dict[str, object]]:
    rows = []
    for (place, state, kind), count in zip(CELLS, counts, strict=True):
        row = case(place, state, KINDS[kind])
        if kind == 1:
            row["m.tijdig=part"] = True
        rows += [row] * count
    return rows


WAYS = [{}, {"compare_by": "buurt"}, {"filters": ("buurt",)}, {"columns": ("buurt",)}]


@pytest.mark.parametrize("said", WAYS, ids=str)
@settings(max_examples=12, deadline=None)
@example(counts=[3, 0, 0, 4, 0, 0, 6, 9, 4, 6, 6, 4])
@given(counts=COUNTS)
def test_nothing_hidden_follows_from_all_that_a_report_shows(said: dict[str, Any], counts: list[int]) -> None:
    attacker = Attacker(len(CELLS))
    hidden: set[frozenset[int]] = set()
    for cells, cell, whole in _read(report(COUNT, SPOKEN, IN_TIME, WAIT, SUM, **said), counts):
        if cell.hidden and whole is None and 0 < sum(counts[at] for at in cells) < THRESHOLD:
            hidden.add(
                cells
            )  # a mean of thirteen people may be hidden too: that they are thirteen is no secret
        elif not cell.hidden and (whole is None or cell.value is not None):
            _learn(attacker, cells, counts)
    for cells in hidden:
        assert not attacker.determined(cells)
        assert attacker.span(cells, WIDTH) >= WIDTH


def _read(asked: Report, counts: Sequence[int]) -> list[tuple[frozenset[int], Cell, str | None]]:
    """Every cell of every reading there is, under each filter."""
    data = frame(_rows(counts))
    places = PLACES if asked.filters else ()
    found = _told(compute(asked, data, Q3, axes=AXES), "")
    for place in places:
        found += _told(compute(asked, data, Q3, {"buurt": place}, axes=AXES), place)
    return found


def _learn(attacker: Attacker, cells: frozenset[int], counts: Sequence[int]) -> None:
    """Somebody who sees a number knows the count behind it, however it is made: the worst there can be."""
    total = sum(counts[at] for at in cells)
    assert not 0 < total < THRESHOLD
    attacker.sees(cells, total)


def _told(made: ReportResult, within: str) -> list[tuple[frozenset[int], Cell, str | None]]:
    """Every cell of a reading: the kinds of case behind it, and of a percentage (hidden with its whole) which."""
    found: list[tuple[frozenset[int], Cell, str | None]] = []
    for table in (made.totals, *(table for table in made.tables if table.within != "Niet gekend")):
        dimension, _, line = table.id.partition(":")
        dimension, _, beside = dimension.partition("/")
        for row in [*table.rows, *([table.total] if table.total is not None else [])]:
            for column, cell in zip(table.columns, row.cells, strict=True):
                name = column.id
                if beside:
                    line, _, name = column.id.partition(".")
                if row.label != "Niet gekend" and line != "-":
                    cells = _behind(name, dimension, row.key, (within, line))
                    found.append((cells, cell, column.id if column.unit == "percent" else None))
    return found


def _behind(column: str, dimension: str, key: str, within: tuple[str, str]) -> frozenset[int]:
    kinds = {"vragen": (0, 1, 2), "tijdig": (1,)}.get(column, (1, 2))
    return frozenset(
        at
        for at, (place, state, kind) in enumerate(CELLS)
        if kind in kinds
        and all(where in ("", place) for where in within)
        and _on(key, dimension, place, state)
    )


def _on(key: str, dimension: str, place: str, state: str) -> bool:
    return key in ("", {"buurt": place, "stand": state}.get(dimension, key))
