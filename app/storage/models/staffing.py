"""Who holds what, where and when? Live data: it changes without a publication."""

from __future__ import annotations

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers


class Neighbourhood(Owned, Base):
    """A village or a quarter; ``position`` is its place in lists."""

    __tablename__ = "neighbourhood"
    __table_args__ = (belongs(),)

    id: Mapped[str] = mapped_column(SLUG, primary_key=True)
    label: Mapped[str]
    position: Mapped[int] = mapped_column(sa.Integer, default=0)


class Holding(Keyed, Base):
    """Who holds a contact point for a neighbourhood (``""``: the municipal default), and who owns it at the last."""

    __tablename__ = "holding"
    __table_args__ = (
        refers("holder", "account"),
        refers("owner", "account"),
        sa.UniqueConstraint("municipality", "contact_point", "neighbourhood"),
    )

    contact_point: Mapped[str] = mapped_column(SLUG)
    neighbourhood: Mapped[str] = mapped_column(SLUG, default="")
    holder: Mapped[str] = mapped_column(ACCOUNT)
    owner: Mapped[str | None] = mapped_column(ACCOUNT)


class Substitute(Owned, Base):
    """The substitutes of a holding, in order of ``position``."""

    __tablename__ = "substitute"
    __table_args__ = (refers("holding", "holding", ondelete="CASCADE"), refers("account", "account"))

    holding: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    position: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    account: Mapped[str] = mapped_column(ACCOUNT)


class Duty(Keyed, Base):
    """One stretch of a roster; the end is excluded."""

    __tablename__ = "duty"
    __table_args__ = (
        refers("account", "account"),
        sa.Index(None, "municipality", "contact_point", "start_at"),
    )

    contact_point: Mapped[str] = mapped_column(SLUG)
    account: Mapped[str] = mapped_column(ACCOUNT)
    start_at: Mapped[datetime]
    end_at: Mapped[datetime]


class Absence(Keyed, Base):
    """Local dates, both included. ``reason`` is never kept: only that somebody is not there."""

    __tablename__ = "absence"
    __table_args__ = (
        refers("account", "account"),
        refers("replacement", "account"),
        sa.Index(None, "municipality", "account", "start_on"),
        sa.CheckConstraint("end_on >= start_on", name="order"),
    )

    account: Mapped[str] = mapped_column(ACCOUNT)
    start_on: Mapped[date]
    end_on: Mapped[date]
    replacement: Mapped[str | None] = mapped_column(ACCOUNT)


class ClosingDay(Owned, Base):
    """A local closing day; ``from_time`` closes only the rest of that day."""

    __tablename__ = "closing_day"
    __table_args__ = (belongs(),)

    day: Mapped[date] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(default="")
    from_time: Mapped[time | None] = mapped_column(sa.Time)
