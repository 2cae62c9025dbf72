"""Which part of an old definition is which part of the new one?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from app.definitions.content_hash import normalised


@dataclass(frozen=True, slots=True)
class Kept:
    """Two that belong together; ``place`` counts from 1 in the new sequence, ``shift`` is how far it moved down."""

    old: Any
    new: Any
    place: int
    shift: int


@dataclass(frozen=True, slots=True)
class Came:
    """One that came (``old`` is None), went (``new`` is None) or stands elsewhere (both)."""

    old: Any
    new: Any
    place: int


def named(items: Mapping[str, Any] | Iterable[Any]) -> dict[str, Any]:
    """Things by their name; a second one of that name gets a number."""
    if isinstance(items, Mapping):
        return dict(items)
    found: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for item in items:
        name = str(getattr(item, "id", "") or getattr(item, "name", ""))
        seen[name] += 1
        found[name if seen[name] == 1 else f"{name} ({seen[name]})"] = item
    return found


def out_of_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The names in both that do not stand in the order they had: as few as tell it."""
    was = [key for key in old if key in set(new)]
    now = [key for key in new if key in set(old)]
    if was == now:
        return []
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in now[block.b : block.b + block.size]}
    return [key for key in now if key not in stayed]


def aligned(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Kept | Came]:
    """Two sequences without names, step by step: what stayed or changed in its place, came, went or moved."""
    signs = [_sign(item) for item in old], [_sign(item) for item in new]
    steps = list(_steps(old, new, signs))
    went = {signs[0][step.place - 1]: step for step in steps if isinstance(step, Came) and step.new is None}
    for step in steps:
        if not isinstance(step, Came):
            yield step
        elif step.old is None and (before := went.pop(_sign(step.new), None)):
            yield Came(before.old, step.new, step.place)
        elif step.new is not None or _sign(step.old) in went or not _later(step, steps):
            yield step


def _later(step: Came, steps: Sequence[Kept | Came]) -> bool:
    """Whether what went here comes again elsewhere, where it is told as moved."""
    sign = _sign(step.old)
    return any(isinstance(other, Came) and other.old is None and _sign(other.new) == sign for other in steps)


def _steps(
    old: Sequence[Any], new: Sequence[Any], signs: tuple[list[str], list[str]]
) -> Iterator[Kept | Came]:
    for tag, a, b, c, d in SequenceMatcher(None, *signs, autojunk=False).get_opcodes():
        both = min(b - a, d - c) if tag != "equal" else b - a
        for step in range(both):
            yield Kept(old[a + step], new[c + step], c + step + 1, c - a)
        for place in range(a + both, b):
            yield Came(old[place], None, place + 1)
        for place in range(c + both, d):
            yield Came(None, new[place], place + 1)


def _sign(item: Any) -> str:
    """What something says, without the number it got by its place."""
    plain = normalised(item)
    if isinstance(plain, dict):
        plain = {key: value for key, value in plain.items() if key != "number"}
    return json.dumps(plain, sort_keys=True)
