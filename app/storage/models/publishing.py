"""What did people read about their data, and when?"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.models.base import ACCOUNT, Base, Owned, belongs, refers


class PrivacyNotice(Owned, Base):
    """A text that stood before the first field of a form, word for word. ``digest`` is its SHA-256 (hex)."""

    __tablename__ = "privacy_notice"
    __table_args__ = (belongs(),)

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    text: Mapped[str]
    first_at: Mapped[datetime]


class NoticeShown(Owned, Base):
    """Which text stood on the page that a submission was sent from; it goes with the submission."""

    __tablename__ = "notice_shown"
    __table_args__ = (
        refers("submission", "submission", ondelete="CASCADE"),
        refers("digest", "privacy_notice", "digest"),
    )

    submission: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(sa.String(64))


class PrivacyTold(Owned, Base):
    """That the person a case is about was told what is done with the data, ``how`` in words, and by whom.

    No row: not yet. ``by`` is empty for somebody who read it on the page they filled in themselves.
    """

    __tablename__ = "privacy_told"
    __table_args__ = (refers("case", "cases", ondelete="CASCADE"), refers("by", "account"))

    case: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    how: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ACCOUNT)
