"""How does a client of a chaos run talk to the web server, and what does it do when the line is cut?

What a browser and a patient person do: the same request again, with the same form token, until there is an answer.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from random import Random
from urllib.parse import urlencode

PAUSE_S = 0.15
GIVES_UP_AFTER_S = 300.0
ANSWERS_WITHIN_S = 60.0
CUT_SHARE = 0.03
"""Of the posts, where the client hangs up right after it sent them and has to ask again."""
FORM = "application/x-www-form-urlencoded"


class Unexpected(Exception):
    """An answer nobody may get, or none at all for minutes; the text says to what."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer."""

    status: int
    text: str
    location: str
    cookies: dict[str, str]

    def value(self, name: str) -> str:
        """The first hidden field with this name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        if not found:
            raise Unexpected(f"no {name} on the page")
        return found[1]


@dataclass(slots=True)
class Told:
    """What the clients met, all together: statuses, cut lines."""

    met: Counter[str] = field(default_factory=Counter)


class Browser:
    """One person's browser: a connection, cookies, an address of its own."""

    def __init__(self, port: int, address: str, told: Told, seed: str) -> None:
        self.port = port
        self.address = address
        self.told = told
        self.cookies: dict[str, str] = {}
        self.chance = Random(seed)  # noqa: S311 - only which lines are cut
        self._connection: HTTPConnection | None = None

    def get(self, path: str) -> Page:
        """A page, once there is one."""
        return self._ask("GET", path, "")

    def post(self, path: str, inputs: dict[str, str]) -> Page:
        """Send a form until it is answered."""
        return self._ask("POST", path, urlencode(inputs))

    def _ask(self, method: str, path: str, body: str) -> Page:
        deadline = time.monotonic() + GIVES_UP_AFTER_S
        hangs_up = method == "POST" and self.chance.random() < CUT_SHARE
        while time.monotonic() < deadline:
            try:
                page = self._once(method, path, body, hangs_up=hangs_up)
            except (OSError, HTTPException):
                self.told.met["cut by us" if hangs_up else "cut"] += 1
                hangs_up = False
                self.close()
            else:
                self.told.met[str(page.status)] += 1
                if page.status < 500:
                    return page
            time.sleep(PAUSE_S)
        raise Unexpected(f"{method} {path}: no answer")

    def _once(self, method: str, path: str, body: str, *, hangs_up: bool) -> Page:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWERS_WITHIN_S)
        headers = {
            "X-Forwarded-For": self.address,
            "Sec-Fetch-Site": "same-origin",
            "Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items()),
        }
        if method == "POST":
            headers["Content-Type"] = FORM
        self._connection.request(method, path, body, headers)
        if hangs_up:
            raise ConnectionAbortedError
        answer = self._connection.getresponse()
        page = Page(answer.status, answer.read().decode(), answer.getheader("Location", ""), _cookies(answer))
        self.cookies |= {name: text for name, text in page.cookies.items() if name != "meernet-ontvangst"}
        return page

    def close(self) -> None:
        """Hang up; the next request calls again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _cookies(answer: HTTPResponse) -> dict[str, str]:
    pairs = [text.partition(";")[0].partition("=") for text in answer.headers.get_all("Set-Cookie", [])]
    return {name: text.strip('"') for name, _, text in pairs}
