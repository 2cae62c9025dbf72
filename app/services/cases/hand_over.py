"""How does a case get another responsible person?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.engine import policy, staff
from app.engine.model.cases import HandedOver, Refusal
from app.engine.model.people import AccountId
from app.engine.policy import Act, Actor
from app.services.cases import keep_from, relation
from app.services.cases.act_on_case import ActOutcome, outcome
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load
from app.services.cases.meanwhile import changed, sent_twice
from app.services.cases.move_case import Moved, move
from app.services.cases.open_case import refused
from app.services.cases.told import REASON_GIVEN
from app.services.errors import Conflict, Invalid, NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, count_rows, task_rows
from app.storage.repositories.event_rows import NewEvent

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a case or task can go to, with what they have on their plate."""

    account: str
    name: str
    open_tasks: int
    absent: bool = False
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Stays:
    """A case that could not go to somebody: text ``refusals.<code>`` with ``params``."""

    case: str
    number: str
    code: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reassigned:
    """How many cases got another person, those that stay, outbox ids to hint to the relay."""

    moved: int
    wake: tuple[int, ...] = ()
    stays: tuple[Stays, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """One batch of what somebody leaves: how many cases it was, those that stay, outbox ids to hint to the relay."""

    moved: int
    stays: tuple[Stays, ...] = ()
    wake: tuple[int, ...] = ()


def candidates(actor: Actor, case_id: str) -> tuple[Candidate, ...]:
    """Whom this case could go to: substitutes first, then other people who hold a contact point."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = load(tx, desk, key_of(case_id))
        _demand(tx, actor, loaded, Act.CASE_HAND_OVER)
        first = relation.stands_in(loaded.row, loaded.pin, tx.now)
        return _people(tx, desk, but=loaded.kept_from | {loaded.row["holder"]}, first=first)


def colleagues(actor: Actor) -> tuple[Candidate, ...]:
    """Everybody a case could go to, the least busy first. Raises Forbidden for who may never hand over."""
    relation.demand_ever(actor, Act.CASE_HAND_OVER)
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        return _people(tx, desk)


def _people(
    tx: Transaction, desk: Desk, *, but: frozenset[str] = frozenset(), first: frozenset[str] = frozenset()
) -> tuple[Candidate, ...]:
    load_of: Counter[str] = Counter()
    for account, _, n in count_rows.by_person(tx):
        load_of[account] += n
    today = tx.now.astimezone(desk.world.calendar.zone).date()
    staffing = desk.world.staffing
    found = [
        Candidate(
            worker.id,
            worker.name,
            load_of[worker.id],
            absent=staff.absent(staffing, worker.id, today),
            suggested=worker.id in first,
        )
        for worker in staffing.workers.values()
        if worker.active and worker.id not in but and policy.can_carry(worker.roles)
    ]
    return tuple(
        sorted(found, key=lambda item: (item.absent, not item.suggested, item.open_tasks, item.name))
    )


def hand_over(
    actor: Actor, case_id: str, *, to: str, reason: str, version: int, too_close: bool = False
) -> ActOutcome:
    """Give the case and its open main tasks to account ``to``. A reason is needed (Invalid without one).

    ``too_close``: whoever had it until now may never get it again.
    """
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = _for_decision(tx, desk, actor, case_id, version=version, done=("handed_over", to))
        if loaded.row["version"] != version:
            return outcome(loaded, Moved(loaded.case, nothing=True))
        found = outcome(loaded, _hand(tx, desk, loaded, actor, to=to, reason=reason, code="handed_over"))
        if too_close:
            keep_from.note(tx, actor, loaded, loaded.row["holder"], reason)
        return found


def release(actor: Actor, case_id: str, *, reason: str, version: int) -> ActOutcome:
    """Give a case that was claimed back to its group queue: its owner is responsible until somebody claims it again.

    Raises what ``hand_over`` raises, and ``Invalid`` (``no_group``) for a case of no group.
    """
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = _for_decision(tx, desk, actor, case_id, version=version, done=("released", ""))
        if loaded.row["version"] != version:
            return outcome(loaded, Moved(loaded.case, nothing=True))
        point = loaded.pin.contact_points.get(loaded.row["contact_point"])
        if point is None or not releasable(loaded):
            raise refused(Refusal("no_group"))
        owner = staff.holder_of(
            point,
            loaded.row["neighbourhood"],
            desk.world,
            tx.now,
            points=loaded.pin.contact_points,
            not_to=loaded.kept_from,
        )
        moved = _hand(tx, desk, loaded, actor, to=owner.account, reason=reason, code="released")
        return outcome(loaded, moved)


def releasable(loaded: Loaded) -> bool:
    """Whether a case came out of a group queue, and can go back there."""
    point = loaded.pin.contact_points.get(loaded.row["contact_point"])
    open_here = bool(point and point.group) and loaded.row["closed_at"] is None
    return open_here and not relation.unclaimed(loaded.row, loaded.tasks, loaded.pin)


def take_over(actor: Actor, case_id: str, *, reason: str, version: int) -> ActOutcome:
    """Become the responsible person yourself: for a substitute, a team lead or head of service."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = _for_decision(tx, desk, actor, case_id, version=version, done=("taken_over", actor.account))
        if loaded.row["version"] != version:
            return outcome(loaded, Moved(loaded.case, nothing=True))
        moved = _hand(tx, desk, loaded, actor, to=actor.account, reason=reason, code="taken_over")
        return outcome(loaded, moved)


def reassign(actor: Actor, task_ids: tuple[str, ...], *, to: str, reason: str) -> Reassigned:
    """Coordinator: give the cases of these tasks to ``to``. One transaction; cases that are theirs already stay, and
    those that may not go there stay and are named. Raises ``Forbidden``, ``Invalid`` (no reason)."""
    desk = desk_of(actor.municipality)
    wake: tuple[int, ...] = ()
    stays: tuple[Stays, ...] = ()
    moved = 0
    with transaction(desk.municipality) as tx:
        for key in _cases_of(tx, task_ids):
            loaded = load(tx, desk, key, lock=True)
            _demand(tx, actor, loaded, Act.CASE_HAND_OVER)
            if loaded.row["holder"] == to:
                continue
            try:
                wake += _hand(tx, desk, loaded, actor, to=to, reason=reason, code="handed_over").wake
                moved += 1
            except Invalid as problem:
                stays += (_stays(loaded, problem),)
    return Reassigned(moved, wake, stays)


def give_all(
    actor: Actor, of: AccountId, *, to: str, reason: str, most: int = 25, skip: tuple[str, ...] = ()
) -> Given:
    """Somebody leaves: give up to ``most`` of their cases, and their open tasks in cases of colleagues, to ``to``.

    Each case in a transaction of its own, so that it can be broken off and gone on with. A case that may not go there
    stays, and is named; ``skip`` are cases (ids) named before. Raises ``Forbidden``, ``Invalid`` (no reason).
    """
    relation.demand_ever(actor, Act.CASE_HAND_OVER)
    desk = desk_of(actor.municipality)
    done: list[int] = []
    wake: tuple[int, ...] = ()
    stay: list[Stays] = []
    with transaction(desk.municipality, readonly=True) as tx:
        keys = account_rows.cases_touched(tx, of, most, but=[key_of(text) for text in skip])
    for key in keys:
        with transaction(desk.municipality) as tx:
            loaded = load(tx, desk, key, lock=True)
            _demand(tx, actor, loaded, Act.CASE_HAND_OVER)
            try:
                wake += _hand(tx, desk, loaded, actor, to=to, reason=reason, code="handed_over", of=of).wake
                done.append(key)
            except Invalid as problem:
                stay.append(_stays(loaded, problem))
    return Given(len(done), tuple(stay), wake)


def _stays(loaded: Loaded, problem: Invalid) -> Stays:
    """A case that was refused, with why; without a reason nothing goes at all."""
    if problem.code == "reason_needed":
        raise problem
    return Stays(ids.to_text(loaded.row["id"]), loaded.row["number"], problem.code, problem.params)


def _cases_of(tx: Transaction, task_ids: tuple[str, ...]) -> list[int]:
    """The cases of tasks, in the order of their keys so that two coordinators never wait crosswise."""
    found: set[int] = set()
    for text in task_ids:
        task = task_rows.get(tx, key_of(text))
        if task is None:
            raise NotFound
        found.add(task["case"])
    return sorted(found)


def _for_decision(
    tx: Transaction, desk: Desk, actor: Actor, case_id: str, *, version: int, done: tuple[str, str]
) -> Loaded:
    """The case, locked. In another version only when this same person did just this already: ``done`` is its code in
    the history, and who had it afterwards (empty: whoever)."""
    loaded = load(tx, desk, key_of(case_id), lock=True)
    code, to = done
    act = Act.CASE_TAKE_OVER if code == "taken_over" else Act.CASE_HAND_OVER
    if loaded.row["version"] != version:
        if sent_twice(tx, loaded, actor, version, [code]) and to in ("", loaded.row["holder"]):
            return loaded
        found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
        relation.demand_seen(actor, Act.CASE_FIND, found)
        follows = relation.allowed(actor, act, found)
        raise Conflict("case_changed", current=changed(tx, loaded, version, follows=follows))
    _demand(tx, actor, loaded, act)
    return loaded


def _demand(tx: Transaction, actor: Actor, loaded: Loaded, act: Act) -> None:
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    relation.demand_seen(actor, act, found)


def _hand(
    tx: Transaction,
    desk: Desk,
    loaded: Loaded,
    actor: Actor,
    *,
    to: str,
    reason: str,
    code: str,
    of: AccountId = "",
) -> Moved:
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid("reason_needed", id=ids.to_text(loaded.row["id"]))
    event = HandedOver(to=to, by=actor.account, reason=reason, code=code, of=of)
    params = {VERSION: str(loaded.row["version"] + 1)}
    why = NewEvent(REASON_GIVEN, params, by=actor.account, content={"text": reason})
    claimed, released = of in ("", loaded.row["holder"]), code == "released"
    return move(tx, desk, loaded, event, by=actor.account, events=[why], claimed=claimed, released=released)
