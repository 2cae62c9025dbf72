"""How are requests to see a case in an emergency kept, with what each approver said?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Case, Emergency, EmergencyVoice

_ASKED = table_of(Emergency)
_VOICE = table_of(EmergencyVoice)
_CASE = table_of(Case)
ASKED, OPEN, REFUSED, ENDED = "asked", "open", "refused", "ended"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one approver said."""

    account: str
    agreed: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """One request, opened. Instants are aware UTC; ``voices`` in the order they came."""

    id: int
    case: int
    number: str
    asked_by: str
    ground: str
    reason: str
    state: str
    asked_at: datetime
    lapses_at: datetime
    opened_at: datetime | None
    until: datetime | None
    ended_at: datetime | None
    ended_by: str
    reviewed_at: datetime | None
    reviewed_by: str
    review: str
    voices: tuple[Voice, ...] = field(default=())


def insert(  # noqa: PLR0917 - a request, all of it
    tx: Transaction, case: int, asked_by: str, ground: str, reason: str, lapses_at: datetime
) -> int:
    """A new request; its key."""
    key = new_id()
    values: dict[str, Any] = {
        "municipality": tx.municipality,
        "id": key,
        "case": case,
        "asked_by": asked_by,
        "ground": ground,
        "reason": tx.sealer.seal(_place(key, "reason"), reason.encode()),
        "state": ASKED,
        "asked_at": tx.now,
        "lapses_at": lapses_at,
    }
    tx.execute(sa.insert(_ASKED), values)
    return key


def change(tx: Transaction, key: int, **values: object) -> None:
    """Change columns of one request; ``review`` is sealed here."""
    review = values.pop("review", None)
    if isinstance(review, str):
        values["review"] = tx.sealer.seal(_place(key, "review"), review.encode())
    tx.execute(sa.update(_ASKED).where(_own(tx), _ASKED.c.id == key).values(**values))


def say(tx: Transaction, key: int, account: str, *, agreed: bool) -> bool:
    """Keep what an approver says; False when they said something before."""
    row = {"municipality": tx.municipality, "emergency": key, "account": account, "agreed": agreed}
    return tx.insert_new(EmergencyVoice, {**row, "at": tx.now})


def get(tx: Transaction, key: int, *, lock: bool = False) -> Kept | None:
    """One request; ``lock`` when it will be written."""
    query = _select(tx).where(_ASKED.c.id == key)
    found = _opened(tx, tx.execute(query.with_for_update(of=_ASKED) if lock else query))
    return found[0] if found else None


def latest(tx: Transaction, *, most: int) -> list[Kept]:
    """All of them, the last asked first."""
    return _opened(
        tx, tx.execute(_select(tx).order_by(_ASKED.c.asked_at.desc(), _ASKED.c.id.desc()).limit(most))
    )


def of_account(tx: Transaction, account: str, *, most: int) -> list[Kept]:
    """What somebody asked, the last first."""
    query = _select(tx).where(_ASKED.c.asked_by == account)
    return _opened(tx, tx.execute(query.order_by(_ASKED.c.asked_at.desc(), _ASKED.c.id.desc()).limit(most)))


def running(tx: Transaction, account: str) -> list[Kept]:
    """What somebody may read now because of an emergency."""
    query = _select(tx).where(_ASKED.c.asked_by == account, _ASKED.c.state == OPEN, _ASKED.c.until > tx.now)
    return _opened(tx, tx.execute(query.order_by(_ASKED.c.until)))


def standing(tx: Transaction, case: int, account: str) -> bool:
    """Whether somebody has a request for that case that waits or is open."""
    query = sa.select(_ASKED.c.id).where(
        _own(tx),
        _ASKED.c.case == case,
        _ASKED.c.asked_by == account,
        sa.or_(
            sa.and_(_ASKED.c.state == ASKED, _ASKED.c.lapses_at > tx.now),
            sa.and_(_ASKED.c.state == OPEN, _ASKED.c.until > tx.now),
        ),
    )
    return tx.execute(query.limit(1)).first() is not None


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return _ASKED.c.municipality == tx.municipality


def _select(tx: Transaction) -> sa.Select[*tuple[Any, ...]]:
    of_case = sa.and_(_CASE.c.municipality == _ASKED.c.municipality, _CASE.c.id == _ASKED.c.case)
    return sa.select(_ASKED, _CASE.c.number).join(_CASE, of_case).where(_own(tx))


def _opened(tx: Transaction, rows: Iterable[sa.Row[*tuple[Any, ...]]]) -> list[Kept]:
    found = [dict(row._mapping) for row in rows]
    voices = _voices(tx, [row["id"] for row in found])
    return [
        Kept(
            id=row["id"],
            case=row["case"],
            number=row["number"],
            asked_by=row["asked_by"],
            ground=row["ground"],
            reason=tx.sealer.open(_place(row["id"], "reason"), row["reason"]).decode(),
            state=row["state"],
            asked_at=row["asked_at"],
            lapses_at=row["lapses_at"],
            opened_at=row["opened_at"],
            until=row["until"],
            ended_at=row["ended_at"],
            ended_by=row["ended_by"] or "",
            reviewed_at=row["reviewed_at"],
            reviewed_by=row["reviewed_by"] or "",
            review=tx.sealer.open(_place(row["id"], "review"), row["review"]).decode()
            if row["review"]
            else "",
            voices=voices.get(row["id"], ()),
        )
        for row in found
    ]


def _voices(tx: Transaction, keys: list[int]) -> dict[int, tuple[Voice, ...]]:
    if not keys:
        return {}
    query = sa.select(_VOICE).where(_VOICE.c.municipality == tx.municipality, _VOICE.c.emergency.in_(keys))
    said: dict[int, tuple[Voice, ...]] = {}
    for row in tx.execute(query.order_by(_VOICE.c.at, _VOICE.c.account)):
        said[row.emergency] = (*said.get(row.emergency, ()), Voice(row.account, row.agreed, row.at))
    return said


def _place(key: int, column: str) -> tuple[str, int, str]:
    return ("emergency", key, column)
