"""Is what was read given back when a transaction, and when a whole database, is done with?"""

from __future__ import annotations

import gc
from pathlib import Path
from weakref import ref

from flask import Flask

from app.storage.database import db, transaction
from tests.support.bound import MUNICIPALITY, bound, migrated

PLACE = ("submission", 7, "sealed")


def test_a_finished_transaction_is_not_held_by_the_keys_it_read(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        tx.sealer.seal(PLACE, b"x")
        connection = ref(tx.connection)
    del tx
    gc.collect()
    assert connection() is None
    with transaction(MUNICIPALITY) as tx:
        assert tx.sealer.open(PLACE, tx.sealer.seal(PLACE, b"x")) == b"x"


def test_a_database_nobody_uses_any_more_is_forgotten(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'own.sqlite'}"
    migrated(url)
    with bound(url):
        with transaction(MUNICIPALITY) as tx:
            tx.sealer.seal(PLACE, b"x")
        engine = ref(db.engine)
    del tx
    gc.collect()
    assert engine() is None
