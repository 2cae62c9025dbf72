"""How is it kept what people read about their data, and that they were told?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import NoticeShown, PrivacyNotice, PrivacyTold


@dataclass(frozen=True, slots=True)
class Told:
    """How somebody was told, when, and by which account; empty for a page they read themselves."""

    how: str
    at: datetime
    by: str = ""


def keep_notice(tx: Transaction, digest: str, text: str) -> None:
    """Keep a text once, whatever the number of submissions under it."""
    place = {"municipality": tx.municipality, "digest": digest}
    tx.insert_new(PrivacyNotice, place | {"text": text, "first_at": tx.now})


def shown(tx: Transaction, submission: int, digest: str) -> None:
    """A submission was sent from a page with the kept text ``digest`` on it."""
    place = {"municipality": tx.municipality, "submission": submission}
    tx.insert_new(NoticeShown, place | {"digest": digest})


def text_of(tx: Transaction, submission: int) -> str | None:
    """The text that stood on the page of a submission; ``None`` when none did."""
    same = sa.and_(
        PrivacyNotice.municipality == NoticeShown.municipality, PrivacyNotice.digest == NoticeShown.digest
    )
    query = sa.select(PrivacyNotice.text).join(NoticeShown, same)
    mine = (NoticeShown.municipality == tx.municipality, NoticeShown.submission == submission)
    found: str | None = tx.scalar(query.where(*mine))
    return found


def tell(tx: Transaction, case: int, how: str, by: str = "") -> bool:
    """Keep that the person of a case was told; False when that was known already."""
    place = {"municipality": tx.municipality, "case": case}
    return tx.insert_new(PrivacyTold, place | {"how": how, "at": tx.now, "by": by or None})


def told(tx: Transaction, case: int) -> Told | None:
    """How the person of a case was told; ``None``: not yet."""
    query = sa.select(PrivacyTold.how, PrivacyTold.at, PrivacyTold.by)
    row = tx.execute(
        query.where(PrivacyTold.municipality == tx.municipality, PrivacyTold.case == case)
    ).first()
    return Told(row[0], row[1], row[2] or "") if row else None
