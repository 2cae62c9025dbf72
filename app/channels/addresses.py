"""Does an address belong to the open internet, and is a web address one we may call?

Our own list of what does not: ``ipaddress.is_global`` calls NAT64 of 127.0.0.1, 6to4, multicast and 240.0.0.0/4 global
on the Python versions we run on. IPv6 is the other way round: only 2000::/3 is open, and of that not everything.
Pure: nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

HTTPS = 443
LONGEST = 2000
_CLOSED_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and the metadata of every cloud
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_URL = re.compile(r"[\x21-\x7e]+")
_HOST = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
"""A name with a dot whose last part begins with a letter: no number, in whatever notation, is one."""


class NotAllowed(Exception):
    """Never called; ``code`` says why (``url``, ``scheme``, ``user``, ``host``, ``port``, ``address``,
    ``redirect``, ``host_not_listed``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: a lower-case host name, a port, and path with query."""

    host: str
    port: int
    path: str

    @property
    def place(self) -> str:
        """``host:port``, as the operator lists places inside."""
        return f"{self.host}:{self.port}"


def is_open(address: str) -> bool:
    """Whether an IP address (text, without brackets) is one of the open internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _CLOSED_4)
    return _open_6(found)


def _open_6(found: IPv6Address) -> bool:
    if found.scope_id is not None:
        return False
    inner = found.ipv4_mapped or (IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None)
    if inner is not None:
        return is_open(str(inner))
    return found in _OPEN_6 and not any(found in network for network in _CLOSED_6)


def target_of(url: str, inside: Collection[str] = ()) -> Target:
    """Where ``url`` leads: https on port 443, a real host name, no user, no fragment. Raises ``NotAllowed``.

    ``inside`` are places (``host:port``) the operator named: those may have another port and a name without a dot.
    """
    if len(url) > LONGEST or not _URL.fullmatch(url) or "\\" in url or "#" in url:
        raise NotAllowed("url")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port or HTTPS
    except ValueError as error:
        raise NotAllowed("url") from error
    if parts.scheme != "https":
        raise NotAllowed("scheme")
    if "@" in parts.netloc:
        raise NotAllowed("user")
    found = Target(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    if found.place not in inside:
        _demand_plain(found)
    return found


def _demand_plain(found: Target) -> None:
    if not _HOST.fullmatch(found.host) or found.host.endswith((".localhost", ".local", ".internal")):
        raise NotAllowed("host")
    if found.port != HTTPS:
        raise NotAllowed("port")
