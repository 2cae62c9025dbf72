"""Whom is it about, and who sends them? Thin records; what is personal in them is sealed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers


class Person(Keyed, Base):
    """A resident, made or chosen by staff and never merged by itself.

    ``sealed`` is JSON: name (whole), first_name, family_name, called, phone, mobile, email, address, birth. ``keyed``
    says by which rules its ``PersonKey`` rows were made (0: not yet). ``merged_into`` is the record it was found to be
    the same as; it stays under its own keys, and its cases are the other's. ``version`` is for optimistic saving.
    """

    __tablename__ = "person"
    __table_args__ = (
        belongs(),
        refers("contact_person", "account"),
        refers("merged_into", "person"),
        sa.Index(None, "municipality", "keyed"),
        sa.Index(None, "municipality", "merged_into"),
    )

    sealed: Mapped[bytes]
    keyed: Mapped[int] = mapped_column(sa.Integer, default=0, server_default="0")
    merged_into: Mapped[int | None] = mapped_column(sa.BigInteger)
    birth_year: Mapped[int | None] = mapped_column(sa.Integer)
    neighbourhood: Mapped[str] = mapped_column(SLUG, default="")
    language: Mapped[str] = mapped_column(sa.String(20), default="")
    contact_person: Mapped[str | None] = mapped_column(ACCOUNT)
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
    created_at: Mapped[datetime]


class PersonKey(Owned, Base):
    """One text under which a record is found: the keyed hash of a sound, or of a national number. ``kind`` is ``name``
    or ``number``: names are made anew when the rules of sounds change."""

    __tablename__ = "person_key"
    __table_args__ = (
        refers("person", "person", ondelete="CASCADE"),
        sa.Index(None, "municipality", "person", "kind"),
    )

    hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(10))


class PersonMerge(Keyed, Base):
    """Two records that somebody found to be one person. ``cases`` are the keys (text) of those that moved;
    ``followed_by`` whom ``into`` had as its contact person before. ``reason`` is sealed. ``undone_at``: two again."""

    __tablename__ = "person_merge"
    __table_args__ = (
        refers("person", "person"),
        refers("into", "person"),
        refers("by", "account"),
        refers("followed_by", "account"),
        refers("undone_by", "account"),
        sa.Index(None, "municipality", "into"),
        sa.Index(None, "municipality", "person"),
    )

    person: Mapped[int] = mapped_column(sa.BigInteger)
    into: Mapped[int] = mapped_column(sa.BigInteger)
    reason: Mapped[bytes]
    cases: Mapped[list[Any]] = mapped_column(default=list)
    followed_by: Mapped[str | None] = mapped_column(ACCOUNT)
    by: Mapped[str | None] = mapped_column(ACCOUNT)
    at: Mapped[datetime]
    undone_by: Mapped[str | None] = mapped_column(ACCOUNT)
    undone_at: Mapped[datetime | None]


class PersonApart(Owned, Base):
    """Somebody said that a case is not about this person, so that it is not asked again."""

    __tablename__ = "person_apart"
    __table_args__ = (
        refers("case", "cases", ondelete="CASCADE"),
        refers("person", "person", ondelete="CASCADE"),
        refers("by", "account"),
    )

    case: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    person: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    by: Mapped[str | None] = mapped_column(ACCOUNT)
    at: Mapped[datetime]


class PersonSearch(Keyed, Base):
    """Somebody looked for a person: ``kind`` is where (``page``, ``draft``, ``number``, ``rights``), ``sealed`` what
    they asked, ``found`` how many they saw. ``at`` is on the real clock: who looks far too often is asked to wait."""

    __tablename__ = "person_search"
    __table_args__ = (refers("account", "account"), sa.Index(None, "municipality", "account", "kind", "at"))

    account: Mapped[str] = mapped_column(ACCOUNT)
    kind: Mapped[str] = mapped_column(sa.String(10))
    sealed: Mapped[bytes]
    found: Mapped[int] = mapped_column(sa.Integer)
    at: Mapped[datetime]


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

    ``shares``: the fields and blocks that the resident agreed to share; ``consent``: the flat id of that agreement in
    the case it came from. The page behind the link opens with a token (only its SHA-256 is kept) and with a code that
    the responsible person reads out by telephone; both are worked out from the case, ``round`` and a key of the
    municipality. ``wrong`` counts codes that were not right. No ``token_hash``: nothing was sent yet, or it was
    recalled.
    """

    __tablename__ = "referral"
    __table_args__ = (
        refers("id", "cases", ondelete="CASCADE"),
        sa.UniqueConstraint("municipality", "token_hash"),
        sa.Index(None, "municipality", "partner"),
    )

    partner: Mapped[str] = mapped_column(sa.String(80))
    consent: Mapped[str] = mapped_column(sa.String(120), default="")
    shares: Mapped[list[Any]] = mapped_column(default=list)
    round: Mapped[int] = mapped_column(sa.Integer, default=0)
    token_hash: Mapped[str | None] = mapped_column(sa.String(64))
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
    """A personal link for a referrer without an account. Only the SHA-256 (hex) of its token is kept.

    ``sealed`` is JSON: what the link fills in of the referrer, by what a field stands for {meaning: [texts]}.
    """

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
    sealed: Mapped[bytes | None]
