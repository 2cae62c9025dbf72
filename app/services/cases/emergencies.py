"""How does somebody get to see a case that is not theirs, when it cannot wait? With two others who agree.

One case, for reading, for an hour. Who approves hears of it at once, by a task and a mail without content; it stands in
the history of the case, and the data protection officer looks at it afterwards. Whoever may never get the case neither
asks nor approves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.engine import calendar, staff
from app.engine.model.cases import OpenTask, Why
from app.engine.policy import Act, Actor, Relation, may
from app.services.cases import apply_decision, effects, readable
from app.services.cases.apply_decision import Change
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load
from app.services.cases.share_case import BASES, LONGEST_REASON
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.permission import demand
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, emergency_rows
from app.storage.repositories.emergency_rows import ASKED, ENDED, OPEN, REFUSED, Kept
from app.texts import say

VOICES = 2
"""How many must agree."""
LASTS = timedelta(minutes=60)
WAITS = timedelta(hours=4)
"""What nobody answered by then is asked anew."""
MOST_STANDING = 3
_REVIEW_WITHIN = 1
"""Working days for the review."""


def ask(actor: Actor, number: str, *, ground: str, reason: str) -> tuple[str, tuple[int, ...]]:
    """Ask to read the case with that number; the id of the request and outbox ids that are due.

    Raises ``Forbidden``; ``NotFound`` for a number that is none here, of a case that may never be theirs, or of
    one that is nobody's any more since consent was withdrawn; ``Invalid``:
    ``basis_needed``, ``reason_needed``, ``emergency_needless`` (it may be read as it is), ``emergency_standing``,
    ``emergency_nobody`` (there are no two others who may approve).
    """
    demand(actor, Act.EMERGENCY_ASK)
    reason = reason.strip()
    if ground not in BASES:
        raise Invalid("basis_needed")
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid("reason_needed")
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        row = case_rows.by_number(tx, number.strip().upper())
        if row is None:
            raise NotFound
        loaded = load(tx, desk, row["id"], lock=True)
        asked_of = _demand_askable(tx, desk, actor, loaded)
        key = emergency_rows.insert(tx, row["id"], actor.account, ground, reason, tx.now + WAITS)
        change = apply_decision.begin(loaded, actor.account)
        apply_decision.tell(change, "emergency_asked", {"basis": ground})
        for account in asked_of:
            task = _task(tx, loaded, f"emergency:{ids.to_text(key)}:{account}", account)
            effects.open_task(tx, loaded.pin, change, task)
            apply_decision.own_mail(change, "emergency_asked", account, ids.to_text(key))
        return ids.to_text(key), tuple(apply_decision.write(tx, change))


def answer(actor: Actor, request: str, *, agreed: bool) -> tuple[int, ...]:
    """Agree, or refuse; the second who agrees opens it for an hour, one who refuses ends it. Outbox ids due.

    Raises ``Forbidden`` (also for one's own request), ``NotFound``, ``Conflict``: ``emergency_said`` (a second time),
    ``emergency_over`` (too late, or it was answered).
    """
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        kept, loaded = _of_approver(tx, desk, actor, request)
        if kept.state != ASKED or tx.now >= kept.lapses_at:
            raise Conflict("emergency_over")
        if not emergency_rows.say(tx, kept.id, actor.account, agreed=agreed):
            raise Conflict("emergency_said")
        change = apply_decision.begin(loaded, actor.account)
        apply_decision.tell(change, "emergency_agreed" if agreed else "emergency_refused", {})
        enough = agreed and sum(voice.agreed for voice in kept.voices) + 1 >= VOICES
        _close_tasks(tx, change, kept, only="" if enough or not agreed else actor.account)
        if not agreed:
            emergency_rows.change(tx, kept.id, state=REFUSED, ended_at=tx.now, ended_by=actor.account)
        elif enough:
            _open(tx, loaded, change, kept)
        return tuple(apply_decision.write(tx, change))


def end(actor: Actor, request: str) -> None:
    """End the reading, or take the request back: who asked, or who may approve. Raises ``NotFound``, ``Conflict``."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        kept = emergency_rows.get(tx, key_of(request), lock=True)
        if kept is None:
            raise NotFound
        loaded = load(tx, desk, kept.case, lock=True)
        if kept.asked_by != actor.account:
            _demand_approver(actor, kept, loaded)
        if kept.state not in (ASKED, OPEN) or (kept.until is not None and tx.now >= kept.until):
            raise Conflict("emergency_over")
        emergency_rows.change(tx, kept.id, state=ENDED, ended_at=tx.now, ended_by=actor.account)
        change = apply_decision.begin(loaded, actor.account)
        apply_decision.tell(change, "emergency_ended", {})
        if kept.state == ASKED:
            _close_tasks(tx, change, kept)
        apply_decision.write(tx, change)


def review(actor: Actor, request: str, note: str) -> None:
    """Say, once it is over, what was found of it. Raises ``Forbidden``, ``NotFound``, ``Invalid`` (``reason_needed``),
    ``Conflict`` (``emergency_reviewed``, or ``emergency_running``)."""
    demand(actor, Act.AUDIT_READ)
    note = note.strip()
    if not note or len(note) > LONGEST_REASON:
        raise Invalid("reason_needed")
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        kept = emergency_rows.get(tx, key_of(request), lock=True)
        if kept is None or kept.opened_at is None or kept.until is None:
            raise NotFound
        if kept.reviewed_at is not None:
            raise Conflict("emergency_reviewed")
        if kept.state == OPEN and tx.now < kept.until:
            raise Conflict("emergency_running")
        emergency_rows.change(tx, kept.id, reviewed_at=tx.now, reviewed_by=actor.account, review=note)
        change = apply_decision.begin(load(tx, desk, kept.case, lock=True), actor.account)
        apply_decision.tell(change, "emergency_reviewed", {})
        _close(tx, change, (f"emergency_review:{request}",))
        apply_decision.write(tx, change)


def approvers(desk: Desk, loaded: Loaded, asked_by: str) -> list[str]:
    """The accounts that may agree: two of them must. Never who asks, nor who may never get the case."""
    return [
        worker.id
        for worker in sorted(desk.world.staffing.workers.values(), key=lambda worker: worker.id)
        if worker.active
        and worker.id != asked_by
        and worker.id not in loaded.kept_from
        and may(
            Actor(worker.id, desk.municipality, roles=worker.roles), Act.EMERGENCY_APPROVE, Relation.OTHER
        )
    ]


def _demand_askable(tx: Transaction, desk: Desk, actor: Actor, loaded: Loaded) -> list[str]:
    if actor.account in loaded.kept_from or loaded.row["blocked"]:
        raise NotFound
    if readable.reads(tx, actor, loaded):
        raise Invalid("emergency_needless")
    if emergency_rows.standing(tx, loaded.row["id"], actor.account):
        raise Invalid("emergency_standing")
    recent = emergency_rows.of_account(tx, actor.account, most=MOST_STANDING)
    if sum(kept.state == ASKED and tx.now < kept.lapses_at for kept in recent) >= MOST_STANDING:
        raise Invalid("emergency_standing")
    found = approvers(desk, loaded, actor.account)
    if len(found) < VOICES:
        raise Invalid("emergency_nobody")
    return found


def _of_approver(tx: Transaction, desk: Desk, actor: Actor, request: str) -> tuple[Kept, Loaded]:
    kept = emergency_rows.get(tx, key_of(request), lock=True)
    if kept is None:
        raise NotFound
    loaded = load(tx, desk, kept.case, lock=True)
    _demand_approver(actor, kept, loaded)
    return kept, loaded


def _demand_approver(actor: Actor, kept: Kept, loaded: Loaded) -> None:
    """Who may never get the case does not hear that it was asked for; who asks does not agree."""
    if not may(actor, Act.EMERGENCY_APPROVE, Relation.OTHER) or actor.account in loaded.kept_from:
        raise Forbidden if kept.asked_by == actor.account else NotFound
    near = Relation.OWN if kept.asked_by == actor.account else Relation.OTHER
    demand(actor, Act.EMERGENCY_APPROVE, near)


def _open(tx: Transaction, loaded: Loaded, change: Change, kept: Kept) -> None:
    until = tx.now + LASTS
    emergency_rows.change(tx, kept.id, state=OPEN, opened_at=tx.now, until=until)
    apply_decision.tell(change, "emergency_opened", {"account": kept.asked_by})
    request = ids.to_text(kept.id)
    apply_decision.own_mail(change, "emergency_opened", kept.asked_by, request)
    world = loaded.pin.world
    officer = staff.onlooker(
        "dpo", staff.with_role(world, "dpo"), world, tx.now, exclude=frozenset({kept.asked_by})
    )
    if officer.account:
        task = _task(tx, loaded, f"emergency_review:{request}", officer.account, not_before=until)
        effects.open_task(tx, loaded.pin, change, task)


def _task(
    tx: Transaction, loaded: Loaded, key: str, account: str, *, not_before: datetime | None = None
) -> OpenTask:
    """A task that gives no right to the case it is about: to answer today or, with ``not_before``, to review after."""
    hours = loaded.pin.world.calendar
    what = "review" if not_before else "approve"
    today = calendar.on_or_after(hours, tx.now.astimezone(hours.zone).date())
    return OpenTask(
        key=key,
        kind="note",
        label=say(f"emergency.task.{what}", number=loaded.row["number"]),
        assignee=account,
        due_on=calendar.add_working_days(hours, not_before, _REVIEW_WITHIN) if not_before else today,
        why=Why(code=f"emergency_{what}"),
        onlooker=True,
        not_before=not_before,
    )


def _close_tasks(tx: Transaction, change: Change, kept: Kept, *, only: str = "") -> None:
    prefix = f"emergency:{ids.to_text(kept.id)}:"
    keys = [
        task["key"] for _, task in apply_decision.open_tasks(change, ()) if task["key"].startswith(prefix)
    ]
    _close(tx, change, [key for key in keys if not only or key == prefix + only])


def _close(tx: Transaction, change: Change, keys: Iterable[str]) -> None:
    wanted = tuple(keys)
    for key, _ in apply_decision.open_tasks(change, wanted) if wanted else ():
        values = {"state": "done", "closed_at": tx.now, "closed_by": change.by or None}
        apply_decision.touch(change, key, values)
