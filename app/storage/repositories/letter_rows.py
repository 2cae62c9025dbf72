"""Which letters wait, were printed, posted, or came back?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Letter

WAITING, PRINTED, POSTED, RETURNED, DROPPED = "waiting", "printed", "posted", "returned", "dropped"
_LETTER = table_of(Letter)
Row = dict[str, Any]


def insert(tx: Transaction, case: int, event: int, *, number: str, recipient: str, message: str) -> bool:
    """A letter that waits to be printed; False when that message is on paper already."""
    row = {
        "municipality": tx.municipality,
        "id": new_id(),
        "case": case,
        "event": event,
        "number": number,
        "recipient": recipient,
        "message": message,
        "state": WAITING,
        "sealed": None,
        "batch": None,
        "created_at": tx.now,
    }
    empty = {f"{step}_{part}": None for step in ("printed", "posted", "returned") for part in ("at", "by")}
    return tx.insert_new(Letter, {**row, **empty})


def has(tx: Transaction, event: int) -> bool:
    """Whether a message is on paper already."""
    return tx.scalar(sa.select(_LETTER.c.id).where(_own(tx), _LETTER.c.event == event)) is not None


def listed(tx: Transaction, state: str, *, most: int) -> list[Row]:
    """Letters in that state, the oldest first."""
    query = sa.select(_LETTER).where(_own(tx), _LETTER.c.state == state)
    return _all(tx, query.order_by(_LETTER.c.created_at, _LETTER.c.id).limit(most))


def latest(tx: Transaction, state: str, *, most: int) -> list[Row]:
    """Letters in that state, the last printed first."""
    query = sa.select(_LETTER).where(_own(tx), _LETTER.c.state == state)
    return _all(tx, query.order_by(_LETTER.c.printed_at.desc(), _LETTER.c.id.desc()).limit(most))


def count(tx: Transaction, state: str) -> int:
    """How many are in that state."""
    query = sa.select(sa.func.count()).select_from(_LETTER).where(_own(tx), _LETTER.c.state == state)
    return int(tx.scalar(query))


def of_batch(tx: Transaction, batch: int) -> list[Row]:
    """What was printed together, in the order of the pages."""
    query = sa.select(_LETTER).where(_own(tx), _LETTER.c.batch == batch)
    return _all(tx, query.order_by(_LETTER.c.created_at, _LETTER.c.id))


def of_case(tx: Transaction, case: int) -> list[Row]:
    """The letters of a case, the oldest first."""
    query = sa.select(_LETTER).where(_own(tx), _LETTER.c.case == case)
    return _all(tx, query.order_by(_LETTER.c.created_at, _LETTER.c.id))


def by_number(tx: Transaction, number: str) -> Row | None:
    """The letter with that number."""
    found = _all(tx, sa.select(_LETTER).where(_own(tx), _LETTER.c.number == number))
    return found[0] if found else None


def take(tx: Transaction, keys: Collection[int], batch: int, *, by: str) -> list[Row]:
    """Those of ``keys`` that still waited are printed now, by one person: what a colleague took first is left out."""
    mine = sa.and_(_own(tx), _LETTER.c.id.in_(keys), _LETTER.c.state == WAITING)
    values = {"state": PRINTED, "batch": batch, "printed_at": tx.now, "printed_by": by}
    tx.execute(sa.update(_LETTER).where(mine).values(values))
    return of_batch(tx, batch)


def keep(tx: Transaction, key: int, sealed: bytes) -> None:
    """What stands on the paper."""
    tx.execute(sa.update(_LETTER).where(_own(tx), _LETTER.c.id == key).values(sealed=sealed))


def change(tx: Transaction, key: int, was: Collection[str], **values: object) -> bool:
    """Change a letter that is in one of these states; False for another."""
    chosen = sa.and_(_own(tx), _LETTER.c.id == key, _LETTER.c.state.in_(was))
    return tx.execute(sa.update(_LETTER).where(chosen).values(**values)).rowcount == 1


def change_batch(tx: Transaction, of: int, was: str, **values: object) -> int:
    """Change the letters of a batch that are in that state; how many."""
    chosen = sa.and_(_own(tx), _LETTER.c.batch == of, _LETTER.c.state == was)
    return tx.execute(sa.update(_LETTER).where(chosen).values(**values)).rowcount


def drop(tx: Transaction, case: int, *, recipient: str = "", message: str = "") -> None:
    """What still waits for a case (to one recipient, that message) is not printed any more."""
    chosen = [_own(tx), _LETTER.c.case == case, _LETTER.c.state == WAITING]
    if recipient:
        chosen.append(_LETTER.c.recipient == recipient)
    if message:
        chosen.append(_LETTER.c.message == message)
    tx.execute(sa.update(_LETTER).where(*chosen).values(state=DROPPED))


def _own(tx: Transaction) -> sa.ColumnElement[bool]:
    return _LETTER.c.municipality == tx.municipality


def _all(tx: Transaction, query: sa.Select[*tuple[Any, ...]]) -> list[Row]:
    return [dict(row) for row in tx.execute(query).mappings()]
