"""How are keys changed while everybody works?

The master key: every data key is wrapped anew by the new one, one municipality a transaction; both are known meanwhile.
A data key: see ``key_change``. What breaks off is gone on with, by the command or by the worker, which looks every ten
minutes whether a change is under way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.services.errors import Conflict, Unavailable
from app.services.municipality import municipalities
from app.storage import history, key_change
from app.storage.database import transaction
from app.storage.key_change import GRACE, Step
from app.storage.sealed_columns import COLUMNS, SealedColumn
from app.storage.sealing import CannotOpen

KEY_MADE, KEY_GONE = "data_key_made", "data_key_gone"
TRIES = 5
PASSES = 3
"""Whoever learns late of the new key seals with the old one for a minute: what that left is taken in another pass."""

Tell = Callable[[str, int], None]
"""Gets the name of a table and how many of its values were sealed again in this batch."""


@dataclass(frozen=True, slots=True)
class Changed:
    """``number`` seals now; ``sealed`` values were sealed again, ``left`` still need an older key (column -> how many).

    ``destroyed`` are the numbers of the keys that are gone.
    """

    number: int
    sealed: int
    left: Mapping[tuple[str, str], int]
    destroyed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The data keys of a municipality, the newest last, and what still needs an older one."""

    numbers: tuple[int, ...]
    left: Mapping[tuple[str, str], int]


def standing(municipality: str) -> Standing:
    """How far a change of keys is."""
    with transaction(municipality, readonly=True) as tx:
        return Standing(tuple(key_change.numbers(tx)), key_change.left(tx))


def rotate_data(
    municipality: str, tell: Tell = lambda _table, _n: None, *, grace: timedelta = GRACE
) -> Changed:
    """Make a new data key, or go on with a change that was begun; seal everything with it and destroy the older ones.

    They are destroyed only when the new one has stood for ``grace``: until then some process may still seal with them.
    """
    with transaction(municipality) as tx:
        if len(key_change.numbers(tx)) == 1:
            number = key_change.add(tx)
            history.append(tx, None, KEY_MADE, {"number": str(number)})
    return go_on(municipality, tell, grace=grace)


def go_on(municipality: str, tell: Tell = lambda _table, _n: None, *, grace: timedelta = GRACE) -> Changed:
    """Go on with a change of data keys; does nothing when none is under way."""
    sealed = 0
    key_change.look_again(municipality)
    for _ in range(PASSES):
        fresh = sum(_column(municipality, column, tell) for column in COLUMNS)
        sealed += fresh
        if not fresh:
            break
    with transaction(municipality) as tx:
        destroyed = key_change.destroy(tx, grace=grace)
        if destroyed:
            history.append(tx, None, KEY_GONE, {"numbers": ", ".join(map(str, destroyed))})
        return Changed(max(key_change.numbers(tx)), sealed, key_change.left(tx), tuple(destroyed))


def go_on_all() -> int:
    """Go on wherever a change is under way; how many values were sealed again."""
    sealed = 0
    for known in municipalities.listed():
        with transaction(known.id, readonly=True) as tx:
            several = len(key_change.numbers(tx)) > 1
        sealed += go_on(known.id).sealed if several else 0
    return sealed


def rewrap_all(master: bytes) -> int:
    """Wrap every key of every municipality by ``master``; how many were not yet.

    Raises ``Conflict`` for a municipality whose keys no known master key opens.
    """
    changed = 0
    for known in municipalities.listed():
        try:
            with transaction(known.id) as tx:
                changed += key_change.rewrap(tx, master)
        except CannotOpen as error:
            raise Conflict("keys_unknown_master", municipality=known.id) from error
    return changed


def _column(municipality: str, column: SealedColumn, tell: Tell) -> int:
    step = _batch(municipality, column, ())
    sealed = step.sealed
    while step.after is not None:
        tell(column.table, step.sealed)
        step = _batch(municipality, column, step.after)
        sealed += step.sealed
    if step.sealed:
        tell(column.table, step.sealed)
    return sealed


def _batch(municipality: str, column: SealedColumn, after: tuple[object, ...]) -> Step:
    """One short transaction; tried again when somebody else was in the way."""
    for attempt in range(TRIES):
        try:
            with transaction(municipality) as tx:
                return key_change.reseal(tx, column, after)
        except Unavailable:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("the last try returns or raises")
