"""Whom is it about, and who sends them? Thin records; what is personal in them is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, belongs, refers


class Person(Keyed, Base):
    """A resident, made or chosen by staff and never merged by itself.

    ``sealed`` is JSON: name, called, phone, mobile, email, address, birth. ``name_index`` is a keyed hash of the
    normalised name, for exact look-up only. ``version`` is for optimistic saving.
    """

    __tablename__ = "person"
    __table_args__ = (
        belongs(),
        refers("contact_person", "account"),
        sa.Index(None, "municipality", "name_index"),
    )

    sealed: Mapped[bytes]
    name_index: Mapped[str] = mapped_column(sa.String(64), default="")
    birth_year: Mapped[int | None] = mapped_column(sa.Integer)
    neighbourhood: Mapped[str] = mapped_column(SLUG, default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="")
    contact_person: Mapped[str | None] = mapped_column(ACCOUNT)
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
    created_at: Mapped[datetime]


class Partner(Keyed, Base):
    """An organisation to refer to or be referred by; ``key`` is its name in definitions and staffing files."""

    __tablename__ = "partner"
    __table_args__ = (belongs(), sa.UniqueConstraint("municipality", "key"))

    key: Mapped[str] = mapped_column(sa.String(80))
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    contact_point: Mapped[str] = mapped_column(SLUG, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)  # offer, people, protocol
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class PublicSending(Keyed, Base):
    """One card sent without an account, on the real clock; ``who`` is a keyed hash of the link or of the origin."""

    __tablename__ = "public_sending"
    __table_args__ = (belongs(), sa.Index(None, "municipality", "who", "at"))

    who: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]


class ReferrerLink(Keyed, Base):
    """A personal link for a referrer without an account. Only the SHA-256 (hex) of its token is kept."""

    __tablename__ = "referrer_link"
    __table_args__ = (
        belongs(),
        refers("partner", "partner"),
        refers("created_by", "account"),
        sa.UniqueConstraint("municipality", "token_hash"),
    )

    token_hash: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str]
    partner: Mapped[int | None] = mapped_column(sa.BigInteger)
    created_by: Mapped[str | None] = mapped_column(ACCOUNT)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
