"""Does a row of a day come once, whoever asks and how often, without a write every minute?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.services.follow_up import daily
from app.storage import clock
from app.storage.database import db, transaction
from app.storage.models import Outbox
from tests.support.bound import MUNICIPALITY, NEIGHBOUR, bound
from tests.support.town import local

pytestmark = pytest.mark.usefixtures("store")
KIND = "retention"
NOON = local("2026-11-09 12:05")
TODAY, TOMORROW = date(2026, 11, 9), date(2026, 11, 10)


def promised(at: datetime, day: date = TODAY, municipality: str = MUNICIPALITY) -> int:
    with clock.stopped_at(at):
        return daily.promise(municipality, KIND, day, NOON)


def rows() -> list[str]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        mine = Outbox.municipality == tx.municipality
        return list(tx.execute(sa.select(Outbox.idem_key).where(mine).order_by(Outbox.idem_key)).scalars())


@contextmanager
def spoken() -> Iterator[list[str]]:
    """What is said to the database meanwhile."""
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def test_asked_every_minute_of_an_hour_the_database_hears_it_once() -> None:
    assert promised(NOON) == 1
    with spoken() as said:
        asked = [promised(NOON + timedelta(minutes=minute)) for minute in range(1, 50)]
    assert set(asked) == {0}
    assert not [text for text in said if "outbox" in text.lower()]
    assert rows() == [f"{KIND}:2026-11-09"]


def test_each_municipality_and_each_day_has_its_own() -> None:
    assert promised(NOON) == 1
    assert promised(NOON, municipality=NEIGHBOUR) == 1
    assert promised(NOON, TOMORROW) == 1
    assert rows() == [f"{KIND}:2026-11-09", f"{KIND}:2026-11-10"]


def test_a_clock_that_jumps_there_and_back_loses_and_doubles_no_day() -> None:
    assert promised(NOON) == 1
    assert promised(NOON + timedelta(days=1), TOMORROW) == 1
    assert promised(NOON, TODAY) == 0
    assert promised(NOON + timedelta(days=1), TOMORROW) == 0
    assert rows() == [f"{KIND}:2026-11-09", f"{KIND}:2026-11-10"]


def test_a_row_that_was_taken_away_comes_back_within_the_hour() -> None:
    promised(NOON)
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.delete(Outbox).where(Outbox.municipality == tx.municipality))
    assert promised(NOON + timedelta(minutes=1)) == 0
    assert promised(NOON + timedelta(hours=1)) == 1
    assert rows() == [f"{KIND}:2026-11-09"]


def test_a_second_process_finds_what_the_first_promised(store: Flask) -> None:
    assert promised(NOON) == 1
    with bound(str(store.config["SQLALCHEMY_DATABASE_URI"])):
        assert promised(NOON) == 0
        assert rows() == [f"{KIND}:2026-11-09"]
        assert promised(NOON, TOMORROW) == 1
    assert promised(NOON, TOMORROW) == 0


def test_what_could_not_be_written_is_asked_again() -> None:
    with clock.stopped_at(NOON), pytest.raises(sa.exc.StatementError):
        daily.promise(MUNICIPALITY, KIND, TODAY, NOON.replace(tzinfo=None))
    assert promised(NOON) == 1
