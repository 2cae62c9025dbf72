"""Which questions of a case are put to others, to whom, and what came back?"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.ids import new_id
from app.storage.models import Ask, AskAnswer, AskPerson, Case

_ASK, _PERSON, _ANSWER, _CASE = table_of(Ask), table_of(AskPerson), table_of(AskAnswer), table_of(Case)
OPEN, CLOSED, WITHDRAWN = "open", "closed", "withdrawn"
WAITING, ANSWERED = "waiting", "answered"
Row = dict[str, Any]


def put(
    tx: Transaction,
    case: int,
    name: str,
    *,
    due_on: date | None,
    closes_at: datetime | None,
    remind: Sequence[datetime],
) -> int:
    """A question is put now; its key."""
    key = new_id()
    row = {
        "municipality": tx.municipality,
        "id": key,
        "case": case,
        "name": name,
        "state": OPEN,
        "opened_at": tx.now,
        "due_on": due_on,
        "closes_at": closes_at,
        "closed_at": None,
        "remind": [at.isoformat() for at in remind],
    }
    tx.execute(sa.insert(_ASK), row)
    return key


def add(tx: Transaction, ask: int, key: int, values: Mapping[str, Any]) -> bool:
    """Somebody is asked; False when that address is asked already."""
    return tx.insert_new(
        AskPerson,
        {
            "municipality": tx.municipality,
            "id": key,
            "ask": ask,
            "row": None,
            "group": "",
            "sealed": None,
            "who": None,
            "account": None,
            "token_hash": None,
            "state": WAITING,
            "reminded": 0,
            **values,
        },
    )


def change(tx: Transaction, person: int, **values: Any) -> None:
    """Something of one who is asked is different now."""
    tx.execute(sa.update(_PERSON).where(_own(tx, _PERSON), _PERSON.c.id == person).values(**values))


def reminded(tx: Transaction, person: int) -> None:
    """One more reminder by hand."""
    mine = sa.and_(_own(tx, _PERSON), _PERSON.c.id == person)
    tx.execute(sa.update(_PERSON).where(mine).values(reminded=_PERSON.c.reminded + 1))


def answer(
    tx: Transaction, ask: int, *, row: int | None, group: str, form_version: int, key: int, sealed: bytes
) -> None:
    """Keep an answer; ``key`` is drawn before, as the answer is sealed for it."""
    values = {"id": key, "ask": ask, "row": row, "group": group, "form_version": form_version}
    tx.execute(sa.insert(_ANSWER), {"municipality": tx.municipality, **values, "sealed": sealed})


def blind_id() -> int:
    """An id that says nothing of when its row was made."""
    return secrets.randbits(62)


def of_case(tx: Transaction, case: int) -> list[Row]:
    """All questions of a case that were ever put, the oldest first."""
    return _rows(tx, sa.select(_ASK).where(_own(tx, _ASK), _ASK.c.case == case).order_by(_ASK.c.id))


def one(tx: Transaction, ask: int) -> Row | None:
    """A question by its key."""
    found = _rows(tx, sa.select(_ASK).where(_own(tx, _ASK), _ASK.c.id == ask))
    return found[0] if found else None


def people(tx: Transaction, asks: Collection[int]) -> list[Row]:
    """Who is asked, in the order in which they came."""
    query = sa.select(_PERSON).where(_own(tx, _PERSON), _PERSON.c.ask.in_(asks))
    return _rows(tx, query.order_by(_PERSON.c.row, _PERSON.c.id))


def person(tx: Transaction, key: int, *, lock: bool = False) -> Row | None:
    """One who is asked."""
    query = sa.select(_PERSON).where(_own(tx, _PERSON), _PERSON.c.id == key)
    found = _rows(tx, query.with_for_update() if lock else query)
    return found[0] if found else None


def behind(tx: Transaction, token_hash: str) -> Row | None:
    """Who was given that link."""
    found = _rows(tx, sa.select(_PERSON).where(_own(tx, _PERSON), _PERSON.c.token_hash == token_hash))
    return found[0] if found else None


def waiting_for(tx: Transaction, who: str) -> list[Row]:
    """Where somebody is asked and did not answer yet; nobody is known by an empty hash."""
    same = sa.and_(_ASK.c.municipality == _PERSON.c.municipality, _ASK.c.id == _PERSON.c.ask)
    query = (
        sa.select(_PERSON)
        .join(_ASK, same)
        .where(_own(tx, _PERSON), _PERSON.c.who == who, _PERSON.c.state == WAITING, _ASK.c.state == OPEN)
    )
    return _rows(tx, query.order_by(_PERSON.c.id)) if who else []


def answers(tx: Transaction, asks: Collection[int]) -> list[Row]:
    """What came back; of a round in an order that says nothing."""
    query = sa.select(_ANSWER).where(_own(tx, _ANSWER), _ANSWER.c.ask.in_(asks))
    return _rows(tx, query.order_by(_ANSWER.c.row, _ANSWER.c.id))


def end(tx: Transaction, asks: Collection[int], state: str, *, forget: Collection[int] = ()) -> int:
    """No answer is taken any more; how many questions were still open. ``forget``: of these nobody needs to know any
    more who was asked."""
    mine = sa.and_(_own(tx, _ASK), _ASK.c.id.in_(asks), _ASK.c.state == OPEN)
    count = tx.execute(sa.update(_ASK).where(mine).values(state=state, closed_at=tx.now)).rowcount
    if forget:
        gone = sa.and_(_own(tx, _PERSON), _PERSON.c.ask.in_(forget))
        tx.execute(sa.update(_PERSON).where(gone).values(sealed=None, who=None))
    return count


def earlier(tx: Transaction, workflow: str, name: str, before: int) -> list[Row]:
    """The closed questions of that name in other cases of the workflow, put before question ``before``, oldest first,
    with the key of their case."""
    joined = sa.and_(_CASE.c.municipality == _ASK.c.municipality, _CASE.c.id == _ASK.c.case)
    query = (
        sa.select(_ASK)
        .join(_CASE, joined)
        .where(
            _own(tx, _ASK),
            _ASK.c.name == name,
            _ASK.c.id < before,
            _ASK.c.closed_at.is_not(None),
            _CASE.c.workflow == workflow,
        )
    )
    return _rows(tx, query.order_by(_ASK.c.id))


def closed(tx: Transaction, workflows: Collection[str], first: datetime, end: datetime) -> list[Row]:
    """The questions that were closed from ``first`` on and before ``end`` in cases of these workflows, oldest first."""
    joined = sa.and_(_CASE.c.municipality == _ASK.c.municipality, _CASE.c.id == _ASK.c.case)
    when = sa.and_(_ASK.c.closed_at >= first, _ASK.c.closed_at < end, _ASK.c.state == CLOSED)
    query = sa.select(_ASK).join(_CASE, joined).where(_own(tx, _ASK), when, _CASE.c.workflow.in_(workflows))
    return _rows(tx, query.order_by(_ASK.c.closed_at, _ASK.c.id))


def _rows(tx: Transaction, query: sa.Select[Any]) -> list[Row]:
    return [dict(row) for row in tx.execute(query).mappings()]


def _own(tx: Transaction, table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.municipality == tx.municipality
