"""How do ``5 working days``, ``10 working days from received`` and ``1 working day before`` become values?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.definitions.durations import as_duration, proposed_duration
from app.definitions.expressions_of import Expressions
from app.definitions.model.expressions import ListOf, ValueType
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.workflows import Deadline, DeadlineKind, Duration, Escalation, Reminder
from app.definitions.problems import guess
from app.definitions.readers.desk import Desk, key_span, mappings, quiet, text_node
from app.definitions.vocabulary_workflows import ESCALATION_ROLES

NO_UNIT = re.compile(r"[0-9]+ *(days?|hours?|dagen|dag|uur|weken|maanden|d|h|u|w)?", re.IGNORECASE)
FROM = re.compile(r"(?P<term>.+?) +from +(?P<since>[a-z][a-z0-9_.]*)")
BEFORE = re.compile(r"(?P<term>.+?) +before")
ENDLESS = re.compile(r"(every|each|elke|daily|weekly|dagelijks|wekelijks)\b.*", re.IGNORECASE)
REMINDERS = ("on the day", "1 working day before", "2 working days before")
MOST_REMINDERS = 5


@dataclass(frozen=True, slots=True)
class Clock:
    """What a deadline may count from, besides ``entered`` and ``received``."""

    marks: frozenset[str] = frozenset()
    date_fields: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """All words that fit behind ``from``."""
        return ("entered", "received", *sorted(self.marks), *sorted(self.date_fields))


def read_duration(node: ScalarNode | None, desk: Desk) -> Duration | None:
    """``N unit``; ``S150`` when the unit is missing or could be two things, ``Y050`` for anything else."""
    if node is None:
        return None
    text = node.text.strip()
    if NO_UNIT.fullmatch(text):
        desk.tell("S150", node.span, text=text, guess=proposed_duration(text))
        return None
    return as_duration(ScalarNode(text, node.span), desk.problems)


def read_deadline(
    node: MappingNode, clock: Clock, expressions: Expressions, *, rows: str = ""
) -> Deadline | None:
    """What stands at ``deadline:``; ``None`` when there is none or it is unusable (told)."""
    value = node.get("deadline")
    if isinstance(value, MappingNode):
        return _on_a_date(value, expressions, rows)
    found = text_node(node, "deadline")
    if found is None:
        return None
    text = found.text.strip()
    if text == "same day":
        return Deadline(DeadlineKind.SAME_DAY, source=text)
    if text == "none":
        because = quiet(node).text("because")
        if not because:
            expressions.desk.tell("G413", found.span)
        return Deadline(DeadlineKind.NONE, because=because, source=text)
    return _after(found, clock, expressions)


def _after(node: ScalarNode, clock: Clock, expressions: Expressions) -> Deadline | None:
    desk = expressions.desk
    text = node.text.strip()
    match = FROM.fullmatch(text)
    duration = read_duration(ScalarNode(match["term"], node.span) if match else node, desk)
    since = match["since"] if match else "entered"
    known = since in ("entered", "received") or expressions.blind or desk.is_lost(since)
    if not known and not desk.refer("mark", since, node.span, clock.names):
        return None
    return Deadline(DeadlineKind.AFTER, duration, since, source=text) if duration else None


def _on_a_date(value: MappingNode, expressions: Expressions, rows: str) -> Deadline | None:
    written = quiet(value).scalars("date")
    days = [expressions.value(item, ValueType.DATE, rows=rows) for item in written]
    otherwise = read_duration(text_node(value, "or"), expressions.desk)
    found = tuple(day.tree for day in days if day is not None)
    if not found or len(found) < len(days):
        return None
    tree = found[0] if len(found) == 1 else ListOf(found)
    text = ", ".join(item.text for item in written)
    before = read_duration(text_node(value, "before"), expressions.desk)
    if otherwise is None and value.get("or") is None and not expressions.always_there(tree, rows):
        expressions.desk.tell("G403", written[0].span, date=text)
    shown = f"{text}, or {quiet(value).text('or')}"
    return Deadline(DeadlineKind.DATE, otherwise, date=tree, source=shown, before=before)


def read_reminders(node: MappingNode, desk: Desk) -> tuple[Reminder, ...]:
    """``remind:``; ``G421`` for an endless ladder, ``S151`` for a rung that cannot be read."""
    found: list[Reminder] = []
    rungs = quiet(node).scalars("remind")
    for rung in rungs:
        text = rung.text.strip()
        before = BEFORE.fullmatch(text)
        if text == "on the day":
            found.append(Reminder(None))
        elif ENDLESS.fullmatch(text):
            desk.tell("G421", rung.span, text=text)
        elif before:
            duration = read_duration(ScalarNode(before["term"], rung.span), desk)
            found += [Reminder(duration)] if duration else []
        else:
            desk.tell("S151", rung.span, text=text, guess=guess(text, REMINDERS))
    if len(rungs) > MOST_REMINDERS:
        desk.tell("G421", rungs[MOST_REMINDERS].span, text=f"{len(rungs)} x")
    return tuple(found)


def check_ladder(deadline: Deadline, node: MappingNode, what: str, desk: Desk) -> None:
    """Nobody can be woken around a date that is not there (``G414``)."""
    for key in ("remind", "escalate"):
        if deadline.kind is DeadlineKind.NONE and node.entry(key) is not None:
            desk.tell("G414", key_span(node, key), state=what, key=key)
            return


def read_escalations(node: MappingNode, desk: Desk) -> tuple[Escalation, ...]:
    """``escalate:``; ``G422`` when a rung goes to nobody that exists."""
    found: list[Escalation] = []
    known = (*ESCALATION_ROLES, *sorted(desk.names.get("contact_point", ())))
    for item in mappings(node, "escalate"):
        after = read_duration(text_node(item, "after"), desk)
        to = text_node(item, "to")
        if to is None:
            continue
        if _is_somebody(to, known, desk) and after is not None:
            found.append(Escalation(after, to.text.strip()))
    return tuple(found)


def _is_somebody(to: ScalarNode, known: tuple[str, ...], desk: Desk) -> bool:
    name = to.text.strip()
    if name in known or ("contact_point", "") in desk.broken:
        return True
    desk.tell("G422", to.span, name=name, guess=guess(name, known), known=", ".join(known))
    return False
