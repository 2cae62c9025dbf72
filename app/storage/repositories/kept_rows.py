"""Who may never get a case? Kept sealed, found by a keyed hash of the account."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, insert_into, table_of
from app.storage.models import KeptFrom, Task
from app.storage.ready import insert_rows

_KEPT = table_of(KeptFrom)
_TASK = table_of(Task)
Said = Mapping[str, bool]
"""Account -> whether that was taken back."""


def of_case(tx: Transaction, case: int) -> dict[str, bool]:
    """What was said of a case."""
    return of_cases(tx, [case]).get(case, {})


def of_cases(tx: Transaction, cases: Collection[int]) -> dict[int, dict[str, bool]]:
    """What was said of these cases; one of which nothing was said is missing."""
    query = sa.select(_KEPT.c.case, _KEPT.c.who, _KEPT.c.sealed, _KEPT.c.lifted).where(
        _KEPT.c.municipality == tx.municipality, _KEPT.c.case.in_(cases)
    )
    found: dict[int, dict[str, bool]] = {}
    for row in tx.execute(query):
        account = tx.sealer.open(_place(row.case, row.who), row.sealed).decode()
        found.setdefault(row.case, {})[account] = row.lifted
    return found


def put(tx: Transaction, case: int, said: Said) -> None:
    """Say it of a case; what was said of the same account before is replaced."""
    rows = []
    for account, lifted in sorted(said.items()):
        who = _who(tx, account)
        sealed = tx.sealer.seal(_place(case, who), account.encode())
        rows.append(
            {"municipality": tx.municipality, "case": case, "who": who, "sealed": sealed, "lifted": lifted}
        )
    insert_rows(tx, _say(tx.dialect), rows)


@cache
def _say(dialect: str) -> sa.Insert:
    statement = insert_into(dialect, _KEPT)
    return statement.on_conflict_do_update(
        index_elements=["municipality", "case", "who"], set_={"lifted": statement.excluded.lifted}
    )


def not_from(tx: Transaction, account: str, case: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """In a query: ``account`` may get ``case``."""
    return ~sa.exists().where(
        _KEPT.c.municipality == tx.municipality,
        _KEPT.c.case == case,
        _KEPT.c.who == _who(tx, account),
        ~_KEPT.c.lifted,
    )


def hidden_tasks(tx: Transaction, account: str) -> list[dict[str, Any]]:
    """The open tasks of cases that ``account`` may never get: those that lists leave out and counts must too."""
    cases = sa.select(_KEPT.c.case).where(
        _KEPT.c.municipality == tx.municipality, _KEPT.c.who == _who(tx, account), ~_KEPT.c.lifted
    )
    mine = sa.and_(_TASK.c.municipality == tx.municipality, _TASK.c.state == "open", _TASK.c.case.in_(cases))
    return [dict(row) for row in tx.execute(sa.select(_TASK).where(mine)).mappings()]


def _who(tx: Transaction, account: str) -> str:
    return tx.sealer.index("kept_from", account)


def _place(case: int, who: str) -> tuple[str, str, str]:
    return ("kept_from", f"{case}:{who}", "sealed")
