"""Which readings of reports are being made by a worker, and how far is each?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import ReportRun

ASKED, MADE, FAILED = "asked", "made", "failed"
_RUN = table_of(ReportRun)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One reading. ``number`` counts how often it was asked for; ``content`` is empty where it is kept elsewhere."""

    state: str
    number: int
    done: int
    total: int
    content: str
    asked_at: datetime
    made_at: datetime | None


def one(tx: Transaction, name: str, first: date, *, lock: bool = False) -> RunRow | None:
    """The reading of that name and first day."""
    columns = (_RUN.c.state, _RUN.c.number, _RUN.c.done, _RUN.c.total, _RUN.c.content, _RUN.c.asked_at)
    query = sa.select(*columns, _RUN.c.made_at).where(_mine(tx, name, first))
    row = tx.execute(query.with_for_update() if lock else query).first()
    return RunRow(*row) if row is not None else None


def ask(tx: Transaction, name: str, first: date) -> bool:
    """Write down that it is asked for; False when it stands there."""
    fresh = {"municipality": tx.municipality, "name": name, "first": first, "number": 1, "state": ASKED}
    return tx.insert_new(
        ReportRun, fresh | {"done": 0, "total": 0, "content": "", "asked_at": tx.now, "made_at": None}
    )


def ask_again(tx: Transaction, name: str, first: date, number: int) -> None:
    """The same for one that stands there; what it held goes."""
    fresh = {"state": ASKED, "number": number, "done": 0, "total": 0, "content": "", "made_at": None}
    tx.execute(sa.update(_RUN).where(_mine(tx, name, first)).values(asked_at=tx.now, **fresh))


def told(tx: Transaction, name: str, first: date, done: int, total: int) -> None:
    """How far it is."""
    tx.execute(sa.update(_RUN).where(_mine(tx, name, first)).values(done=done, total=total))


def made(tx: Transaction, name: str, first: date, content: str = "") -> None:
    """It is there."""
    values = {"state": MADE, "content": content, "made_at": tx.now, "done": _RUN.c.total}
    tx.execute(sa.update(_RUN).where(_mine(tx, name, first)).values(values))


def failed(tx: Transaction, name: str, first: date) -> None:
    """It could not be made."""
    tx.execute(sa.update(_RUN).where(_mine(tx, name, first)).values(state=FAILED))


def forget_older(tx: Transaction, age: timedelta) -> int:
    """Remove what is no longer being made and was asked for longer ago; how many."""
    over = sa.and_(_RUN.c.state != ASKED, _RUN.c.asked_at < tx.now - age)
    return tx.execute(sa.delete(_RUN).where(_RUN.c.municipality == tx.municipality, over)).rowcount


def _mine(tx: Transaction, name: str, first: date) -> sa.ColumnElement[bool]:
    return sa.and_(_RUN.c.municipality == tx.municipality, _RUN.c.name == name, _RUN.c.first == first)
