"""What does somebody want of the mail of the morning, and which calendar link is theirs?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa

from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import NEVER, CalendarFeed, Case, MailPreference, Task
from app.storage.ready import insert_rows

_WISH = table_of(MailPreference)
_FEED = table_of(CalendarFeed)
_TASK = table_of(Task)
_CASE = table_of(Case)
MOST = 2000


@dataclass(frozen=True, slots=True)
class Wish:
    """As ``models.MailPreference`` says; weekdays with Monday 0."""

    daily: bool = True
    days: tuple[int, ...] = ()
    only_working: bool = True


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar link: whose, since when, and when a calendar last asked for it."""

    account: str
    made_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueTask:
    """An open task with a date, as a calendar shows it. ``state`` is the label of the case's state."""

    id: int
    case: int
    number: str
    label: str
    state: str
    privacy: int
    due_on: date
    created_at: datetime


def wishes(tx: Transaction) -> dict[str, Wish]:
    """What was chosen, by account; who chose nothing is missing."""
    query = sa.select(_WISH.c.account, _WISH.c.daily, _WISH.c.days, _WISH.c.only_working)
    rows = tx.execute(query.where(_WISH.c.municipality == tx.municipality))
    return {row[0]: Wish(row[1], tuple(row[2]), row[3]) for row in rows}


def wish_of(tx: Transaction, account: str) -> Wish:
    """What one account chose, or what holds for who chose nothing."""
    query = sa.select(_WISH.c.daily, _WISH.c.days, _WISH.c.only_working).where(
        _WISH.c.municipality == tx.municipality, _WISH.c.account == account
    )
    row = tx.execute(query).first()
    return Wish(row[0], tuple(row[1]), row[2]) if row is not None else Wish()


def put_wish(tx: Transaction, account: str, wish: Wish) -> None:
    """Keep what was chosen."""
    row = {
        "municipality": tx.municipality,
        "account": account,
        "daily": wish.daily,
        "days": list(wish.days),
        "only_working": wish.only_working,
        "changed_at": tx.now,
    }
    insert_rows(tx, _chosen(tx.dialect), [row])


@cache
def _chosen(dialect: str) -> sa.Insert:
    statement = insert_into(dialect, _WISH)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["municipality", "account"],
        set_={
            "daily": new.daily,
            "days": new.days,
            "only_working": new.only_working,
            "changed_at": new.changed_at,
        },
    )


def put_feed(tx: Transaction, account: str, secret: str) -> None:
    """The link of an account is this one from now on (``secret``: SHA-256 in hex); an older one is dead."""
    drop_feed(tx, account)
    values = {"municipality": tx.municipality, "account": account, "secret": secret, "made_at": tx.now}
    tx.execute(sa.insert(_FEED), {**values, "read_at": None})


def drop_feed(tx: Transaction, account: str) -> None:
    """An account has no link any more."""
    tx.execute(sa.delete(_FEED).where(_FEED.c.municipality == tx.municipality, _FEED.c.account == account))


def feed_of(tx: Transaction, account: str) -> Feed | None:
    """The link of an account."""
    return _feed(tx, _FEED.c.account == account)


def feed_behind(tx: Transaction, secret: str) -> Feed | None:
    """Whose link has this secret (SHA-256 in hex)."""
    return _feed(tx, _FEED.c.secret == secret)


def feed_read(tx: Transaction, account: str) -> None:
    """A calendar asked for it now."""
    mine = sa.and_(_FEED.c.municipality == tx.municipality, _FEED.c.account == account)
    tx.execute(sa.update(_FEED).where(mine).values(read_at=tx.now))


def due_tasks(tx: Transaction, account: str) -> list[DueTask]:
    """The open tasks of an account that have a date, of cases whose content is not blocked, the first due first."""
    query = (
        sa.select(
            _TASK.c.id,
            _TASK.c.case,
            _CASE.c.number,
            _TASK.c.label,
            _CASE.c.label.label("case_label"),
            _TASK.c.privacy,
            _TASK.c.due_on,
            _TASK.c.created_at,
        )
        .join(_CASE, sa.and_(_CASE.c.municipality == _TASK.c.municipality, _CASE.c.id == _TASK.c.case))
        .where(_TASK.c.municipality == tx.municipality, _TASK.c.assignee == account, _TASK.c.state == "open")
        .where(_TASK.c.due_on < NEVER, ~_CASE.c.blocked)
        .order_by(_TASK.c.due_on, _TASK.c.id)
        .limit(MOST)
    )
    return [
        DueTask(
            row.id,
            row.case,
            row.number,
            row.label,
            (row.case_label or {}).get("state", ""),
            row.privacy,
            row.due_on,
            row.created_at,
        )
        for row in tx.execute(query)
    ]


def _feed(tx: Transaction, which: sa.ColumnElement[bool]) -> Feed | None:
    query = sa.select(_FEED.c.account, _FEED.c.made_at, _FEED.c.read_at).where(
        _FEED.c.municipality == tx.municipality, which
    )
    row = tx.execute(query).first()
    return Feed(row[0], row[1], row[2]) if row is not None else None
