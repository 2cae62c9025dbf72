"""How is a case read and written, with its submissions and the resident it is about?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.storage import ready
from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import Case, DefinitionVersion, Draft, Municipality, Person, Submission, Task

Row = Mapping[str, Any]
_CASE = table_of(Case)
_SUBMISSION = table_of(Submission)
_PERSON = table_of(Person)
_DRAFT = table_of(Draft)
_VERSION = table_of(DefinitionVersion)
_TASK = table_of(Task)


def _first(tx: Transaction, query: sa.Select[*tuple[Any, ...]]) -> dict[str, Any] | None:
    row = tx.execute(query).mappings().first()
    return dict(row) if row else None


def _all(tx: Transaction, query: sa.Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.execute(query).mappings()]


def get(tx: Transaction, case: int, *, lock: bool = False) -> dict[str, Any] | None:
    """One case; ``lock`` keeps others from deciding on it until the transaction ends (SQLite writers wait anyway)."""
    query = sa.select(_CASE).where(_CASE.c.municipality == tx.municipality, _CASE.c.id == case)
    return _first(tx, query.with_for_update() if lock else query)


def by_number(tx: Transaction, number: str) -> dict[str, Any] | None:
    """The case with that number."""
    return _first(
        tx, sa.select(_CASE).where(_CASE.c.municipality == tx.municipality, _CASE.c.number == number)
    )


def numbered(tx: Transaction, numbers: Sequence[str], *, most: int) -> list[dict[str, Any]]:
    """The cases with one of these numbers, the latest first."""
    if not numbers:
        return []
    query = sa.select(_CASE).where(_CASE.c.municipality == tx.municipality, _CASE.c.number.in_(numbers))
    return _all(tx, query.order_by(_CASE.c.id.desc()).limit(most))


def open_of(tx: Transaction, holder: str, *, most: int) -> list[dict[str, Any]]:
    """The open cases of a responsible person, the latest first."""
    query = sa.select(_CASE).where(
        _CASE.c.municipality == tx.municipality, _CASE.c.holder == holder, _CASE.c.closed_at.is_(None)
    )
    return _all(tx, query.order_by(_CASE.c.received_at.desc(), _CASE.c.id.desc()).limit(most))


def by_submission(tx: Transaction, submission: int) -> dict[str, Any] | None:
    """The case that a submission opened (its sub-cases share it, and are younger), by now perhaps with a later revision
    of it."""
    revisions, latest = [submission], [submission]
    while latest:
        query = sa.select(_SUBMISSION.c.id).where(
            _SUBMISSION.c.municipality == tx.municipality, _SUBMISSION.c.replaces.in_(latest)
        )
        latest = list(tx.execute(query).scalars())
        revisions += latest
    query = sa.select(_CASE).where(_CASE.c.municipality == tx.municipality, _CASE.c.submission.in_(revisions))
    return _first(tx, query.order_by(_CASE.c.parent.is_not(None), _CASE.c.id).limit(1))


def insert(tx: Transaction, values: Row) -> None:
    """A new case."""
    ready.insert_rows(tx, _CASE, [values])


def update(tx: Transaction, case: int, *, version: int, values: Row) -> bool:
    """Write a decision over version ``version``; False when somebody else decided first."""
    statement = (
        sa.update(_CASE)
        .where(_CASE.c.municipality == tx.municipality, _CASE.c.id == case, _CASE.c.version == version)
        .values(dict(values))
    )
    return tx.execute(statement).rowcount == 1


def linked(tx: Transaction, case: Row, *, most: int = 20) -> list[dict[str, Any]]:
    """Parent, children, cases merged into it or it into, and other cases of the same person, newest first."""
    near = [_CASE.c.parent == case["id"], _CASE.c.merged_into == case["id"]]
    near += [_CASE.c.id == case[name] for name in ("parent", "merged_into") if case[name] is not None]
    if case["person"] is not None:
        near.append(_CASE.c.person == case["person"])
    query = sa.select(_CASE).where(
        _CASE.c.municipality == tx.municipality, _CASE.c.id != case["id"], sa.or_(*near)
    )
    return _all(tx, query.order_by(_CASE.c.received_at.desc(), _CASE.c.id).limit(most))


def many(tx: Transaction, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Cases by id."""
    if not ids:
        return {}
    query = sa.select(_CASE).where(_CASE.c.municipality == tx.municipality, _CASE.c.id.in_(ids))
    return {row["id"]: row for row in _all(tx, query)}


def with_work(tx: Transaction) -> list[int]:
    """The keys of cases that still ask something: not closed, or closed with an open task."""
    open_task = sa.exists().where(
        _TASK.c.municipality == _CASE.c.municipality, _TASK.c.case == _CASE.c.id, _TASK.c.state == "open"
    )
    query = sa.select(_CASE.c.id).where(
        _CASE.c.municipality == tx.municipality, sa.or_(_CASE.c.closed_at.is_(None), open_task)
    )
    return [row.id for row in tx.execute(query.order_by(_CASE.c.id))]


def count_open(tx: Transaction) -> int:
    """Cases that are not closed."""
    query = (
        sa.select(sa.func.count())
        .select_from(_CASE)
        .where(_CASE.c.municipality == tx.municipality, _CASE.c.closed_at.is_(None))
    )
    return int(tx.scalar(query))


# Submissions -----------------------------------------------------------------------------------------------


def insert_submission(tx: Transaction, values: Row) -> bool:
    """A new submission, unless its token was used before (False)."""
    return ready.answered(tx, _new_submission(tx.dialect), values) is not None


@cache
def _new_submission(dialect: str) -> sa.Executable:
    return insert_into(dialect, _SUBMISSION).on_conflict_do_nothing().returning(_SUBMISSION.c.id)


def submission_by_token(tx: Transaction, token: str) -> dict[str, Any] | None:
    """What was sent with this token before."""
    return _first(
        tx,
        sa.select(_SUBMISSION).where(
            _SUBMISSION.c.municipality == tx.municipality, _SUBMISSION.c.token == token
        ),
    )


def submissions(tx: Transaction, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Submissions in order of arrival."""
    if not ids:
        return []
    query = sa.select(_SUBMISSION).where(
        _SUBMISSION.c.municipality == tx.municipality, _SUBMISSION.c.id.in_(ids)
    )
    return _all(tx, query.order_by(_SUBMISSION.c.id))


def revisions(tx: Transaction, submission: int) -> list[int]:
    """A submission and those it replaces, the latest first: what was sent with any of them belongs to it."""
    found: list[int] = []
    key: int | None = submission
    while key is not None:
        found.append(key)
        key = tx.scalar(
            sa.select(_SUBMISSION.c.replaces).where(
                _SUBMISSION.c.municipality == tx.municipality, _SUBMISSION.c.id == key
            )
        )
    return found


def drop_draft(tx: Transaction, draft: int, owner: str) -> None:
    """The draft became a submission."""
    ready.write(tx, _DROP_DRAFT, {"town": tx.municipality, "draft": draft, "by": owner})


_DROP_DRAFT = sa.delete(_DRAFT).where(
    _DRAFT.c.municipality == sa.bindparam("town"),
    _DRAFT.c.id == sa.bindparam("draft"),
    _DRAFT.c.owner == sa.bindparam("by"),
)


def live_numbers(tx: Transaction) -> tuple[int, int]:
    """Which definitions and which staff are live: numbers that rise with every change; (-1, -1) for nobody's town."""
    row = tx.execute(_LIVE, {"town": tx.municipality}).first()
    return (row.catalog_number, row.staffing_version) if row else (-1, -1)


_LIVE = sa.select(Municipality.catalog_number, Municipality.staffing_version).where(
    Municipality.id == sa.bindparam("town")
)


def form_beside(tx: Transaction, workflow_version: int, ref: str) -> int | None:
    """The version of form ``ref`` that was live when a workflow version was published."""
    published = (
        sa.select(_VERSION.c.publication)
        .where(_VERSION.c.municipality == tx.municipality, _VERSION.c.id == workflow_version)
        .scalar_subquery()
    )
    query = sa.select(_VERSION.c.id).where(
        _VERSION.c.municipality == tx.municipality,
        _VERSION.c.kind == "form",
        _VERSION.c.ref == ref,
        _VERSION.c.publication <= published,
    )
    found: int | None = tx.scalar(query.order_by(_VERSION.c.number.desc()).limit(1))
    return found


# Persons ---------------------------------------------------------------------------------------------------


def person(tx: Transaction, person_id: int) -> dict[str, Any] | None:
    """One thin record."""
    return _first(
        tx, sa.select(_PERSON).where(_PERSON.c.municipality == tx.municipality, _PERSON.c.id == person_id)
    )


def insert_person(tx: Transaction, values: Row) -> None:
    """A new thin record."""
    ready.insert_rows(tx, _PERSON, [values])


def set_contact_person(tx: Transaction, person_id: int, account: str) -> None:
    """Who follows this resident, when nobody did yet."""
    ready.write(tx, _FOLLOWED, {"town": tx.municipality, "who": person_id, "account": account})


_FOLLOWED = (
    sa.update(_PERSON)
    .where(
        _PERSON.c.municipality == sa.bindparam("town"),
        _PERSON.c.id == sa.bindparam("who"),
        _PERSON.c.contact_person.is_(None),
    )
    .values(contact_person=sa.bindparam("account"), version=_PERSON.c.version + 1)
)
