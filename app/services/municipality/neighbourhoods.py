"""Which villages and quarters has the municipality?

Cases, holders and streets know them by an id that never changes; the label may.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.engine.model.answers import FieldError
from app.engine.policy import Actor
from app.engine.values.choices import ELSEWHERE
from app.services import seen as pages
from app.services.errors import Conflict, Invalid
from app.services.municipality import settings
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, municipality_rows, neighbourhood_rows, staffing_rows

MOST, LONGEST = 200, 80
_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood and what depends on it: stretches of street, people who hold something, cases."""

    id: str
    label: str
    streets: int
    holdings: int
    cases: int

    @property
    def is_used(self) -> bool:
        """Whether something would hang in the air without it."""
        return bool(self.streets or self.holdings or self.cases)


def show(actor: Actor) -> tuple[Place, ...]:
    """The neighbourhoods in their order. Raises ``Forbidden``."""
    settings.demand(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        return _places(tx)


def shown(places: Iterable[Place]) -> dict[str, str]:
    """What the page of ``save`` shows."""
    return {place.id: place.label for place in places}


def save(
    actor: Actor, labels: Mapping[str, str], fresh: Iterable[str] = (), *, seen: str | None = None
) -> None:
    """Give the known ones these labels in this order (id -> label) and add ``fresh`` labels; one whose label is empty
    goes. ``seen`` is the mark of ``shown``. Raises ``Invalid``, and ``Conflict``: ``neighbourhood_used`` for one that
    something depends on, or as ``seen.is_new``."""
    settings.demand(actor)
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        standing = {place.id: place for place in _places(tx)}
        now = shown(standing.values())
        fresh = [label for label in map(clean, fresh) if label]
        if seen not in (None, pages.mark(now)):  # the same press once more has added its own
            known = {label.casefold() for label in now.values()}
            fresh = [label for label in fresh if label.casefold() not in known]
        wanted = _wanted(now, labels, fresh)
        if not pages.is_new(now, wanted, seen):
            return
        used = next((place for name, place in standing.items() if name not in wanted and place.is_used), None)
        if used is not None:
            raise Conflict("neighbourhood_used", name=used.label)
        _demand_fit(wanted)
        staffing_rows.put_neighbourhoods(tx, wanted)
        account_rows.staff_changed(tx)
        history.append(tx, None, "neighbourhoods_set", {"n": str(len(wanted))}, by=actor.account)


def clean(label: str) -> str:
    """A label with single spaces."""
    return " ".join(label.split())


def slug_of(label: str) -> str:
    """``Sint-Huibrechts-Lille`` -> ``sint_huibrechts_lille``; ``""`` when no letter is left of it."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("_", plain).strip("_")[:36].lstrip("0123456789_")


def _places(tx: Transaction) -> tuple[Place, ...]:
    used = neighbourhood_rows.used(tx)
    return tuple(
        Place(name, label, *used.get(name, (0, 0, 0)))
        for name, label in staffing_rows.neighbourhoods(tx).items()
    )


def _wanted(now: Mapping[str, str], labels: Mapping[str, str], fresh: Iterable[str]) -> dict[str, str]:
    wanted = {name: clean(label) for name, label in labels.items() if name in now}
    wanted |= {name: label for name, label in now.items() if name not in labels}
    wanted = {name: label for name, label in wanted.items() if label}
    for label in fresh:
        wanted[_new_id(label, wanted)] = label
    return wanted


def _new_id(label: str, taken: Mapping[str, str]) -> str:
    base = slug_of(label) or "wijk"
    base = f"{base}_1" if base in ELSEWHERE else base
    return next(name for name in (base, *(f"{base}_{n}" for n in range(2, MOST + 2))) if name not in taken)


def _demand_fit(wanted: Mapping[str, str]) -> None:
    if len(wanted) > MOST or any(len(label) > LONGEST for label in wanted.values()):
        raise Invalid(errors=(FieldError("fresh", "too_long", (("max", str(LONGEST)),)),))
    folded = [label.casefold() for label in wanted.values()]
    double = next((label for label in wanted.values() if folded.count(label.casefold()) > 1), "")
    if double:
        raise Invalid(errors=(FieldError("fresh", "neighbourhood_double", (("name", double),)),))
