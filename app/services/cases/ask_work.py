"""Who was asked what in a case, who answered, and what does whoever follows the case do about it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.definitions.model.asking import Ask, AskTo
from app.engine.model.cases import FactsChanged
from app.engine.policy import Act, Actor
from app.services.access.passwords import looks_like_email
from app.services.cases import asks, case_answers, readable, relation
from app.services.cases.apply_decision import VERSION
from app.services.cases.ask_view import AskLine, PersonLine
from app.services.cases.asks import Reached
from app.services.cases.case_view import AnswerSection
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load
from app.services.cases.move_case import move
from app.services.definitions import catalogs
from app.services.errors import Invalid, NotFound
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import ask_rows
from app.storage.repositories.event_rows import NewEvent, append_all

MOST_AT_ONCE = 200
MOST_REMINDED = 5
LONGEST = 120


@dataclass(frozen=True, slots=True)
class InviteLine:
    """What became of one pasted line: ``code`` is added, twice, no_mail or no_group."""

    number: int
    text: str
    code: str


def of_case(actor: Actor, case_id: str, *, language: str = "nl") -> tuple[AskLine, ...]:
    """The questions of a case, the newest first; none for who may not read it. Raises ``NotFound``."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = readable.read(tx, desk, actor, key_of(case_id))
        return listed(tx, loaded, actor, language) if loaded is not None else ()


def listed(tx: Transaction, loaded: Loaded, actor: Actor, language: str) -> tuple[AskLine, ...]:
    """The same for who is known to read the case."""
    if loaded.row["blocked"] or not loaded.pin.workflow.asks():
        return ()
    near = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    works = relation.allowed(actor, Act.CASE_NOTE, near)
    return tuple(_lines(tx, loaded, actor, works=works, language=language))


def _lines(tx: Transaction, loaded: Loaded, actor: Actor, *, works: bool, language: str) -> Iterator[AskLine]:
    known = loaded.pin.workflow.asks()
    put = ask_rows.of_case(tx, loaded.row["id"])
    people = ask_rows.people(tx, [row["id"] for row in put])
    told = _told(tx, loaded, put, actor, language)
    for row in reversed(put):
        ask = known.get(row["name"])
        if ask is None:
            continue
        going = works and row["state"] == ask_rows.OPEN
        yield AskLine(
            id=ids.to_text(row["id"]),
            name=row["name"],
            question=ask.label,
            state=row["state"],
            due_on=row["due_on"],
            counted=ask.round is not None,
            at_least=ask.round.at_least if ask.round is not None else 0,
            groups=dict(ask.groups),
            people=tuple(
                _person(tx, item, going and ask.round is None, told.get((row["id"], item["row"]), ()))
                for item in people
                if item["ask"] == row["id"]
            ),
            can_invite=going and ask.kind is AskTo.INVITED,
        )


def _told(
    tx: Transaction, loaded: Loaded, put: Sequence[Mapping[str, Any]], actor: Actor, language: str
) -> dict[tuple[int, int], tuple[AnswerSection, ...]]:
    """Answers with a name, ready to read; of a round nothing."""
    known = loaded.pin.workflow.asks()
    named = [row["id"] for row in put if not asks.is_round(known, row["name"])]
    places = loaded.pin.world.staffing.neighbourhoods
    found: dict[tuple[int, int], tuple[AnswerSection, ...]] = {}
    for row in ask_rows.answers(tx, named) if named else ():
        form = catalogs.cached_form(loaded.pin.municipality, row["form_version"])
        answers = asks.opened(tx, loaded.pin.municipality, row)
        found[row["ask"], row["row"]] = case_answers.sections(form, answers, actor, language, places)
    return found


def _person(
    tx: Transaction, row: Mapping[str, Any], open_: bool, sections: tuple[AnswerSection, ...]
) -> PersonLine:
    who, answered = asks.reached(tx, row), row["state"] == ask_rows.ANSWERED
    return PersonLine(
        ids.to_text(row["id"]), who.name, who.mail, row["group"], answered, open_ and not answered, sections
    )


# What whoever follows it does ----------------------------------------------------------------------------------------


def invite(
    actor: Actor, case_id: str, ask_id: str, text: str, group: str
) -> tuple[tuple[InviteLine, ...], tuple[int, ...]]:
    """Ask everybody in pasted lines (``name; mail; group``), each once: what became of each line, and the outbox ids
    due now. Lines that cannot be read stop nothing.

    Raises ``NotFound``, ``Forbidden``, ``Invalid``: ask_over, ask_too_many.
    """
    desk, wake, report = desk_of(actor.municipality), [], []
    with transaction(actor.municipality) as tx:
        loaded, put, ask = _worked(tx, desk, actor, case_id, ask_id)
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise Invalid("ask_too_many", most=str(MOST_AT_ONCE))
        asked = len(ask_rows.people(tx, [put["id"]]))
        for number, line in enumerate(lines, 1):
            who, where = _read(line, ask, group)
            code = "no_mail" if not who.mail else "no_group" if ask.groups and not where else ""
            if not code:
                row = asked if ask.round is None else None
                added, due = asks.add(tx, loaded.row["id"], put["id"], who, row=row, group=where, once=True)
                code = "added" if added else "twice"
                asked += added
                wake += due
            report.append(InviteLine(number, line.strip()[:LONGEST], code))
        count = sum(line.code == "added" for line in report)
        if count:
            _tell(tx, loaded, "ask_invited", actor, count=str(count))
    return tuple(report), tuple(wake)


def _read(line: str, ask: Ask, group: str) -> tuple[Reached, str]:
    """Name, address and group of one line, in any order; separated by a semicolon, a tab or a comma."""
    parts = [part.strip(" <>\"'") for part in line.replace("\t", ";").replace(",", ";").split(";")]
    mail = next((part for part in parts if looks_like_email(part.casefold())), "")
    named = {label.casefold(): key for key, label in ask.groups.items()} | {key: key for key in ask.groups}
    where = next((named[part.casefold()] for part in parts if part.casefold() in named), "")
    rest = [part for part in parts if part and part != mail and part.casefold() not in named]
    return Reached((rest[0] if rest else "")[:LONGEST], mail.casefold()), where or (
        group if group in ask.groups else ""
    )


def remind(actor: Actor, case_id: str, ask_id: str) -> tuple[int, ...]:
    """Once more, to who did not answer: once a day, and no more than ``MOST_REMINDED`` times. Outbox ids due now.

    Raises ``NotFound``, ``Forbidden``, ``Invalid`` (ask_over).
    """
    desk, wake = desk_of(actor.municipality), []
    with transaction(actor.municipality) as tx:
        loaded, put, _ = _worked(tx, desk, actor, case_id, ask_id)
        today = relation.local_day(loaded.pin, tx.now)
        for person in ask_rows.people(tx, [put["id"]]):
            if person["state"] == ask_rows.WAITING and person["reminded"] < MOST_REMINDED:
                wake += asks.remind_now(tx, loaded.row["id"], person["id"], today)
        if wake:
            _tell(tx, loaded, "ask_reminded", actor)
    return tuple(wake)


def close(actor: Actor, case_id: str, ask_id: str) -> tuple[int, ...]:
    """No more answers from now on, before the term is over. Raises ``NotFound``, ``Forbidden``, ``Invalid``."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        loaded, put, _ = _worked(tx, desk, actor, case_id, ask_id)
        return end(tx, desk, loaded, put, by=actor.account)


def end(
    tx: Transaction, desk: Desk, loaded: Loaded, put: Mapping[str, Any], *, by: str = ""
) -> tuple[int, ...]:
    """A question is closed: its answers stay, who was asked in a round is forgotten, automatic exits are looked at."""
    counted = asks.is_round(loaded.pin.workflow.asks(), put["name"])
    people = ask_rows.people(tx, [put["id"]])
    if not ask_rows.end(tx, [put["id"]], ask_rows.CLOSED, forget=[put["id"]] if counted else ()):
        return ()
    answered = sum(person["state"] == ask_rows.ANSWERED for person in people)
    params = {"answered": str(answered), "count": str(len(people)), VERSION: str(loaded.row["version"] + 1)}
    told = [NewEvent("ask_closed", params, by=by)]
    return move(tx, desk, loaded, FactsChanged(by), by=by, events=told).wake


def set_mail(actor: Actor, case_id: str, person_id: str, mail: str) -> tuple[int, ...]:
    """Send the question to an address that was not known yet, or to another one. Raises ``NotFound``, ``Forbidden``,
    ``Invalid``: ask_mail, ask_over."""
    address = mail.strip()
    if not looks_like_email(address):
        raise Invalid("ask_mail")
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        person = ask_rows.person(tx, key_of(person_id), lock=True)
        ask_id = ids.to_text(person["ask"]) if person is not None else ""
        loaded, put, ask = _worked(tx, desk, actor, case_id, ask_id)
        if person is None or ask.round is not None or person["state"] != ask_rows.WAITING:
            raise NotFound
        before = asks.reached(tx, person)
        fresh = asks.sealed(tx, person["id"], Reached(before.name, address))
        ask_rows.change(tx, person["id"], sealed=fresh)
        again = tx.sealer.index("ask_mail", address.casefold())[:12] if before.mail else ""
        return tuple(asks.invite(tx, loaded.row["id"], put["id"], person["id"], again=again))


def _worked(
    tx: Transaction, desk: Desk, actor: Actor, case_id: str, ask_id: str
) -> tuple[Loaded, Mapping[str, Any], Ask]:
    """The question of a case, locked, for who works on that case while it is open."""
    loaded = load(tx, desk, key_of(case_id), lock=True)
    near = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    relation.demand_seen(actor, Act.CASE_NOTE, near)
    put = ask_rows.one(tx, key_of(ask_id)) if ask_id else None
    ask = loaded.pin.workflow.asks().get(put["name"]) if put is not None else None
    if put is None or ask is None or put["case"] != loaded.row["id"]:
        raise NotFound
    if put["state"] != ask_rows.OPEN:
        raise Invalid("ask_over")
    return loaded, put, ask


def _tell(tx: Transaction, loaded: Loaded, code: str, actor: Actor, **params: str) -> None:
    told: Iterable[NewEvent] = [
        NewEvent(code, {**params, VERSION: str(loaded.row["version"])}, by=actor.account)
    ]
    append_all(tx, loaded.row["id"], list(told))
