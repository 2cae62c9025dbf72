"""What was agreed to in a case, so that it can be found without opening what was sent."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import SLUG, Base, Keyed, refers


class CaseConsent(Keyed, Base):
    """One consent of a case that was given once, as the answers say now: ``name`` is its flat id there, ``field`` the
    same without the number of a row. No words and nobody in it.

    ``how`` it was given (``consents.how.<how>``), ``until`` its last day where it ends by itself; ``ended`` is
    ``withdrawn``, ``expired`` or empty.
    """

    __tablename__ = "case_consent"
    __table_args__ = (
        refers("case", "cases"),
        sa.UniqueConstraint("municipality", "case", "name"),
        sa.Index(None, "municipality", "form", "field"),
        sa.Index(None, "municipality", "until"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger)
    form: Mapped[str] = mapped_column(SLUG)
    name: Mapped[str] = mapped_column(sa.String(200))
    field: Mapped[str] = mapped_column(sa.String(200))
    given_on: Mapped[date]
    how: Mapped[str] = mapped_column(SLUG, default="")
    until: Mapped[date | None]
    ended: Mapped[str] = mapped_column(SLUG, default="")
    ended_on: Mapped[date | None]
    ended_how: Mapped[str] = mapped_column(SLUG, default="")
