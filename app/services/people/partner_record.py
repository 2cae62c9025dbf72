"""What is a partner, and what cannot be right of one?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from app.engine.belgium import phone as phones
from app.engine.model.answers import FieldError
from app.services.access.passwords import looks_like_email

KINDS = ("overheid", "zorg", "welzijn", "vereniging", "onderwijs", "onderneming", "ander")
AUTHORITY = "overheid"
"""The kind that gets data electronically only under a published protocol."""
LONGEST = {
    "name": 120,
    "email": 200,
    "website": 300,
    "offer": 2000,
    "protocol_id": 80,
    "protocol_url": 300,
    "protocol_advice": 300,
}
MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """Somebody to ask for at a partner."""

    name: str
    function: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Protocol:
    """The published agreement under which an authority gets data; ``until`` is its last day, ``advice`` what
    the data protection officer said of it, and when."""

    id: str = ""
    url: str = ""
    until: date | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation. ``key`` is its name in definitions and answers; made from the name when it is left empty.

    ``themes`` are option ids, ``places`` neighbourhood ids (none: the whole municipality). ``owner`` is the account
    that looks it over on ``review_on``. ``version`` is that of the page that is saved.
    """

    key: str
    name: str
    kind: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    offer: str = ""
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[ContactPerson, ...] = ()
    protocol: Protocol = field(default_factory=Protocol)
    contact_point: str = ""
    review_on: date | None = None
    owner: str = ""
    active: bool = True
    version: int = 0
    updated_at: datetime | None = None
    updated_by: str = ""


def faults(partner: Partner) -> Iterator[FieldError]:
    """What cannot be right, by field."""
    if not partner.name:
        yield FieldError("name", "partner_name")
    if partner.kind and partner.kind not in KINDS:
        yield FieldError("kind", "partner_kind")
    yield from _too_long(partner)
    yield from _cannot_reach("email", "phone", partner.email, partner.phone)
    for name, address in (("website", partner.website), ("protocol_url", partner.protocol.url)):
        if address and not address.startswith(("https://", "http://")):
            yield FieldError(name, "partner_address")
    for number, item in enumerate(partner.people):
        if not item.name.strip():
            yield FieldError(f"people.{number}.name", "partner_person_name")
        row = f"people.{number}"
        yield from _cannot_reach(f"{row}.email", f"{row}.phone", item.email.strip(), item.phone.strip())


def _too_long(partner: Partner) -> Iterator[FieldError]:
    told = {
        "name": partner.name,
        "email": partner.email,
        "website": partner.website,
        "offer": partner.offer,
        "protocol_id": partner.protocol.id,
        "protocol_url": partner.protocol.url,
        "protocol_advice": partner.protocol.advice,
    }
    for name, most in LONGEST.items():
        if len(told[name]) > most:
            yield FieldError(name, "partner_long", (("n", str(most)),))


def _cannot_reach(email_field: str, phone_field: str, email: str, phone: str) -> Iterator[FieldError]:
    if email and not looks_like_email(email):
        yield FieldError(email_field, "partner_email")
    if phone and not phones.normalise(phone):
        yield FieldError(phone_field, "partner_phone")


def free_key(name: str, known: Iterable[str]) -> str:
    """A key for a new partner: its name in plain letters, with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = "_".join("".join(sign if sign.isalnum() else " " for sign in plain).split())[:36].strip("_")
    word = word if word[:1].isalpha() else f"partner_{word}".strip("_")
    taken = set(known)
    return next(
        key
        for number in range(1, 10_000)
        if (key := word if number == 1 else f"{word}_{number}") not in taken
    )


def same_name(name: str) -> str:
    """A name as two people would write the same one."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name).casefold() if sign.isalnum())
