"""Is a closed period counted once, and can nobody learn from several periods what each of them hides?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from app.reporting import releases
from app.reporting.closed import CASES
from app.reporting.releases import Release
from app.reporting.suppression import WIDTH
from app.services.errors import Conflict, Forbidden, NotFound
from app.services.reports import closing, figures, nightly, refresh
from app.storage import clock
from app.storage.database import transaction
from app.storage.repositories import release_rows
from tests.reporting.attacker import Attacker, cells_of
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor, days, local, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
PLACES = ("oosthoek", "statie", "ter_heide")
CAME: Mapping[str, tuple[int, int, int]] = {
    "2026-08-12 09:00": (6, 5, 1),
    "2026-09-09 09:00": (7, 0, 2),
    "2026-10-07 09:00": (5, 6, 3),
}
CLOSED = local("2026-11-10 10:00")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    refresh.configure(tmp_path)


def came(months: Mapping[str, tuple[int, int, int]] = CAME) -> None:
    """Cards by month and neighbourhood."""
    for at, counts in months.items():
        with clock.stopped_at(local(at)):
            for place, count in zip(PLACES, counts, strict=True):
                for _ in range(count):
                    send_card(buurt=place)


def by_month() -> None:
    """Periods of a month."""
    closing.choose(actor("karin_thijs"), "month")


def night() -> None:
    """What the worker does: the row of the night, and the sweep that finds it."""
    nightly.plan_all()
    settle()


def released() -> list[Release]:
    """What stands in the table, the oldest period first."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return [releases.load(row.content) for row in reversed(release_rows.listed(tx, CASES))]


def places(made: Release) -> list[int | None]:
    """What is published of the three neighbourhoods."""
    return [made.table("neighbourhood")[(place,)] for place in PLACES]


def test_a_period_is_counted_once_when_it_is_over_and_never_again() -> None:
    by_month()
    came()
    with clock.stopped_at(local("2026-11-05 09:00")):
        night()
        assert [made.period for made in released()] == ["2026-08-01", "2026-09-01"]
    with clock.stopped_at(CLOSED):
        night()
        before = released()
        assert [made.period for made in before] == ["2026-08-01", "2026-09-01", "2026-10-01"]
        assert before[2].table()[()] == 14
    came({"2026-10-08 09:00": (9, 9, 9)})
    with clock.stopped_at(CLOSED + days(1)):
        night()
        assert released() == before
        assert closing.next_on(MUNICIPALITY, CASES) == date(2026, 12, 7)


def test_a_longer_period_begins_where_the_last_one_ended() -> None:
    by_month()
    came()
    with clock.stopped_at(CLOSED):
        night()
    closing.choose(actor("karin_thijs"), "quarter")
    with clock.stopped_at(local("2027-01-15 10:00")):
        night()
        with transaction(MUNICIPALITY, readonly=True) as tx:
            rows = [(row.first, row.last) for row in release_rows.listed(tx, CASES)]
        assert rows[0] == (date(2026, 11, 1), date(2026, 12, 31))
        assert all(later[0] > earlier[1] for later, earlier in pairwise(rows))


def test_nobody_works_out_a_hidden_number_from_all_periods_and_the_year_together() -> None:
    by_month()
    came()
    with clock.stopped_at(CLOSED):
        night()
        page = figures.show(actor("pieter_bogaert"), figures.YEAR).overview
        assert page is not None
        year = {
            cell.key: cell.count
            for table in page.tables
            for cell in table.cells
            if table.dimension == "neighbourhood"
        }
    parts = released()
    shape = tuple(len(axis.keys) for axis in parts[0].axes[1:2])
    attacker = Attacker(shape[0] * len(parts))
    hidden: list[frozenset[int]] = []
    keys = parts[0].axes[1].keys
    for number, part in enumerate(parts):
        total = part.table()[()]
        every = cells_of(shape, (), (), number * shape[0])
        hidden.append(every) if total is None else attacker.sees(every, total)
        for at, key in enumerate(keys):
            cells, count = (
                cells_of(shape, (0,), (at,), number * shape[0]),
                part.table("neighbourhood")[(key,)],
            )
            hidden.append(cells) if count is None else attacker.sees(cells, count)
    for at, key in enumerate(keys):
        if (count := year[key]) is not None:
            attacker.sees(
                frozenset().union(*(cells_of(shape, (0,), (at,), n * shape[0]) for n in range(3))), count
            )
    assert hidden
    for cells in hidden:
        assert not attacker.determined(cells)
        assert attacker.span(cells, WIDTH) >= WIDTH


def test_the_page_shows_the_newest_period_to_who_reads_aggregates_and_today_only_to_who_sees_all_cases() -> (
    None
):
    by_month()
    came()
    policy, head = actor("pieter_bogaert"), actor("karin_thijs")
    with clock.stopped_at(local("2026-08-20 10:00")):
        empty = figures.show(policy)
        assert (empty.overview, empty.next_on) == (None, date(2026, 9, 7))
    with clock.stopped_at(CLOSED):
        night()
        shown = figures.show(policy)
        assert shown.overview is not None
        assert (shown.first, shown.last) == (date(2026, 10, 1), date(2026, 10, 31))
        assert figures.NOW not in shown.choices
        with pytest.raises(Forbidden):
            figures.show(policy, figures.NOW)
        with pytest.raises(NotFound):
            figures.show(policy, "2026-11-01")
        live = figures.show(head, figures.NOW)
        assert live.overview is not None
        assert live.last == date(2026, 11, 10)


def test_who_chooses_the_length_second_is_told() -> None:
    head = actor("karin_thijs")
    by_month()
    with pytest.raises(Conflict):
        closing.choose(head, "year", seen="0" * 32)
    with pytest.raises(Forbidden):
        closing.choose(actor("pieter_bogaert"), "year")
