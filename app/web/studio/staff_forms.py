"""What did somebody fill in on a page about people?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from flask import request

from app.definitions.vocabulary import ROLES
from app.engine.model.people import Worker
from app.services.staff.staff_people import PersonForm

WHOLE_DAY = time(0), time(0)


def text(name: str) -> str:
    """A line that was typed."""
    return request.form.get(name, "").strip()


def day(name: str) -> date | None:
    """A date, or nothing that is one."""
    try:
        return date.fromisoformat(text(name))
    except ValueError:
        return None


def moment(day_name: str, time_name: str) -> datetime | None:
    """A local date and time, naive; the time is midnight when none was given."""
    try:
        at = time.fromisoformat(text(time_name) or "00:00")
    except ValueError:
        return None
    found = day(day_name)
    return datetime.combine(found, at) if found else None


def number(name: str, default: int, *, most: int) -> int:
    """A small whole number."""
    typed = text(name)
    return min(int(typed), most) if typed.isdecimal() and len(typed) < 6 else default


@dataclass(frozen=True, slots=True)
class PersonInputs:
    """What stands in the inputs of a person: as stored, or as it was typed."""

    name: str = ""
    email: str = ""
    phone: str = ""
    roles: frozenset[str] = frozenset({"contact"})
    functions: str = ""
    controller: str = ""
    weekdays: frozenset[int] = frozenset(range(5))
    hours: Mapping[int, tuple[str, str]] | None = None


def inputs_of(worker: Worker) -> PersonInputs:
    """A person as stored."""
    return PersonInputs(
        name=worker.name,
        email=worker.email,
        phone=worker.phone,
        roles=worker.roles & set(ROLES),
        functions=", ".join(sorted(worker.roles - set(ROLES))),
        controller=worker.controller,
        weekdays=worker.weekdays,
        hours={at: (f"{since:%H:%M}", f"{until:%H:%M}") for at, since, until in worker.hours},
    )


def posted_inputs() -> PersonInputs:
    """A person as typed."""
    days = frozenset(int(item) for item in request.form.getlist("weekday") if item in "0123456" and item)
    return PersonInputs(
        name=text("name"),
        email=text("email"),
        phone=text("phone"),
        roles=frozenset(request.form.getlist("role")),
        functions=text("functions"),
        controller=text("controller"),
        weekdays=days,
        hours={at: (text(f"since.{at}"), text(f"until.{at}")) for at in range(7)},
    )


def person_form(typed: PersonInputs) -> PersonForm:
    """What a service takes. A half-filled or impossible hour becomes one that it refuses."""
    functions = typed.functions.replace(";", ",").split(",")
    return PersonForm(
        name=typed.name,
        email=typed.email,
        phone=typed.phone,
        roles=typed.roles,
        functions=tuple("_".join(item.casefold().split()) for item in functions if item.strip()),
        controller=typed.controller,
        weekdays=typed.weekdays,
        hours=tuple(
            (at, *_hours(since, until))
            for at, (since, until) in (typed.hours or {}).items()
            if at in typed.weekdays and (since or until)
        ),
    )


def _hours(since: str, until: str) -> tuple[time, time]:
    try:
        return time.fromisoformat(since), time.fromisoformat(until)
    except ValueError:
        return WHOLE_DAY
