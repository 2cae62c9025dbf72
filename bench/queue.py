"""Is the queue as fast with a million open tasks as with a thousand? Whole requests, in turn, in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from app.cli.demo import fill
from app.cli.demo.accounts import PASSWORD
from app.config import load
from app.engine.policy import Actor
from app.factory import create_app, settle
from app.services.cases.load_case import desk_of
from app.services.municipality import setup
from app.services.staff import staffing
from app.services.tasks import queue_scopes
from app.storage.database import db, transaction
from bench import crowd
from bench.calling import Browser
from bench.crowd import LARGE, OWNER, SMALL, TOWN, Size
from bench.databases import Place
from bench.page import form_of
from bench.paired import Effort, Paired, Side, measure

HIGHEST = 1.10
EFFORT = Effort(21, 30, 30)
_EMAIL = "joris.maes@zandlede.example"
_LEAD = "karin.thijs@zandlede.example"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the same request with a thousand open tasks and with a million. ``budget`` None: for information."""

    what: str
    kind: str
    paired: Paired
    budget: float | None

    @property
    def within(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        return None if self.budget is None else self.paired.ratio <= self.budget


class Town:
    """The product on a database of ``size``, with somebody signed in."""

    def __init__(self, url: str, folder: Path) -> None:
        settings = load(
            {"MEERNET_DATA_DIR": str(folder), "MEERNET_DATABASE_URL": url, "MEERNET_REDIS_URL": ""}
        )
        self.app: Flask = create_app(settings)
        settle()
        self.url = url

    def prepare(self) -> None:
        """Staff and definitions, and colleagues."""
        setup.prepare(self.app, True, seed=fill.people)
        with self.app.app_context():
            crowd.colleagues()
        self.close()

    def open(self, size: Size) -> None:
        """Sign in, and look how deep a deep page is: three quarters down the list."""
        self.contact, self.lead = self._signed_in(_EMAIL), self._signed_in(_LEAD)
        with self.app.app_context():
            self.deep = crowd.cursor_at(size.own * 3 // 4)

    def _signed_in(self, email: str) -> Browser:
        browser = Browser(self.app)
        page = form_of(browser.get("/aanmelden"))
        answer = browser.client.post(
            "/aanmelden", data=dict(page.filled({"email": email, "password": PASSWORD}))
        )
        assert answer.status_code == 302, answer.text
        return browser

    def page(self, path: str) -> Side:
        """A page of the contact person."""
        return Side(self.contact.getting(path))

    def found(self, number: str) -> Side:
        """What looking for a number gives, the page after the search."""
        token = form_of(self.contact.get("/werk/weergaven?van=mine")).value("_csrf")
        answer = self.contact.client.post("/werk/zoeken", data={"_csrf": token, "zoek": number})
        assert answer.status_code == 302, answer.text
        return Side(self.contact.getting(answer.location))

    def counting(self) -> Callable[[], object]:
        """All counters of all scopes; call it inside ``app.app_context``."""
        account = staffing.account_id(TOWN, OWNER)
        world = staffing.world(TOWN)
        actor = Actor(account, TOWN, "Joris", world.staffing.workers[account].roles)

        def work() -> object:
            desk = desk_of(TOWN)
            with transaction(TOWN, readonly=True) as tx:
                today = tx.now.date()
                return queue_scopes.counts_of(tx, queue_scopes.scopes_of(tx, desk, actor, today), today)

        return work

    def close(self) -> None:
        """Let go of the database."""
        with suppress(Exception), self.app.app_context():
            db.engine.dispose()


def rows(place: Place, effort: Effort = EFFORT) -> Iterator[Row]:
    """Fill both and measure."""
    with _towns(place) as (small, large):
        for what, path in (
            ("queue, first page", lambda town: "/werk?van=mine"),
            ("queue, a page three quarters down", lambda town: f"/werk?van=mine&vanaf={town.deep}"),
            ("queue, this week", lambda town: "/werk?van=mine&toon=week"),
        ):
            paired = measure(small.page(path(small)), large.page(path(large)), effort)
            yield Row(what, place.kind, paired, HIGHEST)
        yield Row("queue, its counters alone", place.kind, _counters(small, large, effort), HIGHEST)
        for what, first, second in (
            (
                "queue, only urgent",
                small.page("/werk?van=mine&dringend=1"),
                large.page("/werk?van=mine&dringend=1"),
            ),
            ("queue, search by number", small.found("CRW-2026-1000400"), large.found("CRW-2026-1000400")),
            (
                "queue, the whole team",
                Side(small.lead.getting("/werk?van=team")),
                Side(large.lead.getting("/werk?van=team")),
            ),
        ):
            yield Row(what, place.kind, measure(first, second, effort), None)


def _counters(small: Town, large: Town, effort: Effort) -> Paired:
    def inside(town: Town) -> Side:
        with town.app.app_context():
            work = town.counting()

        def call() -> object:
            with town.app.app_context():
                return work()

        return Side(call)

    return measure(inside(small), inside(large), effort)


@contextmanager
def _towns(place: Place) -> Iterator[tuple[Town, Town]]:
    folder = place.folder / "queue"
    first = Town(place.fresh(), folder)
    first.prepare()
    second = Town(place.copied(first.url), folder)
    with ExitStack() as opened:
        for town, size in ((first, SMALL), (second, LARGE)):
            opened.callback(town.close)
            with town.app.app_context():
                crowd.fill(place, town.url, size)
            town.open(size)
        yield first, second
