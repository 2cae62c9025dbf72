"""Does a statement that is made ready write the same rows as usual, with the same answers and refusals?"""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.storage import ids
from app.storage.database import ReadOnly, Transaction, insert_into, table_of, transaction
from app.storage.models import Outbox
from app.storage.ready import MOST_ROWS, answered, first, insert_rows, write
from tests.support.bound import MUNICIPALITY

_TABLE = table_of(Outbox)
_RENAME = (
    sa.update(_TABLE)
    .where(_TABLE.c.municipality == sa.bindparam("town"), _TABLE.c.idem_key == sa.bindparam("old"))
    .values(idem_key=sa.bindparam("new"), attempts=_TABLE.c.attempts + 3)
)
_NAMED = sa.select(_TABLE.c.due_at, _TABLE.c.payload, _TABLE.c.case.label("about")).where(
    _TABLE.c.municipality == sa.bindparam("town"), _TABLE.c.idem_key == sa.bindparam("name")
)


def _row(tx: Transaction, name: str, **more: Any) -> dict[str, Any]:
    return {
        "municipality": tx.municipality,
        "id": ids.new_id(),
        "kind": "timer",
        "idem_key": name,
        "payload": {"case": "é", "list": [1]},
        "due_at": tx.now,
        "state": "pending",
        "case": None,
        "key": "",
        "task_key": "",
        "created_at": tx.now,
        **more,
    }


def test_a_row_is_written_as_the_usual_insert_writes_it(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        row = _row(tx, "quick")
        insert_rows(tx, _TABLE, [row])
        tx.execute(sa.insert(_TABLE), row | {"id": ids.new_id(), "idem_key": "usual"})
    with transaction(MUNICIPALITY, readonly=True) as tx:
        query = sa.select(_TABLE).where(_TABLE.c.idem_key.in_(["quick", "usual"])).order_by(_TABLE.c.id)
        quick, usual = [dict(found) for found in tx.execute(query).mappings()]
    assert quick.pop("idem_key") != usual.pop("idem_key")
    assert quick.pop("id") < usual.pop("id")
    assert quick == usual


def test_several_rows_are_all_written_and_none_when_one_is_refused(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        insert_rows(tx, _TABLE, [_row(tx, f"row {number}") for number in range(3)])
    with pytest.raises(sa.exc.IntegrityError) as refused, transaction(MUNICIPALITY) as tx:
        insert_rows(tx, _TABLE, [_row(tx, "new"), _row(tx, "row 1")])
    assert "é" not in str(refused.value)  # what was written never reaches a log
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(_TABLE)) == 3


def test_a_transaction_that_only_reads_refuses(store: Flask) -> None:
    with pytest.raises(ReadOnly), transaction(MUNICIPALITY, readonly=True) as tx:
        insert_rows(tx, _TABLE, [_row(tx, "never")])
    with pytest.raises(ReadOnly), transaction(MUNICIPALITY, readonly=True) as tx:
        write(tx, _RENAME, {"town": tx.municipality, "old": "never", "new": "ever"})


def test_more_rows_than_one_statement_takes_are_all_written(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        insert_rows(tx, _TABLE, [_row(tx, f"row {number}") for number in range(MOST_ROWS + 1)])
        insert_rows(tx, _TABLE, [])
        assert tx.scalar(sa.select(sa.func.count()).select_from(_TABLE)) == MOST_ROWS + 1


def test_numbers_written_in_a_statement_are_bound_beside_the_values(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        insert_rows(tx, _TABLE, [_row(tx, "first"), _row(tx, "second")])
        write(tx, _RENAME, {"town": tx.municipality, "old": "first", "new": "renamed"})
        query = sa.select(_TABLE.c.idem_key, _TABLE.c.attempts).order_by(_TABLE.c.idem_key)
        assert [tuple(row) for row in tx.execute(query)] == [("renamed", 3), ("second", 0)]


def test_an_insert_answers_whether_its_key_was_taken(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        unless_taken = insert_into(tx.dialect, _TABLE).on_conflict_do_nothing().returning(_TABLE.c.id)
        row = _row(tx, "once")
        assert answered(tx, unless_taken, row) == (row["id"],)
        assert answered(tx, unless_taken, _row(tx, "once")) is None
        assert tx.scalar(sa.select(_TABLE.c.id)) == row["id"]  # and the transaction goes on


def test_a_query_reads_what_the_usual_one_reads(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        insert_rows(tx, _TABLE, [_row(tx, "asked")])
    values = {"town": MUNICIPALITY, "name": "asked"}
    with transaction(MUNICIPALITY, readonly=True) as tx:
        usual = tx.execute(_NAMED, values).one()
        row = first(tx, _NAMED, values)
        assert (row.due_at, row.payload, row.about) == (usual.due_at, usual.payload, usual.about)
        assert row.due_at.tzinfo is not None
        assert first(tx, _NAMED, {**values, "name": "nobody"}) is None


def test_a_list_of_values_is_refused_as_its_text_differs_each_time(store: Flask) -> None:
    among = sa.delete(_TABLE).where(_TABLE.c.id.in_(sa.bindparam("ids", expanding=True)))
    with pytest.raises(TypeError), transaction(MUNICIPALITY) as tx:
        write(tx, among, {"ids": [1, 2]})
