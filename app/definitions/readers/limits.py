"""Which bounds has a field, and do they fit its type?"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from app.definitions.model.forms import FieldType, Limits
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.problems import guess
from app.definitions.readers.desk import Desk, quiet, text_node

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
DAY = re.compile(r"today( *[+-] *[0-9]{1,5})?|[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
SIZE = re.compile(r"([0-9]{1,4}) *(kB|KB|MB)")
NOT_IN_RE2 = re.compile(r"\(\?(?:[=!>]|<[=!])|\\[1-9]|(?:[*+?}])\+")
FILE_KINDS = ("pdf", "jpg", "jpeg", "png", "webp", "heic", "docx", "odt", "txt", "mp3", "m4a")
MOST_BYTES = 10 * 1024 * 1024
LONGEST = 100_000
COUNTED = frozenset({FieldType.CHOICES, FieldType.TAGS, FieldType.REPEAT, FieldType.AVAILABILITY,
                    FieldType.STREET})  # fmt: skip
NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
DATES = frozenset({FieldType.DATE, FieldType.PARTIAL_DATE})


def read_limits(node: MappingNode, kind: FieldType, desk: Desk) -> Limits:
    """All bounds of a field; one that does not fit is told (``S13x``) and left out."""
    take = quiet(node)
    low, high = _bound(node, "min", kind, desk), _bound(node, "max", kind, desk)
    numeric = kind in NUMBERS or kind in COUNTED
    limits = Limits(
        min=low,
        max=high,
        min_length=_whole(node, "min_length", (0, LONGEST), desk),
        max_length=_whole(node, "max_length", (1, LONGEST), desk),
        pattern=_pattern(node, desk),
        decimals=_whole(node, "decimals", (0, 6), desk),
        unit=take.text("unit"),
        accept=_accept(node, desk),
        max_bytes=_size(node, desk),
        min_number=Decimal(low) if numeric and low else None,
        max_number=Decimal(high) if numeric and high else None,
    )
    _check_order(limits, node, kind, desk)
    return limits


def _bound(node: MappingNode, key: str, kind: FieldType, desk: Desk) -> str | None:
    found = text_node(node, key)
    if found is None:
        return None
    text = found.text.strip()
    if _fits(text, kind):
        return text
    if kind in NUMBERS | DATES | COUNTED | {FieldType.TIME}:
        meant = guess(text, ("today",)) if kind in DATES else ""
        desk.tell("S130", found.span, key=key, text=text, type=kind, guess=meant)
    return None


def _whole(node: MappingNode, key: str, between: tuple[int, int], desk: Desk) -> int | None:
    """A whole number within bounds; ``Y047`` outside them. What is no number at all is told with the shape."""
    found = text_node(node, key)
    if found is None or not found.text.strip().isdecimal():
        return None
    least, most = between
    number = int(found.text)
    if least <= number <= most:
        return number
    desk.tell("Y047", found.span, key=key, text=found.text, least=least, most=most)
    return None


def _fits(text: str, kind: FieldType) -> bool:
    if kind in COUNTED:
        return text.isascii() and text.isdigit()
    if kind in NUMBERS:
        return NUMBER.fullmatch(text) is not None
    if kind in DATES:
        return DAY.fullmatch(text) is not None and (text.startswith("today") or is_day(text))
    return kind is FieldType.TIME and CLOCK.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether the text is a day that exists, as ``2026-11-09``."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _pattern(node: MappingNode, desk: Desk) -> str | None:
    found = text_node(node, "pattern")
    if found is None:
        return None
    try:
        re.compile(found.text)
    except (re.error, OverflowError, RecursionError):
        desk.tell("S131", found.span, text=found.text)
        return None
    if NOT_IN_RE2.search(found.text):
        desk.tell("S132", found.span, text=found.text)
        return None
    return found.text


def _accept(node: MappingNode, desk: Desk) -> tuple[str, ...]:
    kept: list[str] = []
    for item in quiet(node).scalars("accept"):
        kind = item.text.strip().lower().lstrip(".")
        if kind in FILE_KINDS:
            kept.append(kind)
        else:
            desk.tell("S133", item.span, text=kind, known=", ".join(FILE_KINDS))
    return tuple(kept)


def _size(node: MappingNode, desk: Desk) -> int | None:
    found: ScalarNode | None = text_node(node, "max_size")
    if found is None:
        return None
    match = SIZE.fullmatch(found.text.strip())
    size = int(match[1]) * (1024 if match[2].upper() == "KB" else 1024 * 1024) if match else 0
    if not 0 < size <= MOST_BYTES:
        desk.tell("S134", found.span, text=found.text)
        return None
    return size


def _check_order(limits: Limits, node: MappingNode, kind: FieldType, desk: Desk) -> None:
    """A lower bound above the upper one can never be met."""
    pairs: list[tuple[str, object, object]] = [
        ("min", limits.min_number, limits.max_number),
        ("min_length", limits.min_length, limits.max_length),
    ]
    if kind in DATES | {FieldType.TIME} and "today" not in f"{limits.min} {limits.max}":
        pairs.append(("min", limits.min, limits.max))
    for key, low, high in pairs:
        if low is not None and high is not None and low > high:  # type: ignore[operator]
            found = node.get(key)
            desk.tell("S135", found.span if found else node.span, low=low, high=high)
