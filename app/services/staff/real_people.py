"""What keeps invented people out of a real municipality, and real ones out of an exercise?

A real municipality never has an account at a name that cannot exist (``.example``, where the demo and every exercise
live), nor one that opens with the password of the demo. An exercise and the demo have nothing else.
"""

from __future__ import annotations

from app.engine.model.answers import FieldError
from app.services.errors import Forbidden, Invalid
from app.services.municipality.municipalities import DEMO, EXERCISE, REAL
from app.storage.database import Transaction, transaction
from app.storage.repositories import municipality_rows

INVENTED = (".example", ".test", ".invalid", ".localhost")
"""Names that can never be somebody's (RFC 2606)."""
KNOWN_TO_ALL = frozenset({"minder mazen meer net"})
"""Passwords that stand on a screen of every demo."""


def is_invented(email: str) -> bool:
    """Whether an address cannot be a person's."""
    return email.strip().lower().endswith(INVENTED)


def demand_fitting(tx: Transaction, email: str) -> None:
    """Raise ``Invalid`` for an invented address in a real municipality, and for a real one in an exercise."""
    kind = municipality_rows.kind(tx)
    if kind == REAL and is_invented(email):
        raise Invalid(errors=(FieldError("email", "email_invented"),))
    if kind == EXERCISE and not is_invented(email):
        raise Invalid(errors=(FieldError("email", "email_real"),))


def demand_own_password(tx: Transaction, password: str) -> None:
    """Raise ``Invalid`` when somebody in a real municipality would get a password that everybody knows."""
    if municipality_rows.kind(tx) == REAL and password.casefold() in KNOWN_TO_ALL:
        raise Invalid(errors=(FieldError("password", "password_common"),))


def demand_invented(municipality: str) -> None:
    """Raise ``Forbidden`` unless this is the demo or an exercise: for whoever makes people and cases up."""
    with transaction(municipality, readonly=True) as tx:
        if municipality_rows.kind(tx) not in (DEMO, EXERCISE):
            raise Forbidden("real_municipality")
