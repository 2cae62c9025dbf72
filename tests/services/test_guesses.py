"""Must who guesses wait longer each time, and is nobody shut out by what somebody else does?"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Actor
from app.services.access import accounts, guesses, protection, sessions, signing_in
from app.services.access.accounts import NewAccount
from app.services.access.guesses import Gate
from app.services.access.signing_in import FROM_ONE_PLACE, IN_A_KNOWN_BROWSER, IN_ALL, Browser
from app.services.errors import Invalid
from app.storage.database import transaction
from app.storage.models import Outbox, Session, WrongTry
from app.storage.repositories import guess_rows
from tests.support.bound import MUNICIPALITY

EMAIL = "joris.maes@zandlede.example"
PASSWORD = "vier losse woorden hier"
OPERATOR = accounts.operator(MUNICIPALITY)
HERE = Browser("192.0.2.1")


@pytest.fixture
def joris(store: Flask) -> Actor:
    """A contact person with a password."""
    new = NewAccount("Joris Maes", EMAIL, ("contact",), PASSWORD)
    return Actor(accounts.create(OPERATOR, new), MUNICIPALITY, "Joris Maes", frozenset({"contact"}))


def _sign_in(ip: str = "") -> str:
    return signing_in.by_password(MUNICIPALITY, EMAIL, PASSWORD, Browser(ip)).key


def _age(by: timedelta, column: str = "seen_at") -> None:
    """Let all sessions be older."""
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Session).values({column: tx.instant - by}))


def _wait_over() -> None:
    """Let every wait be over."""
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(WrongTry).values(until=tx.instant))


def _guess(times: int, browser: Browser = HERE, email: str = EMAIL) -> None:
    for _ in range(times):
        with pytest.raises(Invalid) as refused:
            signing_in.by_password(MUNICIPALITY, email, "fout wachtwoord", browser)
        assert refused.value.code == "sign_in_failed"


def test_guessing_must_wait_longer_each_time_even_with_the_right_password(joris: Actor) -> None:
    _guess(FROM_ONE_PLACE)
    waits = []
    for _ in range(6):
        with pytest.raises(Invalid) as refused:
            _sign_in("192.0.2.1")
        assert refused.value.code == "sign_in_too_many"
        waits.append(int(refused.value.params["minutes"]))
        _wait_over()
        _guess(1)
    assert waits == [1, 2, 4, 8, 15, 15]
    _wait_over()
    assert _sign_in("192.0.2.1")
    _guess(FROM_ONE_PLACE - 1)  # what was right once begins anew
    assert _sign_in("192.0.2.1")


def test_a_stranger_who_guesses_never_shuts_a_colleague_out(joris: Actor) -> None:
    at_the_desk = signing_in.by_password(MUNICIPALITY, EMAIL, PASSWORD, Browser("198.51.100.7"))
    for place in range(IN_ALL // FROM_ONE_PLACE):
        _guess(FROM_ONE_PLACE, Browser(f"192.0.2.{place}"))
    with pytest.raises(Invalid):  # from a place and in a browser that nobody knows
        _sign_in("203.0.113.9")
    assert _sign_in("198.51.100.7")  # where they sat before
    moved = Browser("203.0.113.9", mark=at_the_desk.mark)
    assert signing_in.by_password(MUNICIPALITY, EMAIL, PASSWORD, moved)  # in the browser they used before
    _guess(IN_A_KNOWN_BROWSER, moved)
    with pytest.raises(Invalid) as refused:
        signing_in.by_password(MUNICIPALITY, EMAIL, PASSWORD, moved)
    assert refused.value.code == "sign_in_too_many"


def test_a_place_that_tries_many_addresses_must_wait(joris: Actor) -> None:
    for number in range(signing_in.OF_A_PLACE):
        _guess(1, Browser("2001:db8::1"), f"iemand{number}@x.example")
    with pytest.raises(Invalid) as refused:
        _sign_in("2001:db8::ffff")  # another address of the same 64 bits
    assert refused.value.code == "sign_in_too_many"
    assert _sign_in("2001:db8:0:1::1")


def test_who_is_guessed_at_hears_of_it_once_a_day(joris: Actor) -> None:
    for place in range(3):
        _guess(FROM_ONE_PLACE, Browser(f"192.0.2.{place}"))
    _guess(FROM_ONE_PLACE, Browser("192.0.2.9"), "niemand@x.example")
    with transaction(MUNICIPALITY, readonly=True) as tx:
        told = tx.execute(sa.select(Outbox.payload).where(Outbox.kind == "account_notice")).scalars().all()
    assert [row["code"] for row in told] == ["guessed"]


def test_what_was_tried_is_kept_as_a_hash_only_and_not_for_long(joris: Actor) -> None:
    _guess(1)
    with transaction(MUNICIPALITY) as tx:
        kept = tx.execute(sa.select(WrongTry.who)).scalars().all()
        assert kept
        assert not any("joris" in who or "192" in who for who in kept)
        tx.execute(sa.update(WrongTry).values(at=tx.instant - guess_rows.FORGOTTEN))
        guess_rows.sweep(tx)
        assert not tx.execute(sa.select(WrongTry.who)).all()


def test_a_hundred_guesses_at_once_are_a_hundred_tries(joris: Actor) -> None:
    gates = [Gate("iemand", 5)]
    passed = 0
    for _ in range(100):
        with (
            suppress(Invalid),
            transaction(MUNICIPALITY) as tx,
        ):  # none of them knows yet whether it was right
            guesses.attempt(tx, gates, "sign_in_too_many")
            passed += 1
    assert passed == 5


def test_a_session_locks_itself_and_then_waits_for_who_comes_back(joris: Actor) -> None:
    token = _sign_in()
    _age(timedelta(minutes=protection.USUAL_MINUTES))
    assert sessions.load(MUNICIPALITY, token) is None
    found = sessions.look(MUNICIPALITY, token)
    assert found is not None
    assert found.locked
    _age(timedelta(hours=5))  # a long lunch: it is not lost, and still opens nothing by itself
    assert sessions.load(MUNICIPALITY, token) is None
    with pytest.raises(Invalid):
        signing_in.prove(MUNICIPALITY, token, "fout wachtwoord", Browser())
    assert sessions.load(MUNICIPALITY, signing_in.prove(MUNICIPALITY, token, PASSWORD, Browser()))


def test_a_locked_session_ends_with_the_fifth_wrong_password_and_after_ten_hours(joris: Actor) -> None:
    token, other = _sign_in(), _sign_in()
    sessions.lock(MUNICIPALITY, token)
    sessions.lock(MUNICIPALITY, other)
    codes = []
    for _ in range(sessions.MOST_WRONG):
        with pytest.raises(Invalid) as refused:
            signing_in.prove(MUNICIPALITY, token, "fout wachtwoord", Browser())
        codes.append(refused.value.code)
    assert codes == ["password_wrong"] * 4 + ["session_ended_wrong"]
    assert sessions.look(MUNICIPALITY, token) is None
    _age(sessions.ABSOLUTE, "created_at")
    assert sessions.look(MUNICIPALITY, other) is None
