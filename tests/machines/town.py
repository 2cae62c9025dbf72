"""A municipality of its own for each random life: a clock that goes forward, steps that are refused or die half-way."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa

from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action
from app.engine import calendar, values
from app.engine.acting import REOPEN
from app.engine.filling_in import accepted
from app.engine.judge import Given
from app.engine.policy import Actor, by_link
from app.services.cases.load_case import Loaded, action_form, desk_of, load
from app.services.definitions import catalogs, publish_definitions
from app.services.errors import ServiceError
from app.services.follow_up import sweep
from app.services.municipality import setup
from app.storage import clock, ids
from app.storage.database import db, transaction
from app.storage.models import Case, Outbox
from app.storage.repositories import case_rows
from tests.machines.invented import invented
from tests.machines.looking import Look, changed, look
from tests.support.bound import MUNICIPALITY, NEIGHBOUR, bound, migrated
from tests.support.databases import Templates
from tests.support.town import actor, local, people

T = TypeVar("T")
MONDAY = local("2026-11-09 09:40")
INVENTED = 2
OUTSIDE = ("resident", "referrer", "partner")
WHO = (
    "holder",
    "joris_maes",
    "nele_lambrecht",
    "bram_de_coster",
    "hilde_claes",
    "karin_thijs",
    "an_goethals",
    "veerle_naessens",
    "sofie_wouters",
    "ilse_verbeke",
    "tom_aerts",
    "neighbour",
    *OUTSIDE,
)
COUNTED: Counter[str] = Counter()
"""What the machines of this process did: each rule, how often it was done, refused or died."""


class Died(BaseException):
    """The process is gone before its transaction is committed."""


def prepared(url: str) -> None:
    """A peopled municipality with the shipped definitions and invented ones beside them."""
    migrated(url)
    with bound(url):
        people()
        shipped = list(setup.shipped())
        result = publish_definitions.publish(
            MUNICIPALITY, [*shipped, *invented(shipped, INVENTED)], whole=True
        )
        assert not result.refused, result.problems[:3]


class Town:
    """One database, one clock."""

    def __init__(self, templates: Templates) -> None:
        self.opened = ExitStack()
        url = templates.copy("machines", prepared)
        self.opened.callback(templates.server.drop_database, url)
        self.opened.enter_context(bound(url))
        self.now = MONDAY
        self.stand = self.opened.enter_context(ExitStack())
        self.stand.enter_context(clock.stopped_at(self.now))
        self.last = look()

    def close(self) -> None:
        """The municipality goes."""
        self.opened.close()

    def wait(self, by: timedelta) -> None:
        """Time passes; nothing rings yet."""
        self.now += by
        self.stand.close()
        self.stand.enter_context(clock.stopped_at(self.now))

    def settle(self) -> None:
        """Everything that is due is done, as the sweep without Redis does."""
        for _ in range(60):
            if not sweep.sweep(None, own_work=500).more:
                return
        raise AssertionError("the sweep never rests")

    def do(self, what: str, step: Callable[[], T], *, dies: bool = False) -> T | None:
        """Do it; None when it was refused or died, and then nothing at all may have changed."""
        try:
            if dies:
                with dying():
                    step()
                raise AssertionError(f"{what} wrote nothing though it was accepted")
            result = step()
        except ServiceError as problem:
            COUNTED[f"{what}: {type(problem).__name__} {problem.code}"] += 1
            self.assert_same(what, problem)
            return None
        except Died:
            COUNTED[f"{what}: died"] += 1
            self.assert_same(what, "died")
            return None
        COUNTED[what] += 1
        return result

    def assert_same(self, *why: object) -> Look:
        """Nothing is different from what it was after the step before."""
        now = look()
        assert not changed(self.last, now), (why, changed(self.last, now))
        return now


@contextmanager
def dying() -> Iterator[None]:
    """Whoever writes dies at its commit."""

    def die(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get("readonly"):
            raise Died

    sa.event.listen(db.engine, "commit", die)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "commit", die)


# Who and what ----------------------------------------------------------------------------------------------


def cases() -> list[tuple[int, str]]:
    """Key and holder of every case, the oldest first."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return [(row.id, row.holder) for row in tx.execute(sa.select(Case.id, Case.holder).order_by(Case.id))]


def loaded_of(key: int) -> Loaded:
    """One case as services load it."""
    desk = desk_of(MUNICIPALITY)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return load(tx, desk, key)


def version_of(key: int) -> int:
    """Its version."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return int((case_rows.get(tx, key) or {})["version"])


def somebody(who: str, holder: str) -> Actor:
    """One of ``WHO``."""
    if who in OUTSIDE:
        return by_link(MUNICIPALITY, who)
    if who == "neighbour":
        return Actor(holder, NEIGHBOUR, "Buur", frozenset({"head_of_service", "contact"}))
    if who != "holder":
        return actor(who)
    worker = desk_of(MUNICIPALITY).world.staffing.workers[holder]
    return Actor(holder, MUNICIPALITY, worker.name, worker.roles, worker.controller)


def buttons(loaded: Loaded) -> list[Action]:
    """What stands there to be pressed, and what does not."""
    found = dict(loaded.pin.workflow.actions_of(loaded.row["state"]))
    return [*found.values(), Action(REOPEN, ""), Action("bestaat_niet", "")]


def filled(loaded: Loaded, action: Action, *, empty: bool = False) -> Given:
    """Answers that the form behind a button takes."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        form = action_form(tx, loaded.pin, action.form).form
    return given_of(form, {}, empty=empty)


def given_of(form: Form, known: dict[str, object], *, audience: str = "", empty: bool = False) -> Given:
    """``known`` with the plainest answers beside it."""
    moment = calendar.local(desk_of(MUNICIPALITY).world.calendar, clock.now())
    natural = known if empty else accepted(form, known, moment, neighbourhood="statie", audience=audience)
    return values.read_json(form, natural)


def live_form(name: str) -> catalogs.FormVersion:
    """The version that new cases begin with."""
    return catalogs.live(MUNICIPALITY).form(name)


def let_leases_run_out() -> None:
    """A minute of the real clock passes."""
    with transaction(MUNICIPALITY) as tx:
        gone = sa.update(Outbox).where(Outbox.municipality == MUNICIPALITY, Outbox.lease_until.is_not(None))
        tx.execute(gone.values(lease_until=tx.instant - timedelta(seconds=1)))
        tx.execute(sa.update(Outbox).where(Outbox.municipality == MUNICIPALITY).values(hinted_at=None))


def pending() -> list[tuple[int, datetime]]:
    """The rows that wait, the longest due first."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = (
            sa.select(Outbox.id, Outbox.due_at)
            .where(Outbox.state == "pending")
            .order_by(Outbox.due_at, Outbox.id)
        )
        return [(row.id, row.due_at) for row in tx.execute(query)]


def fresh_token() -> str:
    """As a page mints one."""
    return secrets.token_hex(16)


def text_of(key: int) -> str:
    """The id of a case as pages know it."""
    return ids.to_text(key)
