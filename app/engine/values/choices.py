"""choice, choices, tags, the yes-no types, a matrix score, a scale of options, availability and neighbourhood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.definitions.model.forms import Field, FieldType, Limits, Option, OptionList
from app.engine.model.answers import Moment, Value
from app.engine.values.given import Finding, Rejected
from app.engine.values.made import Check, Codec, as_text, load_text, load_texts, one_text, same
from app.engine.values.texts import points_at
from app.engine.values.words import each, one
from app.texts import say

YES, NO, UNASKED = "ja", "nee", "niet_besproken"
DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
DAY_PARTS = ("vm", "nm", "av")
NOW_AND_THEN = "af_en_toe"
AVAILABILITY = (*(f"{day}.{part}" for day in DAYS for part in DAY_PARTS), NOW_AND_THEN)
ELSEWHERE = ("geen_vast_adres", "andere_gemeente")
"""Neighbourhoods every municipality knows (``language.md`` decision 12)."""

MOST_CHOICES = 200
OWN_WORD_MOST = 60
STREET_MOST = 160
WITH_OWN = frozenset({FieldType.TAGS, FieldType.STREET})
"""What also takes words of one's own, from the input ``<id>:own``."""
_ID = re.compile(r"[a-z][a-z0-9_]{0,79}")
_YES_WORDS = {"ja": YES, "j": YES, "nee": NO, "neen": NO, "n": NO, "true": YES, "false": NO}


def choice_codec(field: Field) -> Codec:
    """One option: choice, a scale over a list, a matrix score, and the yes-no types with their built-in options."""
    options = options_of(field)
    known = {option.id: option.id for option in options.options} if options else None
    spoken = dict(_YES_WORDS) if field.type in {FieldType.YES_NO, FieldType.YES_NO_UNASKED} else {}
    labels = _labels(options)

    def read(raw: Sequence[str]) -> Value | None:
        text = raw[0] if len(raw) == 1 else one(raw)
        if known is not None and text in known:
            return text
        text = one((text,))
        return _option(text, known, spoken) if text else None

    def show(value: Value, language: str) -> str:
        return _label(as_text(value), labels, language)

    silent = frozenset(option.id for option in options.options if option.silent) if options else frozenset()
    return Codec(read, show, one_text, same, load_text, silent=silent)


def choices_codec(field: Field) -> Codec:
    """Several options; tags also take words of one's own."""
    own_words = field.type is FieldType.TAGS
    options = field.options
    known = {option.id: option.id for option in options.options} if options else None
    by_label = {option.label.casefold(): option.id for option in options.options} if options else {}
    order = {option: place for place, option in enumerate(known or ())}
    labels = _labels(options)

    def read(raw: Sequence[str]) -> Value | None:
        if len(raw) > MOST_CHOICES * 2:
            raise Rejected("too_many", max=MOST_CHOICES, n=len(raw))
        texts = _split(raw) if own_words else each(raw)
        if own_words:
            found = [by_label.get(text.casefold(), text) for text in texts]
        else:
            found = [_option(text, known, {}) for text in texts]
        return _ordered(found, order) or None

    def show(value: Value, language: str) -> str:
        return ", ".join(_label(str(item), labels, language) for item in _items(value))

    warn = points_at if field.anonymous else None
    return Codec(read, show, _texts, _list, load_texts, count_check(field.limits), warn)


def street_codec(field: Field) -> Codec:
    """Streets as ``oosthoek:Molenstraat`` where the register tells the neighbourhood, else as typed."""

    def read(raw: Sequence[str]) -> Value | None:
        return tuple(_split(raw, STREET_MOST)) or None

    def show(value: Value, language: str) -> str:
        return ", ".join(street_of(str(item))[1] for item in _items(value))

    return Codec(read, show, _texts, _list, load_texts, count_check(field.limits))


def street_of(text: str) -> tuple[str, str]:
    """Neighbourhood (or ``""``) and name of a street as an answer holds it."""
    place, colon, name = text.partition(":")
    return (place, name) if colon and _ID.fullmatch(place) else ("", text)


def availability_codec(field: Field) -> Codec:
    """Half days as ``ma.vm``; with ``rows`` and ``options`` the form's own days and parts."""
    days = field.rows.ids if field.rows else DAYS
    parts = field.options.ids if field.options else DAY_PARTS
    slots = {f"{day}.{part}": place for place, (day, part) in enumerate((d, p) for d in days for p in parts)}
    if not field.options:
        slots[NOW_AND_THEN] = len(slots)
    day_labels, part_labels = _labels(field.rows), _labels(field.options)

    def read(raw: Sequence[str]) -> Value | None:
        found = each(raw[: len(slots) * 2])
        for text in found:
            if text not in slots:
                raise Rejected("unknown_option", typed=text[:40])
        return _ordered(found, slots) or None

    def show(value: Value, language: str) -> str:
        return "; ".join(_show_days(_items(value), day_labels, part_labels, language))

    return Codec(read, show, _texts, _list, load_texts, count_check(field.limits))


def neighbourhood_codec(field: Field) -> Codec:
    """The id of a village or district; which exist is live data, judged with the form."""
    labels = _labels(field.options)

    def read(raw: Sequence[str]) -> Value | None:
        text = one(raw)
        if not text:
            return None
        known = {option: option for option in (*field.options.ids, *ELSEWHERE)} if field.options else None
        return _option(text, known, {})

    def show(value: Value, language: str) -> str:
        name = as_text(value)
        if name in ELSEWHERE and name not in labels:
            return say(f"values.{name}", language)
        return labels.get(name, name)

    return Codec(read, show, one_text, same, load_text)


def options_of(field: Field) -> OptionList | None:
    """The options a choice of this field is made from; ``None`` when they are known only elsewhere."""
    if field.options is not None:
        return field.options
    if field.type is FieldType.YES_NO:
        return OptionList("", (Option(YES, ""), Option(NO, "")))
    if field.type is FieldType.YES_NO_UNASKED:
        return OptionList("", (Option(YES, ""), Option(NO, ""), Option(UNASKED, "", silent=True)))
    return None


def count_check(limits: Limits) -> Check | None:
    """The check of how many are chosen."""
    low, high = whole(limits.min), whole(limits.max)
    if low is None and high is None:
        return None

    def check(value: Value, moment: Moment) -> Finding | None:
        return count_finding(len(_items(value)), low, high)

    return check


def count_finding(count: int, low: int | None, high: int | None) -> Finding | None:
    """Too few or too many of something."""
    if low is not None and count < low:
        return "too_few", (("min", str(low)), ("n", str(low)))
    if high is not None and count > high:
        return "too_many", (("max", str(high)), ("n", str(high)))
    return None


def whole(text: str | None) -> int | None:
    """A count written in a definition."""
    return int(text) if text and text.strip().isdecimal() else None


def _option(text: str, known: Mapping[str, str] | None, spoken: Mapping[str, str]) -> str:
    if known is None:
        if _ID.fullmatch(text):
            return text
    else:
        found = known.get(text) or known.get(spoken.get(text.casefold(), ""))
        if found:
            return found
    raise Rejected("unknown_option", typed=text[:40])


def _split(raw: Sequence[str], most: int = OWN_WORD_MOST) -> list[str]:
    """Ids and own words, split at commas and new lines, each once; small differences in capitals are one word."""
    found: dict[str, str] = {}
    for text in raw:
        for piece in text.replace("\n", ",").replace(";", ",").split(",")[: MOST_CHOICES + 1]:
            word = one((piece,), most)
            if word:
                found.setdefault(word.casefold(), word)
    if len(found) > MOST_CHOICES:
        raise Rejected("too_many", max=MOST_CHOICES, n=len(found))
    return list(found.values())


def _ordered(found: Sequence[str], order: Mapping[str, int]) -> tuple[str, ...]:
    """Each once: options in the order of their list, own words behind."""
    return tuple(sorted(dict.fromkeys(found), key=lambda item: order.get(item, len(order))))


def _items(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(str(item) for item in _items(value))


def _list(value: Value) -> object:
    return [str(item) for item in _items(value)]


def _labels(options: OptionList | None) -> dict[str, str]:
    return {option.id: option.label for option in options.options if option.label} if options else {}


def _label(item: str, labels: Mapping[str, str], language: str) -> str:
    if item in labels:
        return labels[item]
    if item in {YES, NO, UNASKED}:
        return say(f"values.{item}", language)
    return item


def _show_days(
    chosen: Sequence[Value], day_labels: Mapping[str, str], part_labels: Mapping[str, str], language: str
) -> list[str]:
    days: dict[str, list[str]] = {}
    for item in chosen:
        day, _, part = str(item).partition(".")
        parts = days.setdefault(day, [])
        if part:
            parts.append(part_labels.get(part) or say(f"values.{part}", language))
    return [
        f"{day_labels.get(day) or say(f'values.{day}', language)} {', '.join(parts)}".strip()
        for day, parts in days.items()
    ]
