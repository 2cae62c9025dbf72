"""How does somebody at the desk use the product, request by request?"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from flask import Flask

from app.cli.demo import fill
from app.cli.demo.accounts import PASSWORD
from app.config import load
from app.engine import calendar
from app.engine.judge import judge
from app.factory import create_app, settle
from app.services.definitions import catalogs
from app.services.municipality import setup
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import db
from app.web.forms.reading import read
from bench import answers
from bench.calling import Browser, Call
from bench.page import Found, form_of
from bench.paired import Side

TOWN = "zandlede"
FORM = "brede_intake"
SOMEBODY = "hilde.claes@zandlede.example"


class Product:
    """The product on a database of its own, with its people and no cases, and somebody of the desk signed in."""

    def __init__(self, database_url: str, folder: Path) -> None:
        settings = load(
            {
                "MEERNET_DATA_DIR": str(folder),
                "MEERNET_DATABASE_URL": database_url,
                "MEERNET_REDIS_URL": "",
            }
        )
        self.app: Flask = create_app(settings)
        settle()
        setup.prepare(self.app, True, seed=fill.people)
        self.browser = Browser(self.app)
        self._sign_in()
        self._ready: deque[Call] = deque()
        self._form = form_of(self.browser.get(self._draft()))

    def getting(self) -> Side:
        """The page of a blank draft."""
        return Side(self.browser.getting(self._draft()))

    def handing_in(self) -> Side:
        """A filled-in intake, each from a draft of its own; the drafts are begun outside the clock."""

        def prepare(calls: int) -> None:
            self._ready.clear()
            self._ready.extend(self._posting(self._draft(), self._answers()) for _ in range(calls))

        return Side(lambda: self._ready.popleft()(), prepare)

    def handing_in_wrong(self) -> Side:
        """The same with two answers missing: the page comes back with errors."""
        return Side(self._posting(self._draft(), self._answers() | answers.MISSING, expected="422"))

    def judging(self) -> Callable[[], object]:
        """Reading what was posted and judging it."""
        posted: dict[str, Sequence[str]] = {}
        for name, text in self._form.filled(self._answers()):
            if not name.startswith("_"):
                posted[name] = [*posted.get(name, ()), text]
        with self.app.app_context():
            version = catalogs.live(TOWN).form(FORM)
            world = staffing.world(TOWN)
            moment = calendar.local(world.calendar, clock.now())

        def work() -> object:
            given = read(version.hash, version.form, posted)
            judgement = judge(
                version.form,
                given,
                moment,
                audience="reception",
                roles=frozenset({"reception"}),
                neighbourhoods=world.staffing.neighbourhoods,
            )
            assert judgement.ok, judgement.errors
            return judgement

        return work

    def inputs(self) -> int:
        """How many inputs a filled-in page posts."""
        return len(self._form.filled(self._answers()))

    def stored(self) -> Mapping[str, int]:
        """Rows in the tables that a submission writes to."""
        with self.app.app_context(), db.engine.connect() as connection:
            names = ("submission", "cases", "task", "event", "outbox")
            return {
                name: int(connection.exec_driver_sql(f"select count(*) from {_table(name)}").scalar_one())  # noqa: S608
                for name in names
            }

    def close(self) -> None:
        """Let go of the database."""
        with suppress(Exception), self.app.app_context():
            db.engine.dispose()

    def _answers(self) -> dict[str, str]:
        offered = self._form.options["afspraken.0.wie"]
        return answers.for_product(who=next(value for value in offered if value.startswith("staff:")))

    def _sign_in(self) -> None:
        page = form_of(self.browser.get("/aanmelden"))
        typed = {"email": SOMEBODY, "password": PASSWORD}
        answer = self.browser.client.post("/aanmelden", data=dict(page.filled(typed)))
        assert answer.status_code == 302, answer.text

    def _draft(self) -> str:
        """Where a new draft can be filled in."""
        token = form_of(self.browser.get("/onthaal")).value("_csrf")
        answer = self.browser.client.post(f"/onthaal/nieuw/{FORM}", data={"_csrf": token})
        assert answer.status_code == 302, answer.text
        return answer.location

    def _posting(self, path: str, typed: Mapping[str, str], *, expected: str = "302") -> Call:
        form: Found = self._form
        own = {"_token": f"draft-{path.rpartition('/')[2]}", "_do": "submit"}
        inputs = [item for item in form.filled(typed) if item[0] not in own] + list(own.items())
        return self.browser.posting(path, inputs, enctype=form.enctype, expected=expected)


def _table(name: str) -> str:
    return f'"{name}"'
