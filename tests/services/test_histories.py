"""Is every way to rewrite what happened found? Many of each, in a database whose guards an intruder took off."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.services.safekeeping import histories
from app.services.safekeeping.histories import Outside
from app.storage import clock, history, ids
from app.storage.anchors import Anchor
from app.storage.database import Transaction, db, transaction
from app.storage.models import CaughtMail, Event
from tests.support import town as zandlede
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

TRIES = 60
"""Of each kind of attack, each in a transaction that is rolled back."""
STREAMS, LENGTH = 8, 6


class Undo(Exception):
    """The attack is over: take it back."""


@pytest.fixture
def histories_written(store: Flask) -> None:
    """The own log and eleven chains beside it, two hours ago; the guards are gone."""
    with transaction(MUNICIPALITY) as tx:
        earlier = tx.now - timedelta(hours=2)
        for stream in range(STREAMS):
            previous = ""
            for seq in range(1, LENGTH + 1):
                event = _event(tx, stream, seq, previous, f"happened_{seq}") | {"at": earlier}
                event["hash"] = previous = history.link(tx, event)
                tx.execute(sa.insert(Event).values(event))
    with db.engine.connect() as connection:
        tail = "" if connection.dialect.name == "sqlite" else " ON event"
        for name in ("event_kept", "event_unchanged", *([] if tail else ["event_sealed"])):
            connection.exec_driver_sql(f"DROP TRIGGER {name}{tail}")
        connection.commit()


def _event(tx: Transaction, stream: int, seq: int, previous: str, code: str) -> dict[str, Any]:
    return {
        "municipality": MUNICIPALITY,
        "id": ids.new_id(),
        "stream": stream,
        "seq": seq,
        "case": None,
        "at": tx.now,
        "by": "x",
        "code": code,
        "params": {"n": str(seq)},
        "sealed_hash": "",
        "previous": previous,
    }


Attack = Callable[[Transaction, random.Random], None]


def _one(stream: int, seq: int) -> sa.ColumnElement[bool]:
    return sa.and_(Event.municipality == MUNICIPALITY, Event.stream == stream, Event.seq == seq)


def _edit(tx: Transaction, dice: random.Random) -> None:
    values: dict[str, Any] = dice.choice(
        [{"by": "y"}, {"code": "other"}, {"params": {"n": "9"}}, {"sealed_hash": "0" * 64}]
    )
    tx.execute(
        sa.update(Event).where(_one(dice.randrange(STREAMS), dice.randint(1, LENGTH))).values(**values)
    )


def _delete(tx: Transaction, dice: random.Random) -> None:
    tx.execute(sa.delete(Event).where(_one(dice.randrange(STREAMS), dice.randint(1, LENGTH - 1))))


def _swap(tx: Transaction, dice: random.Random) -> None:
    stream, (a, b) = dice.randrange(STREAMS), dice.sample(range(1, LENGTH + 1), 2)
    for old, new in ((a, 99), (b, a), (99, b)):
        tx.execute(sa.update(Event).where(_one(stream, old)).values(seq=new))


def _insert(tx: Transaction, dice: random.Random) -> None:
    """A link that fits as well as somebody without the key can make it."""
    stream, after = dice.randrange(STREAMS), dice.randint(1, LENGTH - 1)
    previous: str = tx.scalar(sa.select(Event.hash).where(_one(stream, after)))
    for seq in range(LENGTH, after, -1):
        tx.execute(sa.update(Event).where(_one(stream, seq)).values(seq=seq + 1))
    forged = _event(tx, stream, after + 1, previous, "forged") | {"hash": f"{dice.getrandbits(256):064x}"}
    tx.execute(sa.insert(Event).values(forged))


def _cut(tx: Transaction, dice: random.Random) -> None:
    """The end of a chain, or all of it."""
    mine = (Event.municipality == MUNICIPALITY, Event.stream == dice.randrange(STREAMS))
    tx.execute(sa.delete(Event).where(*mine, Event.seq > dice.randrange(LENGTH)))


def _found(attack: Attack, seed: int, kept: Anchor | None) -> bool:
    """Whether the chain itself, or the anchor when one is given, shows the attack; which is taken back."""
    seen: list[bool] = []
    with contextlib.suppress(Undo), transaction(MUNICIPALITY) as tx:
        attack(tx, random.Random(seed))  # noqa: S311 - repeatable attacks
        broken = bool(history.verify_all(tx).breaks)
        seen.append(broken or (kept is not None and histories.differences(tx, kept) != ()))
        raise Undo
    return seen[0]


@pytest.mark.parametrize("attack", [_edit, _delete, _swap, _insert], ids=lambda attack: attack.__name__[1:])
def test_every_change_is_found_in_the_chain_itself(histories_written: None, attack: Attack) -> None:
    assert not histories.verify(MUNICIPALITY).breaks
    assert sum(_found(attack, seed, None) for seed in range(TRIES)) == TRIES


def test_every_cut_is_found_beside_an_anchor_and_without_one_not(histories_written: None) -> None:
    kept = histories.anchor(MUNICIPALITY)
    assert (kept.streams, kept.events) == (STREAMS, STREAMS * LENGTH)
    assert sum(_found(_cut, seed, kept) for seed in range(TRIES)) == TRIES
    assert sum(_found(_cut, seed, None) for seed in range(TRIES)) == 0


def test_a_break_is_named_by_its_chain_and_its_place(histories_written: None) -> None:
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Event).where(_one(7, 3)).values(by="y"))
        tx.execute(sa.update(Event).where(_one(0, 5)).values(by="y"))
    found = histories.verify(MUNICIPALITY)
    assert found.breaks == ((0, 5), (7, 3))
    assert (found.streams, found.events) == (STREAMS, STREAMS * LENGTH)


def test_an_anchor_of_then_still_fits_when_the_histories_have_grown(histories_written: None) -> None:
    kept = histories.read("2026-11-22 03:00:01 anchor " + histories.line(histories.anchor(MUNICIPALITY)))
    with transaction(MUNICIPALITY) as tx:
        history.append(tx, None, "signed_in")
    assert histories.compare(kept) == ()
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.delete(Event).where(_one(4, LENGTH)))
    assert histories.compare(kept) == ("events", "digest")


def test_every_night_an_anchor_goes_to_a_file_and_to_an_address(
    town: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "anchors.txt"
    histories.configure(Outside(file, "anker@elders.example"))
    try:
        zandlede.send_card()
        assert histories.plan_all() == 2
        assert histories.plan_all() == 0
        with clock.shifted(timedelta(days=1)):
            zandlede.settle()
            kept = histories.read_all(file.read_text().splitlines())
            assert {one.municipality for one in kept} == {MUNICIPALITY, NEIGHBOUR}
            assert [histories.compare(one) for one in kept] == [(), ()]
        assert all(histories.line(one) in caplog.text for one in kept)
        with transaction(MUNICIPALITY, readonly=True) as tx:
            mail = tx.execute(
                sa.select(CaughtMail.body).where(
                    CaughtMail.municipality == MUNICIPALITY, CaughtMail.recipient == "anker@elders.example"
                )
            ).scalar_one()
        mailed = next(iter(histories.read_all(mail.replace("=\n", "").splitlines())))
        assert mailed == next(one for one in kept if one.municipality == MUNICIPALITY)
        assert "Maria" not in mail
    finally:
        histories.configure(Outside())
