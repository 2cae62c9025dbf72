"""What is a matching, once checked: how cases of one workflow are proposed to cases of another?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.definitions.model.expressions import Condition
from app.definitions.model.source import NOWHERE, Span

OTHER = "other."
"""Before the name of a field of the other side."""


class PartKind(StrEnum):
    """What a part of a matching score compares."""

    OVERLAP = "overlap"  # options that both sides chose
    TIMES = "times"  # half days on which both can
    DISTANCE = "distance"  # the same neighbourhood, or street
    COVERS = "covers"  # what one side needs and the other gives
    IF = "if"  # a condition over both


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a score: ``mine`` and ``other`` are flat field ids of the two sides, empty for ``if``.

    ``swapped``: the other side is the one that needs (``covers: other.steun_nodig``). ``says`` when it fits, ``lacks``
    when it does not; they know ``{shared}`` and ``{missing}``. ``sensitive``: it reads an answer of class 3 of
    ours, ``guarded``: one of class 2 or 3 of the other.
    ``ignored``: options that say nothing (silent, or a way not to tell).
    """

    kind: PartKind
    weight: int = 1
    mine: str = ""
    other: str = ""
    swapped: bool = False
    condition: Condition | None = None
    says: str = ""
    lacks: str = ""
    sensitive: bool = False
    guarded: bool = False
    ignored: tuple[str, ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A pair for which ``condition`` holds is never proposed, ``because``."""

    condition: Condition
    because: str
    sensitive: bool = False
    guarded: bool = False
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Matching:
    """Which cases of workflow ``other`` (in ``states``) are proposed to a case of ours while it is in ``when``?

    ``propose`` is the button that links the two; ``fills`` what its form starts with (field -> field of the other);
    ``places`` a number field of the other (empty: one place); ``shows`` the fields of the other that say what it is.
    Fields of the other side stand here by their bare flat id.
    """

    other: str
    states: tuple[str, ...]
    when: tuple[str, ...]
    propose: str
    score: tuple[ScorePart, ...]
    exclude: tuple[Exclusion, ...] = ()
    shows: tuple[str, ...] = ()
    places: str = ""
    fills: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    at_most: int = 5
    span: Span = NOWHERE
