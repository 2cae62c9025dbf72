"""Can this form be handed in now, and who may show it in a frame?

A closed form takes nothing new, but nobody who was busy with it is turned away: who opened it before it closed may
still send until the end of the next working day. A draft that lies longer stays, can be read, and can be sent once the
form is open again.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from app.engine.calendar import end_of, move
from app.engine.model.openings import Opening
from app.engine.model.people import Calendar

MOST_CHARACTERS = 200
_LOCAL = frozenset({"localhost", "127.0.0.1"})


def may_send(opening: Opening, now: datetime, began: datetime | None, calendar: Calendar) -> bool:
    """Whether somebody who opened the form at ``began`` (unknown: ``None``) may hand it in now."""
    if not opening.is_closed(now):
        return True
    if began is None or opening.closed_from is None or began >= opening.closed_from:
        return False
    return now < grace_ends(opening.closed_from, calendar)


def grace_ends(closed_from: datetime, calendar: Calendar) -> datetime:
    """The end of the first working day after the day on which it closed."""
    return end_of(calendar, move(calendar, closed_from.astimezone(calendar.zone).date(), 1))


def origin_of(text: str) -> str:
    """``https://www.pelt.be`` out of what somebody typed; ``""`` when that cannot be an origin that may frame us.

    Only https, but for a page on the machine itself.
    """
    typed = text.strip().lower()
    if len(typed) > MOST_CHARACTERS:
        return ""
    try:
        parts = urlsplit(typed if "//" in typed else f"https://{typed}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL)
    if not secure or parts.username or not _is_host(host):
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _is_host(host: str) -> bool:
    return host.isascii() and all(part.replace("-", "a").isalnum() for part in host.split("."))
