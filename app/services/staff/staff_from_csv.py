"""How does a list of staff that was read become people and what they hold? All of it in one change, proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.definitions.model.workflows import Per
from app.definitions.vocabulary import ROLES
from app.engine import staff_edits
from app.engine.model.people import AccountId, Holding, Staffing, Worker
from app.engine.policy import Actor, can_carry
from app.services.definitions.catalogs import live
from app.services.staff import staff_change, staff_roles, staffing
from app.services.staff.staff_change import Change, Done
from app.services.staff.staff_csv import RowProblem, StaffRow, StaffRows, read_staff_csv
from app.storage.ids import new_account_id

Place = tuple[str, str]
_OWNERS = ("head_of_service", "coordinator", "team_lead")
"""Who owns what nobody owned, the first found."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a list would do: ``fresh`` people, those it ``changes`` (same address), and what is held by whom then."""

    rows: StaffRows
    fresh: tuple[StaffRow, ...]
    changes: tuple[StaffRow, ...]
    holdings: tuple[Holding, ...]
    names: dict[AccountId, str]


def read(actor: Actor, text: str) -> StaffRows:
    """Read a list for this municipality; nothing is written. Raises ``Forbidden``."""
    staff_change.demand_edit(actor)
    world = staffing.world(actor.municipality)
    known = {role for worker in world.staffing.workers.values() for role in worker.roles} - set(ROLES)
    points = live(actor.municipality).contact_points
    return read_staff_csv(text, points, world.staffing.neighbourhoods, functions=known)


def plan(actor: Actor, text: str) -> Planned:
    """What a list would do, with every reason why a row cannot. Raises ``Forbidden``."""
    found = read(actor, text)
    before = staffing.world(actor.municipality).staffing
    problems = [*found.problems, *_not_allowed(actor, before, found.rows)]
    bad = {item.line for item in problems}
    rows = StaffRows(tuple(row for row in found.rows if row.line not in bad), tuple(sorted(problems)))
    ids = _ids(before, rows.rows)
    after = _applied(before, rows.rows, ids, _local(actor))
    known = _by_email(before)
    return Planned(
        rows=rows,
        fresh=tuple(row for row in rows.rows if row.email not in known),
        changes=tuple(row for row in rows.rows if row.email in known),
        holdings=tuple(item for item in after.holdings if item not in before.holdings),
        names={account: worker.name for account, worker in after.workers.items()},
    )


def apply_staff_rows(actor: Actor, rows: Iterable[StaffRow], *, seen: int | None = None) -> Done:
    """Add or change the people of ``rows`` and let them hold what stands with them, in one change.

    Who has the same address is the same person. The first row that names a contact point for a neighbourhood holds it,
    the next ones are the substitutes in that order; what the list does not name stays. Raises ``Forbidden``,
    ``ToArrange`` (nothing was written), ``Conflict``.
    """
    staff_change.demand_edit(actor)
    taken = tuple(rows)
    before = staffing.world(actor.municipality).staffing
    for row in taken:
        staff_roles.demand_givable(actor, _new_roles(before, row))
    ids, local = _ids(before, taken), _local(actor)
    change = Change(
        "staff_list_applied",
        staff_change.of_staff(lambda staff: _applied(staff, taken, ids, local)),
        {"people": str(len(taken))},
    )
    return staff_change.carry_out(actor, change, seen=seen)


def _not_allowed(actor: Actor, before: Staffing, rows: Iterable[StaffRow]) -> Iterator[RowProblem]:
    taken = tuple(rows)
    owner = _owner(_applied(before, taken, _ids(before, taken), _local(actor)))
    for row in taken:
        for role in sorted(_new_roles(before, row)):
            if not staff_roles.givable(actor, role):
                yield RowProblem(row.line, "roles", "role_not_yours", (("typed", role),))
        if row.points and not can_carry(row.roles):
            yield RowProblem(row.line, "points", "cannot_carry", (("name", row.name),))
        if row.points and not owner:
            yield RowProblem(row.line, "points", "no_owner")


def _new_roles(before: Staffing, row: StaffRow) -> set[str]:
    """Those that the row gives or takes."""
    known = _by_email(before).get(row.email)
    return set(row.roles) ^ set(known.roles if known else ())


def _local(actor: Actor) -> frozenset[str]:
    """The contact points that a neighbourhood may have a holder of its own for."""
    points = live(actor.municipality).contact_points.values()
    return frozenset(point.id for point in points if point.per is Per.NEIGHBOURHOOD)


def _by_email(before: Staffing) -> dict[str, Worker]:
    return {worker.email: worker for worker in before.workers.values()}


def _ids(before: Staffing, rows: Iterable[StaffRow]) -> dict[str, AccountId]:
    known = _by_email(before)
    return {row.email: known[row.email].id if row.email in known else new_account_id() for row in rows}


def _applied(
    before: Staffing, rows: Iterable[StaffRow], ids: dict[str, AccountId], local: frozenset[str]
) -> Staffing:
    taken = tuple(rows)
    staffing = before
    for row in taken:
        old = staffing.workers.get(ids[row.email], Worker(ids[row.email], row.name))
        worker = replace(
            old,
            name=row.name,
            email=row.email,
            phone=row.phone or old.phone,
            roles=frozenset(row.roles),
            weekdays=row.weekdays,
            active=True,
        )
        staffing = staff_edits.with_worker(staffing, worker)
    owner = _owner(staffing)
    for (point, place), chain in _chains(taken, ids, local).items():
        mine = [
            item for item in before.holdings if (item.contact_point, item.neighbourhood) == (point, place)
        ]
        kept = mine[0].owner if mine and mine[0].owner else owner
        staffing = staff_edits.with_holding(staffing, Holding(point, place, chain[0], tuple(chain[1:]), kept))
    return _with_defaults(staffing, {point for row in taken for point in row.points})


def _chains(
    rows: Iterable[StaffRow], ids: dict[str, AccountId], local: frozenset[str]
) -> dict[Place, list[AccountId]]:
    found: dict[Place, list[AccountId]] = {}
    for row in rows:
        for point in row.points:
            for place in (row.places if point in local else ()) or ("",):
                found.setdefault((point, place), []).append(ids[row.email])
    return found


def _with_defaults(staffing: Staffing, points: set[str]) -> Staffing:
    """Who holds a contact point somewhere and nobody everywhere: the first one answers for the rest too."""
    for point in sorted(points):
        mine = [item for item in staffing.holdings if item.contact_point == point]
        if mine and all(item.neighbourhood for item in mine):
            staffing = staff_edits.with_holding(staffing, replace(mine[0], neighbourhood=""))
    return staffing


def _owner(staffing: Staffing) -> AccountId:
    """Who leads; empty when nobody does."""
    for role in _OWNERS:
        for account in sorted(staffing.workers):
            worker = staffing.workers[account]
            if worker.active and role in worker.roles:
                return account
    return ""
