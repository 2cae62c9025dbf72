"""What did everybody say together? The spread of each item, never who said it.

Nothing is shown of fewer than ``at_least`` answers: not of a group, not of all together, and not of those who are left
when the groups that are shown are taken from the whole. Answers are only counted once no more come in, so that two
readings are the same reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from app.definitions.expressions.scope import NO, YES
from app.definitions.model.forms import Field, FieldType, Form, OptionList
from app.engine.model.answers import Answers, Value

TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
CHOSEN = frozenset({FieldType.CHOICE, FieldType.SCALE, FieldType.CHOICES, FieldType.TAGS})
MANY = frozenset({FieldType.CHOICES, FieldType.TAGS})
YES_NO = frozenset({FieldType.YES_NO, FieldType.YES_NO_UNASKED})
NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer without a name; ``group`` is empty where there are none."""

    group: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Spread:
    """How ``n`` answers are spread: how many per option (in the item's order), or the numbers' range. ``middle`` are
    the two medians (the same one when ``n`` is odd or they agree), as places in the order or as numbers."""

    n: int
    counts: tuple[int, ...] = ()
    middle: tuple[Decimal, Decimal] | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was asked. ``options``: id -> label in order, empty for a number; ``ordered``: medians are places
    in that order. ``many``: somebody may have said several. ``groups`` holds what is hidden as ``None``."""

    id: str
    label: str
    section: str
    options: Mapping[str, str]
    ordered: bool
    many: bool
    whole: Spread | None
    groups: Mapping[str, Spread | None]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What was written at one place, in an order that says nothing; empty when there are too few answers."""

    id: str
    label: str
    section: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """``n`` answers in all. ``enough``: something may be shown."""

    n: int
    at_least: int
    enough: bool
    items: tuple[Item, ...] = ()
    remarks: tuple[Remarks, ...] = ()

    def item(self, item_id: str) -> Item | None:
        """The item of that id."""
        return next((item for item in self.items if item.id == item_id), None)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A place on the form where one thing is answered."""

    id: str
    label: str
    section: str
    of: Field
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    silent: frozenset[str] = frozenset()
    ordered: bool = False
    ticks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Of what is ticked line by line: option -> the place of its yes or no."""


def results(form: Form, replies: Sequence[Reply], groups: Sequence[str], at_least: int) -> Results:
    """Count ``replies`` to ``form``, by group and together; ``at_least`` 1 hides nothing."""
    if len(replies) < at_least or not replies:
        return Results(len(replies), at_least, enough=False)
    asked = list(_asked(form))
    items = tuple(_item(one, replies, groups, at_least) for one in asked if one.of.type not in TEXTS)
    remarks = tuple(_remarks(one, replies) for one in asked if one.of.type in TEXTS)
    return Results(len(replies), at_least, True, items, tuple(one for one in remarks if one.texts))


def standings(form: Form, replies: Sequence[Reply], at_least: int) -> dict[str, list[Decimal]]:
    """Where each answer stands from 0 (the first option, or no) to 100 (the last one, or yes), by what was asked: only
    what ``results`` shows of all together, and has an order."""
    if len(replies) < at_least:
        return {}
    found: dict[str, list[Decimal]] = {}
    for one in _in_order(form):
        order = _order(one)
        said = [value[0] for reply in replies if (value := _counted(one, reply.answers)) is not None]
        if len(said) >= at_least:
            found[one.id] = [Decimal(100 * order.index(str(value))) / (len(order) - 1) for value in said]
    return found


def asked_in_order(form: Form) -> dict[str, str]:
    """What ``standings`` can tell of: id -> label."""
    return {one.id: one.label for one in _in_order(form)}


def _in_order(form: Form) -> Iterator[_Asked]:
    for one in _asked(form):
        if len(_order(one)) > 1 and not one.ticks and one.of.type not in MANY:
            yield one


def _order(one: _Asked) -> list[str]:
    if one.of.type in YES_NO:
        return [NO, YES]
    return list(one.options) if one.ordered else []


def _asked(form: Form) -> Iterator[_Asked]:
    for section in form.sections:
        for top in section.fields:
            if top.type is FieldType.MATRIX:
                yield from _of_matrix(top, section.title)
            elif top.type in CHOSEN | YES_NO | NUMBERS | TEXTS:
                yield _one(top.id, top.label, section.title, top)


def _of_matrix(top: Field, section: str) -> Iterator[_Asked]:
    for line in top.rows.options if top.rows else ():
        cell = f"{top.id}.{line.id}"
        options = top.options or OptionList("", ())
        yield _Asked(cell, line.label, section, top, *_options(options), ordered=options.ordered)
        for child in top.each:
            if child.type in CHOSEN | NUMBERS | TEXTS:
                yield _one(f"{cell}.{child.id}", f"{line.label}: {child.label}", section, child)
    for child in top.each:
        if child.type in YES_NO:
            yield _ticked(top, child, section)


def _ticked(top: Field, child: Field, section: str) -> _Asked:
    """A yes or no beside every line is one thing: which lines did people tick?"""
    lines = top.rows.options if top.rows else ()
    options = MappingProxyType({line.id: line.label for line in lines})
    ticks = MappingProxyType({line.id: f"{top.id}.{line.id}.{child.id}" for line in lines})
    return _Asked(f"{top.id}.{child.id}", child.label, section, child, options, ticks=ticks)


def _one(flat_id: str, label: str, section: str, top: Field) -> _Asked:
    if top.type in YES_NO:
        return _Asked(flat_id, label, section, top, MappingProxyType({YES: YES, NO: NO}))
    if top.options is None:
        return _Asked(flat_id, label, section, top)
    ordered = top.type is FieldType.SCALE or top.options.ordered
    return _Asked(flat_id, label, section, top, *_options(top.options), ordered=ordered)


def _options(options: OptionList) -> tuple[Mapping[str, str], frozenset[str]]:
    """What counts, and what was said without being an answer."""
    counted = {item.id: item.label for item in options.options if not (item.silent or item.opt_out)}
    return MappingProxyType(counted), frozenset(options.ids) - set(counted)


def _item(one: _Asked, replies: Sequence[Reply], groups: Sequence[str], at_least: int) -> Item:
    said = [(reply.group, value) for reply in replies if (value := _counted(one, reply.answers)) is not None]
    by_group = {group: [value for where, value in said if where == group] for group in groups}
    shown = _shown({group: len(values) for group, values in by_group.items()}, len(said), at_least)
    return Item(
        id=one.id,
        label=one.label,
        section=one.section,
        options=one.options,
        ordered=one.ordered,
        many=one.of.type in MANY or bool(one.ticks),
        whole=_spread(one, [value for _, value in said]) if len(said) >= at_least else None,
        groups={group: _spread(one, by_group[group]) if group in shown else None for group in groups},
    )


def _shown(sizes: Mapping[str, int], whole: int, at_least: int) -> frozenset[str]:
    """The groups that may be shown beside the whole: each large enough, and so are the rest together."""
    if whole < at_least:
        return frozenset()
    shown = {group: size for group, size in sizes.items() if size >= at_least}
    while shown and 0 < whole - sum(shown.values()) < at_least:
        del shown[min(shown, key=lambda group: (shown[group], group))]
    return frozenset(shown)


def _counted(one: _Asked, answers: Answers) -> tuple[Decimal | str, ...] | None:
    """What somebody said here, ``None`` when that is nothing that counts."""
    if one.ticks:
        return tuple(name for name, at in one.ticks.items() if answers.get(at) in (YES, True)) or None
    value: Value | None = answers.get(one.id)
    if value is None:
        return None
    if one.options:
        said = value if isinstance(value, tuple) else (_word(value),)
        counted = tuple(str(item) for item in said if str(item) in one.options)
        return counted or None
    return (
        (Decimal(str(value)),) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
    )


def _word(value: Value) -> str:
    return (YES if value else NO) if isinstance(value, bool) else str(value)


def _spread(one: _Asked, said: Sequence[tuple[Decimal | str, ...]]) -> Spread:
    if not one.options:
        numbers = sorted(value for values in said for value in values if isinstance(value, Decimal))
        return _of_numbers(numbers)
    order = list(one.options)
    tally = Counter(value for values in said for value in values)
    counts = tuple(tally[option] for option in order)
    if not one.ordered:
        return Spread(len(said), counts)
    places = sorted(Decimal(order.index(str(values[0]))) for values in said)
    found = _of_numbers(places)
    return Spread(found.n, counts, found.middle, found.lowest, found.highest)


def _of_numbers(numbers: Sequence[Decimal]) -> Spread:
    if not numbers:
        return Spread(0)
    n = len(numbers)
    return Spread(n, (), (numbers[(n - 1) // 2], numbers[n // 2]), numbers[0], numbers[-1])


def _remarks(one: _Asked, replies: Sequence[Reply]) -> Remarks:
    """By the alphabet: the order in which they came would say who wrote them. The same words stand once."""
    texts = {str(reply.answers.get(one.id) or "").strip() for reply in replies}
    return Remarks(one.id, one.label, one.section, tuple(sorted(filter(None, texts), key=str.casefold)))
