"""How does an absent colleague's work go to somebody else in one go, and back again?

Looked at first (``preview``), written down (``begin``), carried out in small batches (``carry_on``) that can be broken
off and gone on with, each case in a transaction of its own. What cannot go stays and says why. On return what is still
open goes back (``give_back``).
"""

from __future__ import annotations

from datetime import date, datetime

from app.engine import policy, staff
from app.engine.model.cases import HandedOver
from app.engine.model.people import Worker
from app.engine.policy import Act, Actor, Relation
from app.services import once
from app.services.cases import relation
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load
from app.services.cases.move_case import move
from app.services.cases.share_case import LONGEST_REASON
from app.services.cases.takeover_view import Absent, Chosen, Preview, Standing, Stayed
from app.services.cases.told import REASON_GIVEN
from app.services.errors import Forbidden, Invalid, NotFound
from app.storage import ids, json_codec
from app.storage.database import Transaction, transaction
from app.storage.repositories import takeover_rows
from app.storage.repositories.event_rows import NewEvent
from app.storage.repositories.takeover_rows import MOVED, RETURNED, STAYS, WAITING

BATCH = 25


def colleagues(actor: Actor) -> tuple[Absent, ...]:
    """Whose work the actor may take over, the absent first. Raises ``Forbidden`` for who never may."""
    relation.demand_ever(actor, Act.CASE_TAKE_OVER)
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        found = [
            Absent(
                worker.id, worker.name, len(takeover_rows.work_of(tx, worker.id)), _away(desk, worker, tx.now)
            )
            for worker in desk.world.staffing.workers.values()
            if worker.id != actor.account and _may_take(desk, actor, worker, tx.now)
        ]
    busy = [item for item in found if item.open]
    return tuple(sorted(busy, key=lambda item: (item.until is None, -item.open, item.name)))


def preview(actor: Actor, of: str, chosen: Chosen) -> Preview:
    """What would go. Raises ``Forbidden``, ``NotFound``."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        worker = _demand(desk, actor, of, tx.now)
        everything = takeover_rows.work_of(tx, of)
        today = _today(desk, tx.now)
    work = [item for item in everything if chosen.holds(item)]
    points: dict[str, int] = {}
    for item in everything:
        points[item.contact_point] = points.get(item.contact_point, 0) + 1
    labels = desk.catalog.contact_points
    return Preview(
        of=of,
        name=worker.name,
        cases=len(work),
        late=sum(item.due_on < today for item in work),
        today=sum(item.due_on == today for item in work),
        points=tuple(
            (point, labels[point].label if point in labels else point, n)
            for point, n in sorted(points.items())
        ),
    )


def begin(actor: Actor, of: str, chosen: Chosen, *, to: str, reason: str, token: str = "") -> str:
    """Write down what goes to ``to`` (empty: the actor); its id, the same one for the same ``token``. Nothing has moved
    yet.

    Raises ``Forbidden`` (a substitute takes for themselves only), ``NotFound``, ``Invalid`` (``reason_needed``,
    ``no_work_chosen``), ``Conflict`` as ``once.first``.
    """
    reason, to = reason.strip(), to or actor.account
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid("reason_needed")
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        _demand(desk, actor, of, tx.now)
        worker = desk.world.staffing.workers.get(to)
        if worker is None or not worker.active or to == of or not policy.can_carry(worker.roles):
            raise NotFound
        if to != actor.account and not _leads(actor):
            raise Forbidden(str(Act.CASE_HAND_OVER))
        before = once.first(tx, actor, token, of, to, reason, json_codec.to_plain(chosen))
        if before is not None:
            return str(before["takeover"])
        cases = [item.case for item in takeover_rows.work_of(tx, of) if chosen.holds(item)]
        if not cases:
            raise Invalid("no_work_chosen")
        key = takeover_rows.insert(tx, of=of, to=to, by=actor.account, reason=reason, cases=cases)
        once.gave(tx, token, takeover=ids.to_text(key))
    return ids.to_text(key)


def carry_on(actor: Actor, takeover: str, *, most: int = BATCH) -> tuple[int, ...]:
    """Move the next cases; outbox ids due now. What may not go stays, with why."""
    desk = desk_of(actor.municipality)
    key = key_of(takeover)
    with transaction(desk.municipality, readonly=True) as tx:
        kept = _kept(tx, actor, key)
        waiting = takeover_rows.items(tx, key, WAITING, most=most)
    wake: tuple[int, ...] = ()
    for case, *_ in waiting:
        wake += _one(desk, actor, kept, case, to=kept.to, of=kept.of)
    return wake


def give_back(actor: Actor, takeover: str, *, most: int = BATCH) -> tuple[int, ...]:
    """What is still open and still with whoever took it goes back; outbox ids due now."""
    desk = desk_of(actor.municipality)
    key = key_of(takeover)
    with transaction(desk.municipality, readonly=True) as tx:
        kept = _kept(tx, actor, key)
        moved = [case for case, _, _, closed in takeover_rows.items(tx, key, MOVED) if closed is None][:most]
    wake: tuple[int, ...] = ()
    for case in moved:
        wake += _one(desk, actor, kept, case, to=kept.of, of=kept.to, back=True)
    return wake


def standing(actor: Actor, takeover: str) -> Standing:
    """How far it is. Raises ``NotFound`` for who has no part in it."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        return _standing(tx, desk, _kept(tx, actor, key_of(takeover)))


def running(actor: Actor) -> tuple[Standing, ...]:
    """The takeovers of which something can still go back: one's own, for who leads all of them."""
    desk = desk_of(actor.municipality)
    mine = None if _leads(actor) else (actor.account,)
    with transaction(desk.municipality, readonly=True) as tx:
        return tuple(_standing(tx, desk, kept) for kept in takeover_rows.latest(tx, mine))


def _one(
    desk: Desk, actor: Actor, kept: takeover_rows.Kept, case: int, *, to: str, of: str, back: bool = False
) -> tuple[int, ...]:
    """One case, in a transaction of its own."""
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, case, lock=True)
        try:
            if not back:
                _demand_case(tx, actor, loaded, kept)
            why = NewEvent(
                REASON_GIVEN,
                {VERSION: str(loaded.row["version"] + 1)},
                by=actor.account,
                content={"text": kept.reason},
            )
            code = "given_back" if back else "taken_over"
            event = HandedOver(to, actor.account, code=code, of=of)
            claimed = of == loaded.row["holder"]
            moved = move(tx, desk, loaded, event, by=actor.account, events=[why], claimed=claimed)
        except (Invalid, Forbidden) as problem:
            reason = getattr(problem, "code", "") if isinstance(problem, Invalid) else "forbidden"
            takeover_rows.stand(tx, kept.id, case, STAYS, reason)
            return ()
        takeover_rows.stand(tx, kept.id, case, RETURNED if back else MOVED)
    return moved.wake


def _demand_case(tx: Transaction, actor: Actor, loaded: Loaded, kept: takeover_rows.Kept) -> None:
    """A lead may move any case of their house, a substitute those in which they stand in."""
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    if kept.to != actor.account:
        relation.demand(actor, Act.CASE_HAND_OVER, found)
    elif loaded.row["holder"] == kept.of or _leads(actor):
        relation.demand(actor, Act.CASE_TAKE_OVER, found)
    elif Relation.NONE in found:
        raise Forbidden(str(Act.CASE_TAKE_OVER))


def _standing(tx: Transaction, desk: Desk, kept: takeover_rows.Kept) -> Standing:
    counted = takeover_rows.stands(tx, kept.id)
    moved = takeover_rows.items(tx, kept.id, MOVED)
    return Standing(
        id=ids.to_text(kept.id),
        of=kept.of,
        of_name=_name(desk, kept.of),
        to_name=_name(desk, kept.to),
        by_name=_name(desk, kept.by),
        reason=kept.reason,
        at=kept.created_at,
        total=sum(counted.values()),
        moved=counted.get(MOVED, 0),
        waiting=counted.get(WAITING, 0),
        returned=counted.get(RETURNED, 0),
        back=sum(closed is None for *_, closed in moved),
        stays=tuple(
            Stayed(ids.to_text(case), number, reason)
            for case, number, reason, _ in takeover_rows.items(tx, kept.id, STAYS)
        ),
    )


def _kept(tx: Transaction, actor: Actor, key: int) -> takeover_rows.Kept:
    found = takeover_rows.get(tx, key)
    if found is None or (actor.account not in (found.of, found.to, found.by) and not _leads(actor)):
        raise NotFound
    return found


def _demand(desk: Desk, actor: Actor, of: str, now: datetime) -> Worker:
    relation.demand_ever(actor, Act.CASE_TAKE_OVER)
    worker = desk.world.staffing.workers.get(of)
    if worker is None or of == actor.account:
        raise NotFound
    if not _may_take(desk, actor, worker, now):
        raise Forbidden(str(Act.CASE_TAKE_OVER))
    return worker


def _may_take(desk: Desk, actor: Actor, worker: Worker, now: datetime) -> bool:
    """A lead takes from everybody; others where they stand in: named by the absence, or as substitute of a place."""
    if _leads(actor):
        return True
    staffing = desk.world.staffing
    if staff.replacement_of(staffing, worker.id, _today(desk, now)) == actor.account:
        return True
    return any(item.holder == worker.id and actor.account in item.substitutes for item in staffing.holdings)


def _leads(actor: Actor) -> bool:
    return policy.may(actor, Act.CASE_TAKE_OVER, Relation.OTHER)


def _away(desk: Desk, worker: Worker, now: datetime) -> date | None:
    today = _today(desk, now)
    ends = (
        item.end
        for item in desk.world.staffing.absences
        if item.account == worker.id and item.start <= today <= item.end
    )
    return max(ends, default=None)


def _name(desk: Desk, account: str) -> str:
    worker = desk.world.staffing.workers.get(account)
    return worker.name if worker else ""


def _today(desk: Desk, now: datetime) -> date:
    """The date on the wall of this municipality."""
    return now.astimezone(desk.world.calendar.zone).date()
