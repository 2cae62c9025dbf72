"""How does a test look around in every corner of a site: follow links and forms, then try what others found?"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

MOST_OF_A_KIND = 2
"""Addresses of one route that somebody opens: the third tells nothing new."""
_FOOT = re.compile(r'<footer class="foot.*?</footer>', re.DOTALL)
"""The same on every page; it links to addresses that a form may be called after."""
_TOKENS = re.compile(
    r'(name="(?:_csrf|_token|_since|back)" value=")[^"]*|(data-(?:ends|longest|locks)=")\d+|(back=)[\w.-]+'
    r"|(reference[^<]{0,40})[0-9a-f]{8}"
)
_TELLING = 8
"""A shorter value stands in a page for other reasons too."""
_LEAVES = ("/afmelden", "/vergrendel", "/static/")
NOWHERE = "0000000000000"
"""An id of the right shape that nothing has."""


@dataclass(frozen=True, slots=True)
class Address:
    """A route with its values. ``body``: what a form there would send, its own token left out."""

    method: str
    endpoint: str
    path: str
    values: tuple[tuple[str, str], ...] = ()
    body: tuple[tuple[str, str], ...] = field(default=(), compare=False)


class _Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, list[tuple[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an address, a form or an input."""
        known = {name: value or "" for name, value in attrs}
        if tag in ("a", "img", "link") and (known.get("href") or known.get("src")):
            self.links.append(known.get("href") or known["src"])
        if tag == "form":
            self.forms.append((known.get("method", "get").upper(), known.get("action", ""), []))
        if tag in ("input", "button", "option") and known.get("name", known.get("value")) and self.forms:
            self.forms[-1][2].append((known.get("name", ""), known.get("value", "")))


class Map:
    """Which route an address is, with its values."""

    def __init__(self, app: Flask, host: str) -> None:
        self._adapter = app.url_map.bind(host)
        self._rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}

    def address(self, path: str, method: str, body: Iterable[tuple[str, str]] = ()) -> Address | None:
        """None for what leads out, or nowhere."""
        parts = urlsplit(path)
        if parts.netloc or parts.scheme or not parts.path.startswith("/") or parts.path.startswith(_LEAVES):
            return None
        try:
            endpoint, values = self._adapter.match(parts.path, method=method)
        except HTTPException:
            return None
        kept = tuple((name, value) for name, value in body if name and name != "_csrf")
        where = parts.path + (f"?{parts.query}" if parts.query and method == "GET" else "")
        return Address(method, endpoint, where, tuple(sorted((k, str(v)) for k, v in values.items())), kept)

    def elsewhere(self, address: Address) -> str:
        """The same address with ids that nothing has."""
        nowhere = {name: _nothing(name, value) for name, value in address.values}
        return str(self._adapter.build(address.endpoint, nowhere, method=address.method))


def _nothing(name: str, value: str) -> str:
    if name in ("action_id", "step", "kind", "mark", "place"):
        return value  # a word of the page, no id
    if name == "number":
        return "DVK-2026-99999"
    return NOWHERE if re.fullmatch(r"[0-9a-z]{13}", value) else f"niets{len(value)}"


def around(client: FlaskClient, site: Map, *, begin: str = "/") -> dict[Address, TestResponse]:
    """Everything that can be reached from ``begin`` by links and the addresses of forms; forms are not sent."""
    found: dict[Address, TestResponse] = {}
    seen: set[str] = set()
    posts: set[Address] = set()
    kinds: Counter[tuple[str, tuple[str, ...]]] = Counter()
    todo = [begin]
    while todo:
        path = todo.pop(0)
        address = site.address(path, "GET")
        if address is None or path in seen:
            continue
        seen.add(path)
        kinds[address.endpoint, tuple(name for name, _ in address.values)] += 1
        if kinds[address.endpoint, tuple(name for name, _ in address.values)] > MOST_OF_A_KIND:
            continue
        answer = client.get(path)
        found[address] = answer
        if answer.status_code in (301, 302, 303):
            todo.append(urljoin(path, answer.headers["Location"]))
        elif answer.mimetype == "text/html":
            page = _Page()
            page.feed(answer.text)
            todo += [urljoin(path, link).partition("#")[0] for link in page.links]
            for method, action, inputs in page.forms:
                where = site.address(urljoin(path, action or path), method, inputs)
                if where is not None and method == "POST":
                    posts.add(where)
    return found | dict.fromkeys(posts, TestResponse(iter(()), "0", {}, None))  # type: ignore[arg-type]


def told(answer: TestResponse, values: Mapping[str, str], path: str) -> tuple[object, ...]:
    """What an answer tells: status, headers that could tell, and the body without what was asked for itself."""
    text = _FOOT.sub("", text_of(answer))
    asked = [path, *(value for value in values.values() if len(value) >= _TELLING)]
    for value in asked:
        text = text.replace(value, "ID")
    text = _TOKENS.sub("", text)
    cookies = tuple(sorted(item.partition("=")[0] for item in answer.headers.getlist("Set-Cookie")))
    where = _TOKENS.sub("", answer.headers.get("Location", ""))
    for value in asked:
        where = where.replace(value, "ID")
    return answer.status_code, answer.mimetype, where, answer.headers.get("ETag"), cookies, text


def apart(one: tuple[object, ...], other: tuple[object, ...]) -> str:
    """In what two answers differ; empty when in nothing."""
    if one == other:
        return ""
    heads = "" if one[:-1] == other[:-1] else f"{one[:-1]} / {other[:-1]}\n"
    lines = difflib.unified_diff(
        str(one[-1]).splitlines(), str(other[-1]).splitlines(), "one", "other", "", "", 0
    )
    return heads + "\n".join(lines)


def send(client: FlaskClient, address: Address, path: str, csrf: str) -> TestResponse:
    """Ask for an address as itself, or with the ids of ``path``."""
    if address.method == "GET":
        return client.get(path)
    return client.open(path, method=address.method, data={**dict(address.body), "_csrf": csrf})


def text_of(answer: TestResponse) -> str:
    """What can be read of an answer; nothing of a PDF or picture."""
    return answer.get_data(as_text=True) if (answer.mimetype or "").startswith("text/") else ""
