"""Which municipalities live on this installation, and which keys seal their data?"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import SLUG, Base, Keyed, belongs


class Municipality(Base):
    """A tenant. ``catalog_number`` rises with every publication, ``staffing_version`` with every change of staff.

    ``kind`` is ``real``, ``demo`` or ``exercise``: said when it is made, and never changed (the database refuses it).
    """

    __tablename__ = "municipality"

    id: Mapped[str] = mapped_column(SLUG, primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(sa.String(10), default="real", server_default="real")
    zone: Mapped[str] = mapped_column(server_default="Europe/Brussels")
    opens: Mapped[time] = mapped_column(sa.Time, default=time(8, 30))
    closes: Mapped[time] = mapped_column(sa.Time, default=time(17, 0))
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    catalog_number: Mapped[int] = mapped_column(sa.Integer, default=0, server_default="0")
    staffing_version: Mapped[int] = mapped_column(sa.Integer, default=0, server_default="0")
    created_at: Mapped[datetime]


class DataKey(Keyed, Base):
    """A key that seals columns, itself wrapped by the master key; ``id`` 1 is the first, the highest is in use."""

    __tablename__ = "data_key"
    __table_args__ = (belongs(),)

    wrapped: Mapped[bytes]
    created_at: Mapped[datetime]
