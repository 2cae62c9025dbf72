"""Does the report count right, and does it keep small numbers to itself?"""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from app.reporting.overview import WAIT_BANDS, overview, table
from app.reporting.rows import CaseRow
from app.reporting.suppression import THRESHOLD, hidden_cells, total_is_safe

LABELS = {band: band for band in WAIT_BANDS}


def _row(place: str, *domains: str, waited: int | None = None) -> CaseRow:
    return CaseRow("kaart", place, date(2026, 11, 9), domains, waited)


def _report(rows: list[CaseRow]):  # type: ignore[no-untyped-def]
    return overview(
        rows,
        forms={"kaart": "Kaart"},
        domains={"wonen": "Wonen", "werk": "Werk"},
        neighbourhoods={"oost": "Oost", "west": "West", "zuid": "Zuid"},
        months={"2026-11": "november 2026"},
        bands=LABELS,
    )


def test_a_case_counts_once_for_its_place_and_once_for_each_of_its_domains() -> None:
    report = _report(
        [_row("oost", "wonen", "werk") for _ in range(6)] + [_row("west", "wonen") for _ in range(5)]
    )
    by = {item.dimension: {cell.key: cell.count for cell in item.cells} for item in report.tables}
    assert by["neighbourhood"] == {"oost": 6, "west": 5, "zuid": 0}
    assert by["domain"] == {"wonen": 11, "werk": 6}
    assert by["form"] == {"kaart": 11}


def test_a_small_village_is_hidden_together_with_one_more() -> None:
    report = _report([_row("oost")] * 9 + [_row("west")] * 6 + [_row("zuid")] * 3)
    places = next(item for item in report.tables if item.dimension == "neighbourhood")
    assert [cell.count for cell in places.cells] == [9, None, None]
    assert [cell.small for cell in places.cells] == [False, False, True]
    assert places.total == 18


def test_the_median_wait_needs_at_least_five_people() -> None:
    assert _report([_row("oost", waited=1)] * 4).wait.median is None
    assert _report([_row("oost", waited=2)] * 5 + [_row("oost")] * 5).wait.median == 2.0


def test_an_empty_period_is_a_report_of_zeroes() -> None:
    report = _report([])
    assert all(cell.count == 0 for item in report.tables for cell in item.cells)


def test_a_value_without_a_label_is_counted_all_the_same() -> None:
    shown = table("form", pd.Series(["oud"] * 7), {"kaart": "Kaart"}, total=True)
    assert {cell.key: cell.count for cell in shown.cells} == {"kaart": 0, "oud": 7}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_no_hidden_cell_follows_from_the_total(numbers: list[int]) -> None:
    counts = pd.Series(numbers, index=[f"c{place}" for place in range(len(numbers))])
    hidden = hidden_cells(counts, total_shown=True)
    assert hidden[(counts > 0) & (counts < THRESHOLD)].all()
    if hidden.any() and total_is_safe(counts, hidden):
        assert hidden.sum() >= 2
        assert counts[hidden].sum() >= THRESHOLD
