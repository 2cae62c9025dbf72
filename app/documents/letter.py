"""How is a letter printed? For a window envelope, in large type, a page each, with somebody to call at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.documents import compiler, house
from app.documents.house import House, Somebody
from app.texts import say

TEMPLATE = "letter"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person. ``addressee`` are the lines of the address, the name first; ``paragraphs`` plain text.

    ``reference`` is a number to mention; ``code`` something to type over, set in large signs, with ``code_label``
    before it. ``salutation`` and ``closing`` have a default.
    """

    sender: House
    addressee: tuple[str, ...]
    day: date
    subject: str
    paragraphs: tuple[str, ...]
    contact: Somebody
    reference: str = ""
    salutation: str = ""
    closing: str = ""
    code_label: str = ""
    code: str = ""


def letters_pdf(letters: Sequence[Letter], at: datetime) -> bytes:
    """All of them in one PDF, each beginning on a page of its own; made ``at`` (aware). Raises ``ValueError`` without
    any."""
    return compiler.pdf(TEMPLATE, letters_data(letters), at)


def letters_data(letters: Sequence[Letter]) -> dict[str, object]:
    """What the template is given."""
    if not letters:
        raise ValueError("no letters")
    first = letters[0]
    return {
        "title": first.subject if len(letters) == 1 else say("documents.letters", n=len(letters)),
        "letters": [_told(letter) for letter in letters],
    }


def _told(letter: Letter) -> dict[str, object]:
    call = "documents.call" if letter.contact.phone else "documents.call_nobody"
    return {
        "house": letter.sender,
        "addressee": letter.addressee,
        "subject": letter.subject,
        "facts": [
            (say("documents.day"), house.day(letter.day)),
            *([(say("documents.reference"), letter.reference)] if letter.reference else []),
        ],
        "salutation": letter.salutation or say("documents.salutation"),
        "paragraphs": letter.paragraphs,
        "code": {"label": letter.code_label, "text": letter.code} if letter.code else None,
        "closing": letter.closing or say("documents.closing"),
        "contact": letter.contact,
        "questions": say("documents.questions"),
        "call": say(call, name=letter.contact.name, phone=letter.contact.phone),
    }
