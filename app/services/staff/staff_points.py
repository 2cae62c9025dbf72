"""Who holds each contact point where, who stands in, and who is on duty when?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from app.definitions.model.workflows import ContactPoint, Per
from app.engine import staff_edits
from app.engine.model.people import Duty, Holding, Worker, World
from app.engine.policy import Act, Actor, can_carry, may
from app.services.definitions.catalogs import live
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.staff import staff_change, staffing
from app.services.staff.read_world import read_world
from app.services.staff.staff_change import Change, Done
from app.storage.database import transaction
from app.storage.repositories import municipality_rows, queue_rows

WEEK = timedelta(weeks=1)
LONGEST_CHAIN = 12
LONGEST_ROSTER = 400


@dataclass(frozen=True, slots=True)
class PointLine:
    """One contact point. ``held`` the municipal default first; ``free`` neighbourhoods (id, label) that use it;
    ``duties`` are those that are not over; ``unclaimed`` waits in its group queue."""

    point: ContactPoint
    held: tuple[Holding, ...]
    free: tuple[tuple[str, str], ...]
    duties: tuple[Duty, ...]
    unclaimed: int = 0

    @property
    def by_neighbourhood(self) -> bool:
        """Whether a neighbourhood may have a holder of its own."""
        return self.point.per is Per.NEIGHBOURHOOD

    @property
    def by_roster(self) -> bool:
        """Whether somebody is on duty in turn."""
        return self.point.per is Per.ROSTER


@dataclass(frozen=True, slots=True)
class Points:
    """The page: all contact points in the order of their file; ``people`` who could hold one, by name; ``names`` of
    everybody."""

    version: int
    lines: tuple[PointLine, ...]
    people: tuple[Worker, ...]
    names: Mapping[str, str]
    places: Mapping[str, str]
    world: World


def listed(actor: Actor) -> Points:
    """All of them. Raises ``Forbidden``."""
    if not may(actor, Act.STAFFING_READ):
        raise Forbidden(str(Act.STAFFING_READ))
    points = live(actor.municipality).contact_points
    with transaction(actor.municipality, readonly=True) as tx:
        version = municipality_rows.staffing_version(tx) or 0
        world = read_world(tx)
        waiting = {
            ref: len(queue_rows.unclaimed(tx, [ref], size=100)) for ref, item in points.items() if item.group
        }
        lines = tuple(_line(item, world, tx.now, waiting.get(ref, 0)) for ref, item in points.items())
    workers = world.staffing.workers.values()
    able = sorted(
        (item for item in workers if item.active and can_carry(item.roles)), key=lambda item: item.name
    )
    names = {item.id: item.name for item in workers}
    return Points(version, lines, tuple(able), names, world.staffing.neighbourhoods, world)


def one(actor: Actor, point: str) -> tuple[Points, PointLine]:
    """One contact point, with what is around it. Raises ``Forbidden``, ``NotFound``."""
    points = listed(actor)
    for line in points.lines:
        if line.point.id == point:
            return points, line
    raise NotFound


def put(actor: Actor, holding: Holding, *, seen: int | None = None) -> Done:
    """Who holds it there from now on. Raises ``ToArrange``, ``Forbidden``, ``NotFound``, ``Invalid``, ``Conflict``."""
    staff_change.demand_edit(actor)
    _, line = one(actor, holding.contact_point)
    there = {"", *(name for name, _ in line.free), *(item.neighbourhood for item in line.held)}
    if holding.neighbourhood not in there:
        raise NotFound
    if not holding.holder:
        raise Invalid("holder_missing")
    if len(holding.substitutes) > LONGEST_CHAIN:
        raise Invalid("chain_long", n=str(LONGEST_CHAIN))
    return staffing.set_holding(actor, holding, seen=seen)


def drop(actor: Actor, point: str, neighbourhood: str, *, seen: int | None = None) -> Done:
    """A neighbourhood uses the municipal default again. Raises as ``put``."""
    staff_change.demand_edit(actor)
    change = Change(
        "holding_dropped",
        staff_change.of_staff(lambda staff: staff_edits.without_holding(staff, point, neighbourhood)),
        {"contact_point": point, "neighbourhood": neighbourhood},
    )
    return staff_change.carry_out(actor, change, seen=seen)


def put_duties(actor: Actor, point: str, duties: Iterable[Duty], *, seen: int | None = None) -> Done:
    """The roster from now on, what is over stays as it was. Raises ``Invalid`` (``duty_order``, ``duty_overlap``,
    ``duty_many``), and as ``put``."""
    staff_change.demand_edit(actor)
    points, line = one(actor, point)
    fresh = sorted(duties, key=lambda item: item.start)
    _demand_in_turn(fresh)
    kept = {id(item) for item in line.duties}
    over = [
        item for item in points.world.staffing.duties if item.contact_point == point and id(item) not in kept
    ]
    change = Change(
        "roster_set",
        staff_change.of_staff(lambda staff: staff_edits.with_duties(staff, point, [*over, *fresh])),
        {"contact_point": point},
    )
    return staff_change.carry_out(actor, change, seen=seen)


def in_turn(
    point: str, people: Iterable[str], start: datetime, *, every: timedelta, times: int
) -> tuple[Duty, ...]:
    """A roster in which ``people`` take turns, ``times`` stretches of ``every`` from ``start`` on (local, aware: the
    hour on the clock stays the same through a change of summer time)."""
    names = list(people)
    edges = [(start + every * n).astimezone(UTC) for n in range(times + 1)]
    return tuple(
        Duty(point, names[n % len(names)], edges[n], edges[n + 1]) for n in range(times if names else 0)
    )


def _demand_in_turn(duties: list[Duty]) -> None:
    if len(duties) > LONGEST_ROSTER:
        raise Invalid("duty_many", n=str(LONGEST_ROSTER))
    if any(item.end <= item.start for item in duties):
        raise Invalid("duty_order")
    if any(later.start < earlier.end for earlier, later in pairwise(duties)):
        raise Invalid("duty_overlap")


def _line(point: ContactPoint, world: World, now: datetime, waiting: int) -> PointLine:
    places = world.staffing.neighbourhoods
    order = ["", *places]
    mine = [item for item in world.staffing.holdings if item.contact_point == point.id]
    held = sorted(
        mine, key=lambda item: order.index(item.neighbourhood) if item.neighbourhood in order else 0
    )
    taken = {item.neighbourhood for item in held}
    free = point.per is Per.NEIGHBOURHOOD and [item for item in places.items() if item[0] not in taken]
    duties = [item for item in world.staffing.duties if item.contact_point == point.id and item.end > now]
    return PointLine(point, tuple(held), tuple(free or ()), tuple(duties), waiting)
