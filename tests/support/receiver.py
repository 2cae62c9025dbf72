"""Another system that hears of events: a real listener on this machine whose host the operator listed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app.channels.fetch import Reach, configure, reach
from app.services.follow_up import outgoing
from tests.support.tls_server import Listener, Papers, listening, papers

HOST = "haak.zandlede.test"


@contextmanager
def listed(server: Listener, made: Papers) -> Iterator[Listener]:
    """The operator listed the host of ``server``, until the end of the block."""
    before, said = reach(), outgoing.current()
    place = frozenset({f"{HOST}:{server.port}"})
    configure(Reach(place, str(made.authority), lambda _host, _port: ("127.0.0.1",)))
    outgoing.configure(replace(said, webhook_hosts=(HOST,)))
    try:
        yield server
    finally:
        configure(before)
        outgoing.configure(said)


@contextmanager
def one_listed(folder: Path) -> Iterator[Listener]:
    """A listener of its own, listed; ``folder`` for its certificates."""
    made = papers(folder, HOST)
    with listening(made) as server, listed(server, made):
        yield server


def address(server: Listener) -> str:
    """Where it takes events."""
    return f"https://{HOST}:{server.port}/haak?x=1"
