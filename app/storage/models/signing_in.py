"""What proves who somebody is beside a password: an app with codes, passkeys, known browsers; and who guesses?"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Keyed, Owned, belongs, refers

HASH = sa.String(64)
"""A SHA-256 or a keyed hash, in hex."""


class CodeApp(Owned, Base):
    """The app with six-digit codes (TOTP) of an account. ``sealed`` is the shared secret; it counts from
    ``confirmed_at`` on. ``last_step`` is the half minute of the last code that was used: none is good twice."""

    __tablename__ = "code_app"
    __table_args__ = (refers("account", "account", ondelete="CASCADE"),)

    account: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    sealed: Mapped[bytes]
    last_step: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Owned, Base):
    """A code on paper for who lost the app; ``code`` is its keyed hash. Used once."""

    __tablename__ = "recovery_code"
    __table_args__ = (refers("account", "account", ondelete="CASCADE"),)

    account: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    code: Mapped[str] = mapped_column(HASH, primary_key=True)
    used_at: Mapped[datetime | None]


class Passkey(Keyed, Base):
    """A passkey (WebAuthn). ``credential`` is the SHA-256 of its id, to find it by; ``sealed`` id and public key."""

    __tablename__ = "passkey"
    __table_args__ = (
        refers("account", "account", ondelete="CASCADE"),
        sa.UniqueConstraint("municipality", "credential"),
        sa.Index(None, "municipality", "account"),
    )

    account: Mapped[str] = mapped_column(ACCOUNT)
    credential: Mapped[str] = mapped_column(HASH)
    sealed: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class PasskeyChallenge(Owned, Base):
    """What a browser was asked to sign, once and not for long; ``id`` is the SHA-256 of the challenge. ``purpose`` says
    for what, ``account`` for whom (empty: whoever has the key)."""

    __tablename__ = "passkey_challenge"
    __table_args__ = (belongs(), sa.Index(None, "municipality", "expires_at"))

    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    purpose: Mapped[str] = mapped_column(sa.String(10))
    account: Mapped[str] = mapped_column(ACCOUNT, default="")
    expires_at: Mapped[datetime]


class KnownBrowser(Owned, Base):
    """A browser in which somebody signed in before. It opens nothing; guesses from elsewhere do not make it wait.
    ``id`` is the SHA-256 of its mark, ``network`` a keyed hash of where it last was."""

    __tablename__ = "known_browser"
    __table_args__ = (refers("account", "account", ondelete="CASCADE"),)

    account: Mapped[str] = mapped_column(ACCOUNT, primary_key=True)
    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    network: Mapped[str] = mapped_column(HASH, default="")
    first_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class WrongTry(Owned, Base):
    """How often somebody guessed wrong in a row; ``who`` is a keyed hash of what was tried and from where."""

    __tablename__ = "wrong_try"
    __table_args__ = (belongs(), sa.Index(None, "municipality", "at"))

    who: Mapped[str] = mapped_column(HASH, primary_key=True)
    wrong: Mapped[int] = mapped_column(sa.Integer)
    at: Mapped[datetime]
    until: Mapped[datetime]
