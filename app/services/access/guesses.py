"""Does somebody guess? Counted in the database, so that no restart and no loss of Redis opens the gate.

Each gate counts wrong tries in a row of one thing: an account, an account from one place, a place. After some that are
free every wrong one makes the next wait longer, a quarter of an hour at most: nobody is ever shut out for good by what
somebody else does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.services.errors import Invalid
from app.storage.database import Transaction
from app.storage.repositories import guess_rows


@dataclass(frozen=True, slots=True)
class Gate:
    """``who`` is tried, ``free`` times before waiting begins; ``forgiven`` when it was right once."""

    who: str
    free: int
    forgiven: bool = True


def demand(tx: Transaction, gates: Sequence[Gate], code: str) -> None:
    """Raise ``Invalid`` (``code``, with ``minutes``) while one of the gates is closed."""
    until = guess_rows.until(tx, [gate.who for gate in gates])
    if until is not None:
        raise Invalid(code, minutes=str(-((tx.instant - until) // timedelta(minutes=1))))


def wrong(tx: Transaction, gates: Sequence[Gate]) -> bool:
    """Count a wrong try; True when it closed a gate that was open until now."""
    guess_rows.sweep(tx)
    counted = [guess_rows.count(tx, gate.who, gate.free) == gate.free for gate in gates]
    return any(counted)


def right(tx: Transaction, gates: Sequence[Gate]) -> None:
    """It was right."""
    for gate in gates:
        if gate.forgiven:
            guess_rows.forgive(tx, gate.who)
