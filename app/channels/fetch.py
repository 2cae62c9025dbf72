"""How is another server asked something over https, without being led elsewhere?

The name is resolved once, every address it has is judged, and the connection goes to such an address itself with the
name for TLS: a name that points elsewhere a moment later (rebinding) is never asked again. No redirects, no proxy from
the environment, an end to the time and to the size. The only way out over HTTP of the whole product.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from app.channels.addresses import NotAllowed, Target, is_open, target_of

__all__ = ["NotAllowed", "Question", "Reach", "Reply", "Unreachable", "configure", "fetch", "reach"]

TOTAL_S = 5.0
"""For all of it: looking up aside, from connecting to the last byte."""
LARGEST = 64 * 1024
MOST_ADDRESSES = 3
_CHUNK = 8192
AGENT = "Meernet"
Resolve = Callable[[str, int], Sequence[str]]


class Unreachable(Exception):
    """No answer this time; ``code`` is a class of error (``lookup``, ``tls``, ``connect``, ``time``, ``large``,
    ``broken``), never text of the other side."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Question:
    """One request; ``body`` makes it what ``method`` says."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; ``headers`` by lower-case name."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def look_up(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system knows them. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far this installation reaches. ``inside``: places (``host:port``) that the operator named although they are
    not on the open internet. ``authorities``: a file with certificates trusted beside those of the system."""

    inside: frozenset[str] = frozenset()
    authorities: str = ""
    resolve: Resolve = look_up


_reach = Reach()


def configure(reach: Reach) -> None:
    """Say once, at start, how far we reach."""
    global _reach
    _reach = reach


def reach() -> Reach:
    """What was said."""
    return _reach


def fetch(question: Question, *, within: Reach | None = None) -> Reply:
    """Ask, and read the whole answer. Raises ``NotAllowed`` (asking again cannot help) and ``Unreachable``."""
    far = within or _reach
    target = target_of(question.url, far.inside)
    addresses = _addresses(target, far)
    end = time.monotonic() + TOTAL_S
    connection = _connected(target, addresses, far, end)
    cut = threading.Timer(max(end - time.monotonic(), 0.1), _cut, (connection,))
    cut.daemon = True
    cut.start()
    try:
        return _asked(connection, target, question)
    except (OSError, HTTPError, ValueError) as error:
        raise Unreachable("time" if time.monotonic() >= end else "broken") from error
    finally:
        cut.cancel()
        connection.close()


def _addresses(target: Target, far: Reach) -> Sequence[str]:
    """The addresses to connect to; one that is not open spoils them all."""
    try:
        found = far.resolve(target.host, target.port)
    except (OSError, UnicodeError) as error:
        raise Unreachable("lookup") from error
    if not found:
        raise Unreachable("lookup")
    if target.place not in far.inside and not all(is_open(address) for address in found):
        raise NotAllowed("address")
    return found[:MOST_ADDRESSES]


def _connected(target: Target, addresses: Sequence[str], far: Reach, end: float) -> HTTPSConnection:
    code = "connect"
    for address in addresses:
        left = end - time.monotonic()
        if left <= 0:
            raise Unreachable("time")
        connection = HTTPSConnection(
            address, target.port, timeout=left, ssl_context=_tls(far.authorities), server_hostname=target.host
        )
        try:
            connection.connect()
        except (OSError, HTTPError) as error:
            connection.close()
            code = "tls" if isinstance(error, ssl.SSLError) else "connect"
            continue
        return connection
    raise Unreachable(code)


@lru_cache(maxsize=4)
def _tls(authorities: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities:
        context.load_verify_locations(authorities)
    return context


def _asked(connection: HTTPSConnection, target: Target, question: Question) -> Reply:
    host = target.host if target.port == connection.default_port else target.place
    own = {"Host": host, "User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    headers = {name: text for name, text in question.headers.items() if name.lower() not in _lower(own)}
    connection.request(
        question.method,
        target.path,
        body=question.body or None,
        headers=headers | own,
        preload_content=False,
        decode_content=False,
    )
    with contextlib.closing(connection.getresponse()) as answer:
        if 300 <= answer.status < 400:
            raise NotAllowed("redirect")
        found = {name.lower(): text for name, text in answer.headers.items()}
        return Reply(answer.status, found, _read(answer))


def _read(answer: BaseHTTPResponse) -> bytes:
    body = bytearray()
    while chunk := answer.read(_CHUNK):
        body += chunk
        if len(body) > LARGEST:
            raise Unreachable("large")
    return bytes(body)


def _lower(headers: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name.lower() for name in headers)


def _cut(connection: HTTPSConnection) -> None:
    """The time is over, whatever the other side drips: whoever reads is woken by the end of the connection."""
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)
