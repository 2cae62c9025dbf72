"""Do totals of reports stand side by side once both agreed, and never a line beneath them?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.engine.policy import Actor
from app.reporting import result_text
from app.reporting.results import Cell, Column, Period, ReportResult, ReportTable, Row
from app.services.reports import regions, shared_reports
from app.services.reports.frozen import name_of
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import region_rows, release_rows
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.regions import FIRST, LAST, somebody

pytestmark = pytest.mark.usefixtures("store")
REPORT = "geen_aanbod"


def reading(cases: int | None, share: int | None, *, extra: bool = False) -> ReportResult:
    columns = [Column("vragen", "Vragen", "count", "vragen"), Column("deel", "Deel", "percent", "deel")]
    cells = [Cell(cases, hidden=cases is None), Cell(share, hidden=share is None)]
    if extra:
        columns.append(Column("wacht", "Wacht", "working_days", "wacht"))
        cells.append(Cell(6.5))
    totals = ReportTable("", "Geen aanbod", tuple(columns), (Row("", "", tuple(cells)),))
    by = ReportTable("neighbourhood", "Wijk", tuple(columns), (Row("oosthoek", "Oosthoek", tuple(cells)),))
    period = Period("2026-Q3", FIRST, LAST)
    return ReportResult(REPORT, "Geen passend aanbod", "Hoe vaak?", period, totals, (by,), ())


def kept(municipality: str, made: ReportResult, first: date = FIRST, last: date = LAST) -> None:
    with transaction(municipality) as tx:
        release_rows.keep(tx, name_of(REPORT), first, last, result_text.dump(made))


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> tuple[Actor, Actor, str]:
    """Both were asked; nobody agreed yet. What may go along is that one report, without definitions to publish."""
    monkeypatch.setattr(shared_reports, "shareable", lambda municipality: (name_of(REPORT),))
    ours, theirs = somebody(MUNICIPALITY, "head_of_service"), somebody(NEIGHBOUR, "dpo")
    made = regions.found(ours, "Zorgraad")
    regions.ask(ours, made, NEIGHBOUR)
    return ours, theirs, made


def content(made: str) -> list[dict[str, Any]]:
    with transaction(NEIGHBOUR, readonly=True) as tx:
        return region_rows.kept_readings(tx, ids.from_text(made))


def test_totals_stand_side_by_side_and_nothing_else_goes_along(group: tuple[Actor, Actor, str]) -> None:
    ours, theirs, made = group
    kept(MUNICIPALITY, reading(40, 25))
    kept(NEIGHBOUR, reading(12, None, extra=True))
    regions.agree(ours, made)
    regions.agree(theirs, made)
    (report,) = regions.compare(theirs, made).reports
    by = {line.label: dict(zip(report.names, line.numbers, strict=True)) for line in report.lines}
    assert by["Vragen"] == {"Zandlede": 40, "Buurlede": 12}
    assert by["Deel"] == {"Zandlede": 25, "Buurlede": None}
    assert by["Wacht"] == {"Zandlede": None, "Buurlede": 6.5}
    assert (report.title, report.first, report.last) == ("Geen passend aanbod", FIRST, LAST)
    assert len(content(made)) == 2
    assert not any("oosthoek" in row["content"].lower() for row in content(made))


def test_the_newest_period_that_most_show_is_chosen(group: tuple[Actor, Actor, str]) -> None:
    ours, theirs, made = group
    regions.agree(ours, made)
    regions.agree(theirs, made)
    kept(MUNICIPALITY, reading(40, 25))
    kept(NEIGHBOUR, reading(12, 30))
    kept(MUNICIPALITY, reading(9, 10), date(2026, 10, 1), date(2026, 12, 31))
    regions.show_new(MUNICIPALITY)
    regions.show_new(NEIGHBOUR)
    (report,) = regions.compare(ours, made).reports
    assert (report.first, len(report.names)) == (FIRST, 2)


def test_whoever_agreed_before_there_were_reports_shows_none_until_they_agree_again(
    group: tuple[Actor, Actor, str],
) -> None:
    ours, _, made = group
    kept(MUNICIPALITY, reading(40, 25))
    with transaction(MUNICIPALITY) as tx:
        region_rows.join(tx, ids.from_text(made), regions.COUNTED, ours.account)
    regions.show_new(MUNICIPALITY)
    assert regions.compare(ours, made).reports == ()
    regions.withdraw(ours, made)
    regions.agree(ours, made)
    assert len(regions.compare(ours, made).reports) == 1


def test_taking_back_removes_the_totals_too(group: tuple[Actor, Actor, str]) -> None:
    ours, theirs, made = group
    kept(MUNICIPALITY, reading(40, 25))
    regions.agree(ours, made)
    regions.agree(theirs, made)
    regions.withdraw(ours, made)
    assert content(made) == []
