"""What does a municipality set up once: streets, its picture, who was invited, and which forms are open how?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers


class Street(Keyed, Base):
    """A stretch of a street and the neighbourhood it lies in; ``folded`` is the name as it is searched.

    ``side`` is odd, even or both. No ``last`` is up to the end of the street, no ``postcode`` any.
    """

    __tablename__ = "street"
    __table_args__ = (belongs(), sa.Index(None, "municipality", "folded"))

    street: Mapped[str] = mapped_column(sa.String(120))
    folded: Mapped[str] = mapped_column(sa.String(120))
    side: Mapped[str] = mapped_column(sa.String(4))
    first: Mapped[int] = mapped_column(sa.Integer)
    last: Mapped[int | None] = mapped_column(sa.Integer)
    neighbourhood: Mapped[str] = mapped_column(SLUG)
    postcode: Mapped[str] = mapped_column(sa.String(4), default="", server_default="")


class Picture(Owned, Base):
    """A picture of the municipality's own; ``name`` is what it is for (``logo``)."""

    __tablename__ = "picture"
    __table_args__ = (belongs(), sa.CheckConstraint("size <= 262144", name="size"))

    name: Mapped[str] = mapped_column(SLUG, primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    size: Mapped[int] = mapped_column(sa.Integer)
    mark: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes]
    created_at: Mapped[datetime]


class Invitation(Owned, Base):
    """A link with which somebody chooses a first password, once. ``id`` is the SHA-256 (hex) of its token."""

    __tablename__ = "invitation"
    __table_args__ = (
        refers("account", "account", ondelete="CASCADE"),
        sa.Index(None, "municipality", "account"),
    )

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ACCOUNT)
    expires_at: Mapped[datetime]


class FormOpening(Owned, Base):
    """How a form is reached: when it is closed and what people read then, its short address, and who may frame it.

    A form without a row is open, at its long address only, and in no frame.
    """

    __tablename__ = "form_opening"
    __table_args__ = (belongs(), sa.UniqueConstraint("municipality", "word"))

    form: Mapped[str] = mapped_column(SLUG, primary_key=True)
    closed_from: Mapped[datetime | None]
    closed_until: Mapped[datetime | None]
    sentence: Mapped[str] = mapped_column(default="", server_default="")
    word: Mapped[str | None] = mapped_column(SLUG)
    origins: Mapped[list[Any]] = mapped_column(default=list)
