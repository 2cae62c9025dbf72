"""How do the holes and mistakes of a staffing read, and what do the pages about people have in common?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import request

from app.definitions import problems
from app.definitions.model.source import Problem
from app.definitions.vocabulary import ROLES
from app.engine.model.staff_faults import Fault
from app.services.errors import ServiceError
from app.services.staff.staff_change import ToArrange
from app.texts import has, say
from app.web import shell, visitor

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
EVERYWHERE = "overal"
"""In addresses: the municipal default."""


@dataclass(frozen=True, slots=True)
class Words:
    """The names behind ids, as they are now."""

    names: Mapping[str, str]
    points: Mapping[str, str]
    places: Mapping[str, str]

    def where(self, point: str, place: str) -> str:
        """A contact point, with the neighbourhood where it is one's own."""
        label = self.points.get(point, point)
        if not place:
            return say("studio_staff.where", point=label)
        return say("studio_staff.where_in", point=label, place=self.places.get(place, place))

    def fault(self, fault: Fault) -> str:
        """What is missing, and what to do about it."""
        return say(
            f"studio_staff.fault.{fault.code}",
            name=self.names.get(fault.person, ""),
            where=self.where(fault.point, fault.place),
            period=period_of(fault),
            role=role_label(fault.role),
            cases=counted("cases", fault.cases),
            tasks=counted("tasks", fault.tasks),
        )


def words() -> Words:
    """As they are for this request."""
    staffing = visitor.world().staffing
    return Words(
        {worker.id: worker.name for worker in staffing.workers.values()},
        {ref: point.label for ref, point in visitor.live().contact_points.items()},
        staffing.neighbourhoods,
    )


def counted(what: str, n: int) -> str:
    """``1 dossier``, ``7 dossiers``."""
    return say(f"studio_staff.{what}", n=n)


def period_of(fault: Fault) -> str:
    """The days, or the hours of a roster, of a hole."""
    if "T" in fault.start:
        start, end = (datetime.fromisoformat(text) for text in (fault.start, fault.end))
        return say("studio_staff.period", start=shell.moment(start), end=shell.moment(end))
    return period(fault.start, fault.end)


def period(first: date | str, last: date | str) -> str:
    """``van maandag 9 november 2026 tot en met …``, or the one day."""
    days = [date.fromisoformat(item) if isinstance(item, str) and item else item for item in (first, last)]
    start, end = (shell.day(item) if isinstance(item, date) else "" for item in days)
    return say("studio_staff.days_of", start=start, end=end) if end and end != start else start


def role_label(role: str) -> str:
    """The name of a role; a function of the municipality's own as it is written."""
    return say(f"studio_staff.role.{role}") if role in ROLES else role.replace("_", " ")


def week(days: Iterable[int]) -> str:
    """``ma di wo``, and ``ma–vr`` for three or more that follow each other."""
    chosen = sorted(days)
    if len(chosen) > 2 and chosen[-1] - chosen[0] == len(chosen) - 1:
        return f"{WEEKDAYS[chosen[0]]}–{WEEKDAYS[chosen[-1]]}"
    return " ".join(WEEKDAYS[day] for day in chosen)


def said(error: ServiceError) -> tuple[str, ...]:
    """What a refused change says, outside the fields."""
    if isinstance(error, ToArrange):
        known = words()
        return (*(known.fault(item) for item in error.faults), *(proved(item) for item in error.problems))
    for area in ("studio_staff.problem", "errors"):
        if has(f"{area}.{error.code}"):
            params = {
                name: role_label(text) if name == "role" else text for name, text in error.params.items()
            }
            return (say(f"{area}.{error.code}", **params),)
    return (say("studio_staff.problem.other"),)


def proved(problem: Problem) -> str:
    """What the proof of the definitions says."""
    return " ".join(filter(None, problems.text_of(problem)))


def field_errors(error: ServiceError) -> dict[str, str]:
    """Field -> what is wrong with it, the first of each."""
    found: dict[str, str] = {}
    for item in getattr(error, "errors", ()):
        area = "studio_staff.error" if has(f"studio_staff.error.{item.code}") else "errors"
        found.setdefault(item.field, say(f"{area}.{item.code}", **dict(item.params)))
    return found


def seen() -> int | None:
    """The version of the staff that the page showed."""
    text = request.form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
