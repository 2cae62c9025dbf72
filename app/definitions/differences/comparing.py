"""What differs between two definitions? Walks the frozen types side by side.

Things with a name of their own (fields, options, states, buttons) are matched by it; things without (the rules of a
route, reminders) by what they say, in order. Nothing that differs is passed over: what has no words of its own is told
by its attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from app.definitions.differences.difference import Difference, Where
from app.definitions.differences.matching import Kept, aligned, named, out_of_order
from app.definitions.differences.words import both, words
from app.definitions.model.campaigns import Campaign
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Field, Form
from app.definitions.model.reports import Report
from app.definitions.model.workflows import ContactPoint, Deadline, Workflow

T = TypeVar("T", Form, Workflow, ContactPoint, Campaign, Report)

NAMED = {
    "Form.sections": "section",
    "Form.examples": "example",
    "Field.each": "column",
    "Field.fields": "column",
    "OptionList.options": "option",
    "Workflow.states": "state",
    "State.actions": "action",
    "State.asks": "ask",
    "Workflow.anywhere": "action",
    "Workflow.messages": "message",
    "Workflow.limits": "limit",
    "Sessions.lists": "session_list",
    "Campaign.letters": "letter",
    "Report.measures": "measure",
    "Report.dimensions": "dimension",
    "Report.examples": "example",
    "Measure.steps": "step",
    "Workflow.later": "later",
}
"""Where things stand that have a name, and what such a thing is."""
LINED = {
    "Form.rules": "rule",
    "Form.warn": "warning",
    "Form.retention": "retention",
    "Workflow.route": "route",
    "Workflow.also": "also",
    "Workflow.receipt": "feedback",
    "State.remind": "remind",
    "Ask.remind": "remind",
    "State.escalate": "escalate",
    "State.auto": "auto",
    "State.every": "every",
    "State.withdrawn": "withdrawn",
    "Withdrawn.remind": "remind",
    "Withdrawn.escalate": "escalate",
    "Holding.remind": "remind",
    "State.on_entry": "feedback",
    "RouteRule.escalate": "escalate",
    "AlsoRule.escalate": "escalate",
    "AlsoRule.remind": "remind",
    "Every.remind": "remind",
    "Every.escalate": "escalate",
    "Limit.remind": "remind",
    "Limit.escalate": "escalate",
    "Action.feedback": "feedback",
    "Action.needs": "need",
    "Workflow.links": "link",
    "Ask.prefills": "prefill",
    "Matching.exclude": "exclusion",
    "Matching.score": "score_part",
}
"""Where things stand that go by their place."""
_INSIDE = frozenset({
    "Field.limits", "Field.options", "Field.rows", "State.reasons", "Workflow.matching", "Campaign.contacts",
    "Campaign.batches", "Campaign.attempts", "Campaign.recurring", "Campaign.opt_outs", "ContactList.form",
    "Attempts.later", "Ask.round", "Field.cases", "Field.holds", "Workflow.sessions", "Sessions.opens", "Sessions.full",
    "Sessions.attendance",
    "Sessions.regulars", "Sessions.remind", "Sessions.held", "Sessions.cancelled", "Sessions.closed", "Sessions.roster",
    "Workflow.collects", "Collects.target",
})  # fmt: skip
"""Parts that are told as if they were attributes of the thing they stand in."""


def differences(old: T, new: T) -> tuple[Difference, ...]:
    """All that changed from ``old`` to ``new``, in the order of the definition; nothing when they mean the same."""
    return tuple(_compare(old, new, ()))


def same(old: object, new: object) -> bool:
    """Whether two parts mean the same, wherever they stand in a file."""
    if old is new:
        return True
    if type(old) is not type(new):
        return old == new and isinstance(old, Mapping)
    if is_dataclass(old) and not isinstance(old, type):
        parts = (part.name for part in fields(old) if part.name != "span")
        return all(same(getattr(old, part), getattr(new, part)) for part in parts)
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return list(old) == list(new) and all(same(old[key], new[key]) for key in old)
    if isinstance(old, tuple | list) and isinstance(new, tuple | list):
        return len(old) == len(new) and all(map(same, old, new))
    return old == new


def _compare(old: Any, new: Any, where: Where) -> Iterator[Difference]:
    name = type(new).__name__
    if isinstance(new, Form):
        yield from _moved_fields(old, new)
    for part in fields(new):
        before, after = getattr(old, part.name), getattr(new, part.name)
        if part.name != "span" and not same(before, after):
            yield from _attribute(f"{name}.{part.name}", before, after, where)


def _attribute(subject: str, old: Any, new: Any, where: Where) -> Iterator[Difference]:
    if subject in NAMED:
        yield from _named(subject, old, new, where)
    elif subject in LINED:
        yield from _lined(subject, old, new, where)
    elif subject == "Section.fields":
        yield from _fields(old, new, where)
    elif isinstance(new, bool):
        yield Difference(where, "on" if new else "off", subject)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _pairs(subject, old, new, where)
    elif subject in _INSIDE and old is not None and new is not None:
        yield from _compare(old, new, (*where, ("rows", "")) if subject == "Field.rows" else where)
    elif _is_words(old) and _is_words(new):
        yield from _list(subject, old, new, where)
    else:
        yield from _value(subject, old, new, where)


def _value(subject: str, old: Any, new: Any, where: Where) -> Iterator[Difference]:
    """One value in the place of another."""
    if old in (None, "", ()):
        yield Difference(where, "set", subject, new=words(new))
    elif new in (None, "", ()):
        yield Difference(where, "cleared", subject, old=words(old))
    else:
        told = both(old, new)
        if subject.endswith(".privacy"):
            yield Difference(where, "raised" if new > old else "lowered", subject, *told)
        elif words(old) != words(new):
            yield Difference(where, "changed", subject, *told)
        elif isinstance(new, Condition | Deadline) or not is_dataclass(new):
            yield Difference(where, "meaning", subject, *told)
        else:
            yield from _compare(old, new, where)


def _list(subject: str, old: tuple[str, ...], new: tuple[str, ...], where: Where) -> Iterator[Difference]:
    """Plain words in a row: which came, which went, and whether the others stand in another order."""
    came = [item for item in new if item not in old]
    went = [item for item in old if item not in new]
    if went:
        yield Difference(where, "fewer", subject, old=words(tuple(went)))
    if came:
        yield Difference(where, "more", subject, new=words(tuple(came)))
    if not came and not went:
        yield Difference(where, "changed", subject, words(old), words(new))


def _pairs(
    subject: str, old: Mapping[str, object], new: Mapping[str, object], where: Where
) -> Iterator[Difference]:
    for key in [*old, *(key for key in new if key not in old)]:
        inside = (*where, ("key", key))
        if key not in new:
            yield Difference(inside, "cleared", subject, old=words(old[key]))
        elif key not in old:
            yield Difference(inside, "set", subject, new=words(new[key]))
        elif not same(old[key], new[key]):
            yield Difference(inside, "changed", subject, words(old[key]), words(new[key]))
    if list(old) != list(new) and set(old) == set(new):
        yield Difference(where, "changed", subject, words(tuple(old)), words(tuple(new)))


def _named(subject: str, old: Any, new: Any, where: Where) -> Iterator[Difference]:
    """Things with a name: which came and went, what changed in those that stayed, and which stand elsewhere now."""
    kind, before, after = NAMED[subject], named(old), named(new)
    for key, item in before.items():
        if key not in after:
            yield Difference(where, "removed", kind, old=called(item, key))
    for key, item in after.items():
        if key not in before:
            yield Difference(where, "added", kind, new=called(item, key))
        elif not same(before[key], item):
            yield from _compare(before[key], item, (*where, (kind, key)))
    for key in out_of_order(list(before), list(after)):
        yield Difference((*where, (kind, key)), "moved", kind, new=_after_what(list(after), key))


def _lined(subject: str, old: tuple[Any, ...], new: tuple[Any, ...], where: Where) -> Iterator[Difference]:
    """Things without a name, side by side in order."""
    kind = LINED[subject]
    for step in aligned(old, new):
        if not isinstance(step, Kept):
            code = "added" if step.old is None else "removed" if step.new is None else "moved"
            item = step.old if step.new is None else step.new
            yield Difference((*where, (kind, str(step.place))), code, kind, words(step.old), words(item))
        elif not same(step.old, step.new):
            inside = (*where, (kind, str(step.place)))
            found = list(_compare(step.old, step.new, inside))
            yield from (item for item in found if not _just_shifted(item, step))


def _just_shifted(item: Difference, step: Kept) -> bool:
    """A rule that has another number only because one came or went before it."""
    return item.subject in ("RouteRule.number", "AlsoRule.number") and (
        step.new.number - step.old.number == step.shift != 0
    )


def _fields(old: tuple[Field, ...], new: tuple[Field, ...], where: Where) -> Iterator[Difference]:
    """The fields that stayed in their section; those that came, went or moved are told for the whole form."""
    before, after = named(old), named(new)
    for key, item in after.items():
        if key in before and not same(before[key], item):
            yield from _compare(before[key], item, (("field", key),))
    stayed = [key for key in before if key in after], [key for key in after if key in before]
    for key in out_of_order(*stayed):
        yield Difference((("field", key),), "moved", "field", new=_after_what(list(after), key))


def _moved_fields(old: Form, new: Form) -> Iterator[Difference]:
    """Fields that came, went, or stand in another section now (with what changed in them)."""
    before, after = _by_section(old), _by_section(new)
    for key, (section, item) in before.items():
        if key not in after:
            yield Difference((("section", section),), "removed", "field", old=called(item, key))
    for key, (section, item) in after.items():
        if key not in before:
            yield Difference((("section", section),), "added", "field", new=called(item, key))
        elif before[key][0] != section:
            yield Difference((("field", key),), "elsewhere", "field", before[key][0], section)
            yield from _compare(before[key][1], item, (("field", key),))


def _by_section(form: Form) -> dict[str, tuple[str, Field]]:
    return {item.id: (section.id, item) for section in form.sections for item in section.fields}


def called(item: Any, key: str) -> str:
    """What a thing with a name is called: its label or title, and its name behind it."""
    label = getattr(item, "label", "") or getattr(item, "title", "") or getattr(item, "text", "")
    return f"{words(label)} ({key})" if label and label != key else key


def _after_what(keys: list[str], key: str) -> str:
    place = keys.index(key)
    return keys[place - 1] if place else ""


def _is_words(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
