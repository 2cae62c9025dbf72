from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from redis import Redis

from app.jobs import queues
from app.jobs.relay import Relay


@pytest.fixture
def dead_end() -> Iterator[str]:
    """A server that takes connections and never says a word, as a Redis that hangs."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_ids_reach_the_queue_in_batches(valkey_server_url: str) -> None:
    relay = Relay(valkey_server_url)
    assert relay.hint("zandlede", list(range(queues.LARGEST_BATCH + 1)))
    with Redis.from_url(valkey_server_url) as connection:
        assert queues.queue(connection).count == 2


def test_without_redis_nobody_waits_and_nothing_is_raised() -> None:
    assert not Relay("").hint("zandlede", [1])


def test_a_redis_that_is_away_is_left_alone_for_a_while(dead_end: str) -> None:
    relay = Relay(dead_end)
    assert not relay.hint("zandlede", [1])
    quiet = relay.quiet_until
    assert not relay.hint("zandlede", [2])
    assert relay.quiet_until == quiet > 0
