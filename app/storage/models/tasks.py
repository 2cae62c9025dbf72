"""What is to be done, by whom, by when?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers

FREE, TAKEN, ONLOOKING = 0, 1, 2
"""``TaskCount.lane``: nobody of the group took it (or there is no group), somebody did, or it only looks along."""
NEVER_WAITED = datetime(1970, 1, 1, tzinfo=UTC)
"""``TaskCount.not_before`` of a task that could be done from the start."""


def _waiting(name: str, *columns: str) -> sa.Index:
    """Only the few tasks that once could not be done yet; ``not_before > x`` is enough for both databases to use it."""
    few = sa.text("not_before IS NOT NULL")
    return sa.Index(name, *columns, sqlite_where=few, postgresql_where=few)


class Task(Keyed, Base):
    """One thing to do, one assignee, one due date (``NEVER`` where there is none). ``state``: open, done, cancelled.

    ``key`` names it within its case, ``neighbourhood`` is that of its case. ``told`` is the sealed label with what
    lists may not show (None: nothing more than ``label``), ``note`` is sealed too. Every open task is counted in
    ``task_count``.
    """

    __tablename__ = "task"
    __table_args__ = (
        refers("case", "cases"),
        refers("assignee", "account"),
        refers("closed_by", "account"),
        sa.Index("ix_task_queue", "municipality", "assignee", "state", "due_on", "id"),
        sa.Index("ix_task_team", "municipality", "state", "due_on", "id"),
        sa.Index("ix_task_point", "municipality", "contact_point", "state", "due_on", "id"),
        sa.Index(None, "municipality", "case"),
        _waiting("ix_task_waiting", "municipality", "assignee", "state", "not_before", "due_on"),
        _waiting("ix_task_waiting_team", "municipality", "state", "not_before", "due_on"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger)
    key: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    label: Mapped[str]
    assignee: Mapped[str] = mapped_column(ACCOUNT)
    contact_point: Mapped[str] = mapped_column(SLUG, default="")
    neighbourhood: Mapped[str] = mapped_column(SLUG, default="")
    due_on: Mapped[date]
    due_rule: Mapped[str] = mapped_column(default="")
    why: Mapped[dict[str, Any]] = mapped_column(default=dict)
    onlooker: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)
    claimed: Mapped[bool] = mapped_column(default=False)
    not_before: Mapped[datetime | None]
    privacy: Mapped[int] = mapped_column(sa.SmallInteger, default=1)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(ACCOUNT)
    note: Mapped[bytes | None]
    told: Mapped[bytes | None]


class TaskCount(Owned, Base):
    """How many open tasks there are of a kind the queue counts; written last in the transaction that changes them.

    ``assignee`` empty: everybody's together, of all neighbourhoods, so that a team's counters read few rows.
    """

    __tablename__ = "task_count"
    __table_args__ = (belongs(),)

    assignee: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    contact_point: Mapped[str] = mapped_column(SLUG, primary_key=True)
    neighbourhood: Mapped[str] = mapped_column(SLUG, primary_key=True)
    lane: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True, autoincrement=False)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    not_before: Mapped[datetime] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(sa.Integer)


class SavedView(Keyed, Base):
    """How somebody likes to look at the queue: ``choice`` is JSON as ``services/tasks/choice.py`` writes it.

    ``shared``: the team sees it too. ``first``: what the owner sees on opening the queue.
    """

    __tablename__ = "saved_view"
    __table_args__ = (refers("account", "account"), sa.Index(None, "municipality", "account"))

    account: Mapped[str] = mapped_column(ACCOUNT)
    name: Mapped[str] = mapped_column(sa.String(60))
    choice: Mapped[dict[str, Any]] = mapped_column(default=dict)
    shared: Mapped[bool] = mapped_column(default=False)
    first: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
