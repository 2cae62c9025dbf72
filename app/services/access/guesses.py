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


def attempt(tx: Transaction, gates: Sequence[Gate], code: str) -> bool:
    """Count a try before anybody knows whether it is right, so that a thousand at once are a thousand tries. True when
    it closes a gate, unless it turns out ``right``. Raises ``Invalid`` (``code`` with
    ``minutes``) while one is closed."""
    guess_rows.sweep(tx)
    ordered = sorted(gates, key=lambda gate: gate.who)  # everybody locks the rows in the same order
    counted = [(gate, guess_rows.count(tx, gate.who)) for gate in ordered]
    until = guess_rows.until(tx, [gate.who for gate in gates])
    if until is not None:
        raise Invalid(code, minutes=str(-((tx.instant - until) // timedelta(minutes=1))))
    for gate, wrong in counted:
        if wrong >= gate.free:
            guess_rows.wait(tx, gate.who, wrong - gate.free)
    return any(wrong == gate.free for gate, wrong in counted)


def right(tx: Transaction, gates: Sequence[Gate]) -> None:
    """The attempt was right: it counts nowhere, and what went wrong before counts no longer."""
    forgive(tx, gates)
    for gate in gates:
        if not gate.forgiven:
            guess_rows.take_back(tx, gate.who)


def forgive(tx: Transaction, gates: Sequence[Gate]) -> None:
    """Who they are was shown in another way: what went wrong before counts no longer."""
    for gate in gates:
        if gate.forgiven:
            guess_rows.forgive(tx, gate.who)
