"""How does a resident open their own page without an account? With the number of the case and a code of eight signs.

The code is kept nowhere: it is worked out from the case with a key of the municipality, so that every case has one,
older ones too, and a copy of the database tells none. Wrong codes are counted a number and an origin, in the database:
who tries a number from elsewhere does not shut its resident out.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.definitions.model.forms import Form
from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load
from app.services.definitions import catalogs
from app.services.errors import Invalid, NotFound
from app.services.follow_up.sending_limits import network_of
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, resident_rows
from app.storage.repositories.event_rows import NewEvent

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
SIGNS = 8
"""Forty bits: a million places with thirty guesses an hour each need four years; and it can be typed from paper."""
MOST_WRONG = 10
"""Wrong codes an hour for one number, from one origin."""
MOST_FROM_HERE = 30
"""Wrong codes an hour from one origin."""
WAIT = "resident_wait"
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})
_NOBODY = 0


@dataclass(frozen=True, slots=True)
class ResidentKey:
    """Somebody who gave number and code of a case: what their browser keeps, signed. ``proven``: the second step was
    taken, so that what they told may be read back."""

    municipality: str
    case: str
    generation: int
    proven: bool = False


def about_resident(form: Form) -> bool:
    """Whether a form asks who somebody is: cases of such a form have a code."""
    return any(field.means.startswith("resident.") for field in form.fields())


def code_of(tx: Transaction, case: int, generation: int | None = None) -> str:
    """The code of a case, as it is good now."""
    if generation is None:
        generation = resident_rows.generation(tx, case)
    digest = hmac.digest(tx.sealer.derived("resident_code"), f"{case}:{generation}".encode(), "sha256")
    number = int.from_bytes(digest[:5], "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(0, SIGNS * 5, 5))


def first(tx: Transaction, case: int, form: Form) -> str:
    """The code of a case that was opened just now; empty for a form that is about nobody."""
    return code_of(tx, case, 1) if about_resident(form) else ""


def given(tx: Transaction, row: Mapping[str, Any], form: Form) -> str:
    """The code to give to the resident of a case; empty when there is no page for it."""
    closed = row["recalled"] or row["blocked"] or not about_resident(form)
    return "" if closed else code_of(tx, row["id"])


def enter(municipality: str, number: str, code: str, *, origin: str = "") -> ResidentKey:
    """Who gave a number and its code. Every miss is the same ``NotFound``, also for a case whose links were recalled;
    ``Invalid`` (``resident_wait``) after too many."""
    number, given = number.strip().upper(), code.strip().lower().translate(_MISREAD)
    network = network_of(origin)
    counted = [
        (f"number:{number}|from:{network}", MOST_WRONG),
        *([(f"origin:{network}", MOST_FROM_HERE)] if network else []),
    ]
    with transaction(municipality) as tx:
        tired = [resident_rows.wrong(tx, who) >= most for who, most in counted]
        row = case_rows.by_number(tx, number)
        key = row["id"] if row else _NOBODY
        generation = resident_rows.generation(tx, key)
        same = hmac.compare_digest(code_of(tx, key, generation).encode(), given.encode())
        found = row if same and row and is_open(municipality, row) else None
        if not any(tired):
            if found is None:
                for who, _ in counted:
                    resident_rows.count_wrong(tx, who)
            else:
                resident_rows.forgive(tx, counted[0][0])
    if any(tired):
        raise Invalid(WAIT, minutes=str(resident_rows.WINDOW.seconds // 60))
    if found is None:
        raise NotFound
    return ResidentKey(municipality, ids.to_text(found["id"]), generation)


def is_open(municipality: str, row: Mapping[str, Any]) -> bool:
    """Whether a case has a page for its resident."""
    if row["recalled"] or row["blocked"]:
        return False
    return about_resident(catalogs.form_version(municipality, row["form_version"]).form)


def opened(tx: Transaction, desk: Desk, key: ResidentKey, *, lock: bool = False) -> Loaded:
    """The case behind a key. Raises ``NotFound`` once its code was renewed or its links were recalled."""
    loaded = load(tx, desk, key_of(key.case), lock=lock)
    row = loaded.row
    if resident_rows.generation(tx, row["id"]) != key.generation or not is_open(desk.municipality, row):
        raise NotFound
    return loaded


def renew(actor: Actor, case_id: str) -> str:
    """Another code for a case (the old one was lost, or is in wrong hands); shown this once on the page that asks.

    Raises ``NotFound``, ``Forbidden``.
    """
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = _handled(tx, desk, actor, case_id)
        key = loaded.row["id"]
        generation = resident_rows.renew(tx, key, by=actor.account)
        told = NewEvent("resident_code_renewed", {VERSION: str(loaded.row["version"])}, by=actor.account)
        event_rows.append_all(tx, key, [told])
        return code_of(tx, key, generation)


def _handled(tx: Transaction, desk: Desk, actor: Actor, case_id: str) -> Loaded:
    loaded = load(tx, desk, key_of(case_id), lock=True)
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    if not relation.allowed(actor, Act.CASE_FIND, found) or not about_resident(loaded.pin.form):
        raise NotFound
    relation.demand(actor, Act.CASE_NOTE, found)
    return loaded
