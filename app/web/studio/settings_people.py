"""Who works here to begin with, who holds each contact point, and on which days is it closed?

The first stroke only: substitutes, absences, working hours and rosters have pages of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import count

from flask import request, url_for

from app.definitions.vocabulary import ROLES
from app.engine.model.people import ClosingDay, Holding
from app.engine.policy import Act, may_ever
from app.engine.street_file import decoded
from app.jobs import relay
from app.services.access import invitations
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.municipality import starting
from app.services.seen import PAGE_CHANGED
from app.services.staff import staff_from_csv, staff_people, staff_points, staff_roles, staffing
from app.services.staff.staff_from_csv import Planned
from app.services.staff.staff_people import PersonForm
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.studio import seen, staff_words
from app.web.studio.settings_steps import Page, bp, page, posted, saved

OUTSIDE = frozenset({"resident", "referrer", "partner", "volunteer"})
"""Roles of people who do not work here."""
MOST_DAYS = 60
_DAY = re.compile(
    r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?:\s+(?:vanaf\s+)?([0-9]{1,2})[.:u]([0-9]{2}))?\b\s*(.*)"
)


@bp.get("/medewerkers")
@act(Act.SETTINGS_EDIT)
def people() -> Page:
    """Everybody, and ways to add them."""
    return _people()


@bp.post("/medewerkers")
@act(Act.SETTINGS_EDIT)
def add_person() -> Page:
    """One person more."""
    told = posted("name", "email", "phone")
    roles = frozenset(request.form.getlist("roles"))
    try:
        staff_people.add(visitor.actor(), PersonForm(told["name"], told["email"], told["phone"], roles))
    except ServiceError as problem:
        return _people(problem, told={**told, "roles": roles})
    return saved("people")


@bp.post("/medewerkers/bestand")
@act(Act.SETTINGS_EDIT)
def import_people() -> Page:
    """A list from a spreadsheet: with a wrong row nothing is taken, unless the right ones are asked for."""
    file = request.files.get("bestand")
    who = visitor.actor()
    try:
        plan = staff_from_csv.plan(who, decoded(file.read()) if file else "")
        wanted = plan.rows.rows if request.form.get("toch") or not plan.rows.problems else ()
        if wanted:
            relay.hint(who.municipality, staff_from_csv.apply_staff_rows(who, wanted).wake)
    except ServiceError as problem:
        return _people(problem)
    if wanted and not plan.rows.problems:
        return saved("people")
    answer = _people(plan=plan, taken=len(wanted))
    return answer if wanted else (str(answer), 422)


@bp.post("/medewerkers/<account>/uitnodigen")
@act(Act.ACCOUNTS_EDIT)
def invite(account: str) -> Page:
    """A link for somebody to choose a password; it is shown this once, here."""
    token = invitations.make(visitor.actor(), account)
    link = url_for("begin.welcome", token=token, _external=True)
    return _people(invited=(account, link))


@bp.get("/aanspreekpunten")
@act(Act.STAFFING_EDIT)
def points() -> Page:
    """Who holds each contact point, for the whole municipality."""
    return _points()


@bp.post("/aanspreekpunten")
@act(Act.STAFFING_EDIT)
def save_points() -> Page:
    """Everybody who was chosen holds it from now on."""
    who = visitor.actor()
    try:
        wanted = [_wanted(line) for line in staff_points.listed(who).lines]
        fresh = [holding for holding in wanted if holding is not None]
        relay.hint(who.municipality, starting.hold(who, fresh, seen=staff_words.seen()))
    except Conflict:
        return _points(Conflict(PAGE_CHANGED))
    except ServiceError as problem:
        return _points(problem)
    return saved("points")


@bp.get("/sluitingsdagen")
@act(Act.STAFFING_EDIT)
def days() -> Page:
    """Days on which it is closed beside the legal holidays."""
    closed = _closed()
    return page("days", typed="\n".join(map(_written, closed)), shown=staffing.closing_days_shown(closed))


@bp.post("/sluitingsdagen")
@act(Act.STAFFING_EDIT)
def save_days() -> Page:
    """Keep them; terms that run move with them."""
    who, typed = visitor.actor(), request.form.get("days", "")
    try:
        fresh = _read_days(typed)
        relay.hint(who.municipality, staffing.set_closing_days(who, fresh, seen=seen.posted()))
    except (Conflict, Invalid) as problem:
        closed = _closed()
        written = "\n".join(map(_written, closed))
        now = ((say("studio_settings.days"), written),) if seen.is_stale(problem) else ()
        return page("days", problem, typed=typed, shown=staffing.closing_days_shown(closed), now=now)
    return saved("days")


def _closed() -> tuple[ClosingDay, ...]:
    return staffing.world(visitor.municipality_id()).calendar.closing_days


def _people(
    problem: ServiceError | None = None,
    *,
    told: dict[str, object] | None = None,
    plan: Planned | None = None,
    taken: int = 0,
    invited: tuple[str, str] = ("", ""),
) -> Page:
    who = visitor.actor()
    roles = [role for role in ROLES if role not in OUTSIDE and staff_roles.givable(who, role)]
    lines = [line for line in staff_people.listed(who).lines if line.worker.active]
    may_invite = may_ever(who, Act.ACCOUNTS_EDIT)
    return page(
        "people",
        problem,
        people=lines,
        roles=roles,
        told=told or {},
        plan=plan,
        taken=taken,
        invited=invited,
        may_invite=may_invite,
    )


def _points(problem: ServiceError | None = None) -> Page:
    found = staff_points.listed(visitor.actor())
    held = {
        line.point.id: next((item for item in line.held if not item.neighbourhood), None)
        for line in found.lines
    }
    now = _held_now(found, held) if seen.is_stale(problem) else ()
    return page("points", problem, points=found, held=held, chosen=request.form, now=now)


def _held_now(found: staff_points.Points, held: Mapping[str, Holding | None]) -> seen.Now:
    """Who holds by now what was given to somebody else on this page."""
    told = []
    for line in found.lines:
        mine = held[line.point.id]
        for part, account in (("holder", mine.holder if mine else ""), ("owner", mine.owner if mine else "")):
            typed = request.form.get(f"{part}:{line.point.id}", account)
            label = f"{line.point.label}: {say(f'studio_settings.{part}')}"
            told.append((label, found.names.get(account, ""), found.names.get(typed, "")))
    return seen.differing(told)


def _wanted(line: staff_points.PointLine) -> Holding | None:
    """The holding that was asked for, when it is another than the one there is."""
    ref = line.point.id
    before = next((item for item in line.held if not item.neighbourhood), None)
    holder = request.form.get(f"holder:{ref}", "") or (
        request.form.get("everywhere", "") if before is None else ""
    )
    owner = request.form.get(f"owner:{ref}", "") or (
        before.owner if before else request.form.get("last_resort", "")
    )
    if not holder:
        return None
    substitutes = tuple(name for name in before.substitutes if name != holder) if before else ()
    fresh = Holding(ref, "", holder, substitutes, owner)
    return fresh if fresh != before else None


def _written(item: ClosingDay) -> str:
    at = f" vanaf {item.from_time:%H.%M}" if item.from_time else ""
    return f"{item.day:%d/%m/%Y}{at} {item.label}".strip()


def _read_days(typed: str) -> tuple[ClosingDay, ...]:
    """One day a line. Raises ``Invalid`` with the first line that is none."""
    found: dict[date, ClosingDay] = {}
    for number, line in zip(count(1), typed.splitlines()):
        if not line.strip():
            continue
        match = _DAY.fullmatch(line)
        try:
            if match is None or len(found) >= MOST_DAYS:
                raise ValueError(line)
            day = date(int(match[3]), int(match[2]), int(match[1]))
            at = time(int(match[4]), int(match[5])) if match[4] else None
        except ValueError:
            raise Invalid("closing_line", line=str(number), typed=line.strip()[:80]) from None
        found[day] = ClosingDay(day, match[6].strip()[:80], at)
    return tuple(found.values())
