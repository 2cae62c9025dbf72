"""Who vouches for people elsewhere, and who is told of what happens here?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Keyed, Owned, belongs, refers

HASH = sa.String(64)
"""A SHA-256 or a keyed hash, in hex."""


class SignInProvider(Owned, Base):
    """The one OpenID Connect provider of a municipality. ``told`` are its settings, nothing secret; ``secret`` is the
    sealed client secret or private key."""

    __tablename__ = "sign_in_provider"
    __table_args__ = (belongs(),)

    active: Mapped[bool] = mapped_column(default=False)
    told: Mapped[dict[str, Any]]
    secret: Mapped[bytes | None]
    changed_at: Mapped[datetime]


class OutsideSignIn(Owned, Base):
    """A sign-in that went to the provider and is not back yet; ``id`` is the SHA-256 of its state, ``browser`` that of
    the browser's own key. ``sealed``: nonce, verifier and where one was going. Used once."""

    __tablename__ = "outside_sign_in"
    __table_args__ = (belongs(), sa.Index(None, "municipality", "begun_at"))

    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    browser: Mapped[str] = mapped_column(HASH)
    sealed: Mapped[bytes]
    begun_at: Mapped[datetime]


class OutsideIdentity(Owned, Base):
    """Who somebody is at the provider; ``subject`` is the keyed hash of issuer, claim and value."""

    __tablename__ = "outside_identity"
    __table_args__ = (
        refers("account", "account", ondelete="CASCADE"),
        sa.Index(None, "municipality", "account"),
    )

    subject: Mapped[str] = mapped_column(HASH, primary_key=True)
    account: Mapped[str] = mapped_column(ACCOUNT)
    linked_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Webhook(Keyed, Base):
    """A receiver. ``sealed``: its address and secrets (the newest first); ``host`` for lists. ``failures`` counts what
    went wrong in a row; after too many it is paused."""

    __tablename__ = "webhook"
    __table_args__ = (belongs(),)

    host: Mapped[str] = mapped_column(sa.String(253))
    events: Mapped[list[Any]]
    sealed: Mapped[bytes]
    failures: Mapped[int] = mapped_column(sa.Integer, default=0)
    paused_at: Mapped[datetime | None]
    rotated_at: Mapped[datetime | None]
    made_at: Mapped[datetime]


class WebhookDelivery(Keyed, Base):
    """One attempt: which event, when, and the status or the kind of error. Never what was sent."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        refers("webhook", "webhook", ondelete="CASCADE"),
        sa.Index(None, "municipality", "webhook", "at"),
    )

    webhook: Mapped[int] = mapped_column(sa.BigInteger)
    event: Mapped[str] = mapped_column(sa.String(40))
    outcome: Mapped[str] = mapped_column(sa.String(20))
    attempt: Mapped[int] = mapped_column(sa.Integer)
    at: Mapped[datetime]
