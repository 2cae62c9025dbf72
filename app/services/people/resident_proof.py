"""What proves that whoever holds the code is the resident? A year of birth: no paper with the code tells it."""

from __future__ import annotations

import hmac
from dataclasses import replace

from app.definitions.model.forms import Form
from app.engine.model.answers import Answers
from app.services.cases.load_case import desk_of
from app.services.errors import Invalid, NotFound
from app.services.people import resident_codes, residents
from app.services.people.resident_codes import MOST_WRONG, WAIT, ResidentKey
from app.storage.database import transaction
from app.storage.repositories import resident_rows

MEANS = "resident.birth"
"""What the proving answer stands for; it is read back only once it was given."""


def can_prove(form: Form, answers: Answers) -> bool:
    """Whether there is a proof to ask for."""
    return residents.birth_year(form, answers) is not None


def prove(key: ResidentKey, given: str) -> ResidentKey:
    """The key after the second step. Raises ``NotFound`` for a wrong year (counted as a wrong code is), ``Invalid``
    after too many."""
    desk = desk_of(key.municipality)
    year = "".join(sign for sign in given if sign.isdigit())
    who = f"proof:{key.case}"
    with transaction(key.municipality) as tx:
        loaded = resident_codes.opened(tx, desk, key)
        tired = resident_rows.wrong(tx, who) >= MOST_WRONG
        known = str(residents.birth_year(loaded.pin.form, loaded.case.answers) or "")
        good = bool(known) and hmac.compare_digest(year.encode(), known.encode())
        if not tired and not good:
            resident_rows.count_wrong(tx, who)
    if tired:
        raise Invalid(WAIT, minutes=str(resident_rows.WINDOW.seconds // 60))
    if not good:
        raise NotFound
    return replace(key, proven=True)
