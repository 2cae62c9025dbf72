"""Who may sign in, and who is signed in?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Owned, belongs, refers


class Account(Owned, Base):
    """Somebody who works here. ``id`` is the engine's account id; ``key`` is the name staffing files use.

    ``email`` is kept in lower case. ``password`` is empty for somebody who cannot sign in.
    """

    __tablename__ = "account"
    __table_args__ = (
        belongs(),
        sa.UniqueConstraint("municipality", "key"),
        sa.UniqueConstraint("municipality", "email"),
    )

    id: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    name: Mapped[str]
    email: Mapped[str] = mapped_column(sa.String(254))
    phone: Mapped[str] = mapped_column(default="")
    roles: Mapped[list[Any]] = mapped_column(default=list)
    weekdays: Mapped[list[Any]] = mapped_column(default=lambda: [0, 1, 2, 3, 4])
    hours: Mapped[dict[str, Any] | None]
    """Weekday as text -> from and until; a day without an entry is a whole one."""
    controller: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(5), default="nl")
    password: Mapped[str] = mapped_column(default="")
    must_change_password: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Session(Owned, Base):
    """A signed-in browser. ``id`` is the SHA-256 (hex) of the token in its cookie; the token itself is kept nowhere.

    ``stage``: open; ``code`` while the second step is missing, ``set_up`` while it must be set up first. ``wrong``
    counts what was given wrong at the lock or at the second step, ``lock_after`` are seconds without a sign of life.
    """

    __tablename__ = "session"
    __table_args__ = (
        refers("account", "account", ondelete="CASCADE"),
        sa.Index(None, "municipality", "account"),
    )

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ACCOUNT)
    csrf: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    fresh_at: Mapped[datetime]  # when the password was last given
    ip: Mapped[str] = mapped_column(sa.String(45), default="")
    agent: Mapped[str] = mapped_column(sa.String(200), default="")
    stage: Mapped[str] = mapped_column(sa.String(10), default="open", server_default="open")
    locked_at: Mapped[datetime | None]
    wrong: Mapped[int] = mapped_column(sa.Integer, default=0, server_default="0")
    lock_after: Mapped[int] = mapped_column(sa.Integer, default=600, server_default="600")
