"""What would happen with these answers, and with these actions at these times? A case on a virtual clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from app.definitions.model.catalog import Catalog
from app.engine.model.people import World


@dataclass(frozen=True, slots=True)
class Act:
    """A button pressed at local time ``at`` (naive). ``answers`` are those of the action's form as natural JSON; the
    keys ``reason`` and ``row_reasons`` among them are the closing reasons."""

    action: str
    at: datetime
    answers: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def simulate(
    catalog: Catalog,
    form: str,
    answers: Mapping[str, object],
    at: datetime,
    *,
    world: World,
    acts: Sequence[Act] = (),
    until: datetime | None = None,
) -> dict[str, object]:
    """Play one submission of ``form`` at local time ``at`` (naive) and return plain JSON with the keys of ``meernet simulate``.

    Timers run up to the last act, or to local ``until`` when that is later. Raises ``KeyError`` for an unknown form.
    """
    raise NotImplementedError
