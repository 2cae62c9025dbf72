"""What did those who govern do with a report? An answer to what was released of a period, with a date and who says it.

The newest one counts; what was answered before stays readable. It is shown with the report and to those who filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.engine.calendar import local
from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor
from app.services import once
from app.services.errors import Invalid, NotFound
from app.services.permission import demand
from app.services.reports import frozen
from app.services.staff import staffing
from app.storage import history
from app.storage.database import Transaction, reading, transaction
from app.storage.repositories import release_rows

BODY_MOST, TEXT_MOST = 120, 4000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, about a period (both days included). ``body`` is who governs, ``by`` who wrote it down."""

    first: date
    last: date
    body: str
    answered_on: date
    text: str
    by: str
    made_at: datetime


def of(municipality: str, report: str, first: date | None = None) -> tuple[Answer, ...]:
    """What was answered to a report, or to one period of it; the newest first."""
    workers = staffing.world(municipality).staffing.workers
    with reading(municipality) as tx:
        return tuple(
            Answer(
                by=workers[row["account"]].name if row["account"] in workers else "",
                **{name: row[name] for name in ("first", "last", "body", "answered_on", "text", "made_at")},
            )
            for row in release_rows.answers(tx, report, first)
        )


def give(
    actor: Actor, report: str, first: str, *, body: str, answered_on: str, text: str, token: str = ""
) -> None:
    """Register an answer to a released period (by its first day).

    Raises ``Forbidden``, ``NotFound`` (no such release), ``Invalid``, ``Conflict`` (sent twice with something else).
    """
    demand(actor, Act.FIGURES_EDIT)
    told = (" ".join(body.split()), text.strip().replace("\r\n", "\n"))
    with transaction(actor.municipality) as tx:
        released = _released(tx, report, first)
        day = _checked(told, answered_on, local(staffing.world(actor.municipality).calendar, tx.now).today)
        if once.first(tx, actor, token, report, first, *told, answered_on) is not None:
            return
        release_rows.answer(
            tx,
            {
                "report": report,
                "first": released.first,
                "last": released.last,
                "body": told[0],
                "answered_on": day,
                "text": told[1],
                "account": actor.account,
            },
        )
        history.append(tx, None, "council_answered", {"report": report, "first": first}, by=actor.account)
        once.gave(tx, token, report=report)


def _released(tx: Transaction, report: str, first: str) -> release_rows.Released:
    kept = [*release_rows.listed(tx, report), *release_rows.listed(tx, frozen.name_of(report))]
    found = next((row for row in kept if row.first.isoformat() == first), None)
    if found is None:
        raise NotFound
    return found


def _checked(told: tuple[str, str], answered_on: str, today: date) -> date:
    errors = [
        FieldError(name, "too_long", (("max", str(most)),)) if value else FieldError(name, "required")
        for name, value, most in (("body", told[0], BODY_MOST), ("text", told[1], TEXT_MOST))
        if not value or len(value) > most
    ]
    try:
        day = date.fromisoformat(answered_on)
    except ValueError:
        day = today
        errors.append(FieldError("answered_on", "required"))
    if day > today:
        errors.append(FieldError("answered_on", "later"))
    if errors:
        raise Invalid(errors=tuple(errors))
    return day
