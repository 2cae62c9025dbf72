"""What did somebody fill in on the page of a partner?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import request

from app.services.errors import ServiceError
from app.services.people.partner_record import ContactPerson, Partner, Protocol
from app.texts import has, say

EMPTY_ROWS = 1


def text(name: str) -> str:
    """A line that was typed."""
    return request.form.get(name, "").strip()


def posted(before: Partner) -> tuple[Partner, dict[str, str]]:
    """The partner as typed, and what is wrong with its dates; a date that is none stays as it was before."""
    wrong: dict[str, str] = {}
    columns = [request.form.getlist(name) for name in ("person", "function", "person_phone", "person_email")]
    people = [ContactPerson(*(cell.strip()[:200] for cell in row)) for row in zip(*columns, strict=False)]
    partner = replace(
        before,
        name=text("name"),
        kind=text("kind"),
        email=text("email"),
        phone=text("phone"),
        website=text("website"),
        offer=text("offer"),
        themes=tuple(request.form.getlist("theme")),
        places=tuple(request.form.getlist("place")),
        people=tuple(item for item in people if any((item.name, item.function, item.phone, item.email))),
        protocol=Protocol(
            text("protocol_id"),
            text("protocol_url"),
            _day("protocol_until", before.protocol.until, wrong),
            text("protocol_advice"),
        ),
        review_on=_day("review_on", before.review_on, wrong),
        owner=text("owner"),
        version=_version(),
    )
    return partner, wrong


def version() -> int:
    """The version that the page showed; -1 when it did not say."""
    return _version()


def field_errors(problem: ServiceError) -> dict[str, str]:
    """Field -> what is wrong with it, the first of each; ``""`` for the whole."""
    found: dict[str, str] = {}
    for item in getattr(problem, "errors", ()):
        found.setdefault(item.field, say(f"partners.error.{item.code}", **dict(item.params)))
    code = f"partners.error.{problem.code}"
    if not found and has(code):
        found[""] = say(code, **problem.params)
    return found


def _version() -> int:
    typed = text("version")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def _day(name: str, before: date | None, wrong: dict[str, str]) -> date | None:
    typed = text(name)
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        wrong[name] = say("partners.error.partner_day")
        return before
