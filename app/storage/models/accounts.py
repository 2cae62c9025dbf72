"""Who may sign in, who is signed in, and who tried?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Keyed, Owned, belongs, refers


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
    """A signed-in browser. ``id`` is the SHA-256 (hex) of the token in its cookie; the token itself is kept nowhere."""

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


class SignInAttempt(Keyed, Base):
    """A failed sign-in, counted per address and per origin; ``who`` is a keyed hash of the address tried."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        belongs(),
        sa.Index(None, "municipality", "who", "at"),
        sa.Index(None, "municipality", "ip", "at"),
    )

    who: Mapped[str] = mapped_column(sa.String(64))
    ip: Mapped[str] = mapped_column(sa.String(45))
    at: Mapped[datetime]
