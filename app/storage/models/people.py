"""Whom is it about, and who sends them? Thin records; what is personal in them is sealed."""

from __future__ import annotations

from datetime import date, datetime
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
    """An organisation to refer to or be referred by; ``key`` is its name in definitions and staffing files.

    ``details`` is JSON: themes, places, offer, website, hours, protocol {id, url, until}. ``people`` is sealed JSON:
    a list of {name, function, phone, email}. ``owner`` (an account) looks it over on ``review_on``. ``version`` is for
    optimistic saving; an organisation is archived (not ``active``), never deleted.
    """

    __tablename__ = "partner"
    __table_args__ = (belongs(), sa.UniqueConstraint("municipality", "key"))

    key: Mapped[str] = mapped_column(sa.String(80))
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(SLUG, default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    contact_point: Mapped[str] = mapped_column(SLUG, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    people: Mapped[bytes | None]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
    review_on: Mapped[date | None]
    owner: Mapped[str | None] = mapped_column(ACCOUNT)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime | None]
    updated_by: Mapped[str | None] = mapped_column(ACCOUNT)


class Referral(Keyed, Base):
    """What a partner was sent of one case; ``id`` is that case's, ``partner`` the partner's ``key``.

    ``shares``: the flat ids that the resident agreed to share. The page behind the link opens with the token (only its
    SHA-256 is kept; it is made again from the key and ``round`` when the mail is written) and with ``code``, sealed,
    which the responsible person reads out by telephone. ``wrong`` counts codes that were not right. No ``token_hash``:
    nothing was sent yet, or it was recalled.
    """

    __tablename__ = "referral"
    __table_args__ = (
        refers("id", "cases", ondelete="CASCADE"),
        sa.UniqueConstraint("municipality", "token_hash"),
        sa.Index(None, "municipality", "partner"),
    )

    partner: Mapped[str] = mapped_column(sa.String(80))
    shares: Mapped[list[Any]] = mapped_column(default=list)
    round: Mapped[int] = mapped_column(sa.Integer, default=0)
    token_hash: Mapped[str | None] = mapped_column(sa.String(64))
    code: Mapped[bytes | None]
    wrong: Mapped[int] = mapped_column(sa.Integer, default=0)
    expires_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
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
