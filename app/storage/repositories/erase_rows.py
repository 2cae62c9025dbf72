"""How does everything of a case, or of a person, leave the database, while the history stays whole?

What points at a case goes with it, found by the foreign keys of the tables themselves: a table made later is not
forgotten. An event stays as a link of its chain, without content and without its case. ``services/privacy/known.py``
says of every table what becomes of it, and a test holds it to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.storage import ids
from app.storage.database import Transaction, table_of
from app.storage.models import (
    METADATA,
    CaseBond,
    CaseFile,
    CaughtMail,
    Collected,
    Event,
    File,
    Outbox,
    Person,
    Submission,
    Task,
)
from app.storage.models import Case as CaseTable
from app.storage.repositories import count_rows

_CASE, _EVENT, _SUBMISSION = table_of(CaseTable), table_of(Event), table_of(Submission)
_FILE, _OUTBOX, _PERSON = table_of(File), table_of(Outbox), table_of(Person)
Counts = Counter[str]
"""How many rows went, by table."""
Row = Mapping[str, Any]
FORM_FILLED = "form_filled"


def case(tx: Transaction, cases: Collection[int]) -> Counts:
    """Destroy these cases, which share one submission, with everything of them; how many rows went, by table."""
    gone: Counts = Counter()
    sent = submissions_of(tx, cases)
    _uncount(tx, cases)
    _mails(tx, cases, gone)
    _files(tx, cases, sent, gone)
    _forget_child(tx, cases)
    _pointing(tx, "cases", cases, gone)
    _let_go(tx, cases)
    gone["event"] += _silence(tx, cases, loose=True)
    gone["cases"] += _delete(tx, _CASE, _CASE.c.id.in_(cases))
    _submissions(tx, sent, gone)
    return +gone


def identity(tx: Transaction, cases: Collection[int], *, sealed: Mapping[int, bytes], number: str) -> Counts:
    """Let these cases stay for what is counted, with nobody in them. ``sealed``: what is left of the answers, by the
    submission it is kept with; ``number`` is the first one's, the others follow on it."""
    gone: Counts = Counter()
    sent = submissions_of(tx, cases)
    _uncount(tx, cases)
    _mails(tx, cases, gone)
    _files(tx, cases, sent, gone)
    _forget_child(tx, cases)
    _pointing(tx, "cases", cases, gone)
    gone["event"] += _silence(tx, cases, loose=False)
    for place, key in enumerate(sorted(cases)):
        named = {"number": f"{number}.{place}" if place else number, "person": None, "referrer": None}
        emptied: dict[str, Any] = {"attempts": [], "row_reasons": {}, "why": {}}
        mine = sa.and_(_own(tx, _CASE), _CASE.c.id == key)
        values = {**named, **emptied, "version": _CASE.c.version + 1}
        tx.execute(sa.update(_CASE).where(mine).values(values))
    _without_identity(tx, sent, sealed, gone)
    return +gone


def person(tx: Transaction, persons: Collection[int]) -> Counts:
    """Destroy records of one person that no case points at any more, with all their keys, drafts and merges."""
    gone: Counts = Counter()
    if not persons:
        return gone
    _pointing(tx, "person", persons, gone)
    for column in (_PERSON.c.merged_into, _CASE.c.person):
        table = column.table
        mine = sa.and_(_own(tx, table), column.in_(persons))
        tx.execute(sa.update(table).where(mine).values({column.name: None}))
    gone["person"] += _delete(tx, _PERSON, _PERSON.c.id.in_(persons))
    return +gone


def submissions_of(tx: Transaction, cases: Collection[int]) -> list[int]:
    """Everything that was sent for these cases: each revision, and the forms behind buttons."""
    found = set(
        tx.execute(sa.select(_CASE.c.submission).where(_own(tx, _CASE), _CASE.c.id.in_(cases))).scalars()
    )
    filled = sa.select(_EVENT.c.params).where(
        _own(tx, _EVENT), _EVENT.c.stream.in_(cases), _EVENT.c.code == FORM_FILLED
    )
    found |= {ids.from_text(params["submission"]) for params in tx.execute(filled).scalars()}
    latest = set(found)
    while latest:
        near = sa.or_(_SUBMISSION.c.replaces.in_(latest), _SUBMISSION.c.id.in_(_replaced(tx, latest)))
        query = sa.select(_SUBMISSION.c.id).where(_own(tx, _SUBMISSION), near)
        latest = set(tx.execute(query).scalars()) - found
        found |= latest
    return sorted(found)


def _replaced(tx: Transaction, keys: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(_SUBMISSION.c.replaces).where(
        _own(tx, _SUBMISSION), _SUBMISSION.c.id.in_(keys), _SUBMISSION.c.replaces.is_not(None)
    )


def _uncount(tx: Transaction, cases: Collection[int]) -> None:
    """Open tasks are counted elsewhere too."""
    table = table_of(Task)
    changes: count_rows.Changes = Counter()
    query = sa.select(table).where(_own(tx, table), table.c.case.in_(cases), table.c.state == "open")
    for row in tx.execute(query).mappings():
        count_rows.changed(changes, dict(row), -1)
    count_rows.add(tx, changes)


def _mails(tx: Transaction, cases: Collection[int], gone: Counts) -> None:
    """Mail that stayed in the house is named after its outbox row; one about several cases is about these too."""
    table = table_of(CaughtMail)
    rows = tx.execute(sa.select(_OUTBOX.c.id).where(_own(tx, _OUTBOX), _OUTBOX.c.case.in_(cases))).scalars()
    starts = [table.c.message_id.startswith(f"<{key}.", autoescape=True) for key in rows]
    for batch in (starts[at : at + 200] for at in range(0, len(starts), 200)):
        gone["caught_mail"] += _delete(tx, table, _own(tx, table), sa.or_(*batch))


def _files(tx: Transaction, cases: Collection[int], sent: Iterable[int], gone: Counts) -> None:
    laid = table_of(CaseFile)
    with_case = sa.select(laid.c.file).where(_own(tx, laid), laid.c.case.in_(cases))
    keys = set(tx.execute(with_case).scalars())
    keys |= set(
        tx.execute(
            sa.select(_FILE.c.id).where(_own(tx, _FILE), _FILE.c.submission.in_(_unshared(tx, cases, sent)))
        ).scalars()
    )
    _pointing(tx, "file", keys, gone)
    gone["file"] += _delete(tx, _FILE, _own(tx, _FILE), _FILE.c.id.in_(keys))


def _unshared(tx: Transaction, cases: Collection[int], sent: Iterable[int]) -> list[int]:
    """Those that no other case rests on."""
    query = sa.select(_CASE.c.submission).where(_own(tx, _CASE), _CASE.c.id.not_in(cases))
    others = set(tx.execute(query.where(_CASE.c.submission.in_(list(sent)))).scalars())
    return [key for key in sent if key not in others]


def _pointing(tx: Transaction, target: str, keys: Collection[int], gone: Counts) -> None:
    """Every row of a table of its own that points at one of these rows, and what points at that."""
    for table, column in _pointers(target):
        query = sa.select(table.c[column]).where(_own(tx, table), table.c[column].in_(keys))
        if tx.execute(query.limit(1)).first() is None:
            continue
        if table.name in _LEADS_ON:
            inner = sa.select(table.c.id).where(_own(tx, table), table.c[column].in_(keys))
            _pointing(tx, table.name, list(tx.execute(inner).scalars()), gone)
        gone[table.name] += _delete(tx, table, _own(tx, table), table.c[column].in_(keys))


_STAY = frozenset({"event", "cases", "person", "submission", "file"})
"""These are dealt with by name."""


@cache
def _pointers(target: str) -> tuple[tuple[sa.Table, str], ...]:
    """The tables, those that depend on others first, with the column that points at ``target``."""
    return tuple(
        (
            table,
            next(iter(key.elements)).parent.name if len(key.elements) == 1 else key.elements[1].parent.name,
        )
        for table in reversed(METADATA.sorted_tables)
        for key in sorted(table.foreign_key_constraints, key=lambda item: str(item.name))
        if key.referred_table.name == target and table.name not in _STAY
    )


_LEADS_ON = frozenset(
    table.name
    for table in METADATA.sorted_tables
    if table.name not in _STAY
    and "id" in table.c
    and any(
        key.referred_table is table and other.name not in _STAY
        for other in METADATA.sorted_tables
        for key in other.foreign_key_constraints
    )
    and any(key.referred_table.name in ("cases", "person") for key in table.foreign_key_constraints)
)
"""Tables of a case or a person that others point at in their turn."""


def _forget_child(tx: Transaction, cases: Collection[int]) -> None:
    """A case that stays keeps how many belonged to it, or were collected for it, and not which."""
    bond, collected = table_of(CaseBond), table_of(Collected)
    for child, parent in ((bond.c.child, bond.c.parent), (collected.c.item, collected.c.gatherer)):
        mine = sa.and_(_own(tx, child.table), child.in_(cases), parent.not_in(cases))
        tx.execute(sa.update(child.table).where(mine).values({child.name: None}))


def _let_go(tx: Transaction, cases: Collection[int]) -> None:
    """Cases that stay and were opened from, or merged into, one that goes."""
    for column in (_CASE.c.parent, _CASE.c.merged_into):
        mine = sa.and_(_own(tx, _CASE), column.in_(cases))
        tx.execute(sa.update(_CASE).where(mine).values({column.name: None}))


def _silence(tx: Transaction, cases: Collection[int], *, loose: bool) -> int:
    """Take the content out of the history; ``loose``: the case goes too."""
    mine = sa.and_(_own(tx, _EVENT), _EVENT.c.stream.in_(cases))
    values: dict[str, Any] = {"sealed": None, **({"case": None} if loose else {})}
    return tx.execute(sa.update(_EVENT).where(mine).values(values)).rowcount


def _submissions(tx: Transaction, sent: Collection[int], gone: Counts) -> None:
    keys = _unshared(tx, (), sent)
    _pointing(tx, "submission", keys, gone)
    mine = sa.and_(_own(tx, _SUBMISSION), _SUBMISSION.c.id.in_(keys))
    tx.execute(sa.update(_SUBMISSION).where(mine).values(replaces=None))
    later = sa.and_(_own(tx, _SUBMISSION), _SUBMISSION.c.replaces.in_(keys))
    tx.execute(sa.update(_SUBMISSION).where(later).values(replaces=None))
    gone["submission"] += _delete(tx, _SUBMISSION, mine)


def _without_identity(
    tx: Transaction, sent: Collection[int], sealed: Mapping[int, bytes], gone: Counts
) -> None:
    mine = sa.and_(_own(tx, _SUBMISSION), _SUBMISSION.c.id.in_(sent))
    tx.execute(sa.update(_SUBMISSION).where(mine).values(replaces=None))
    for key, content in sealed.items():
        one = sa.and_(_own(tx, _SUBMISSION), _SUBMISSION.c.id == key)
        values = {
            "sealed": content,
            "by": None,
            "referrer_link": None,
            "token": f"gone:{key}",
            "body_hash": "",
        }
        tx.execute(sa.update(_SUBMISSION).where(one).values(values))
    rest = [key for key in _unshared(tx, (), sent) if key not in sealed]
    _pointing(tx, "submission", rest, gone)
    gone["submission"] += _delete(tx, _SUBMISSION, _own(tx, _SUBMISSION), _SUBMISSION.c.id.in_(rest))


def _delete(tx: Transaction, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    return tx.execute(sa.delete(table).where(_own(tx, table), *where)).rowcount


def _own(tx: Transaction, table: Any) -> sa.ColumnElement[bool]:
    own: sa.ColumnElement[bool] = table.c.municipality == tx.municipality
    return own
