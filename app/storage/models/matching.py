"""Which cases belong together because somebody proposed one to the other?"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, refers


class CaseMatch(Keyed, Base):
    """``other`` was proposed to ``seeker``. It takes a place of ``other`` until ``ended_at``; ``ended_by`` is the
    button (or state) that ended it, and says why it is not proposed again by itself."""

    __tablename__ = "case_match"
    __table_args__ = (
        refers("seeker", "cases"),
        refers("other", "cases"),
        refers("account", "account"),
        sa.Index(None, "municipality", "seeker"),
        sa.Index(None, "municipality", "other"),
    )

    seeker: Mapped[int] = mapped_column(sa.BigInteger)
    other: Mapped[int] = mapped_column(sa.BigInteger)
    account: Mapped[str] = mapped_column(ACCOUNT)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(SLUG, default="")
