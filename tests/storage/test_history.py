"""Can what happened be rewritten without anybody seeing it?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.storage import history
from app.storage.database import Transaction, db, transaction
from app.storage.models import Event
from tests.support.bound import MUNICIPALITY, NEIGHBOUR


@pytest.fixture
def chain(store: Flask) -> list[int]:
    """Five events in the municipality's own log, guards taken off as an intruder with the database would."""
    with transaction(MUNICIPALITY) as tx:
        made = [
            history.append(
                tx, None, "signed_in", {"account": str(n)}, by="x", content={"secret": f"Maria {n}"}
            )
            for n in range(5)
        ]
    with db.engine.connect() as connection:
        tail = "" if connection.dialect.name == "sqlite" else " ON event"
        names = (
            ("event_kept", "event_unchanged", "event_sealed")
            if not tail
            else ("event_kept", "event_unchanged")
        )
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}{tail}")
        connection.commit()
    return made


def _break_and_verify(*statements: sa.Executable) -> int | None:
    with transaction(MUNICIPALITY) as tx:
        for statement in statements:
            tx.execute(statement)
        return history.verify(tx, None)


def test_a_chain_nobody_touched_is_whole(chain: list[int]) -> None:
    assert _break_and_verify() is None
    with transaction(MUNICIPALITY, readonly=True) as tx:
        entries = history.entries(tx, None)
    assert [entry.seq for entry in entries] == [5, 4, 3, 2, 1]
    assert entries[0].content == {"secret": "Maria 4"}
    assert entries[-1].params == {"account": "0"}


def test_an_edit_shows_at_its_place(chain: list[int]) -> None:
    assert _break_and_verify(sa.update(Event).where(Event.id == chain[2]).values(by="somebody_else")) == 3


def test_a_removed_link_shows(chain: list[int]) -> None:
    assert _break_and_verify(sa.delete(Event).where(Event.id == chain[1])) == 2


def test_a_swap_shows(chain: list[int]) -> None:
    swap = [
        sa.update(Event).where(Event.id == chain[1]).values(seq=99),
        sa.update(Event).where(Event.id == chain[2]).values(seq=2),
        sa.update(Event).where(Event.id == chain[1]).values(seq=3),
    ]
    assert _break_and_verify(*swap) == 2


def test_other_content_shows(chain: list[int]) -> None:
    assert _break_and_verify(sa.update(Event).where(Event.id == chain[3]).values(sealed=b"other")) == 4


def test_erased_content_leaves_the_chain_whole(store: Flask) -> None:
    with transaction(MUNICIPALITY) as tx:
        event = history.append(tx, None, "note", content="Geheim")
        tx.execute(sa.update(Event).where(Event.id == event).values(sealed=None))
        assert history.verify(tx, None) is None
        assert history.entries(tx, None)[0].content is None


def test_a_cut_tail_shows_beside_a_head_kept_elsewhere(chain: list[int]) -> None:
    with transaction(MUNICIPALITY) as tx:
        kept = history.head(tx, None)
        tx.execute(sa.delete(Event).where(Event.id == chain[-1]))
        assert history.verify(tx, None) is None
        assert history.head(tx, None) != kept


def test_content_is_not_readable_in_the_database(chain: list[int]) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        stored = [bytes(row.sealed) for row in tx.execute(sa.select(Event.sealed))]
    assert not any(b"Maria" in sealed for sealed in stored)


def test_each_municipality_has_a_chain_of_its_own(store: Flask) -> None:
    def write(tx: Transaction) -> tuple[int, str]:
        history.append(tx, None, "published", {"definition": "kaart"})
        return history.head(tx, None)

    with transaction(MUNICIPALITY) as tx:
        ours = write(tx)
    with transaction(NEIGHBOUR) as tx:
        theirs = write(tx)
    assert ours[0] == theirs[0] == 1
    assert ours[1] != theirs[1]
