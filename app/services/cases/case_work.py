"""What is to be done in a case, by whom, and which buttons does this person have?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.definitions.model.forms import Option
from app.definitions.model.workflows import Action, State
from app.engine import explaining
from app.engine.decide import Offer, Presser, offers
from app.engine.labels import Labels
from app.engine.model.people import Absence
from app.engine.policy import Act, Actor, Relation
from app.services.cases import attempts as attempts_rule
from app.services.cases import bonds, referral_view, relation, settle_referrals, told
from app.services.cases.act_on_case import role_of
from app.services.cases.apply_decision import MERGE
from app.services.cases.case_view import ActionView, AttemptLine, Contact, LimitLine, RowToReason, TaskLine
from app.services.cases.load_case import Loaded, Pinned, action_form, desk_of, due_of, why_of
from app.services.tasks import due_words, queue
from app.storage import ids
from app.storage.database import Transaction
from app.texts import say

_UNTICKABLE = frozenset({"main"})


def tasks(
    tx: Transaction,
    loaded: Loaded,
    actor: Actor,
    found: Collection[Relation],
    labels: Labels,
) -> tuple[TaskLine, ...]:
    """All tasks: open ones first, the first due first; then closed ones, newest first."""
    today = tx.now.astimezone(loaded.pin.world.calendar.zone).date()
    rows = sorted(loaded.tasks, key=lambda task: (task["state"] != "open", task["due_on"], task["id"]))
    return tuple(
        replace(
            _task(loaded, task, actor, found, today, labels), label=_label(tx, task, content=labels.content)
        )
        for task in rows
    )


def _label(tx: Transaction, task: Mapping[str, Any], *, content: bool) -> str:
    """The whole label for who may read what was told, else what lists show."""
    if not content or task["told"] is None:
        return str(task["label"])
    return str(tx.sealer.open_json(("task", task["id"], "told"), task["told"]))


def labels_of(pinned: Pinned, language: str, *, content: bool) -> Labels:
    """The words of a case's definitions; ``content``: for who reads what was told."""
    places = pinned.world.staffing.neighbourhoods
    return Labels(pinned.form, pinned.workflow, places, content=content, language=language)


def contact(account: str, pinned: Pinned) -> Contact:
    """Somebody with a phone."""
    worker = pinned.world.staffing.workers.get(account)
    return Contact(account, worker.name if worker else "", worker.phone if worker else "")


def _task(  # noqa: PLR0917 - one line of a page, all of it known
    loaded: Loaded,
    task: Mapping[str, Any],
    actor: Actor,
    found: Collection[Relation],
    today: date,
    labels: Labels,
) -> TaskLine:
    pinned, language = loaded.pin, labels.language
    due_on = due_of(task)
    is_open = task["state"] == "open"
    mine = is_open and (task["assignee"] == actor.account or _stands_in(loaded, task, actor, found))
    here = explaining.why_here(
        why_of(task["why"]), task["assignee"], pinned.world, pinned.contact_points, language, labels=labels
    )
    own = frozenset({*found, Relation.OWN}) if task["assignee"] == actor.account else found
    return TaskLine(
        id=ids.to_text(task["id"]),
        kind=task["kind"],
        label=task["label"],
        assignee=contact(task["assignee"], pinned),
        due_on=due_on,
        days=(due_on - today).days if due_on else None,
        open=is_open,
        mine=mine,
        outcome="" if is_open else task["state"],
        reminder=queue.reminder_text(task, language) if is_open else "",
        escalation=queue.escalated(task),
        watched_by=queue.watched_by(task, pinned.world) if is_open else (),
        urgent=task["urgent"],
        not_before=task["not_before"],
        why=(
            *here,
            due_words.sum_of(pinned.world.calendar, task, loaded.row["received_at"], language)
            or explaining.why_then(due_on, task["due_rule"], language, labels=labels),
        ),
        finishable=mine and task["key"] not in _UNTICKABLE and relation.allowed(actor, Act.TASK_FINISH, own),
        claimable=is_open
        and relation.unclaimed(loaded.row, loaded.tasks, pinned)
        and relation.allowed(actor, Act.CASE_CLAIM, found),
        key=task["key"],
    )


def _stands_in(loaded: Loaded, task: Mapping[str, Any], actor: Actor, found: Collection[Relation]) -> bool:
    return Relation.SUBSTITUTE in found and task["assignee"] == loaded.row["holder"] and bool(actor.account)


def actions(
    tx: Transaction,
    loaded: Loaded,
    actor: Actor,
    found: Collection[Relation],
    lines: Iterable[TaskLine],
) -> tuple[ActionView, ...]:
    """The buttons of the state; none for who may not act at all. ``lines``: the tasks of the case as this viewer sees
    them."""
    if not relation.allowed(actor, Act.CASE_ACT, found):
        return ()
    pinned = loaded.pin
    offered = offers(
        pinned.workflow,
        pinned.form,
        loaded.case,
        Presser(actor.account, role_of(actor)),
        now=tx.now,
        world=pinned.world,
        contact_points=pinned.contact_points,
    )
    by_key = {line.key: line for line in lines if line.open}
    return tuple(_along(tx, loaded, actor, _action(tx, loaded, offer, by_key)) for offer in offered)


def _along(tx: Transaction, loaded: Loaded, actor: Actor, view: ActionView) -> ActionView:
    """What the button does to cases that belong to this one; one that cannot go along keeps it from being pressed."""
    if not any(view.id in link.presses for link in loaded.pin.workflow.links):
        return view
    action = loaded.pin.workflow.actions_of(loaded.row["state"])[view.id]
    found = bonds.along(tx, desk_of(loaded.pin.municipality), loaded, action, actor)
    stuck = [one for one in found if one.refused]
    refusals = (*view.refusals, bonds.stuck_words(stuck)) if stuck else view.refusals
    return replace(view, along=found, refusals=refusals, enabled=view.enabled and not stuck)


def _action(tx: Transaction, loaded: Loaded, offer: Offer, lines: Mapping[str, TaskLine]) -> ActionView:
    action, pinned = offer.action, loaded.pin
    target = pinned.workflow.states.get(action.to)
    version = action_form(tx, pinned, action.form) if action.form else None
    refusals = (say(f"refusals.{offer.refusal.code}", **dict(offer.refusal.params)),) if offer.refusal else ()
    return ActionView(
        id=action.id,
        label=action.label,
        help=action.help,
        enabled=offer.refusal is None,
        refusals=refusals,
        form=version.form if version else None,
        form_version=str(version.id) if version else "",
        reasons=_reasons(action, target),
        rows=_rows(pinned, target, offer.rows),
        open_form=action.open_form,
        leads_to=target.label if target else "",
        ends=bool(target and target.end),
        anywhere=pinned.workflow.anywhere.get(action.id) is action,
        again=attempts_rule.before(loaded, action, tx.now),
        merges=MERGE in action.does,
        open_tasks=tuple(lines[key] for key in offer.tasks),
        referrals=settle_referrals.asked(tx, loaded, action),
        invites=referral_view.invitation(tx, loaded, action),
    )


def _reasons(action: Action, target: State | None) -> tuple[Option, ...]:
    return target.reasons.options if target and target.end and target.reasons else ()


def _rows(pinned: Pinned, target: State | None, rows: tuple[str, ...]) -> tuple[RowToReason, ...]:
    if not rows or target is None or target.reason_each is None:
        return ()
    field = pinned.form.field(target.reason_each.of)
    found: list[RowToReason] = []
    for row in rows:
        option = field.rows.get(row.rpartition(".")[2]) if field and field.rows else None
        found.append(RowToReason(row, option.label if option else row))
    return tuple(found)


def limits(loaded: Loaded, today: date) -> tuple[LimitLine, ...]:
    """The terms of the whole case, the first first."""
    found = [
        LimitLine(
            id=limit.id,
            label=limit.label or limit.id,
            due_on=loaded.case.limits[limit.id],
            days=(loaded.case.limits[limit.id] - today).days,
            met=limit.until in loaded.case.marks,
            statutory=limit.statutory,
        )
        for limit in loaded.pin.workflow.limits
        if limit.id in loaded.case.limits
    ]
    return tuple(sorted(found, key=lambda item: item.due_on))


def attempts(loaded: Loaded) -> tuple[AttemptLine, ...]:
    """The tries to reach somebody, newest first."""
    labels = {
        action.id: action.label
        for state in loaded.pin.workflow.states
        for action in loaded.pin.workflow.actions_of(state).values()
    }
    return tuple(
        AttemptLine(item.at, labels.get(item.action, item.action), item.part)
        for item in reversed(loaded.case.attempts)
    )


def why(loaded: Loaded, labels: Labels) -> tuple[str, ...]:
    """Why the case is with its holder."""
    row, pinned = loaded.row, loaded.pin
    return explaining.why_here(
        why_of(row["why"]), row["holder"], pinned.world, pinned.contact_points, labels.language, labels=labels
    )


def absence_notice(loaded: Loaded, now: datetime, language: str) -> str:
    """'Joris is er tot 13/11 niet, Nele vervangt'; empty while the holder is there."""
    away = _away(loaded, now)
    if not away:
        return ""
    params = {
        "name": told.name(loaded.row["holder"], loaded.pin),
        "date": f"{max(item.end for item in away):%d/%m/%Y}",
    }
    replacement = standing_in(loaded, now)
    if not replacement:
        return say("queue_words.absent", language, **params)
    return say(
        "queue_words.absent_replaced", language, replacement=told.name(replacement, loaded.pin), **params
    )


def standing_in(loaded: Loaded, now: datetime) -> str:
    """The account that replaces the holder now; empty while the holder is there, or when nobody does."""
    away = _away(loaded, now)
    if not away:
        return ""
    named = next((item.replacement for item in away if item.replacement), "")
    return named or next(iter(sorted(relation.stands_in(loaded.row, loaded.pin, now))), "")


def _away(loaded: Loaded, now: datetime) -> list[Absence]:
    """The absences of the holder that last now."""
    world = loaded.pin.world
    today = now.astimezone(world.calendar.zone).date()
    return [
        item
        for item in world.staffing.absences
        if item.account == loaded.row["holder"] and item.start <= today <= item.end
    ]


__all__ = [
    "absence_notice",
    "actions",
    "attempts",
    "contact",
    "labels_of",
    "limits",
    "standing_in",
    "tasks",
    "why",
]
