"""Are the readings of a closed period made at night, the same for everybody afterwards?"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.policy import Actor
from app.reporting import result_text
from app.services.definitions.catalogs import live
from app.services.reports import frozen, nightly, published, refresh
from app.storage import clock, outbox
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY
from tests.support.town import local, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
REPORT, QUARTER = "eerste_contact", "2026-Q3"
POLICY = Actor("probe", MUNICIPALITY, roles=frozenset({"policy"}))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    refresh.configure(tmp_path)


def came(at: str, count: int) -> None:
    with clock.stopped_at(local(at)):
        for _ in range(count):
            send_card()


def vragen() -> object:
    with clock.stopped_at(local("2026-11-10 10:00")):
        made = frozen.read(POLICY, REPORT, QUARTER)
    assert made is not None
    (row,) = made.totals.rows
    return {column.id: cell.value for column, cell in zip(made.totals.columns, row.cells, strict=True)}[
        "vragen"
    ]


def test_who_reads_later_gets_the_numbers_of_that_night_and_those_under_a_filter_when_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nightly, "AT_ONCE", 10)  # several rows, one after another
    came("2026-07-08 09:00", 7)
    with clock.stopped_at(local("2026-10-09 09:00")):
        nightly.plan_readings_all()
        settle()
        period = next(item for item in frozen.periods_as_kept(MUNICIPALITY, REPORT) if item.key == QUARTER)
        assert frozen.kept(MUNICIPALITY, REPORT, period, {"contact_point": "onthaal"}) is None
    came("2026-08-12 09:00", 9)
    assert vragen() == 7


def test_a_night_without_a_closed_period_ends_by_itself() -> None:
    with clock.stopped_at(local("2026-10-09 09:00")):
        nightly.plan_readings_all()
        settle()
        with transaction(MUNICIPALITY, readonly=True) as tx:
            assert outbox.oldest_due(tx) is None
            assert outbox.count_dead(tx) == 0


def test_every_note_of_a_reading_is_kept_with_it() -> None:
    """Those without words of their own too."""
    came("2026-07-08 09:00", 7)
    with clock.stopped_at(local("2026-10-09 09:00")):
        for report in published.every(live(MUNICIPALITY)):
            for period in frozen.periods_as_kept(MUNICIPALITY, report):
                if period.key == QUARTER:
                    made = frozen.keep(MUNICIPALITY, report, period)
                    assert result_text.load(result_text.dump(made)) == made, report
