"""Which cases hold what of the things to lend, and on which day?"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import SLUG, Base, Keyed, refers


class StockHold(Keyed, Base):
    """``many`` of ``item`` on that ``day``, lent by ``form``. It counts for as long as the case runs."""

    __tablename__ = "stock_hold"
    __table_args__ = (
        refers("case", "cases"),
        sa.Index(None, "municipality", "case"),
        sa.Index(None, "municipality", "form", "day"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger)
    form: Mapped[str] = mapped_column(SLUG)
    item: Mapped[str] = mapped_column(sa.String(80))
    day: Mapped[date]
    many: Mapped[int] = mapped_column(sa.Integer)
