"""Where would work reach nobody, and which of those holes would a change of staff make?

Pure: a change is tried on a copy of the world and compared with the world as it is. What was wrong already does not
stand in the way of a change that leaves it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.definitions.model.workflows import ContactPoint, Per
from app.engine import staff_holes as holes
from app.engine.model.people import Absence, AccountId, Holding, World
from app.engine.model.staff_faults import CODES, Fault, OpenWork, Question
from app.engine.policy import can_carry
from app.engine.staff import absent, replacement_of, with_role

EASILY_MISSED = frozenset({"resident", "referrer", "volunteer", "partner", "policy", "contact"})
"""Roles that nothing waits for by their name: nobody need have them. What a contact holds is looked at itself."""


def brought(question: Question, before: World, after: World) -> tuple[Fault, ...]:
    """The holes that ``after`` has and ``before`` has not, in the order of ``CODES``."""
    found = standing(question, after) - standing(question, before)
    found |= _lost_roles(before, after)
    gone = {(item.point, item.place) for item in found if item.code in ("holder_gone", "cannot_carry")}
    days = holes.stretches(question, before, after)
    fresh = holes.unmanned(question, after, days) - holes.unmanned(question, before, days)
    found |= holes.merged((hole for hole in fresh if hole[:2] not in gone), days)
    found |= holes.unheard(question, after, days) - holes.unheard(question, before, days)
    for point in question.points.values():
        if point.per is Per.ROSTER:
            found |= set(holes.new_gaps(point.id, question.now, before, after))
            found |= holes.duties_away(point, after, days) - holes.duties_away(point, before, days)
    return tuple(sorted((_counted(item, question) for item in found), key=_order))


def _order(fault: Fault) -> tuple[int, str, str, str, str]:
    return CODES.index(fault.code), fault.point, fault.place, fault.start, fault.person


def _counted(fault: Fault, question: Question) -> Fault:
    mine = question.work.get(fault.person)
    if fault.code != "left_work" or mine is None:
        return fault
    return replace(fault, cases=mine.cases, tasks=mine.tasks)


# What stands still -----------------------------------------------------------------------------------------


def standing(question: Question, world: World) -> set[Fault]:
    """The holes that have no date."""
    found = {
        Fault("left_work", account) for account, work in question.work.items() if _left(world, account, work)
    }
    for point in question.points.values():
        mine = [item for item in world.staffing.holdings if item.contact_point == point.id]
        found |= set(_of_point(point, mine, world))
        for holding in mine:
            found |= set(_of_holding(holding, world))
    for item in world.staffing.absences:
        found |= set(_of_absence(item, world, question))
    return found


def _left(world: World, account: AccountId, work: OpenWork) -> bool:
    worker = world.staffing.workers.get(account)
    if worker is None or not (work.cases or work.tasks):
        return False
    return not worker.active or bool(work.cases and not can_carry(worker.roles))


def _of_point(point: ContactPoint, mine: list[Holding], world: World) -> Iterator[Fault]:
    on_roster = point.per is Per.ROSTER and any(
        item.contact_point == point.id for item in world.staffing.duties
    )
    under_owner = point.partner and any(item.contact_point == point.owner for item in world.staffing.holdings)
    if not mine and not on_roster and not under_owner:
        yield Fault("no_holding", point=point.id)
    if mine and all(item.neighbourhood for item in mine):
        yield Fault("no_default", point=point.id)


def _of_holding(holding: Holding, world: World) -> Iterator[Fault]:
    where = Fault("", point=holding.contact_point, place=holding.neighbourhood)
    workers = world.staffing.workers
    if not holding.owner:
        yield replace(where, code="no_owner")
    for code, account in (("holder_gone", holding.holder), ("owner_gone", holding.owner)):
        worker = workers.get(account)
        if account and (worker is None or not worker.active):
            yield replace(where, code=code, person=account)
        elif worker is not None and not can_carry(worker.roles):
            yield replace(where, code="cannot_carry", person=account)
    chain = (holding.holder, *holding.substitutes)
    if len(set(chain)) < len(chain):
        yield replace(where, code="twice", person=holding.holder)


def _of_absence(item: Absence, world: World, question: Question) -> Iterator[Fault]:
    """A replacement who comes back to who is away, or is not there."""
    today = question.now.astimezone(world.calendar.zone).date()
    if not item.replacement or item.end < today:
        return
    told = Fault("", item.account, start=item.start.isoformat(), end=item.end.isoformat())
    worker = world.staffing.workers.get(item.replacement)
    if worker is None or not worker.active:
        yield replace(told, code="replacement_away")
        return
    for day in sorted(holes.turns(world) | {max(item.start, today)}):
        if max(item.start, today) <= day <= item.end:
            ended = _replaced_by(world, item.account, day)
            if ended in ("circle", "replacement_away"):
                yield replace(told, code=ended)
                return


def _replaced_by(world: World, account: AccountId, day: date) -> str:
    """How the row of replacements ends: a code, or ``""`` where it ends at somebody who is there."""
    seen = {account}
    while absent(world.staffing, account, day):
        account = replacement_of(world.staffing, account, day)
        if not account:
            return "replacement_away"
        if account in seen:
            return "circle"
        seen.add(account)
    return ""


def _lost_roles(before: World, after: World) -> set[Fault]:
    roles = {role for worker in before.staffing.workers.values() if worker.active for role in worker.roles}
    return {
        Fault("sole_role", with_role(before, role)[0], role=role)
        for role in roles - EASILY_MISSED
        if not with_role(after, role)
    }
