"""Which cases belong together because somebody chose one in a field of the other?"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Keyed, refers


class CaseBond(Keyed, Base):
    """``child`` belongs to ``parent``: it was chosen in ``field`` of one of them. Each keeps its own holder, terms and
    retention; ``child`` is ``None`` once that case was erased, so that the parent still knows how many there were."""

    __tablename__ = "case_bond"
    __table_args__ = (
        refers("parent", "cases"),
        refers("child", "cases"),
        refers("account", "account"),
        sa.Index(None, "municipality", "parent"),
        sa.Index(None, "municipality", "child"),
    )

    parent: Mapped[int] = mapped_column(sa.BigInteger)
    child: Mapped[int | None] = mapped_column(sa.BigInteger)
    field: Mapped[str] = mapped_column(sa.String(200))
    account: Mapped[str | None] = mapped_column(ACCOUNT)
    made_at: Mapped[datetime]
