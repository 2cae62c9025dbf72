"""What shows that a history lost its end? A head that is kept where whoever can write to the database cannot.

An anchor says, for one municipality and one moment: how far its own log had come, how many chains and events there
were, and one digest over the last link of every chain. It is worked out from what was written up to that moment, so
that it can be worked out again years later, when every chain has grown.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.storage.history import OWN_LOG
from app.storage.models import Event

SETTLED = timedelta(hours=1)
"""No transaction is open that long: what is older than this will not grow any more."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """``until``: what was written up to then is covered. ``own``: the last ``seq`` and hash of the own log."""

    municipality: str
    until: datetime
    own_seq: int
    own_hash: str
    streams: int
    events: int
    digest: str


def take(connection: sa.Connection, municipality: str, until: datetime) -> Anchor:
    """The anchor of ``municipality`` at ``until``. The connection sees its rows."""
    covered = (Event.municipality == municipality, Event.at <= until)
    tops = (
        sa.select(Event.stream, sa.func.max(Event.seq).label("top"), sa.func.count().label("n"))
        .where(*covered)
        .group_by(Event.stream)
        .subquery()
    )
    query = (
        sa.select(Event.stream, Event.seq, Event.hash, tops.c.n)
        .join(tops, sa.and_(tops.c.stream == Event.stream, tops.c.top == Event.seq))
        .where(Event.municipality == municipality)
        .order_by(Event.stream)
        .execution_options(yield_per=1000)
    )
    whole, streams, events, own = hashlib.sha256(), 0, 0, (0, "")
    for stream, seq, link, count in connection.execute(query):
        whole.update(f"{stream}:{seq}:{link}\n".encode())
        streams += 1
        events += count
        own = (seq, link) if stream == OWN_LOG else own
    return Anchor(municipality, until, *own, streams, events, whole.hexdigest())


def line(anchor: Anchor) -> str:
    """The anchor as one line of text."""
    return json.dumps(asdict(anchor) | {"until": anchor.until.isoformat()}, sort_keys=True)


def read(text: str) -> Anchor:
    """What ``line`` wrote; words before it (a log's) are passed over. Raises ``ValueError``."""
    begin = text.find("{")
    try:
        said = json.loads(text[begin:]) if begin >= 0 else {}
        values = {item.name: said[item.name] for item in fields(Anchor)}
        return Anchor(**values | {"until": datetime.fromisoformat(said["until"])})
    except (KeyError, TypeError) as error:
        raise ValueError("not an anchor") from error
