"""What happened, and who looked? Rows here are added and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Keyed, refers


class Event(Keyed, Base):
    """One link of a hash chain. ``stream`` is the case's id, or 0 for the municipality's own log (sign-ins, staffing).

    ``code`` and ``params`` make the sentence ``history.<code>``; what is class 2-3 stands in ``sealed``. The chain
    covers the hash of ``sealed``, so that erasing the content later leaves the chain whole. ``proof``: a keyed hash of
    content that was sealed again with another key, in the place of the hash it had first.
    """

    __tablename__ = "event"
    __table_args__ = (
        refers("case", "cases"),
        sa.UniqueConstraint("municipality", "stream", "seq"),
        sa.Index(None, "municipality", "at"),
    )

    stream: Mapped[int] = mapped_column(sa.BigInteger)
    seq: Mapped[int] = mapped_column(sa.Integer)
    case: Mapped[int | None] = mapped_column(sa.BigInteger)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(ACCOUNT, default="")  # account id; no key: the log outlives accounts
    code: Mapped[str] = mapped_column(sa.String(60))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed: Mapped[bytes | None]
    sealed_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    previous: Mapped[str] = mapped_column(sa.String(64), default="")
    hash: Mapped[str] = mapped_column(sa.String(64))
    proof: Mapped[str] = mapped_column(sa.String(64), default="", server_default="")


class ReadLog(Keyed, Base):
    """Who opened what, on what ground, and why they said they needed to.

    ``ground`` is a relation to the case or ``emergency``; the reason is in ``sealed``, of older rows in ``reason``.
    """

    __tablename__ = "read_log"
    __table_args__ = (
        refers("account", "account"),
        refers("case", "cases"),
        refers("person", "person"),
        sa.Index(None, "municipality", "case", "at"),
        sa.Index(None, "municipality", "account", "at"),
        sa.Index(None, "municipality", "person", "at"),
    )

    account: Mapped[str] = mapped_column(ACCOUNT)
    case: Mapped[int | None] = mapped_column(sa.BigInteger)
    person: Mapped[int | None] = mapped_column(sa.BigInteger)
    act: Mapped[str] = mapped_column(sa.String(40))
    reason: Mapped[str] = mapped_column(default="")
    ground: Mapped[str] = mapped_column(sa.String(40), default="")
    sealed: Mapped[bytes | None]
    at: Mapped[datetime]
