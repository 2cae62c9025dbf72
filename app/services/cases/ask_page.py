"""What does somebody see who is asked something by link, or by a task, and how do they answer?

A link opens one question, for one person, until they answered, the term is over or the case goes on. It shows what the
definition says and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.definitions.model.asking import Ask
from app.engine import calendar, values
from app.engine.judge import Given, judge
from app.engine.model.answers import Answers
from app.engine.model.asking import Answered
from app.engine.policy import Act, Actor, by_link
from app.services.cases import ask_prefills, ask_view, asks, relation
from app.services.cases.case_view import Contact
from app.services.cases.load_case import Desk, Loaded, action_form, desk_of, key_of, load
from app.services.cases.move_case import move
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Invalid, NotFound
from app.services.follow_up import sending_limits
from app.services.municipality import municipalities
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import ask_rows

OPEN, DONE, OVER = "open", "done", "over"
Shown = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AskView:
    """The page. ``state``: open, done (answered), over; ``shows``: label and words of what the definition shows.
    ``counted``: the answer is counted without a name, and ``at_least`` so many are shown together."""

    person: str
    case: str
    name: str
    question: str
    municipality: str
    state: str
    until: date | None
    contact: Contact
    shows: Shown
    form: FormVersion | None
    counted: bool
    at_least: int
    begins: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What the inputs of the form hold before anything was typed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question as somebody is asked it: ``put`` is its row, ``person`` theirs."""

    loaded: Loaded
    ask: Ask
    put: Mapping[str, Any]
    person: Mapping[str, Any]


def show(municipality: str, token: str) -> AskView:
    """What is behind a link. Raises ``NotFound`` for one that is unknown."""
    desk = desk_of(municipality)
    with transaction(municipality, readonly=True) as tx:
        return shown(tx, desk, _behind(tx, desk, token))


def show_own(actor: Actor, case_id: str, person: str) -> AskView:
    """The same for a colleague who got it as a task, or who fills it in for somebody who answered by telephone.

    Raises ``NotFound``, ``Forbidden``; NotFound for a round, where nobody answers for another.
    """
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        mine = _of_case(tx, desk, key_of(case_id), key_of(person))
        _demand(tx, actor, mine)
        return shown(tx, desk, mine)


def answer(municipality: str, token: str, given: Given, *, origin: str = "") -> tuple[int, ...]:
    """Answer by link; outbox ids due now. What is sent twice stands once.

    Raises ``NotFound``, ``Invalid``: of the form, ``ask_over``, ``sent_too_many``.
    """
    desk = desk_of(municipality)
    with transaction(municipality) as tx:
        found = _behind(tx, desk, token, lock=True)
        actor = by_link(municipality, "partner")
        sending_limits.count(tx, actor, link=f"ask:{found.person['id']}", origin=origin)
        return taken(tx, desk, found, actor, given)


def answer_own(actor: Actor, case_id: str, person: str, given: Given) -> tuple[int, ...]:
    """Answer as a colleague. Raises as ``show_own`` and ``answer``."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        mine = _of_case(tx, desk, key_of(case_id), key_of(person), lock=True)
        _demand(tx, actor, mine)
        return taken(tx, desk, mine, actor, given)


# Who and what --------------------------------------------------------------------------------------------------------


def _behind(tx: Transaction, desk: Desk, token: str, *, lock: bool = False) -> Found:
    person = ask_rows.behind(tx, asks.hash_of(token))
    put = ask_rows.one(tx, person["ask"]) if person is not None else None
    if person is None or put is None:
        raise NotFound
    return question_of(tx, desk, put["case"], person["id"], lock=lock)


def _of_case(tx: Transaction, desk: Desk, case: int, person: int, *, lock: bool = False) -> Found:
    row = ask_rows.person(tx, person)
    put = ask_rows.one(tx, row["ask"]) if row is not None else None
    if put is None or put["case"] != case:
        raise NotFound
    mine = question_of(tx, desk, case, person, lock=lock)
    if mine.ask.round is not None:
        raise NotFound
    return mine


def question_of(tx: Transaction, desk: Desk, case: int, person: int, *, lock: bool) -> Found:
    """Everything behind it, read again behind the lock of the case."""
    loaded = load(tx, desk, case, lock=lock)
    row = ask_rows.person(tx, person, lock=lock)
    put = ask_rows.one(tx, row["ask"]) if row is not None else None
    ask = loaded.pin.workflow.asks().get(put["name"]) if put is not None else None
    if row is None or put is None or ask is None:
        raise NotFound
    return Found(loaded, ask, put, row)


def _demand(tx: Transaction, actor: Actor, found: Found) -> None:
    loaded = found.loaded
    near = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    relation.demand_seen(actor, Act.CASE_NOTE, near)


# What they see -------------------------------------------------------------------------------------------------------


def _state(tx: Transaction, found: Found) -> str:
    if found.person["state"] == ask_rows.ANSWERED:
        return DONE
    closes = found.put["closes_at"]
    late = closes is not None and closes <= tx.now
    blocked = found.loaded.row["blocked"]
    return OVER if late or blocked or found.put["state"] != ask_rows.OPEN else OPEN


def shown(tx: Transaction, desk: Desk, found: Found) -> AskView:
    """The page of a question."""
    loaded, state = found.loaded, _state(tx, found)
    worker = loaded.pin.world.staffing.workers.get(loaded.row["holder"])
    going = state == OPEN
    form = action_form(tx, loaded.pin, found.ask.form) if going else None
    return AskView(
        person=ids.to_text(found.person["id"]),
        case=ids.to_text(loaded.row["id"]),
        name=asks.reached(tx, found.person).name,
        question=found.ask.label,
        municipality=municipalities.name_of(loaded.pin.municipality),
        state=state,
        until=found.put["due_on"],
        contact=Contact(loaded.row["holder"], worker.name if worker else "", worker.phone if worker else ""),
        shows=tuple(ask_view.said_of(loaded, frozenset(found.ask.shows))) if going else (),
        form=form,
        counted=found.ask.round is not None,
        at_least=found.ask.round.at_least if found.ask.round is not None else 0,
        begins=ask_prefills.raw_of(tx, desk, loaded, found.ask, form.form) if form is not None else {},
    )


# What they answer ----------------------------------------------------------------------------------------------------


def taken(tx: Transaction, desk: Desk, found: Found, actor: Actor, given: Given) -> tuple[int, ...]:
    """Keep an answer once; outbox ids due now. Raises ``Invalid``: of the form, ``ask_over``."""
    state = _state(tx, found)
    if state == DONE:
        return ()
    if state == OVER:
        raise Invalid("ask_over")
    version = action_form(tx, found.loaded.pin, found.ask.form)
    answers = _judged(tx, found, version, actor, given)
    row = found.person["row"]
    counted = found.ask.round is not None
    where = (found.put["id"], None if counted else row, found.person["group"])
    asks.keep(tx, where, version.id, values.to_json(version.form, answers))
    ask_rows.change(tx, found.person["id"], state=ask_rows.ANSWERED)
    if counted or row is None:
        return ()
    name = asks.reached(tx, found.person).name
    event = Answered(found.ask.id, row, answers, by=actor.account, name=name)
    return move(tx, desk, found.loaded, event, by=actor.account).wake


def _judged(tx: Transaction, found: Found, version: FormVersion, actor: Actor, given: Given) -> Answers:
    world = found.loaded.pin.world
    judgement = judge(
        version.form,
        given,
        calendar.local(world.calendar, tx.now),
        roles=actor.roles,
        neighbourhoods=world.staffing.neighbourhoods,
    )
    if not judgement.ok:
        raise Invalid(judgement=judgement)
    return judgement.answers
