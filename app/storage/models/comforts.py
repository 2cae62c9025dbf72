"""What does somebody want of mail and calendar, who may never get a case, and what was taken over?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Keyed, Owned, refers


class MailPreference(Owned, Base):
    """When somebody wants the mail of the morning; no row: every working day of theirs.

    ``daily`` False: only when something is late. ``days`` are weekdays (Monday 0), empty: all of them.
    ``only_working``: never on a weekday they do not work.
    """

    __tablename__ = "mail_preference"
    __table_args__ = (refers("account", "account", ondelete="CASCADE"),)

    account: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    daily: Mapped[bool] = mapped_column(default=True)
    days: Mapped[list[Any]] = mapped_column(default=list)
    only_working: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime]


class CalendarFeed(Owned, Base):
    """The one calendar link of an account. ``secret`` is the SHA-256 (hex) of what stands in it, kept nowhere else."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        refers("account", "account", ondelete="CASCADE"),
        sa.UniqueConstraint("municipality", "secret"),
    )

    account: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    secret: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class KeptFrom(Owned, Base):
    """Somebody who may never get a case. ``who`` is the keyed hash of the account, ``sealed`` the account itself.

    ``lifted``: the form named them, whoever is responsible took it back.
    """

    __tablename__ = "kept_from"
    __table_args__ = (refers("case", "cases"), sa.Index(None, "municipality", "who"))

    case: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    who: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    sealed: Mapped[bytes]
    lifted: Mapped[bool] = mapped_column(default=False)


class CaseFile(Owned, Base):
    """A file that staff, or without ``by`` the resident, laid with a case; ``privacy`` is its class."""

    __tablename__ = "case_file"
    __table_args__ = (
        refers("file", "file", ondelete="CASCADE"),
        refers("case", "cases"),
        refers("by", "account"),
        sa.Index(None, "municipality", "case"),
    )

    file: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    case: Mapped[int] = mapped_column(sa.BigInteger)
    by: Mapped[str | None] = mapped_column(ACCOUNT)
    privacy: Mapped[int] = mapped_column(sa.SmallInteger, default=2)
    added_at: Mapped[datetime]


class Takeover(Keyed, Base):
    """Work of ``of`` that went to ``to`` in one go. ``reason`` is sealed."""

    __tablename__ = "takeover"
    __table_args__ = (refers("of", "account"), refers("to", "account"), refers("by", "account"))

    of: Mapped[str] = mapped_column(ACCOUNT)
    to: Mapped[str] = mapped_column(ACCOUNT)
    by: Mapped[str] = mapped_column(ACCOUNT)
    reason: Mapped[bytes]
    created_at: Mapped[datetime]


class TakenOver(Owned, Base):
    """One case of it. ``standing``: waiting, moved, stays or returned; ``reason``: why it stays (a refusal's code)."""

    __tablename__ = "taken_over"
    __table_args__ = (
        refers("takeover", "takeover", ondelete="CASCADE"),
        refers("case", "cases"),
        sa.Index(None, "municipality", "case"),
        sa.Index(None, "municipality", "takeover", "standing"),
    )

    takeover: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    case: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    standing: Mapped[str] = mapped_column(sa.String(10))
    reason: Mapped[str] = mapped_column(sa.String(40), default="")
