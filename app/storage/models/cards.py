"""Cards on paper: which numbers were printed, by whom, for whom? And who is on the picture?"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers


class CardBatch(Keyed, Base):
    """Cards that were printed together. ``neighbourhood`` is empty where the contact point is not per village."""

    __tablename__ = "card_batch"
    __table_args__ = (belongs(), refers("printed_by", "account"))

    form: Mapped[str] = mapped_column(SLUG)
    contact_point: Mapped[str] = mapped_column(SLUG)
    neighbourhood: Mapped[str] = mapped_column(SLUG, default="")
    printed_by: Mapped[str | None] = mapped_column(ACCOUNT)
    printed_at: Mapped[datetime]


class PaperCard(Keyed, Base):
    """One card with its own ``number``, which becomes the number of its case. ``used_at``: it came in, the case with
    that number has it. ``void``: lost or spoilt, no case can be made with it."""

    __tablename__ = "paper_card"
    __table_args__ = (
        refers("batch", "card_batch", ondelete="CASCADE"),
        refers("void_by", "account"),
        sa.UniqueConstraint("municipality", "number"),
        sa.Index(None, "municipality", "batch"),
    )

    batch: Mapped[int] = mapped_column(sa.BigInteger)
    number: Mapped[str] = mapped_column(sa.String(40))
    used_at: Mapped[datetime | None]
    void: Mapped[str] = mapped_column(sa.String(20), default="")
    void_at: Mapped[datetime | None]
    void_by: Mapped[str | None] = mapped_column(ACCOUNT)


class Photo(Owned, Base):
    """The picture of somebody who is called. ``content`` is sealed; ``turned`` how a camera held it (EXIF 1 to 8)."""

    __tablename__ = "photo"
    __table_args__ = (refers("account", "account", ondelete="CASCADE"),)

    account: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    turned: Mapped[int] = mapped_column(sa.Integer, default=1)
    mark: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes]
    created_at: Mapped[datetime]
