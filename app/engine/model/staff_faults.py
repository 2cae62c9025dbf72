"""What can be wrong with who holds what: a hole through which work would fall, and what it is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from app.definitions.model.workflows import ContactPoint
from app.engine.model.people import AccountId

CODES = (
    "left_work",
    "holder_gone",
    "owner_gone",
    "no_owner",
    "no_default",
    "no_holding",
    "twice",
    "cannot_carry",
    "sole_role",
    "circle",
    "replacement_away",
    "nobody_there",
    "unheard",
    "roster_gap",
    "duty_away",
)
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One hole. ``code`` is of ``CODES``; ``person`` is who leaves it, ``point`` and ``place`` where.

    ``start`` and ``end`` are ISO days, both included; for ``roster_gap`` ISO instants, the end excluded. ``cases`` and
    ``tasks`` count what ``left_work`` is about.
    """

    code: str
    person: AccountId = ""
    point: str = ""
    place: str = ""
    start: str = ""
    end: str = ""
    role: str = ""
    cases: int = 0
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What somebody still has open; ``places`` are the contact points and neighbourhoods of their tasks."""

    cases: int = 0
    tasks: int = 0
    places: frozenset[tuple[str, str]] = frozenset()


Work = Mapping[AccountId, OpenWork]
NO_WORK: Work = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """What a world is asked about: definitions, what everybody has open, and from when on."""

    points: Mapping[str, ContactPoint]
    now: datetime
    work: Work = field(default_factory=lambda: NO_WORK)
