"""What is collected for a case: how many of which, until when, and when may be seen what came out of it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.definitions.model.source import NOWHERE, Span

WAITS, COUNTS = "waits", "counts"
"""What conditions know of each that was collected: somebody still works on it; it counts in the results."""


@dataclass(frozen=True, slots=True)
class CollectTarget:
    """So many for every option of ``per``, a choice of what is collected: ``n``, or what the case says at ``field``."""

    per: str
    n: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Collects:
    """``collects:`` of a workflow. Whatever comes in by ``form`` while the case is in ``states`` belongs to it when the
    answers agree (``same``: field of that form -> field of the case) and the day lies between the dates ``since`` and
    ``until``. In conditions ``id`` is a repeat with a row for each (``WAITS``, ``COUNTS``).

    Those in a state of ``ready`` count; ``adds`` are forms behind their buttons that count along; of words only
    ``quotes`` are shown. Results are there in the states ``released``, nothing of fewer than ``release``.
    """

    id: str
    form: str
    states: tuple[str, ...]
    ready: tuple[str, ...]
    released: tuple[str, ...]
    release: int
    same: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    since: str = ""
    until: str = ""
    target: CollectTarget | None = None
    adds: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    span: Span = NOWHERE
