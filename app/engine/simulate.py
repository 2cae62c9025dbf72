"""What would happen with these answers, and with these actions at these times? A case on a virtual clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.definitions.model.catalog import Catalog
from app.engine.model.people import World
from app.engine.playing import Act, Play, begin, pass_time, press

__all__ = ["Act", "played", "simulate"]


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
    """Play one submission of ``form`` at local time ``at`` (naive) and return plain JSON: the keys of
    ``meernet simulate``.

    Errors in the answers are told and the case is played all the same. Timers run up to the last act, or to local
    ``until`` when that is later. Raises ``KeyError`` for an unknown form or one without a workflow.
    """
    return played(catalog, form, answers, at, world=world, acts=acts, until=until).lines.told()


def played(
    catalog: Catalog,
    form: str,
    answers: Mapping[str, object],
    at: datetime,
    *,
    world: World,
    acts: Sequence[Act] = (),
    until: datetime | None = None,
) -> Play:
    """The same, with everything that is known of it."""
    play = begin(catalog, form, answers, at, world=world)
    now = play.utc(at)
    for act in sorted(acts, key=lambda item: item.at):
        moment = max(play.utc(act.at), now)
        pass_time(play, moment)
        press(play, act, moment)
    if until is not None:
        pass_time(play, play.utc(until))
    return play
