"""What did somebody fill in, and what are they still filling in?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Keyed, Owned, refers


class Submission(Keyed, Base):
    """Answers as they were sent, pinned to a form version and never changed; a correction is a new ``revision``.

    ``token`` was minted with the page: the same token with the same ``body_hash`` is the same submission.
    ``sealed`` is the JSON of the answers.
    """

    __tablename__ = "submission"
    __table_args__ = (
        refers("form_version", "definition_version"),
        refers("by", "account"),
        refers("referrer_link", "referrer_link"),
        refers("replaces", "submission"),
        sa.Index(None, "municipality", "replaces"),
        sa.UniqueConstraint("municipality", "token"),
    )

    token: Mapped[str] = mapped_column(sa.String(64))
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    form_version: Mapped[int] = mapped_column(sa.BigInteger)
    sealed: Mapped[bytes | None]  # None once erased
    revision: Mapped[int] = mapped_column(sa.Integer, default=1)
    replaces: Mapped[int | None] = mapped_column(sa.BigInteger)
    audience: Mapped[str] = mapped_column(sa.String(20), default="")
    by: Mapped[str | None] = mapped_column(ACCOUNT)
    referrer_link: Mapped[int | None] = mapped_column(sa.BigInteger)
    received_at: Mapped[datetime]


class Draft(Keyed, Base):
    """Unfinished work of one account. ``sealed`` is JSON, input name -> strings as typed. ``rev`` counts saves."""

    __tablename__ = "draft"
    __table_args__ = (
        refers("form_version", "definition_version"),
        refers("owner", "account", ondelete="CASCADE"),
        refers("person", "person"),
        sa.Index(None, "municipality", "owner", "updated_at"),
        sa.Index(None, "municipality", "updated_at"),
    )

    owner: Mapped[str] = mapped_column(ACCOUNT)
    form_version: Mapped[int] = mapped_column(sa.BigInteger)
    person: Mapped[int | None] = mapped_column(sa.BigInteger)
    rev: Mapped[int] = mapped_column(sa.Integer, default=1)
    sealed: Mapped[bytes]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]


class FormToken(Owned, Base):
    """What a one-time token of a button already did: same token and body give the same ``result`` (ids only)."""

    __tablename__ = "form_token"
    __table_args__ = (refers("account", "account"), sa.Index(None, "municipality", "used_at"))

    token: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    account: Mapped[str | None] = mapped_column(ACCOUNT)
    used_at: Mapped[datetime]


class File(Keyed, Base):
    """An uploaded file of at most 10 MB. ``sealed`` is its content, ``name`` its sealed original name.

    It belongs to a submission once sent; until then to whoever uploaded it: the account ``owner``, or the visitor whose
    key has the SHA-256 (hex) ``claim``. A sweep removes what is not sent.
    """

    __tablename__ = "file"
    __table_args__ = (
        refers("submission", "submission"),
        refers("owner", "account"),
        sa.Index(None, "municipality", "submission"),
        sa.CheckConstraint("size <= 10485760", name="size"),
    )

    name: Mapped[bytes]
    kind: Mapped[str] = mapped_column(sa.String(20))
    size: Mapped[int] = mapped_column(sa.Integer)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    sealed: Mapped[bytes]
    owner: Mapped[str | None] = mapped_column(ACCOUNT)
    claim: Mapped[str] = mapped_column(sa.String(64), default="", server_default="")
    submission: Mapped[int | None] = mapped_column(sa.BigInteger)
    created_at: Mapped[datetime]
