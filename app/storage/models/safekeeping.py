"""When was this installation copied, and what waits since it was put back?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import Base, Owned, belongs


class Safekeeping(Owned, Base):
    """What was last done for the whole installation, under the name of no municipality (empty). ``facts`` are counts
    and seconds.

    ``name``: ``backup``, ``drill``, ``anchor``; ``restoring`` stands here from the beginning of a restore to its end.
    """

    __tablename__ = "safekeeping"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class OutboxHold(Owned, Base):
    """Nothing of this municipality leaves the house while its row stands here. ``copied_at``: how old what waits is."""

    __tablename__ = "outbox_hold"
    __table_args__ = (belongs(),)

    since: Mapped[datetime]
    copied_at: Mapped[datetime]


class RootKey(Owned, Base):
    """What indexes and histories are keyed from, wrapped by the master key; it stays when data keys change."""

    __tablename__ = "root_key"
    __table_args__ = (belongs(),)

    wrapped: Mapped[bytes]
    created_at: Mapped[datetime]
