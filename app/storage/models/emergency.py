"""Who asked to see a case in an emergency, and who agreed?"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Keyed, Owned, refers


class Emergency(Keyed, Base):
    """One request for one case. ``state``: asked, open, refused, ended; that time ran out is seen from ``until`` (once
    it is open) and ``lapses_at`` (before). ``reason`` and ``review`` are sealed."""

    __tablename__ = "emergency"
    __table_args__ = (
        refers("case", "cases"),
        refers("asked_by", "account"),
        refers("ended_by", "account"),
        refers("reviewed_by", "account"),
        sa.Index(None, "municipality", "asked_at"),
        sa.Index(None, "municipality", "case"),
        sa.Index(None, "municipality", "asked_by", "state"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger)
    asked_by: Mapped[str] = mapped_column(ACCOUNT)
    ground: Mapped[str] = mapped_column(sa.String(40))
    reason: Mapped[bytes]
    state: Mapped[str] = mapped_column(sa.String(12), default="asked")
    asked_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(ACCOUNT)
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[str | None] = mapped_column(ACCOUNT)
    review: Mapped[bytes | None]


class EmergencyVoice(Owned, Base):
    """What one approver said of a request; nobody has two."""

    __tablename__ = "emergency_voice"
    __table_args__ = (
        refers("emergency", "emergency", ondelete="CASCADE"),
        refers("account", "account"),
    )

    emergency: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    account: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    agreed: Mapped[bool]
    at: Mapped[datetime]
