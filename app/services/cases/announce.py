"""Which events of a case do other systems hear of? Only that something happened, to which number of ours, and when."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.cases.apply_decision import Change
from app.storage import ids
from app.storage.repositories.outbox_rows import Promise

EVENT = "webhook_event"
"""Kind of the outbox row that is handed to every receiver."""
RECEIVED, CHANGED, ENDED = "case.received", "case.state_changed", "case.ended"
EVENTS = (RECEIVED, CHANGED, ENDED)
SETTING = "webhook_events"
"""In the settings of a municipality: the events that some receiver waits for, so that others cost nothing."""


def entered(settings: Mapping[str, str], change: Change, *, ends: bool) -> None:
    """A case came into a state: promise to tell whoever waits for it."""
    wanted = settings.get(SETTING, "").split()
    if not wanted:
        return
    first = change.fresh and not any(item.kind == EVENT for item in change.promises)
    for event in ((RECEIVED,) if first else ()) + ((ENDED,) if ends else () if first else (CHANGED,)):
        if event in wanted:
            case = ids.to_text(change.key)
            key = f"{EVENT}:{case}:{change.version + 1}:{len(change.promises)}"
            change.promises.append(Promise(EVENT, key, {"case": case, "event": event}))
