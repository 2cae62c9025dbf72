"""Does the report count right, and does it keep small numbers to itself?"""

from __future__ import annotations

from datetime import date

import pandas as pd

from app.reporting.overview import WAIT_BANDS, overview, tables
from app.reporting.rows import CaseRow, frame

LABELS = {band: band for band in WAIT_BANDS}


def _row(place: str, *domains: str, waited: int | None = None) -> CaseRow:
    return CaseRow("kaart", place, date(2026, 11, 9), domains, waited)


def _report(rows: list[CaseRow]):  # type: ignore[no-untyped-def]
    return overview(
        frame(rows),
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
    assert places.total == 18


def test_the_median_wait_needs_at_least_five_people() -> None:
    assert _report([_row("oost", waited=1)] * 4).wait.median is None
    assert _report([_row("oost", waited=2)] * 5 + [_row("oost")] * 5).wait.median == 2.0


def test_an_empty_period_is_a_report_of_zeroes() -> None:
    report = _report([])
    assert all(cell.count == 0 for item in report.tables for cell in item.cells)


def test_a_value_without_a_label_is_counted_all_the_same() -> None:
    (shown,) = tables(pd.DataFrame({"form": ["oud"] * 7}), {"form": {"kaart": "Kaart"}})
    assert {cell.key: cell.count for cell in shown.cells} == {"kaart": 0, "oud": 7}


def test_two_small_numbers_under_a_total_of_eight_do_not_say_that_each_is_four() -> None:
    report = _report([_row("oost")] * 4 + [_row("west")] * 4)
    places = next(item for item in report.tables if item.dimension == "neighbourhood")
    assert {cell.count for cell in places.cells} <= {None, 0}
    assert not hasattr(places.cells[0], "small")


def test_who_still_waits_does_not_follow_from_who_was_spoken_to() -> None:
    report = _report([_row("oost", waited=0)] * 20 + [_row("oost", waited=1)] * 9 + [_row("oost")] * 2)
    assert report.tables[0].total == 31
    assert (report.wait.open, report.wait.spoken, report.wait.bands.total) == (None, None, None)
    assert [cell.count for cell in report.wait.bands.cells][:2] == [20, None]
