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
from app.services.errors import Conflict, Invalid
from app.services.municipality import settings
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, neighbourhood_rows, staffing_rows

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


def save(actor: Actor, labels: Mapping[str, str], fresh: Iterable[str] = ()) -> None:
    """Give the known ones these labels in this order (id -> label) and add ``fresh`` labels; one whose label is empty
    goes. Raises ``Invalid``, and ``Conflict`` (``neighbourhood_used``) for one that something depends on."""
    settings.demand(actor)
    with transaction(actor.municipality) as tx:
        standing = {place.id: place for place in _places(tx)}
        wanted = {name: clean(label) for name, label in labels.items() if name in standing}
        wanted = {**wanted, **{name: place.label for name, place in standing.items() if name not in labels}}
        for name in [name for name, label in wanted.items() if not label]:
            if standing[name].is_used:
                raise Conflict("neighbourhood_used", name=standing[name].label)
            del wanted[name]
        for label in filter(None, map(clean, fresh)):
            wanted[_new_id(label, wanted)] = label
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
