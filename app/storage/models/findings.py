"""What do reports leave behind: counts of closed periods, figures from elsewhere, what regions share?

Nothing here is about one person: counts below five are hidden before they are written, and no row is a case.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers


class ReportRelease(Owned, Base):
    """What was published of one report and period (both days included), counted once and never again."""

    __tablename__ = "report_release"
    __table_args__ = (belongs(),)

    report: Mapped[str] = mapped_column(SLUG, primary_key=True)
    first: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[date]
    content: Mapped[str]
    made_at: Mapped[datetime]


class ReportRun(Owned, Base):
    """A reading that a worker makes, by the name under which it is kept and its first day. ``content`` is what was made
    of a period that still runs, small numbers hidden already; empty for closed ones (``report_release``)."""

    __tablename__ = "report_run"
    __table_args__ = (belongs(),)

    name: Mapped[str] = mapped_column(SLUG, primary_key=True)
    first: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(SLUG)
    done: Mapped[int]
    total: Mapped[int]
    content: Mapped[str]
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]


class CouncilAnswer(Keyed, Base):
    """What those who govern did with a report of a period. The newest counts; the older ones stay."""

    __tablename__ = "council_answer"
    __table_args__ = (
        belongs(),
        refers("account", "account"),
        sa.Index(None, "municipality", "report", "first"),
    )

    report: Mapped[str] = mapped_column(SLUG)
    first: Mapped[date]
    last: Mapped[date]
    body: Mapped[str] = mapped_column(sa.String(120))
    answered_on: Mapped[date]
    text: Mapped[str]
    account: Mapped[str] = mapped_column(ACCOUNT)
    made_at: Mapped[datetime]


class FigureSeries(Keyed, Base):
    """A statistic per neighbourhood and year from elsewhere, as it was read in once. ``ended_how``: replaced or
    withdrawn; empty while it counts."""

    __tablename__ = "figure_series"
    __table_args__ = (
        belongs(),
        refers("account", "account"),
        refers("ended_by", "account"),
        sa.Index(None, "municipality", "name"),
    )

    name: Mapped[str] = mapped_column(SLUG)
    label: Mapped[str] = mapped_column(sa.String(120))
    source: Mapped[str] = mapped_column(sa.String(200))
    source_on: Mapped[date]
    account: Mapped[str] = mapped_column(ACCOUNT)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(ACCOUNT)
    ended_how: Mapped[str] = mapped_column(SLUG, default="")
    why: Mapped[str] = mapped_column(sa.String(400), default="")


class FigureValue(Owned, Base):
    """One number of a series. ``value`` is empty where it was a small count: that is not kept."""

    __tablename__ = "figure_value"
    __table_args__ = (refers("series", "figure_series", ondelete="CASCADE"),)

    series: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    neighbourhood: Mapped[str] = mapped_column(SLUG, primary_key=True)
    year: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    value: Mapped[float | None] = mapped_column(sa.Double)


class Region(Keyed, Base):
    """A group of municipalities of this installation that compare figures; the row is its founder's."""

    __tablename__ = "region"
    __table_args__ = (belongs(), refers("account", "account"))

    name: Mapped[str] = mapped_column(sa.String(120))
    account: Mapped[str] = mapped_column(ACCOUNT)
    made_at: Mapped[datetime]


class RegionGuest(Owned, Base):
    """A municipality that the founder asked; readable by both."""

    __tablename__ = "region_guest"
    __table_args__ = (refers("region", "region", ondelete="CASCADE"),)

    region: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    guest: Mapped[str] = mapped_column(SLUG, primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    asked_at: Mapped[datetime]


class RegionMember(Keyed, Base):
    """That a municipality shares the released figures of ``reports`` with a group, by whom and until when.

    The region is the founder's row: of another municipality, so no key points at it; ``region_guest`` vouches.
    """

    __tablename__ = "region_member"
    __table_args__ = (
        belongs(),
        refers("account", "account"),
        refers("ended_by", "account"),
        sa.Index(None, "municipality", "region"),
    )

    region: Mapped[int] = mapped_column(sa.BigInteger)
    reports: Mapped[list[Any]] = mapped_column(default=list)
    account: Mapped[str] = mapped_column(ACCOUNT)
    agreed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(ACCOUNT)


class RegionFigure(Owned, Base):
    """The released, suppressed figures that a municipality shows to a group: a copy, gone when it withdraws."""

    __tablename__ = "region_figure"
    __table_args__ = (belongs(), sa.Index(None, "region", "report", "first"))

    region: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    report: Mapped[str] = mapped_column(SLUG, primary_key=True)
    first: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[date]
    content: Mapped[str]
    shared_at: Mapped[datetime]
