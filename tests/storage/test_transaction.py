"""Does a use case happen wholly, once, and in one municipality?"""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.storage import clock
from app.storage.database import (
    NestedTransaction,
    ReadOnly,
    StorageRefused,
    Unavailable,
    assert_fit,
    db,
    in_transaction,
    reading,
    transaction,
)
from app.storage.engines import SQLITE_PRAGMAS
from app.storage.models import Heartbeat, Neighbourhood
from tests.support.bound import MUNICIPALITY, bound


def _add(name: str) -> None:
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.insert(Neighbourhood), {"municipality": MUNICIPALITY, "id": name, "label": name})


def _names() -> list[str]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return sorted(row.id for row in tx.execute(sa.select(Neighbourhood.id)))


def test_all_of_it_or_nothing(store: Flask) -> None:
    def fails() -> None:
        with transaction(MUNICIPALITY) as tx:
            tx.execute(sa.insert(Neighbourhood), {"municipality": MUNICIPALITY, "id": "a", "label": "A"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert _names() == []
    _add("b")
    assert _names() == ["b"]


def test_a_transaction_inside_another_is_a_mistake(store: Flask) -> None:
    with transaction(MUNICIPALITY), pytest.raises(NestedTransaction), transaction(MUNICIPALITY):
        pass
    assert not in_transaction()
    _add("afterwards")


def test_reading_joins_the_transaction_it_is_in(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx, reading(MUNICIPALITY) as same:
        assert same is tx
    with reading(MUNICIPALITY) as other:
        assert other.readonly


def test_hooks_run_after_the_commit_and_only_then(store: Flask) -> None:
    seen: list[list[str]] = []
    with transaction(MUNICIPALITY) as tx:
        tx.on_commit(lambda: seen.append(_names()))
        tx.execute(sa.insert(Neighbourhood), {"municipality": MUNICIPALITY, "id": "a", "label": "A"})
        assert seen == []
    assert seen == [["a"]]

    def fails() -> None:
        with transaction(MUNICIPALITY) as tx:
            tx.on_commit(lambda: seen.append([]))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert len(seen) == 1


def test_a_hook_that_fails_takes_nothing_back(store: Flask) -> None:
    after: list[int] = []
    with transaction(MUNICIPALITY) as tx:
        tx.on_commit(lambda: [][0])
        tx.on_commit(lambda: after.append(1))
        tx.execute(sa.insert(Neighbourhood), {"municipality": MUNICIPALITY, "id": "a", "label": "A"})
    assert _names() == ["a"]
    assert after == [1]


def test_a_transaction_that_only_reads_refuses_to_write(store: Flask) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx, pytest.raises(ReadOnly):
        tx.execute(sa.delete(Neighbourhood))


def test_insert_new_says_whether_it_was_new_and_never_breaks_the_transaction(store: Flask) -> None:
    values = {"municipality": MUNICIPALITY, "id": "a", "label": "A"}
    with transaction(MUNICIPALITY) as tx:
        assert tx.insert_new(Neighbourhood, values)
        assert not tx.insert_new(Neighbourhood, values)
        tx.execute(sa.insert(Neighbourhood), {**values, "id": "b"})
    assert _names() == ["a", "b"]


def test_a_name_that_is_no_slug_never_reaches_the_database(store: Flask) -> None:
    with pytest.raises(ValueError, match="municipality"), transaction("x'; drop table cases --"):
        pass


def test_now_stands_still_within_a_transaction_and_carries_the_shift(store: Flask) -> None:
    with clock.shifted(timedelta(days=3)), transaction(MUNICIPALITY) as tx:
        assert tx.now == tx.now
        assert tx.now - tx.instant == timedelta(days=3)


def test_two_writers_lose_no_update(store: Flask) -> None:
    """Read, add one, write: eight threads, each in transactions of its own."""
    with transaction(MUNICIPALITY) as tx:
        tx.execute(
            sa.insert(Neighbourhood), {"municipality": MUNICIPALITY, "id": "n", "label": "N", "position": 0}
        )

    def add() -> None:
        with store.app_context():
            for _ in range(5):
                with transaction(MUNICIPALITY) as tx:
                    query = sa.select(Neighbourhood.position).with_for_update()
                    position = tx.scalar(query)
                    tx.execute(sa.update(Neighbourhood).values(position=position + 1))

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.scalar(sa.select(Neighbourhood.position)) == 40


def test_sqlite_is_opened_so_that_commits_survive(sqlite_store: Flask) -> None:
    with db.engine.connect() as connection:
        for name, wanted in SQLITE_PRAGMAS.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == wanted


def test_a_sqlite_database_without_write_ahead_log_is_refused() -> None:
    with bound("sqlite://"), pytest.raises(StorageRefused) as refused:
        assert_fit()
    assert "journal_mode" in str(refused.value)


def test_a_superuser_is_refused_in_production(postgres_url: str) -> None:
    with bound(postgres_url, environment="production"):
        assert_fit()
    mighty = postgres_url.replace(f"//{sa.make_url(postgres_url).username}@", "//postgres@")
    with bound(mighty, environment="production"), pytest.raises(StorageRefused):
        assert_fit()
    with bound(mighty):
        assert_fit()


def test_a_pooled_connection_that_died_is_replaced_unseen(postgres_store: Flask) -> None:
    _add("a")
    other = sa.create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.execute(
            sa.text(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where pid <> pg_backend_pid() and datname = current_database()"
            )
        )
    other.dispose()
    assert _names() == ["a"]


def test_a_database_nobody_answers_at_is_unavailable() -> None:
    with bound("postgresql+psycopg://nobody@127.0.0.1:1/none"):
        with pytest.raises(Unavailable), transaction(MUNICIPALITY):
            pass
        assert not in_transaction()


def test_the_installation_has_a_few_rows_of_its_own(store: Flask) -> None:
    with transaction("") as tx:
        assert tx.insert_new(Heartbeat, {"name": "worker-1", "at": tx.instant})


def test_a_commit_that_fails_leaves_nothing_behind_that_the_next_one_trips_over(store: Flask) -> None:
    class Gone(BaseException):
        pass

    def die(_: sa.Connection) -> None:
        raise Gone

    sa.event.listen(db.engine, "commit", die)
    try:
        with pytest.raises(Gone):
            _add("a")
    finally:
        sa.event.remove(db.engine, "commit", die)
    for name in ("b", "c", "d"):
        _add(name)
    assert _names() == ["b", "c", "d"]
