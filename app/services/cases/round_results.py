"""What came out of a round, beside what came out of the rounds before it?

Only once no more answers come in: two readings are the same reading. The rounds before it are the closed ones of other
cases of the same workflow with the same answers to what ``compare:`` names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.definitions.model.asking import Ask, Round
from app.engine import rounds
from app.engine.policy import Act, Actor
from app.engine.rounds import Reply, Results
from app.services.cases import ask_view, asks, readable
from app.services.cases.load_case import Desk, Loaded, action_form, desk_of, key_of, load
from app.services.errors import Conflict, Forbidden, NotFound
from app.storage.database import Transaction, transaction
from app.storage.repositories import ask_rows, event_rows

MOST_BEFORE = 5
"""How many rounds before this one stand beside it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A round as it stands beside others; ``at`` is the day on which it closed."""

    number: str
    at: date
    results: Results


@dataclass(frozen=True, slots=True)
class RoundView:
    """``asked``: group -> how many answered of how many; ``series`` ends with this round itself."""

    case: str
    number: str
    title: str
    question: str
    about: tuple[tuple[str, str], ...]
    groups: Mapping[str, str]
    asked: Mapping[str, tuple[int, int]]
    results: Results
    series: tuple[Earlier, ...]


def show(actor: Actor, case_id: str, ask_id: str) -> RoundView:
    """The results. Raises ``NotFound``, ``Forbidden``, ``Conflict`` (``round_open``) while answers still come in."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        loaded = readable.read(tx, desk, actor, key_of(case_id))
        if loaded is None:
            raise Forbidden(str(Act.CASE_READ))
        put, ask, how = _of(tx, loaded, ask_id)
        people = ask_rows.people(tx, [put["id"]])
        found = _results(tx, loaded, put, ask, how)
        view = RoundView(
            case=case_id,
            number=loaded.row["number"],
            title=loaded.pin.title,
            question=ask.label,
            about=tuple(_about(loaded, how)),
            groups=dict(ask.groups),
            asked={group: _answered(people, group) for group in ask.groups},
            results=found,
            series=(*_before(tx, desk, loaded, put, how), _line(loaded, put, found)),
        )
    with transaction(actor.municipality) as tx:
        event_rows.log_read(tx, account=actor.account, case=loaded.row["id"], act=str(Act.CASE_READ))
    return view


def _of(tx: Transaction, loaded: Loaded, ask_id: str) -> tuple[Mapping[str, Any], Ask, Round]:
    put = ask_rows.one(tx, key_of(ask_id))
    ask = loaded.pin.workflow.asks().get(put["name"]) if put is not None else None
    if put is None or ask is None or ask.round is None or put["case"] != loaded.row["id"]:
        raise NotFound
    if put["state"] == ask_rows.OPEN:
        raise Conflict("round_open")
    return put, ask, ask.round


def _results(tx: Transaction, loaded: Loaded, put: Mapping[str, Any], ask: Ask, how: Round) -> Results:
    form = action_form(tx, loaded.pin, ask.form).form
    municipality = loaded.pin.municipality
    told = [
        Reply(row["group"], asks.opened(tx, municipality, row)) for row in ask_rows.answers(tx, [put["id"]])
    ]
    return rounds.results(form, told, tuple(ask.groups), how.at_least)


def _before(
    tx: Transaction, desk: Desk, loaded: Loaded, put: Mapping[str, Any], how: Round
) -> Iterator[Earlier]:
    """The rounds before this one, oldest first."""
    if not how.compare:
        return
    alike: list[Earlier] = []
    for row in reversed(ask_rows.earlier(tx, loaded.pin.workflow.id, put["name"], put["id"])):
        other = load(tx, desk, row["case"])
        ask = other.pin.workflow.asks().get(row["name"])
        same = all(_said(other, name) == _said(loaded, name) for name in how.compare)
        if same and not other.row["blocked"] and ask is not None and ask.round is not None:
            alike.append(_line(other, row, _results(tx, other, row, ask, ask.round)))
        if len(alike) == MOST_BEFORE:
            break
    yield from reversed(alike)


def _said(loaded: Loaded, name: str) -> object:
    return loaded.case.answers.get(name)


def _line(loaded: Loaded, put: Mapping[str, Any], found: Results) -> Earlier:
    closed = put["closed_at"] or put["opened_at"]
    return Earlier(loaded.row["number"], closed.astimezone(loaded.pin.world.calendar.zone).date(), found)


def _about(loaded: Loaded, how: Round) -> Iterator[tuple[str, str]]:
    """What the round is about, in words: the answers by which rounds are compared."""
    return ask_view.said_of(loaded, frozenset(how.compare))


def _answered(people: list[dict[str, Any]], group: str) -> tuple[int, int]:
    mine = [person for person in people if person["group"] == group]
    return sum(person["state"] == ask_rows.ANSWERED for person in mine), len(mine)
