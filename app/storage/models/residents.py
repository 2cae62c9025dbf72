"""What does a resident need beside their case: a code, letters on paper, an address that turned out to be dead?"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, belongs, refers


class ResidentCode(Keyed, Base):
    """The code of one case was renewed. The code itself is kept nowhere: it is worked out from the case and
    ``generation`` (1 while there is no row)."""

    __tablename__ = "resident_code"
    __table_args__ = (
        refers("case", "cases"),
        refers("renewed_by", "account"),
        sa.UniqueConstraint("municipality", "case"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger)
    generation: Mapped[int] = mapped_column(sa.Integer)
    renewed_at: Mapped[datetime]
    renewed_by: Mapped[str | None] = mapped_column(ACCOUNT)


class ResidentTry(Keyed, Base):
    """One wrong code, on the real clock; ``who`` is a keyed hash of the number or of the origin."""

    __tablename__ = "resident_try"
    __table_args__ = (belongs(), sa.Index(None, "municipality", "who", "at"))

    who: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]


class Letter(Keyed, Base):
    """A message on paper. ``state``: waiting, printed, posted, returned, dropped. ``event`` holds its words, sealed.

    ``sealed`` is the JSON of what was printed, once it was; ``batch`` are those printed together.
    """

    __tablename__ = "letter"
    __table_args__ = (
        refers("case", "cases"),
        refers("event", "event"),
        refers("printed_by", "account"),
        refers("posted_by", "account"),
        refers("returned_by", "account"),
        sa.UniqueConstraint("municipality", "number"),
        sa.UniqueConstraint("municipality", "event"),
        sa.Index(None, "municipality", "state", "created_at", "id"),
        sa.Index(None, "municipality", "batch"),
        sa.Index(None, "municipality", "case"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger)
    event: Mapped[int] = mapped_column(sa.BigInteger)
    number: Mapped[str] = mapped_column(sa.String(40))
    recipient: Mapped[str] = mapped_column(sa.String(20))
    message: Mapped[str] = mapped_column(SLUG)
    state: Mapped[str] = mapped_column(sa.String(12), default="waiting")
    sealed: Mapped[bytes | None]
    batch: Mapped[int | None] = mapped_column(sa.BigInteger)
    created_at: Mapped[datetime]
    printed_at: Mapped[datetime | None]
    printed_by: Mapped[str | None] = mapped_column(ACCOUNT)
    posted_at: Mapped[datetime | None]
    posted_by: Mapped[str | None] = mapped_column(ACCOUNT)
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[str | None] = mapped_column(ACCOUNT)


class DeadAddress(Keyed, Base):
    """An address of somebody in a case at which nothing arrives. ``way``: mail or post; ``address`` is a keyed hash."""

    __tablename__ = "dead_address"
    __table_args__ = (
        refers("case", "cases"),
        sa.UniqueConstraint("municipality", "case", "way", "address"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger)
    way: Mapped[str] = mapped_column(sa.String(8))
    address: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
