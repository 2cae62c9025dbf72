"""What does a page show of what a case could be matched with, and of what it was matched with?

Ids are text. Words are ready to show; what the viewer may not read is not in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case of the other side that may be proposed. ``about``: what it is, then where or for whom. ``free``: places
    left; ``made``: made to measure for this one; ``fits`` and ``lacks`` in whole sentences."""

    case: str
    number: str
    title: str
    about: tuple[str, ...]
    fits: tuple[str, ...]
    lacks: tuple[str, ...]
    free: int
    made: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that is not proposed, and why. ``again``: it can be proposed all the same, by who asks for it."""

    case: str
    number: str
    title: str
    why: str
    again: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A case on the other end of a proposal; ``stands``: it still takes a place."""

    case: str
    number: str
    title: str
    state_label: str
    since: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """All of it. ``looking``: the case is in a state in which is looked. ``action``: the button that proposes, empty
    for who may not press it. ``free``: places left of this case itself, ``None`` where that is no question."""

    looking: bool = False
    action: str = ""
    best: tuple[Suggestion, ...] = ()
    rest: tuple[Suggestion, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    links: tuple[Link, ...] = ()
    places: int | None = None
    free: int | None = None
