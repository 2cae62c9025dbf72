"""What time is it? The database's time plus a shift that is zero outside demo and tests.

``now`` is for everything people see: received, due, closed. ``real`` is unshifted: leases, rate limits, sessions.
The shift belongs to the process. On PostgreSQL the offset between this host's clock and the server's is learnt at the
beginning of every transaction, so that reading the clock costs no round trip.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta


class ClockFixed(Exception):
    """In production nobody moves the clock."""


@dataclass(frozen=True, slots=True)
class _State:
    shift: timedelta = timedelta()
    stopped: datetime | None = None
    offset: timedelta = timedelta()  # database clock minus host clock
    movable: bool = True


_state = _State()


def configure(*, shift: timedelta, movable: bool) -> None:
    """Set the shift of this process; ``movable`` is False in production."""
    global _state
    if shift and not movable:
        raise ClockFixed
    _state = _State(shift=shift, movable=movable)


def host() -> datetime:
    """The clock of the machine itself, UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads it


def learn(database: datetime) -> None:
    """The database server says it is ``database`` now."""
    global _state
    _state = replace(_state, offset=database - host())


def real() -> datetime:
    """The database's clock, unshifted, UTC."""
    return host() + _state.offset


def now() -> datetime:
    """The clock people live by, UTC: the database's plus the shift."""
    return shown(real())


def shown(instant: datetime) -> datetime:
    """A real instant as the shifted clock shows it."""
    return _state.stopped or instant + _state.shift


def shift() -> timedelta:
    """What is added to the database's clock."""
    return _state.stopped - real() if _state.stopped else _state.shift


@contextmanager
def shifted(by: timedelta = timedelta(), *, to: datetime | None = None) -> Iterator[None]:
    """Move the clock of this process by ``by``, or so that it now says ``to``; it goes on ticking. Demo and tests."""
    move = (to - real()) if to else _state.shift + by
    with _moved(shift=move, stopped=None):
        yield


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stand the clock of this process still at ``moment`` (aware). Demo and tests."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    with _moved(shift=_state.shift, stopped=moment.astimezone(UTC)):
        yield


@contextmanager
def _moved(*, shift: timedelta, stopped: datetime | None) -> Iterator[None]:
    global _state
    if not _state.movable:
        raise ClockFixed
    before = _state
    _state = replace(_state, shift=shift, stopped=stopped)
    try:
        yield
    finally:
        _state = replace(_state, shift=before.shift, stopped=before.stopped)
