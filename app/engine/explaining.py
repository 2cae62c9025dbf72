"""Why is this task with this person, and why is it due then? Sentences for the queue, the case page and simulate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.definitions.model.workflows import AlsoRule, ContactPoint
from app.engine.facts_of import SHOWN_CLASS, field_refs, privacy_of
from app.engine.handing_over import REGULAR
from app.engine.labels import Labels
from app.engine.model.cases import Why
from app.engine.model.people import World
from app.engine.telling import condition_words
from app.texts import has, say

_AFTER = re.compile(r"(\d+) (working|calendar)? ?(hour|day|week|month)s?(?: from ([a-z0-9_.]+))?")


def why_here(
    why: Why,
    account: str,
    world: World,
    contact_points: Mapping[str, ContactPoint],
    language: str = "nl",
    *,
    labels: Labels | None = None,
) -> tuple[str, ...]:
    """Sentences that say which rule matched, what it read (class 2-3 by name only) and how the person was found.

    ``labels`` are the words of the definitions the case is pinned to; without them only the rule's number is told.
    """
    lines = [*_rule(why, labels, language), *_read(why, labels, language), *_regular(why, language)]
    lines.append(_person(why, account, world, contact_points, language))
    if why.skipped:
        names = ", ".join(_skipped(item, world, language) for item in why.skipped)
        lines.append(say("why.skipped", language, names=names))
    return tuple(lines)


def _rule(why: Why, labels: Labels | None, language: str) -> list[str]:
    if not why.rule:
        return _also(why, labels, language) if why.also else []
    place = _place(why.rule, labels, language)
    if why.code == "kept":
        return [say("why.rule_kept", language, rule=place)]
    words = _condition_of(why, labels)
    if words:
        return [say("why.rule", language, rule=place, words=words)]
    return [say("why.rule_fits" if why.source else "why.rule_otherwise", language, rule=place)]


def _place(number: int, labels: Labels | None, language: str) -> str:
    if labels is None or labels.workflow is None:
        return say("why.place", language, rule=number)
    return say("why.place_of", language, rule=number, total=len(labels.workflow.route))


def _condition_of(why: Why, labels: Labels | None) -> str:
    """What the rule of the route that matched says."""
    routes = labels.workflow.route if labels is not None and labels.workflow is not None else ()
    rule = next((item for item in routes if item.number == why.rule), None)
    if rule is None or labels is None:
        return ""
    parts = [condition_words(rule.condition, labels)] if rule.condition is not None else []
    if rule.match is not None:
        fields = labels.all_of(labels.label(labels.spot(name), name) for name in field_refs(rule.match.tree))
        parts.append(say("why.match", labels.language, fields=fields))
    if rule.unless is not None:
        parts.append(condition_words(rule.unless, labels, holds=False))
    return labels.all_of(dict.fromkeys(parts)) if parts else ""


def _also(why: Why, labels: Labels | None, language: str) -> list[str]:
    """Why a sub-task was opened beside the main one."""
    rules = labels.workflow.also if labels is not None and labels.workflow is not None else ()
    rule = next((item for item in rules if item.number == why.also), None)
    if rule is None or labels is None:
        return []
    words = _of_row(rule, why.row, labels)
    return [say("why.also", language, words=words)] if words else []


def _of_row(rule: AlsoRule, row: str, labels: Labels) -> str:
    if rule.condition is not None:
        return condition_words(rule.condition, replace(labels, rows=rule.each, row=row))
    if not rule.each:
        return ""
    return say("why.also_row", labels.language, field=labels.label(labels.spot(rule.each), rule.each))


def _read(why: Why, labels: Labels | None, language: str) -> list[str]:
    """The answers a rule read, in the words of the page; those of class 2 and 3 the rule itself names by label."""
    if labels is None:
        return []
    open_ = [
        (field, kept) for field, kept in why.read if kept or privacy_of(labels.form, field) <= SHOWN_CLASS
    ]
    told = dict.fromkeys(_value(field, kept, labels, language) for field, kept in open_)
    return [say("why.read", language, values=", ".join(told))] if told else []


def _value(field_id: str, kept: str, labels: Labels, language: str) -> str:
    label = labels.label(labels.spot(field_id), field_id)
    if kept:
        return say("why.value", language, field=label, value=labels.told(field_id, kept))
    return say("why.no_value", language, field=label)


def _regular(why: Why, language: str) -> list[str]:
    """Somebody who often came to sessions stays away: how often they came, and how often they missed.

    Nothing in a list, where a line says only whose it is.
    """
    if why.code != REGULAR or not why.source:
        return []
    came, of, missed = why.source.split("/")
    return [say("why.regular_missed", language, came=came, of=of, missed=missed)]


def _person(
    why: Why, account: str, world: World, contact_points: Mapping[str, ContactPoint], language: str
) -> str:
    point = contact_points.get(why.contact_point)
    place = world.staffing.neighbourhoods.get(why.neighbourhood, "")
    if point is not None and point.partner and why.code in ("holder", "owner", "substitute", "replacement"):
        return say("why.partner", language, name=_name(account, world), contact_point=point.label)
    near = (
        why.code == "holder"
        and place
        and any(
            item.contact_point == why.contact_point and item.neighbourhood == why.neighbourhood
            for item in world.staffing.holdings
        )
    )
    code = "why.holder_of" if near else f"why.{why.code}"
    return say(
        code if has(code) else "why.responsible",
        language,
        name=_name(account, world),
        contact_point=point.label if point is not None else why.contact_point,
        neighbourhood=place,
    )


def _name(account: str, world: World) -> str:
    worker = world.staffing.workers.get(account)
    return worker.name if worker is not None else account


def _skipped(text: str, world: World, language: str) -> str:
    account, _, reason = text.rpartition(":")
    code = f"why.skipped.{reason}"
    name = _name(account, world)
    return say(code, language, name=name) if has(code) else name


def why_then(
    due_on: date | None, due_rule: str, language: str = "nl", *, labels: Labels | None = None
) -> str:
    """A sentence that says by when and by which deadline; ``due_rule`` is the deadline as its author wrote it."""
    if due_on is None:
        return say("why.no_due", language)
    day = f"{due_on:%d/%m/%Y}"
    words = _deadline(due_rule, labels, language)
    return (
        say("why.due", language, day=day, deadline=words)
        if words
        else say("why.due_plain", language, day=day)
    )


def _deadline(rule: str, labels: Labels | None, language: str) -> str:
    if rule == "same day":
        return say("why.deadline.same_day", language)
    if ", or " in rule:
        return say("why.deadline.date", language)
    match = _AFTER.fullmatch(rule.strip())
    if match is None:
        return ""
    amount, kind, unit, since = match.groups()
    code = f"why.duration.{kind}_{unit}s" if kind else f"why.duration.{unit}s"
    if not has(code):
        return ""
    return say(
        "why.deadline.after",
        language,
        duration=say(code, language, n=int(amount)),
        since=_since(since, labels, language),
    )


def _since(since: str | None, labels: Labels | None, language: str) -> str:
    if since in (None, "entered"):
        return ""
    if since == "received":
        return say("why.since.received", language)
    spot = labels.spot(since) if labels is not None and since is not None else None
    if labels is None or since is None:
        return ""
    words = labels.label(spot, since) if spot is not None else labels.mark(since)
    return say("why.since.mark", language, mark=words)
