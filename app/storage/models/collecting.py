"""What was collected for which case?"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import Base, Keyed, refers


class Collected(Keyed, Base):
    """``item`` came in while ``gatherer`` was collecting, and belongs to it for good; ``None`` once that case was
    erased, so that the gatherer still knows how many there were. Nothing says who handed it in, or when."""

    __tablename__ = "collected"
    __table_args__ = (
        refers("gatherer", "cases"),
        refers("item", "cases"),
        sa.Index(None, "municipality", "gatherer"),
        sa.UniqueConstraint("municipality", "item"),
    )

    gatherer: Mapped[int] = mapped_column(sa.BigInteger)
    item: Mapped[int | None] = mapped_column(sa.BigInteger)
