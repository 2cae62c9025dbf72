"""What proves that whoever holds the code is the resident? Something the paper with the code does not tell."""

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

BIRTH, PHONE = "birth", "phone"
LAST_SIGNS = 4


def kind(form: Form, answers: Answers) -> str:
    """Which proof can be asked: the year of birth, else the last four signs of a telephone; empty for none."""
    if residents.birth_year(form, answers):
        return BIRTH
    return PHONE if _phones(form, answers) else ""


def prove(key: ResidentKey, given: str) -> ResidentKey:
    """The key after the second step. Raises ``NotFound`` for a wrong proof (counted as a wrong code is), ``Invalid``
    after too many."""
    desk = desk_of(key.municipality)
    given = "".join(sign for sign in given if sign.isdigit())
    who = f"proof:{key.case}"
    with transaction(key.municipality) as tx:
        loaded = resident_codes.opened(tx, desk, key)
        tired = resident_rows.wrong(tx, who) >= MOST_WRONG
        good = given and any(
            hmac.compare_digest(given.encode(), wanted.encode())
            for wanted in _wanted(loaded.pin.form, loaded.case.answers)
        )
        if not tired and not good:
            resident_rows.count_wrong(tx, who)
    if tired:
        raise Invalid(WAIT, minutes=str(resident_rows.WINDOW.seconds // 60))
    if not good:
        raise NotFound
    return replace(key, proven=True)


def _wanted(form: Form, answers: Answers) -> list[str]:
    year = residents.birth_year(form, answers)
    return [str(year)] if year else [phone[-LAST_SIGNS:] for phone in _phones(form, answers)]


def _phones(form: Form, answers: Answers) -> list[str]:
    told = (residents.meaning(form, answers, f"resident.{name}") for name in ("mobile", "phone"))
    digits = ("".join(sign for sign in text if sign.isdigit()) for text in told)
    return [text for text in digits if len(text) >= LAST_SIGNS]
