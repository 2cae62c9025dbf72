"""Does everything that was promised happen, once, however often somebody dies on the way?"""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.storage import clock, outbox
from app.storage.database import transaction
from app.storage.models import Outbox
from app.storage.outbox import HINT_AGAIN, LEASE, MOST_ATTEMPTS, Leased
from tests.support.bound import MUNICIPALITY, NEIGHBOUR


def _promise(key: str, *, minutes: int = 0, municipality: str = MUNICIPALITY) -> int:
    with transaction(municipality) as tx:
        made = outbox.emit(tx, "mail", key, {"case": "1"}, tx.now + timedelta(minutes=minutes))
    assert made is not None
    return made


def _claim(*ids: int) -> list[Leased]:
    with transaction(MUNICIPALITY) as tx:
        return outbox.claim(tx, ids)


def _due() -> list[int]:
    with transaction(MUNICIPALITY) as tx:
        return [row.id for row in outbox.due(tx)]


def _set(row: int, **values: object) -> None:
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Outbox).where(Outbox.id == row).values(**values))


def _state(row: int) -> str:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        return str(tx.scalar(sa.select(Outbox.state).where(Outbox.id == row)))


def test_the_same_promise_is_made_once(store: Flask) -> None:
    _promise("receipt:1")
    with transaction(MUNICIPALITY) as tx:
        assert outbox.emit(tx, "mail", "receipt:1", {}) is None
        assert outbox.emit(tx, "mail", "receipt:2", {}) is not None
    _promise("receipt:1", municipality=NEIGHBOUR)


def test_a_promise_made_in_a_transaction_that_fails_was_never_made(store: Flask) -> None:
    def fails() -> None:
        with transaction(MUNICIPALITY) as tx:
            outbox.emit(tx, "mail", "x", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert _due() == []


def test_what_is_due_first_comes_first_and_what_is_not_due_stays(store: Flask) -> None:
    later, first, second = (
        _promise("c", minutes=9),
        _promise("a", minutes=-2),
        _promise("b", minutes=-1),
    )
    assert _due() == [first, second]
    assert [row.id for row in _claim(second, later, first)] == [first, second]


def test_a_timer_comes_due_when_the_shifted_clock_says_so(store: Flask) -> None:
    timer = _promise("timer", minutes=60 * 24)
    assert _due() == []
    with clock.shifted(timedelta(days=2)):
        assert _due() == [timer]


def test_what_was_hinted_is_left_alone_for_five_seconds(store: Flask) -> None:
    row = _promise("a")
    assert _due() == [row]
    assert _due() == []
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Outbox).values(hinted_at=tx.instant - 2 * HINT_AGAIN))
    with transaction(MUNICIPALITY) as tx:
        assert [(item.id, item.hinted) for item in outbox.due(tx)] == [(row, True)]


def test_only_one_worker_holds_a_row(store: Flask) -> None:
    row = _promise("a")
    assert len(_claim(row)) == 1
    assert _claim(row) == []
    assert _due() == []


def test_a_row_of_a_worker_that_died_is_free_again_after_its_lease(store: Flask) -> None:
    row = _promise("a")
    dead = _claim(row)[0]
    with transaction(MUNICIPALITY) as tx:
        _expire = sa.update(Outbox).values(lease_until=tx.instant - timedelta(seconds=1))
        tx.execute(_expire)
    heir = _claim(row)[0]
    assert heir.attempts == 2
    with transaction(MUNICIPALITY) as tx:
        assert not outbox.complete(tx, dead)
        assert outbox.complete(tx, heir)
    assert _state(row) == "done"
    with transaction(MUNICIPALITY) as tx:
        assert not outbox.complete(tx, heir)


def test_an_effect_whose_lease_was_lost_can_be_rolled_back(store: Flask) -> None:
    row = _promise("a")
    leased = _claim(row)[0]
    _set(row, state="cancelled")
    with transaction(MUNICIPALITY) as tx:
        assert not outbox.complete(tx, leased)
    assert _state(row) == "cancelled"


def test_a_failure_is_tried_again_later_and_later_and_then_given_up(store: Flask) -> None:
    row = _promise("a")
    waits = []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        leased = _claim(row)[0]
        assert leased.attempts == attempt
        with transaction(MUNICIPALITY) as tx:
            dead = outbox.fail(tx, leased, "SMTPServerDisconnected")
            due_at = tx.scalar(sa.select(Outbox.due_at).where(Outbox.id == row))
            waits.append((due_at - tx.now).total_seconds())
            assert dead == (attempt == MOST_ATTEMPTS)
            if not dead:
                tx.execute(sa.update(Outbox).values(due_at=tx.now))
    assert _state(row) == "dead"
    assert 1 < waits[0] < 3
    assert max(waits) <= 3600 * 1.2
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert outbox.count_dead(tx) == 1


def test_a_refusal_is_final_at_once(store: Flask) -> None:
    row = _promise("a")
    with transaction(MUNICIPALITY) as tx:
        outbox.refuse(tx, outbox.claim(tx, [row])[0], "SMTPRecipientsRefused")
    assert _state(row) == "dead"
    assert _due() == []


def test_a_lease_can_be_held_longer(store: Flask) -> None:
    row = _promise("a")
    leased = _claim(row)[0]
    with transaction(MUNICIPALITY) as tx:
        assert outbox.extend(tx, leased)
        until = tx.scalar(sa.select(Outbox.lease_until).where(Outbox.id == row))
        assert until == tx.instant + LEASE


def test_another_municipalitys_rows_are_neither_seen_nor_claimed(store: Flask) -> None:
    theirs = _promise("a", municipality=NEIGHBOUR)
    assert _due() == []
    assert _claim(theirs) == []


def test_how_long_the_oldest_has_waited_can_be_told(store: Flask) -> None:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert outbox.oldest_due(tx) is None
    _promise("later", minutes=5)
    _promise("waiting", minutes=-5)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        oldest = outbox.oldest_due(tx)
        assert oldest is not None
        assert timedelta(minutes=4) < tx.now - oldest < timedelta(minutes=6)
