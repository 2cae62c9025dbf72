"""Is a row written the quick way the same row, with the same refusals?"""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.storage import ids
from app.storage.database import ReadOnly, Transaction, table_of, transaction
from app.storage.models import Outbox
from app.storage.ready_inserts import insert_rows
from tests.support.bound import MUNICIPALITY

_TABLE = table_of(Outbox)


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
