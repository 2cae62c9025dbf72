"""What belongs to nobody: sheets in bundles, and for a short while which tokens were used."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import SLUG, Base, Owned

IN_KEY_ORDER = {"sqlite_with_rowid": False}
"""SQLite keeps no number that counts up with the rows."""


class SheetBundle(Owned, Base):
    """Sheets of one form in an order drawn anew at each writing; no row stands for a sheet.

    ``id`` is drawn, or for the one bundle that still waits a keyed hash of the form. ``until``: the first day of the
    month in which the first of its sheets has to go; NULL while there is none.
    """

    __tablename__ = "sheet_bundle"
    __table_args__ = (sa.Index(None, "municipality", "form"), IN_KEY_ORDER)

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    form: Mapped[str] = mapped_column(SLUG)
    waits: Mapped[bool]
    until: Mapped[date | None]
    sealed: Mapped[bytes]


class SheetToken(Owned, Base):
    """A keyed hash of a token that brought a sheet, kept to the end of the hour after the one in which it came."""

    __tablename__ = "sheet_token"
    __table_args__ = (IN_KEY_ORDER,)

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    until: Mapped[datetime]
