"""When and where is a session, and who registered for it?"""

from __future__ import annotations

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import SLUG, Base, Keyed, refers


class Moment(Keyed, Base):
    """What a calendar needs of the session ``case``: its day, and until when and for how many it is open (``places``
    empty: no end to it). ``told`` is what stands in the calendar for everybody: answers of class 0, as they are shown.
    ``off``: it does not take place."""

    __tablename__ = "moment"
    __table_args__ = (
        refers("case", "cases"),
        sa.UniqueConstraint("municipality", "case"),
        sa.Index(None, "municipality", "on_day"),
        sa.Index(None, "municipality", "workflow", "on_day"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger)
    workflow: Mapped[str] = mapped_column(SLUG)
    on_day: Mapped[date]
    from_hour: Mapped[time | None] = mapped_column(sa.Time)
    neighbourhood: Mapped[str] = mapped_column(SLUG, default="")
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    told: Mapped[str] = mapped_column(default="")
    places: Mapped[int | None] = mapped_column(sa.Integer)
    open_until: Mapped[date]
    is_open: Mapped[bool] = mapped_column(default=False)
    off: Mapped[bool] = mapped_column(default=False)


class MomentEntry(Keyed, Base):
    """The registration ``case`` belongs to the session ``session``. ``standing``: placed, waiting or gone; ``came``:
    present, absent or nothing yet. ``who`` is a keyed hash of name and telephone number, the same at every session;
    ``walked_in``: without having registered."""

    __tablename__ = "moment_entry"
    __table_args__ = (
        refers("session", "cases"),
        refers("case", "cases"),
        sa.UniqueConstraint("municipality", "case"),
        sa.Index(None, "municipality", "session", "standing"),
        sa.Index(None, "municipality", "who"),
    )

    session: Mapped[int] = mapped_column(sa.BigInteger)
    case: Mapped[int] = mapped_column(sa.BigInteger)
    standing: Mapped[str] = mapped_column(sa.String(12))
    came: Mapped[str] = mapped_column(sa.String(12), default="")
    who: Mapped[str] = mapped_column(sa.String(64), default="")
    walked_in: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]
