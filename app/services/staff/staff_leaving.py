"""Somebody leaves: what is theirs, who takes it, and may the account be closed?

The way there is one page: what is missing (``plan``), the choices that fill it (``arrange``), the cases in batches
(``hand_over.give_all``), and at the end ``staff_people.deactivate``, which proves it all again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from app.definitions.model.source import Problem
from app.engine.model.people import AccountId, Holding, Staffing, Worker
from app.engine.model.staff_faults import Fault
from app.engine.policy import Act, Actor, can_carry, may_ever
from app.services.errors import Invalid
from app.services.staff import staff_change, staff_people, staff_roles
from app.services.staff.staff_change import Change, Done
from app.storage.database import transaction
from app.storage.repositories import account_rows

Place = tuple[str, str]
"""Contact point and neighbourhood."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What has to be arranged before ``worker`` can go, and who could take it.

    ``cases`` and ``tasks`` are still open; ``may_hand_over``: the one who asks may give them away; ``first`` are people
    to propose per contact point and neighbourhood, best first.
    """

    version: int
    worker: Worker
    faults: tuple[Fault, ...]
    problems: tuple[Problem, ...]
    cases: int
    tasks: int
    people: tuple[Worker, ...]
    first: Mapping[Place, AccountId]
    may_hand_over: bool

    @property
    def ready(self) -> bool:
        """Whether one press is enough."""
        return not self.faults and not self.problems


@dataclass(frozen=True, slots=True)
class Choices:
    """Who takes what: holders and owners per contact point and neighbourhood, roles, and all stretches of rosters."""

    holders: Mapping[Place, AccountId] = field(default_factory=lambda: MappingProxyType({}))
    owners: Mapping[Place, AccountId] = field(default_factory=lambda: MappingProxyType({}))
    roles: Mapping[str, AccountId] = field(default_factory=lambda: MappingProxyType({}))
    duties: AccountId = ""

    def __bool__(self) -> bool:
        return bool(self.holders or self.owners or self.roles or self.duties)


def plan(actor: Actor, account: AccountId) -> Leaving:
    """What stands in the way. Raises ``Forbidden``, ``NotFound``."""
    worker = staff_people.demand_close(actor, account)
    trial = staff_change.tried(actor, staff_people.leaving(account))
    left = next((item for item in trial.faults if item.code == "left_work"), Fault("left_work"))
    staffing = trial.before.staffing
    able = [
        item
        for item in staffing.workers.values()
        if item.active and item.id != account and can_carry(item.roles)
    ]
    return Leaving(
        version=trial.version,
        worker=worker,
        faults=trial.faults,
        problems=trial.problems,
        cases=left.cases,
        tasks=left.tasks,
        people=tuple(sorted(able, key=lambda item: item.name)),
        first=_proposed(staffing, account),
        may_hand_over=may_ever(actor, Act.CASE_HAND_OVER),
    )


def arrange(actor: Actor, account: AccountId, choices: Choices, *, seen: int | None = None) -> Done:
    """Put others where ``account`` stood. Raises ``ToArrange`` when that itself leaves a hole, ``Conflict``,
    ``Invalid`` (``leaver_chosen``), ``Forbidden`` (a role that is not the actor's to give), ``NotFound``."""
    staff_people.demand_close(actor, account)
    staff_roles.demand_givable(actor, choices.roles)
    chosen = {*choices.holders.values(), *choices.owners.values(), *choices.roles.values(), choices.duties}
    if account in chosen:
        raise Invalid("leaver_chosen")
    with transaction(actor.municipality, readonly=True) as tx:
        now = tx.now
    change = Change(
        "staff_arranged",
        staff_change.of_staff(lambda staffing: _arranged(staffing, account, choices, now)),
        {"account": account},
    )
    return staff_change.carry_out(actor, change, seen=seen)


def left(actor: Actor, account: AccountId) -> tuple[int, int]:
    """Open cases and tasks of somebody, for the progress of handing over."""
    staff_change.demand_edit(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        return account_rows.open_work(tx, account)


def _proposed(staffing: Staffing, account: AccountId) -> Mapping[Place, AccountId]:
    """The first substitute who works here, per contact point and neighbourhood that somebody holds."""
    found: dict[Place, AccountId] = {}
    for holding in staffing.holdings:
        if account not in (holding.holder, holding.owner):
            continue
        for name in (*holding.substitutes, holding.owner):
            worker = staffing.workers.get(name)
            if name != account and worker is not None and worker.active:
                found[holding.contact_point, holding.neighbourhood] = name
                break
    return found


def _arranged(staffing: Staffing, account: AccountId, choices: Choices, now: datetime) -> Staffing:
    holdings = tuple(_taken(holding, choices) for holding in staffing.holdings)
    duties = tuple(
        replace(duty, account=choices.duties)
        if choices.duties and duty.account == account and duty.end > now
        else duty
        for duty in staffing.duties
    )
    workers = dict(staffing.workers)
    for role, name in choices.roles.items():
        if name in workers:
            workers[name] = replace(workers[name], roles=workers[name].roles | {role})
    return replace(staffing, holdings=holdings, duties=duties, workers=workers)


def _taken(holding: Holding, choices: Choices) -> Holding:
    """A new holder is no substitute of their own any more."""
    place = (holding.contact_point, holding.neighbourhood)
    holder = choices.holders.get(place) or holding.holder
    owner = choices.owners.get(place) or holding.owner
    substitutes = tuple(name for name in holding.substitutes if name != holder)
    return replace(holding, holder=holder, owner=owner, substitutes=substitutes)
