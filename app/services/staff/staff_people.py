"""Who works here, what do they hold, and how is somebody added, changed, closed and opened again?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from app.definitions.vocabulary import ROLES
from app.engine import staff_edits
from app.engine.belgium import phone as phones
from app.engine.model.answers import FieldError
from app.engine.model.people import AccountId, Staffing, Worker, World
from app.engine.policy import Act, Actor, may
from app.services.access.passwords import looks_like_email
from app.services.definitions.catalogs import live
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.staff import staff_change, staff_roles
from app.services.staff.read_world import read_world
from app.services.staff.staff_change import Change
from app.storage.database import transaction
from app.storage.ids import new_account_id
from app.storage.repositories import account_rows, municipality_rows

LONGEST = 120
CONTROLLERS = ("", "gemeente", "ocmw")
_FUNCTION = re.compile(r"[a-z][a-z0-9_]{1,39}")
Hours = tuple[tuple[int, time, time], ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody as the list shows them. ``points`` are the labels of what they hold, ``stands_in`` of what they are a
    substitute for; ``can_sign_in`` is for those who keep accounts."""

    worker: Worker
    points: tuple[str, ...]
    stands_in: tuple[str, ...]
    cases: int
    tasks: int
    absent_until: date | None
    can_sign_in: bool


@dataclass(frozen=True, slots=True)
class People:
    """The page: everybody by name, the inactive last. ``version`` of the staff that is shown."""

    version: int
    lines: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What can be filled in about somebody. ``functions`` are roles of the municipality's own."""

    name: str
    email: str
    phone: str = ""
    roles: frozenset[str] = frozenset({"contact"})
    functions: tuple[str, ...] = ()
    controller: str = ""
    weekdays: frozenset[int] = frozenset(range(5))
    hours: Hours = ()


def listed(actor: Actor) -> People:
    """Everybody. Raises ``Forbidden``."""
    if not may(actor, Act.STAFFING_READ):
        raise Forbidden(str(Act.STAFFING_READ))
    labels = {ref: point.label for ref, point in live(actor.municipality).contact_points.items()}
    with transaction(actor.municipality, readonly=True) as tx:
        version = municipality_rows.staffing_version(tx) or 0
        world = read_world(tx)
        work = account_rows.work_of(tx, list(world.staffing.workers))
        signs_in = {row[0] for row in account_rows.lines(tx) if row[8] and row[7]}
        today = tx.now.astimezone(world.calendar.zone).date()
    lines = [
        PersonLine(
            worker,
            tuple(_held(world, worker.id, labels)),
            tuple(_stands_in(world.staffing, worker.id, labels)),
            work[worker.id][0] if worker.id in work else 0,
            work[worker.id][1] if worker.id in work else 0,
            absent_until=absent_until(world.staffing, worker.id, today),
            can_sign_in=worker.id in signs_in,
        )
        for worker in world.staffing.workers.values()
    ]
    return People(version, tuple(sorted(lines, key=lambda item: (not item.worker.active, item.worker.name))))


def one(actor: Actor, account: AccountId) -> tuple[int, PersonLine]:
    """Version of the staff and one person. Raises ``Forbidden``, ``NotFound``."""
    people = listed(actor)
    for line in people.lines:
        if line.worker.id == account:
            return people.version, line
    raise NotFound


def absent_until(staffing: Staffing, account: AccountId, today: date) -> date | None:
    """The last day of the absence somebody has today."""
    ends = [
        item.end for item in staffing.absences if item.account == account and item.start <= today <= item.end
    ]
    return max(ends, default=None)


def add(actor: Actor, form: PersonForm, *, seen: int | None = None) -> AccountId:
    """Somebody new, who cannot sign in yet; their id. Raises ``Forbidden``, ``Invalid`` (per field), ``Conflict``
    (``account_exists``)."""
    staff_change.demand_edit(actor)
    staff_roles.demand_givable(actor, form.roles | set(form.functions))
    _check(form)
    worker = _worker(form, Worker(new_account_id(), ""))
    change = Change(
        "account_created",
        staff_change.of_staff(lambda staffing: staff_edits.with_worker(staffing, worker)),
        {"account": worker.id},
    )
    staff_change.carry_out(actor, change, seen=seen)
    return worker.id


def save(actor: Actor, account: AccountId, form: PersonForm, *, seen: int | None = None) -> None:
    """Change somebody. Raises ``Forbidden`` (a role, or the address of somebody with a role, that is not the actor's to
    give), ``Invalid``, ``NotFound``, ``Conflict``, ``ToArrange``."""
    staff_change.demand_edit(actor)
    _check(form)
    before = one(actor, account)[1].worker
    worker = _worker(form, before)
    staff_roles.demand_givable(actor, before.roles ^ worker.roles)
    if worker.email != before.email:
        staff_roles.demand_givable(actor, before.roles)
    change = Change(
        "account_changed",
        staff_change.of_staff(lambda staffing: staff_edits.with_worker(staffing, worker)),
        {"account": account},
    )
    staff_change.carry_out(actor, change, seen=seen)


def deactivate(actor: Actor, account: AccountId, *, seen: int | None = None) -> None:
    """Close an account: nobody's substitute any more, every session ended. Raises ``ToArrange`` while something is
    theirs, ``Forbidden``, ``NotFound``, ``Conflict``."""
    demand_close(actor, account)
    staff_change.carry_out(actor, Change("account_closed", leaving(account), {"account": account}), seen=seen)


def demand_close(actor: Actor, account: AccountId) -> Worker:
    """Who it is. Raises ``Forbidden`` when their roles are not the actor's to take, ``NotFound``."""
    staff_change.demand_edit(actor)
    worker = one(actor, account)[1].worker
    staff_roles.demand_givable(actor, worker.roles)
    if account == actor.account:
        raise Forbidden("not_yourself")
    return worker


def leaving(account: AccountId) -> staff_change.Apply:
    """The world without somebody's help; what they hold themselves stays, and shows as a hole."""

    def gone(staffing: Staffing) -> Staffing:
        worker = staffing.workers.get(account)
        if worker is None:
            raise NotFound
        fewer = staff_edits.out_of_sight(staffing, account)
        return staff_edits.with_worker(fewer, replace(worker, active=False))

    return staff_change.of_staff(gone)


def reactivate(actor: Actor, account: AccountId, *, seen: int | None = None) -> None:
    """Open a closed account again; their password still opens it. Raises as ``deactivate``."""
    staff_change.demand_edit(actor)
    worker = replace(one(actor, account)[1].worker, active=True)
    staff_roles.demand_givable(actor, worker.roles)
    change = Change(
        "account_opened",
        staff_change.of_staff(lambda staffing: staff_edits.with_worker(staffing, worker)),
        {"account": account},
    )
    staff_change.carry_out(actor, change, seen=seen)


def _held(world: World, account: AccountId, labels: Mapping[str, str]) -> Iterator[str]:
    """Labels of what somebody holds, with the neighbourhood where it is not all of them."""
    for holding in world.staffing.holdings:
        if holding.holder == account and holding.contact_point in labels:
            place = world.staffing.neighbourhoods.get(holding.neighbourhood, "")
            yield f"{labels[holding.contact_point]} ({place})" if place else labels[holding.contact_point]


def _stands_in(staffing: Staffing, account: AccountId, labels: Mapping[str, str]) -> Iterator[str]:
    found = {item.contact_point: "" for item in staffing.holdings if account in item.substitutes}
    return (labels[point] for point in found if point in labels)


def _worker(form: PersonForm, before: Worker) -> Worker:
    return replace(
        before,
        name=" ".join(form.name.split()),
        email=form.email.strip().lower(),
        phone=form.phone.strip(),
        roles=form.roles | set(form.functions),
        controller=form.controller,
        weekdays=form.weekdays,
        hours=tuple(sorted(item for item in form.hours if item[0] in form.weekdays)),
    )


def _check(form: PersonForm) -> None:
    """Raise ``Invalid`` with everything that is wrong."""
    wrong = [
        ("name", "required", not form.name.strip()),
        ("name", "too_long", len(form.name) > LONGEST),
        ("email", "email", not looks_like_email(form.email.strip().lower())),
        ("phone", "phone", bool(form.phone.strip()) and not phones.normalise(form.phone)),
        ("roles", "required.choice", not form.roles | set(form.functions)),
        ("roles", "unknown_option", not form.roles <= set(staff_roles.OFFERED)),
        ("functions", "function", not all(_FUNCTION.fullmatch(item) for item in form.functions)),
        ("functions", "unknown_option", bool(set(form.functions) & set(ROLES))),
        ("controller", "unknown_option", form.controller not in CONTROLLERS),
        ("weekdays", "required.choice", not form.weekdays or not form.weekdays <= set(range(7))),
        ("hours", "hours_order", any(since >= until for _, since, until in form.hours)),
    ]
    errors = tuple(FieldError(name, code, (("max", str(LONGEST)),)) for name, code, found in wrong if found)
    if errors:
        raise Invalid(errors=errors)
