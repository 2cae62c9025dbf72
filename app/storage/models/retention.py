"""What is proposed to be destroyed, what was, what must stay, and who asked what of their data?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, SLUG, Base, Keyed, Owned, belongs, refers


class Destruction(Keyed, Base):
    """Cases to be destroyed together. ``kind``: retention (the term of the definition) or erasure (somebody asked).

    ``state``: proposed, second (one of two approvals was given), running, done. ``person`` is whom an erasure is about,
    until it is done. It stays as the record of what happened: ``counts`` {what: how many}, never content.
    """

    __tablename__ = "destruction"
    __table_args__ = (
        belongs(),
        refers("made_by", "account"),
        refers("first_by", "account"),
        refers("second_by", "account"),
        sa.Index(None, "municipality", "state"),
    )

    kind: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[str] = mapped_column(sa.String(12))
    day: Mapped[date]
    person: Mapped[int | None] = mapped_column(sa.BigInteger)  # no key: the record outlives the person's
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]
    made_by: Mapped[str | None] = mapped_column(ACCOUNT)
    first_by: Mapped[str | None] = mapped_column(ACCOUNT)
    first_at: Mapped[datetime | None]
    second_by: Mapped[str | None] = mapped_column(ACCOUNT)
    second_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class DestroyedCase(Owned, Base):
    """One case of it, by which ``rule`` (in words; empty: otherwise), ``since`` when it counts.

    ``standing``: proposed, excepted (``why`` says by what), kept (by ``kept_by``, for the sealed ``reason``),
    destroyed or anonymised.
    """

    __tablename__ = "destruction_case"
    __table_args__ = (
        refers("destruction", "destruction", ondelete="CASCADE"),
        refers("kept_by", "account"),
        sa.Index(None, "municipality", "case"),
    )

    destruction: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    case: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(sa.String(40))
    form: Mapped[str] = mapped_column(SLUG)
    title: Mapped[str]
    rule: Mapped[str] = mapped_column(default="")
    months: Mapped[int] = mapped_column(sa.Integer)
    basis: Mapped[str] = mapped_column(default="")
    then: Mapped[str] = mapped_column(sa.String(12))
    since: Mapped[date]
    due_on: Mapped[date]
    standing: Mapped[str] = mapped_column(sa.String(12))
    why: Mapped[str] = mapped_column(sa.String(40), default="")
    reason: Mapped[bytes | None]
    kept_by: Mapped[str | None] = mapped_column(ACCOUNT)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    done_at: Mapped[datetime | None]


class LegalHold(Keyed, Base):
    """A case, or everything of a person, that may not be destroyed until it is ``lifted`` (sealed reason)."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        refers("case", "cases"),
        refers("person", "person"),
        refers("by", "account"),
        refers("lifted_by", "account"),
        sa.Index(None, "municipality", "case"),
        sa.Index(None, "municipality", "person"),
    )

    case: Mapped[int | None] = mapped_column(sa.BigInteger)
    person: Mapped[int | None] = mapped_column(sa.BigInteger)
    reason: Mapped[bytes]
    by: Mapped[str] = mapped_column(ACCOUNT)
    at: Mapped[datetime]
    lifted: Mapped[bytes | None]
    lifted_by: Mapped[str | None] = mapped_column(ACCOUNT)
    lifted_at: Mapped[datetime | None]


class PrivacyRequest(Keyed, Base):
    """Somebody asked for a copy of what is kept of them. ``state``: open, approved, handed. ``due_on``: the term.

    ``work`` seals how far it is: who else it is about, what is blacked out, why it takes longer; ``export`` seals what
    was approved. ``handed_how``: page, letter or desk.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        refers("person", "person"),
        refers("by", "account"),
        refers("approved_by", "account"),
        refers("handed_by", "account"),
        sa.Index(None, "municipality", "person"),
    )

    kind: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[str] = mapped_column(sa.String(12))
    person: Mapped[int] = mapped_column(sa.BigInteger)
    opened_on: Mapped[date]
    due_on: Mapped[date]
    work: Mapped[bytes]
    export: Mapped[bytes | None]
    version: Mapped[int] = mapped_column(sa.Integer, default=1)
    by: Mapped[str] = mapped_column(ACCOUNT)
    handed_how: Mapped[str] = mapped_column(sa.String(12), default="")
    approved_by: Mapped[str | None] = mapped_column(ACCOUNT)
    approved_at: Mapped[datetime | None]
    handed_by: Mapped[str | None] = mapped_column(ACCOUNT)
    handed_at: Mapped[datetime | None]
