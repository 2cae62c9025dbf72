"""Which cases can be chosen in a field, and what does choosing them do?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from types import MappingProxyType

from app.definitions.model.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Cases:
    """``cases: {of: form, in: [states], shows: [fields]}`` of a field ``type: case``: what may be chosen, and what
    of class 0 and 1 tells them apart. No ``states``: every one that runs."""

    of: str
    states: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Link:
    """``links:`` of a workflow: what is chosen in ``field`` is this case's child, or its ``parent`` (``above``).
    ``presses``: button of this case -> button that it presses in each of them."""

    field: str
    above: bool = False
    presses: Mapping[str, str] = made(default_factory=lambda: MappingProxyType({}))
    span: Span = NOWHERE
