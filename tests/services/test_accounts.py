"""Does the right person get in, and only they, and only as long as they should?"""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.security import generate_password_hash

from app.engine.policy import Actor
from app.services.access import accounts, passwords, protection, sessions, signing_in
from app.services.access.accounts import NewAccount
from app.services.access.signing_in import Browser
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.staff import staff_people
from app.services.staff.staff_people import PersonForm
from app.storage import history
from app.storage.database import transaction
from app.storage.models import Account, Session
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

EMAIL = "joris.maes@zandlede.example"
PASSWORD = "vier losse woorden hier"
OTHER = "vijf andere woorden daar"
OPERATOR = accounts.operator(MUNICIPALITY)


@pytest.fixture
def joris(store: Flask) -> Actor:
    """A contact person with a password."""
    new = NewAccount("Joris Maes", EMAIL, ("contact",), PASSWORD, controller="ocmw")
    return Actor(accounts.create(OPERATOR, new), MUNICIPALITY, "Joris Maes", frozenset({"contact"}), "ocmw")


def _sign_in(password: str = PASSWORD, email: str = EMAIL, *, ip: str = "") -> str:
    return signing_in.by_password(MUNICIPALITY, email, password, Browser(ip)).key


def _age(by: timedelta, column: str = "seen_at") -> None:
    """Let all sessions be older."""
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Session).values({column: tx.instant - by}))


def give(by: Actor, to: Actor, *roles: str) -> None:
    """Let ``by`` give ``to`` these roles, and nothing else."""
    staff_people.save(by, to.account, PersonForm(to.name, EMAIL, "", frozenset(roles)))


def _code(error: pytest.ExceptionInfo[Invalid]) -> str:
    return error.value.code if not error.value.errors else error.value.errors[0].code


# Getting in ----------------------------------------------------------------------------------------------------------


def test_one_select_tells_all_a_request_needs(joris: Actor) -> None:
    signed_in = sessions.load(MUNICIPALITY, _sign_in(email=" Joris.Maes@ZANDLEDE.example "))
    assert signed_in is not None
    assert signed_in.actor == joris
    assert (signed_in.name, signed_in.municipality_name, signed_in.language) == (
        "Joris Maes",
        "Zandlede",
        "nl",
    )
    assert signed_in.fresh
    assert len(signed_in.csrf) > 30


def test_every_sign_in_has_a_key_of_its_own(joris: Actor) -> None:
    assert _sign_in() != _sign_in()


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "fout wachtwoord"), ("niemand@x.example", PASSWORD), (EMAIL, "")]
)
def test_a_wrong_address_and_a_wrong_password_are_told_alike(joris: Actor, email: str, password: str) -> None:
    with pytest.raises(Invalid) as refused:
        _sign_in(password, email)
    assert _code(refused) == "sign_in_failed"


def test_an_account_without_a_password_lets_nobody_in(store: Flask) -> None:
    accounts.create(OPERATOR, NewAccount("Nele", "nele@zandlede.example", ("contact",)))
    with pytest.raises(Invalid):
        _sign_in("", "nele@zandlede.example")


def test_a_password_of_any_signs_and_any_length_up_to_two_hundred_is_taken(joris: Actor) -> None:
    for new in (
        "één ☕ per dag, méér niet",
        "x y z " * 3 + "w" * 2 + "v" * 180,
        "alleenkleineletters zonder iets",
    ):
        accounts.set_password(OPERATOR, joris.account, new, must_change=False)
        assert _sign_in(new)


def test_a_password_that_was_kept_cheaply_is_kept_better_from_the_next_sign_in_on(joris: Actor) -> None:
    with transaction(MUNICIPALITY) as tx:
        old = generate_password_hash(PASSWORD, "scrypt:16384:8:1")
        tx.execute(sa.update(Account).values(password=old))
    assert _sign_in()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert not passwords.is_outdated(tx.scalar(sa.select(Account.password)))
    assert _sign_in()


def test_an_account_opens_one_municipality(joris: Actor) -> None:
    with pytest.raises(Invalid):
        signing_in.by_password(NEIGHBOUR, EMAIL, PASSWORD, Browser())
    assert sessions.load(NEIGHBOUR, _sign_in()) is None


def test_neither_the_password_nor_the_key_stands_in_the_database(joris: Actor) -> None:
    token = _sign_in()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        stored = f"{tx.execute(sa.select(Account.password)).all()}{tx.execute(sa.select(Session.id)).all()}"
    assert PASSWORD not in stored
    assert token not in stored


# Staying in ----------------------------------------------------------------------------------------------------------


def test_a_session_ends_when_nothing_was_done_for_half_an_hour(joris: Actor) -> None:
    token = _sign_in()
    _age(timedelta(minutes=protection.USUAL_MINUTES - 1))
    assert sessions.load(MUNICIPALITY, token)
    _age(sessions.IDLE)
    assert sessions.look(MUNICIPALITY, token) is None


def test_being_used_keeps_a_session_alive_but_not_beyond_a_day_of_work(joris: Actor) -> None:
    token = _sign_in()
    _age(timedelta(minutes=9))
    used = sessions.load(MUNICIPALITY, token)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.instant - tx.scalar(sa.select(Session.seen_at)) < timedelta(minutes=1)
        assert used is not None
        assert used.ends_at - tx.instant > timedelta(minutes=29)
    _age(sessions.ABSOLUTE, "created_at")
    assert sessions.load(MUNICIPALITY, token) is None


def test_signing_out_ends_it_on_every_machine(joris: Actor) -> None:
    token, elsewhere = _sign_in(), _sign_in()
    accounts.sign_out(MUNICIPALITY, token)
    assert sessions.load(MUNICIPALITY, token) is None
    assert sessions.load(MUNICIPALITY, elsewhere)
    assert len(sessions.listed(joris)) == 1


@pytest.mark.parametrize("token", ["", "x", "é" * 300])
def test_a_key_nobody_was_given_opens_nothing(joris: Actor, token: str) -> None:
    assert sessions.load(MUNICIPALITY, token) is None


def test_the_password_is_fresh_for_ten_minutes_and_can_be_given_again(joris: Actor) -> None:
    token = _sign_in()
    _age(sessions.FRESH, "fresh_at")
    stale = sessions.load(MUNICIPALITY, token)
    assert stale is not None
    assert not stale.fresh
    with pytest.raises(Invalid):
        signing_in.prove(MUNICIPALITY, token, "fout wachtwoord", Browser())
    fresh = signing_in.prove(MUNICIPALITY, token, PASSWORD, Browser())
    again = sessions.load(MUNICIPALITY, fresh)
    assert again is not None
    assert again.fresh
    assert again.csrf == stale.csrf  # forms that stand open still go through
    assert sessions.load(MUNICIPALITY, token) is None  # a copy of the cookie from before is worth nothing


# Changing things -----------------------------------------------------------------------------------------------------


def test_a_new_password_ends_every_other_session(joris: Actor) -> None:
    here, elsewhere = _sign_in(), _sign_in()
    with pytest.raises(Invalid):
        accounts.change_password(joris, "fout wachtwoord", OTHER, token=here)
    accounts.change_password(joris, PASSWORD, OTHER, token=here)
    assert sessions.load(MUNICIPALITY, here)
    assert sessions.load(MUNICIPALITY, elsewhere) is None
    assert _sign_in(OTHER)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kort", "password_short"),
        ("x" * 201, "password_long"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("Wachtwoord2026!", "password_common"),
        ("zomerzomerzomer", "password_common"),
        ("Azertyuiop12345", "password_common"),
        ("mijn 87654321 kat", "password_common"),
        ("ikbenjoris1234", "password_own_name"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(joris: Actor, password: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        accounts.change_password(joris, PASSWORD, password)
    assert _code(refused) == code


def test_a_given_password_must_be_changed_and_signs_everybody_out(joris: Actor) -> None:
    token = _sign_in()
    accounts.set_password(OPERATOR, joris.account, OTHER)
    assert sessions.load(MUNICIPALITY, token) is None
    signed_in = sessions.load(MUNICIPALITY, _sign_in(OTHER))
    assert signed_in is not None
    assert signed_in.must_change_password


def test_a_closed_account_is_out_at_once(joris: Actor) -> None:
    token = _sign_in()
    accounts.deactivate(OPERATOR, joris.account)
    assert sessions.load(MUNICIPALITY, token) is None
    with pytest.raises(Invalid):
        _sign_in()
    (line,) = accounts.list_accounts(OPERATOR)
    assert (line.active, line.can_sign_in) == (False, False)


def test_another_role_counts_from_the_next_request(joris: Actor) -> None:
    token = _sign_in()
    give(OPERATOR, joris, "reception", "contact")
    signed_in = sessions.load(MUNICIPALITY, token)
    assert signed_in is not None
    assert signed_in.actor.roles == {"reception", "contact"}


def test_an_address_is_one_persons(joris: Actor) -> None:
    with pytest.raises(Conflict):
        accounts.create(OPERATOR, NewAccount("Twee", EMAIL.upper(), ("contact",), key="twee"))
    accounts.create(accounts.operator(NEIGHBOUR), NewAccount("Ook Joris", EMAIL, ("contact",)))


@pytest.mark.parametrize("email", ["", "joris", "a@b", "a b@x.example", "a@x.example\nBcc: b@x.example"])
def test_an_address_that_is_none_is_refused(store: Flask, email: str) -> None:
    with pytest.raises(Invalid):
        accounts.create(OPERATOR, NewAccount("Joris", email, ("contact",)))


def test_only_those_who_keep_accounts_touch_them(joris: Actor) -> None:
    with pytest.raises(Forbidden):
        accounts.create(joris, NewAccount("X", "x@zandlede.example", ("system_admin",)))
    with pytest.raises(Forbidden):
        give(joris, joris, "system_admin")
    with pytest.raises(NotFound):
        give(accounts.operator(NEIGHBOUR), joris, "system_admin")


def test_what_was_done_to_an_account_stands_in_the_log(joris: Actor) -> None:
    _sign_in()
    with pytest.raises(Invalid):
        _sign_in("fout wachtwoord")
    with transaction(MUNICIPALITY, readonly=True) as tx:
        entries = history.entries(tx, None)
        assert history.verify(tx, None) is None
    assert [entry.code for entry in entries] == ["sign_in_failed", "signed_in", "account_created"]
    assert {entry.params["account"] for entry in entries} == {joris.account}
