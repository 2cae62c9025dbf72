"""How is a batch of moving cases written and read?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import Account, Case, Move, MovedCase
from app.storage.ready import insert_rows

Row = Mapping[str, Any]
_MOVE = table_of(Move)
_ITEM = table_of(MovedCase)
_CASE = table_of(Case)


def running(tx: Transaction) -> list[tuple[str, int, str, int, str, int]]:
    """Workflow, its version, form, its version, state and how many open cases stand there."""
    columns = (_CASE.c.workflow, _CASE.c.workflow_version, _CASE.c.form, _CASE.c.form_version, _CASE.c.state)
    query = (
        sa.select(*columns, sa.func.count())
        .where(_CASE.c.municipality == tx.municipality, _CASE.c.closed_at.is_(None))
        .group_by(*columns)
        .order_by(*columns)
    )
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in tx.execute(query)]


def open_cases(tx: Transaction, workflow: str, pins: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Key, workflow version and state of the open cases on these (workflow version, form version), oldest first."""
    chosen = [sa.and_(_CASE.c.workflow_version == flow, _CASE.c.form_version == form) for flow, form in pins]
    query = (
        sa.select(_CASE.c.id, _CASE.c.workflow_version, _CASE.c.state)
        .where(
            _CASE.c.municipality == tx.municipality,
            _CASE.c.workflow == workflow,
            _CASE.c.closed_at.is_(None),
            sa.or_(sa.false(), *chosen),
        )
        .order_by(_CASE.c.id)
    )
    return [(row[0], row[1], row[2]) for row in tx.execute(query)]


# Batches ---------------------------------------------------------------------------------------------------


def insert(tx: Transaction, values: Row, items: Sequence[Row]) -> None:
    """A new batch with its cases."""
    insert_rows(tx, _MOVE, [values])
    insert_rows(tx, _ITEM, items)


def get(tx: Transaction, move: int, *, lock: bool = False) -> dict[str, Any] | None:
    """One batch with the ``name`` of who had its last step done."""
    query = _named(tx).where(_MOVE.c.id == move)
    row = tx.execute(query.with_for_update(of=_MOVE) if lock else query).mappings().first()
    return dict(row) if row else None


def latest(tx: Transaction, *, most: int = 20) -> list[dict[str, Any]]:
    """The last batches as ``get`` gives them, newest first."""
    query = _named(tx).order_by(_MOVE.c.id.desc()).limit(most)
    return [dict(row) for row in tx.execute(query).mappings()]


def _named(tx: Transaction) -> sa.Select[*tuple[Any, ...]]:
    author = sa.and_(Account.municipality == _MOVE.c.municipality, Account.id == _MOVE.c.author)
    query = sa.select(_MOVE, sa.func.coalesce(Account.name, "").label("name"))
    return query.select_from(_MOVE).outerjoin(Account, author).where(_MOVE.c.municipality == tx.municipality)


def begin_step(tx: Transaction, move: int, values: Row) -> None:
    """What is done with the batch from now on, and by whom."""
    tx.execute(
        sa.update(_MOVE)
        .where(_MOVE.c.municipality == tx.municipality, _MOVE.c.id == move)
        .values(dict(values))
    )


# Their cases -----------------------------------------------------------------------------------------------


def tally(tx: Transaction, move: int) -> dict[tuple[str, str], int]:
    """How many cases of a batch stand where, for which reason."""
    query = (
        sa.select(_ITEM.c.standing, _ITEM.c.reason, sa.func.count())
        .where(_ITEM.c.municipality == tx.municipality, _ITEM.c.move == move)
        .group_by(_ITEM.c.standing, _ITEM.c.reason)
    )
    return {(row[0], row[1]): row[2] for row in tx.execute(query)}


def keys(tx: Transaction, move: int, standing: str) -> list[int]:
    """The cases of a batch that stand there, oldest first."""
    query = sa.select(_ITEM.c.case).where(
        _ITEM.c.municipality == tx.municipality, _ITEM.c.move == move, _ITEM.c.standing == standing
    )
    return list(tx.execute(query.order_by(_ITEM.c.case)).scalars())


def item(tx: Transaction, move: int, case: int, *, lock: bool = False) -> dict[str, Any] | None:
    """One case of a batch."""
    query = sa.select(_ITEM).where(
        _ITEM.c.municipality == tx.municipality, _ITEM.c.move == move, _ITEM.c.case == case
    )
    row = tx.execute(query.with_for_update() if lock else query).mappings().first()
    return dict(row) if row else None


def page(tx: Transaction, move: int, *, first: int, most: int) -> list[dict[str, Any]]:
    """Cases of a batch with their ``number``, from place ``first`` on."""
    query = (
        sa.select(_ITEM, _CASE.c.number)
        .join(_CASE, sa.and_(_CASE.c.municipality == _ITEM.c.municipality, _CASE.c.id == _ITEM.c.case))
        .where(_ITEM.c.municipality == tx.municipality, _ITEM.c.move == move)
        .order_by(_CASE.c.number)
        .offset(first)
        .limit(most)
    )
    return [dict(row) for row in tx.execute(query).mappings()]


def settle(tx: Transaction, item: Row, values: Row) -> bool:
    """Write what became of a case; False when it no longer stands where ``item`` says."""
    statement = sa.update(_ITEM).where(
        _ITEM.c.municipality == tx.municipality,
        _ITEM.c.move == item["move"],
        _ITEM.c.case == item["case"],
        _ITEM.c.standing == item["standing"],
    )
    return tx.execute(statement.values(dict(values))).rowcount == 1
