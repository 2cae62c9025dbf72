"""Is every history whole, and as long as it was?

What was changed, swapped, put in between or taken out shows in the chain itself. What was cut off at its end shows
beside an anchor: every night one is written to the log of the server, to a file and to an address outside, as was set.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path

from app.services.cases.load_case import Desk
from app.services.errors import NotFound
from app.services.follow_up import daily
from app.services.follow_up.fire_timer import LeaseLost
from app.services.follow_up.messages import Letter
from app.services.follow_up.outgoing import Outgoing
from app.services.municipality import municipalities
from app.services.staff import staffing
from app.storage import anchors, clock, history, ids, outbox
from app.storage.anchors import SETTLED, Anchor
from app.storage.database import Transaction, transaction
from app.storage.history import Checked
from app.storage.outbox import Leased
from app.texts import say

ANCHOR, ANCHOR_MAIL = "anchor", "anchor_mail"
HOUR = 3
"""When the anchor of a night is written, local time."""

_log = logging.getLogger("meernet.anchor")


@dataclass(frozen=True, slots=True)
class Outside:
    """Where anchors are kept besides the log: a file that is only added to, an address."""

    file: Path | None = None
    mail: str = ""


_outside = Outside()


def configure(outside: Outside) -> None:
    """Say once, at start, where anchors are kept."""
    global _outside
    _outside = outside


def verify(municipality: str) -> Checked:
    """Every chain of a municipality."""
    with transaction(municipality, readonly=True) as tx:
        return history.verify_all(tx)


def anchor(municipality: str) -> Anchor:
    """The anchor of what was written up to an hour ago: what is younger may still grow."""
    with transaction(municipality, readonly=True) as tx:
        until = (tx.now - SETTLED).replace(microsecond=0)
        return anchors.take(tx.connection, municipality, until)


def line(kept: Anchor) -> str:
    """An anchor as one line of text."""
    return anchors.line(kept)


def read(text: str) -> Anchor:
    """The anchor in a line. Raises ``ValueError``."""
    return anchors.read(text)


def read_all(lines: Iterable[str]) -> list[Anchor]:
    """The anchors in a file or a log, among whatever else stands there."""
    found = []
    for text in lines:
        try:
            found.append(anchors.read(text))
        except ValueError:
            continue
    return found


def compare(kept: Anchor) -> tuple[str, ...]:
    """In what the histories of now differ from an anchor of then, by name of its part.

    Empty: nothing that stood there was lost or changed. Raises ``NotFound`` for a municipality that does not live here.
    """
    if kept.municipality not in {known.id for known in municipalities.listed()}:
        raise NotFound("history_municipality", municipality=kept.municipality)
    with transaction(kept.municipality, readonly=True) as tx:
        return differences(tx, kept)


def differences(tx: Transaction, kept: Anchor) -> tuple[str, ...]:
    """``compare`` in the transaction at hand, of the anchor's municipality."""
    now = anchors.take(tx.connection, kept.municipality, kept.until)
    names = [item.name for item in fields(Anchor)]
    return tuple(name for name in names if getattr(now, name) != getattr(kept, name))


def plan_all() -> int:
    """Put the next anchor of every municipality in the outbox; how many are new. An exercise has none."""
    return sum(_plan(item.id) for item in municipalities.listed() if item.kind != municipalities.EXERCISE)


def _plan(municipality: str) -> int:
    due = next_night(municipality, clock.now())
    return daily.promise(municipality, ANCHOR, due.date(), due)


def next_night(municipality: str, now: datetime) -> datetime:
    """The next time it is three o'clock there."""
    here = now.astimezone(staffing.world(municipality).calendar.zone)
    night = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return night if night > here else night + timedelta(days=1)


def write_down(municipality: str, row: Leased) -> tuple[int, ...]:
    """Write the anchor of this night where it is kept; the outbox id of the mail. Raises ``LeaseLost``, ``OSError``."""
    kept = anchor(municipality)
    text = line(kept)
    _log.warning("anchor %s", text)
    if _outside.file:
        append(_outside.file, [text])
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        if not _outside.mail:
            return ()
        payload = {"until": kept.until.isoformat()}
        made = outbox.emit(tx, ANCHOR_MAIL, f"{ANCHOR_MAIL}:{row.payload['day']}", payload)
    return () if made is None else (made,)


def append(path: Path, lines: Iterable[str]) -> None:
    """Add lines to a file; they are on the disk when it returns. Raises ``OSError``."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.writelines(f"{text}\n" for text in lines)
        file.flush()
        os.fsync(file.fileno())


def compose(tx: Transaction, _desk: Desk, row: Leased, _outgoing: Outgoing) -> Letter:
    """The mail with the anchor of a night: counts and digests, nothing of anybody."""
    until = datetime.fromisoformat(row.payload["until"])
    kept = anchors.take(tx.connection, tx.municipality, until)
    name = municipalities.name_of(tx.municipality)
    told = {"municipality": name, "streams": kept.streams, "events": kept.events}
    return Letter(
        to=_outside.mail,
        subject=say("safekeeping.anchor_subject", "nl", **told),
        text=say("safekeeping.anchor_text", "nl", line=line(kept), **told),
        sender_name=name,
    )


def case_text(stream: int) -> str:
    """The case of a chain as addresses show it."""
    return ids.to_text(stream)
