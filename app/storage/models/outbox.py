"""What still has to happen: mail, timers, feedback. The database's own list; Redis only hints at it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import Base, Keyed, refers


class Outbox(Keyed, Base):
    """One effect, written with the change that causes it. A timer is a row that is due later.

    ``state``: pending, done, cancelled, dead. ``payload`` holds ids only. ``key`` and ``task_key`` are those of a timer
    (cancelled by key prefix, or with its task). ``due_at`` runs on the shifted clock, leases and hints on the real one.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        refers("case", "cases"),
        sa.UniqueConstraint("municipality", "idem_key"),
        sa.Index("ix_outbox_due", "municipality", "state", "due_at", "id"),
        sa.Index(None, "municipality", "case", "state"),
    )

    kind: Mapped[str] = mapped_column(sa.String(30))
    idem_key: Mapped[str] = mapped_column(sa.String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(12), default="pending")
    case: Mapped[int | None] = mapped_column(sa.BigInteger)
    key: Mapped[str] = mapped_column(sa.String(120), default="")
    task_key: Mapped[str] = mapped_column(sa.String(120), default="")
    lease_until: Mapped[datetime | None]
    lease_token: Mapped[str] = mapped_column(sa.String(32), default="")
    attempts: Mapped[int] = mapped_column(sa.Integer, default=0)
    hinted_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(
        sa.String(80), default=""
    )  # the class of the last error, never its words
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class CaughtMail(Keyed, Base):
    """Mail that stayed in the house (development, demo). ``message_id`` is constant over retries."""

    __tablename__ = "caught_mail"
    __table_args__ = (
        sa.UniqueConstraint("municipality", "message_id"),
        sa.Index(None, "municipality", "sent_at"),
    )

    message_id: Mapped[str] = mapped_column(sa.String(200))
    recipient: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str]
    body: Mapped[str]
    sent_at: Mapped[datetime]


class Heartbeat(Base):
    """When a process of this installation last showed itself; belongs to no municipality."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    at: Mapped[datetime]
