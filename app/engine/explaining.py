"""Why is this task with this person, and why is it due then? Sentences for the queue, the case page and simulate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from app.definitions.model.workflows import ContactPoint
from app.engine.model.cases import Why
from app.engine.model.people import World
from app.texts import has, say

_AFTER = re.compile(r"(\d+) (working|calendar)? ?(hour|day|week|month)s?(?: from ([a-z0-9_.]+))?")


def why_here(
    why: Why, account: str, world: World, contact_points: Mapping[str, ContactPoint], language: str = "nl"
) -> tuple[str, ...]:
    """Sentences that say which rule matched, what it read (class 2-3 by name only) and how the person was found."""
    lines = [*_rule(why, language), *_read(why, language)]
    lines.append(_person(why, account, world, contact_points, language))
    if why.skipped:
        names = ", ".join(_skipped(item, world, language) for item in why.skipped)
        lines.append(say("why.skipped", language, names=names))
    return tuple(lines)


def _rule(why: Why, language: str) -> list[str]:
    if not why.rule:
        return [say("why.also", language, source=why.source)] if why.source else []
    if why.source:
        return [say("why.rule", language, rule=why.rule, source=why.source)]
    code = "why.rule_kept" if why.code == "kept" else "why.rule_otherwise"
    return [say(code, language, rule=why.rule)]


def _read(why: Why, language: str) -> list[str]:
    values = [
        say("why.value", language, field=field, value=value)
        if value
        else say("why.hidden_value", language, field=field)
        for field, value in why.read
    ]
    return [say("why.read", language, values=", ".join(values))] if values else []


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


def why_then(due_on: date | None, due_rule: str, language: str = "nl") -> str:
    """A sentence that says by when and by which deadline; ``due_rule`` is the deadline as its author wrote it."""
    if due_on is None:
        return say("why.no_due", language)
    day = f"{due_on:%d/%m/%Y}"
    words = _deadline(due_rule, language)
    return (
        say("why.due", language, day=day, deadline=words)
        if words
        else say("why.due_plain", language, day=day)
    )


def _deadline(rule: str, language: str) -> str:
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
        since=_since(since, language),
    )


def _since(since: str | None, language: str) -> str:
    if since in (None, "entered"):
        return ""
    return (
        say("why.since.received", language)
        if since == "received"
        else say("why.since.mark", language, mark=since)
    )
