"""Does a request reach a real server over TLS, and nothing but the address that was judged?"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from app.channels import fetch as channel
from app.channels.fetch import LARGEST, NotAllowed, Question, Reach, Unreachable, fetch
from tests.channels.test_addresses import CLOSED
from tests.support.receiver import HOST
from tests.support.tls_server import Heard, Listener, Papers, papers

PUBLIC = "93.184.216.34"


@pytest.fixture
def heard(server: Listener) -> Iterator[Listener]:
    server.heard.clear()
    yield server
    server.answer = lambda _heard: (200, {}, b"ok")


def reach(server: Listener, made: Papers, *addresses: str, host: str = HOST) -> Reach:
    """Only this server, which the operator named."""
    place = f"{host}:{server.port}"
    return Reach(frozenset({place}), str(made.authority), lambda _host, _port: addresses or ("127.0.0.1",))


def question(server: Listener, path: str = "/", host: str = HOST) -> Question:
    return Question(f"https://{host}:{server.port}{path}", "POST", {"X-Een": "1"}, b"abc")


def test_a_request_arrives_whole_with_the_name_for_tls_and_host(heard: Listener, made: Papers) -> None:
    reply = fetch(question(heard, "/pad?x=1"), within=reach(heard, made))
    assert (reply.status, reply.body) == (200, b"ok")
    got = heard.heard[0]
    assert (got.method, got.path, got.body) == ("POST", "/pad?x=1", b"abc")
    assert got.headers["host"] == f"{HOST}:{heard.port}"
    assert got.headers["x-een"] == "1"


@pytest.mark.parametrize("address", [item for item in CLOSED if item])
def test_a_name_that_points_to_a_closed_address_is_not_called(address: str) -> None:
    for found in ((address,), (PUBLIC, address), (address, PUBLIC)):
        far = Reach(resolve=lambda _host, _port, found=found: found)  # type: ignore[misc]
        with pytest.raises(NotAllowed) as caught:
            fetch(Question("https://haak.zandlede.be/"), within=far)
        assert caught.value.code == "address"


def test_a_name_that_points_elsewhere_the_second_time_is_asked_once(heard: Listener, made: Papers) -> None:
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("169.254.169.254",)

    far = Reach(frozenset({f"{HOST}:{heard.port}"}), str(made.authority), rebinding)
    assert fetch(question(heard), within=far).status == 200
    assert asked == [HOST]
    asked.clear()

    def other_way_round(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) > 1 else ("10.0.0.1",)

    with pytest.raises(NotAllowed):
        fetch(Question("https://haak.zandlede.be/"), within=Reach(resolve=other_way_round))
    assert len(asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(heard: Listener, made: Papers, status: int) -> None:
    heard.answer = lambda _heard: (status, {"Location": "https://169.254.169.254/latest"}, b"")
    with pytest.raises(NotAllowed) as caught:
        fetch(question(heard), within=reach(heard, made))
    assert caught.value.code == "redirect"
    assert len(heard.heard) == 1


def test_a_proxy_of_the_environment_is_not_used(
    heard: Listener, made: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(question(heard), within=reach(heard, made)).status == 200


def test_a_server_must_have_a_certificate_for_the_name(heard: Listener, made: Papers, tmp_path: Path) -> None:
    other = "elders.zandlede.test"
    for far, host in (
        (reach(heard, made, host=other), other),
        (Reach(frozenset({f"{HOST}:{heard.port}"}), "", lambda _host, _port: ("127.0.0.1",)), HOST),
        (reach(heard, papers(tmp_path, HOST)), HOST),
    ):
        with pytest.raises(Unreachable) as caught:
            fetch(question(heard, host=host), within=far)
        assert caught.value.code == "tls"
    assert heard.heard == []


def test_too_much_is_not_read(heard: Listener, made: Papers) -> None:
    heard.answer = lambda _heard: (200, {}, b"x" * LARGEST)
    assert len(fetch(question(heard), within=reach(heard, made)).body) == LARGEST
    heard.answer = lambda _heard: (200, {}, b"x" * (LARGEST + 1))
    with pytest.raises(Unreachable) as caught:
        fetch(question(heard), within=reach(heard, made))
    assert caught.value.code == "large"


def test_a_server_that_drips_or_hangs_up_ends(
    heard: Listener, made: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard.answer = lambda _heard: None
    with pytest.raises(Unreachable) as caught:
        fetch(question(heard), within=reach(heard, made))
    assert caught.value.code == "broken"
    monkeypatch.setattr(channel, "TOTAL_S", 0.4)

    def longer_than_promised(_heard: Heard) -> tuple[int, Mapping[str, str], bytes]:
        return 200, {"Content-Length": "10", "Connection": "keep-alive"}, b"x"

    heard.answer = longer_than_promised
    with pytest.raises(Unreachable):
        fetch(question(heard), within=reach(heard, made))


def test_a_name_nobody_has_and_a_port_where_nobody_listens(made: Papers) -> None:
    def nobody(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such name")

    with pytest.raises(Unreachable) as caught:
        fetch(Question("https://haak.zandlede.be/"), within=Reach(resolve=nobody))
    assert caught.value.code == "lookup"
    far = Reach(frozenset({"localhost:9"}), str(made.authority), lambda _host, _port: ("127.0.0.1",))
    with pytest.raises(Unreachable) as caught:
        fetch(Question("https://localhost:9/"), within=far)
    assert caught.value.code == "connect"


def test_old_tls_is_not_spoken() -> None:
    assert channel._tls("").minimum_version == ssl.TLSVersion.TLSv1_2
