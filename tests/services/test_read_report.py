"""What does somebody read in a report, of what really came in?"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.policy import Actor
from app.services.errors import Forbidden, NotFound
from app.services.reports import read_report, refresh
from app.services.reports.read_report import ReportResult
from app.storage import clock
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, days, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
DAY = local("2026-11-09 09:40")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    refresh.configure(tmp_path)


def somebody(*roles: str) -> Actor:
    return Actor("probe", MUNICIPALITY, roles=frozenset(roles))


def totals(made: ReportResult) -> dict[str, object]:
    (row,) = made.totals.rows
    return {column.id: cell.value for column, cell in zip(made.totals.columns, row.cells, strict=True)}


def test_a_report_counts_what_came_in_and_follows_what_happens() -> None:
    policy = somebody("policy")
    with clock.stopped_at(DAY):
        cases = [send_card().case for _ in range(12)]
        before = read_report.read_report(policy, "eerste_contact", "2026-Q4")
    assert totals(before)["vragen"] == 12
    assert (before.period.key, before.period.running) == ("2026-Q4", True)
    with clock.stopped_at(DAY + days(2)):
        for case in cases[:6]:
            press(case, "bereikt", {"wijze": "bureau", "privacy_info": "blad"})
        settle()
        after = totals(read_report.read_report(policy, "eerste_contact"))
    assert (after["vragen"], after["gesproken"], after["wachttijd"], after["op_tijd"]) == (12, 50, 1, 50)
    assert after["opvolging.gesproken"] == 6


def test_four_are_too_few_to_show() -> None:
    with clock.stopped_at(DAY):
        for _ in range(4):
            send_card()
        made = read_report.read_report(somebody("policy"), "eerste_contact")
    assert made.suppressed
    assert totals(made)["vragen"] is None


def test_it_says_which_fields_of_which_versions_it_reads() -> None:
    with clock.stopped_at(DAY):
        send_card()
        made = read_report.read_report(somebody("policy"), "eerste_contact")
    wait = next(line for line in made.lineage if line.id == "wachttijd")
    assert wait.moments == ("received", "gesproken")
    own = {line.id: line for line in made.lineage if line.kind == "dimension"}
    assert {"neighbourhood", "month", "outcome"} <= own.keys()


def test_who_it_is_not_meant_for_does_not_read_it() -> None:
    with pytest.raises(Forbidden):
        read_report.read_report(somebody("volunteer"), "eerste_contact")
    with pytest.raises(NotFound):
        read_report.read_report(somebody("policy"), "bestaat_niet")
    with pytest.raises(NotFound):
        read_report.read_report(somebody("policy"), "eerste_contact", "2026-13")


def test_every_form_has_a_page_for_those_who_fill_it_in() -> None:
    reception = actor("joris_maes")
    with clock.stopped_at(DAY):
        for _ in range(6):
            send_card()
        page = read_report.read_report(reception, "page_doorverwijskaart")
        listed = {item.page_of for item in read_report.listed(reception)}
    assert totals(page)["aantal"] == 6
    assert "doorverwijskaart" in listed
    assert "eerste_contact" not in {item.id for item in read_report.listed(reception)}
