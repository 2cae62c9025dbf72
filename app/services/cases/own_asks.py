"""What is somebody with an account asked in person, and what do they answer? No link is needed: the address that was
invited is theirs.

Counted like any other answer: nothing is written down of who answered when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.engine.judge import Given
from app.engine.policy import Act, Actor
from app.services.cases import ask_page, asks
from app.services.cases.ask_page import AskView
from app.services.cases.load_case import Desk, desk_of, key_of, load
from app.services.cases.relation import demand_ever
from app.services.errors import NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import ask_rows


@dataclass(frozen=True, slots=True)
class OwnAsk:
    """A question that waits for somebody's answer; no ``until``: no end."""

    id: str
    question: str
    until: date | None
    counted: bool


def waiting(actor: Actor, learnt: tuple[int, int] | None = None) -> tuple[OwnAsk, ...]:
    """What ``actor`` is asked and did not answer, what ends first on top."""
    desk = desk_of(actor.municipality, learnt)
    with transaction(actor.municipality, readonly=True) as tx:
        found = [_line(tx, desk, row) for row in ask_rows.waiting_for(tx, _who(tx, desk, actor))]
    return tuple(sorted(filter(None, found), key=lambda one: (one.until or date.max, one.id)))


def _line(tx: Transaction, desk: Desk, row: ask_rows.Row) -> OwnAsk | None:
    put = ask_rows.one(tx, row["ask"])
    if put is None or (put["closes_at"] is not None and put["closes_at"] <= tx.now):
        return None
    loaded = load(tx, desk, put["case"])
    ask = loaded.pin.workflow.asks().get(put["name"])
    if ask is None or loaded.row["blocked"]:
        return None
    return OwnAsk(ids.to_text(row["id"]), ask.label, put["due_on"], ask.round is not None)


def show(actor: Actor, person: str) -> AskView:
    """The question. Raises ``Forbidden``, ``NotFound`` for one that is somebody else's."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        return ask_page.shown(tx, desk, _mine(tx, desk, actor, person))


def answer(actor: Actor, person: str, given: Given) -> tuple[int, ...]:
    """Answer; outbox ids due now. What is sent twice stands once. Raises as ``show``, and ``Invalid``."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        found = _mine(tx, desk, actor, person, lock=True)
        return ask_page.taken(tx, desk, found, actor, given)


def _mine(tx: Transaction, desk: Desk, actor: Actor, person: str, *, lock: bool = False) -> ask_page.Found:
    demand_ever(actor, Act.QUEUE_READ)
    row = ask_rows.person(tx, key_of(person))
    who = _who(tx, desk, actor)
    put = ask_rows.one(tx, row["ask"]) if row is not None and who and row["who"] == who else None
    if row is None or put is None:
        raise NotFound
    return ask_page.question_of(tx, desk, put["case"], row["id"], lock=lock)


def _who(tx: Transaction, desk: Desk, actor: Actor) -> str:
    """The keyed hash of their own address; empty without one."""
    worker = desk.world.staffing.workers.get(actor.account)
    return asks.who_of(tx, worker.email) if worker is not None and worker.email else ""
