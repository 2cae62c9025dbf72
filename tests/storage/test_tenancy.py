"""Can one municipality see or point at another's rows? Never, on either database, whoever forgets a `where`."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.storage.database import db, transaction
from app.storage.ids import new_account_id, new_id
from app.storage.models import METADATA, Absence, Account, Municipality, Neighbourhood
from tests.support.bound import MUNICIPALITY, NEIGHBOUR


def _account(municipality: str) -> str:
    account = new_account_id()
    with transaction(municipality) as tx:
        values = {"municipality": municipality, "id": account, "key": account, "name": "Iemand"}
        rest = {"email": f"{account}@{municipality}.example", "created_at": tx.now}
        tx.execute(sa.insert(Account), values | rest)
    return account


def test_every_key_begins_with_the_municipality() -> None:
    alone = {"municipality", "heartbeat"}
    for table in METADATA.tables.values():
        if table.name not in alone:
            assert next(iter(table.primary_key)).name == "municipality", table.name


def test_every_foreign_key_carries_the_municipality() -> None:
    for table in METADATA.tables.values():
        for key in table.foreign_key_constraints:
            assert key.columns.keys()[0] == "municipality", f"{table.name}: {key.name}"


def test_a_pointer_into_another_municipality_cannot_be_stored(store: Flask) -> None:
    stranger = _account(NEIGHBOUR)

    def point() -> None:
        with transaction(MUNICIPALITY) as tx:
            day = tx.now.date()
            who = {"municipality": MUNICIPALITY, "id": new_id(), "account": stranger}
            tx.execute(sa.insert(Absence), who | {"start_on": day, "end_on": day, "replacement": None})

    with pytest.raises(IntegrityError):
        point()


def test_a_select_that_forgets_the_municipality_sees_only_its_own(postgres_store: Flask) -> None:
    own, _ = _account(MUNICIPALITY), _account(NEIGHBOUR)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert [row.id for row in tx.execute(sa.select(Account.id))] == [own]
        assert tx.scalar(sa.text("select count(*) from account")) == 1


def test_a_write_into_another_municipality_is_refused_or_touches_nothing(postgres_store: Flask) -> None:
    stranger = _account(NEIGHBOUR)
    with transaction(MUNICIPALITY) as tx:
        assert tx.execute(sa.update(Account).values(name="x")).rowcount == 0
        assert tx.execute(sa.delete(Account).where(Account.id == stranger)).rowcount == 0

    def plant() -> None:
        with transaction(MUNICIPALITY) as tx:
            row = {"municipality": NEIGHBOUR, "id": "hun_dorp", "label": "Hun dorp"}
            tx.execute(sa.insert(Neighbourhood), row)

    with pytest.raises(DBAPIError, match="row-level security"):
        plant()


def test_a_connection_that_says_no_municipality_sees_nothing(postgres_store: Flask) -> None:
    _account(MUNICIPALITY)
    with transaction("", readonly=True) as tx:
        assert tx.execute(sa.select(Account.id)).all() == []


def test_the_setting_does_not_outlive_its_transaction(postgres_store: Flask) -> None:
    _account(MUNICIPALITY)
    with transaction(MUNICIPALITY, readonly=True):
        pass
    with db.engine.connect() as connection:
        assert connection.execute(sa.select(Account.id)).all() == []


def test_everybody_may_know_which_municipalities_live_here(store: Flask) -> None:
    with transaction("", readonly=True) as tx:
        assert {row.id for row in tx.execute(sa.select(Municipality.id))} == {MUNICIPALITY, NEIGHBOUR}


def test_nobody_renames_a_neighbour(postgres_store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        renamed = sa.update(Municipality).where(Municipality.id == NEIGHBOUR).values(name="x")
        assert tx.execute(renamed).rowcount == 0
