"""Does a passkey let in whose it is, and nobody with a copy, a replay, or a key that was never unlocked?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Actor
from app.services.access import accounts, passkeys, second_step, sessions, signing_in
from app.services.access.accounts import NewAccount
from app.services.access.passkeys import Place
from app.services.access.signing_in import FROM_ONE_PLACE, Browser
from app.services.errors import Invalid, NotFound
from app.storage.database import transaction
from app.storage.models import Account, Passkey, PasskeyChallenge, Session
from tests.support.authenticator import Authenticator
from tests.support.bound import MUNICIPALITY

PASSWORD = "vier losse woorden hier"
EMAIL = "hilde.claes@zandlede.example"
PLACE = Place("localhost", "http://localhost")
HERE = Browser("198.51.100.7")
OPERATOR = accounts.operator(MUNICIPALITY)


@pytest.fixture
def hilde(store: Flask) -> Actor:
    """Somebody at the desk."""
    account = accounts.create(OPERATOR, NewAccount("Hilde Claes", EMAIL, ("reception",), PASSWORD))
    return Actor(account, MUNICIPALITY, "Hilde Claes", frozenset({"reception"}))


def _made(actor: Actor) -> Authenticator:
    key = Authenticator()
    passkeys.register(actor, PLACE, key.make(passkeys.ask_to_register(actor, PLACE)), "laptop onthaal")
    return key


def _sign_in(key: Authenticator, place: Place = PLACE) -> str:
    answer = key.sign(passkeys.ask(MUNICIPALITY, PLACE))
    return passkeys.sign_in(MUNICIPALITY, place, answer, HERE).key


def test_a_passkey_signs_in_without_a_password_and_has_a_name(hilde: Actor) -> None:
    key = _made(hilde)
    found = sessions.load(MUNICIPALITY, _sign_in(key))
    assert found is not None
    assert found.actor == hilde
    (kept,) = second_step.standing(hilde).passkeys
    assert (kept.name, kept.sign_count) == ("laptop onthaal", 1)
    assert kept.used_at


def test_a_password_alone_is_not_enough_any_more(hilde: Actor) -> None:
    key = _made(hilde)
    half = signing_in.by_password(MUNICIPALITY, EMAIL, PASSWORD, HERE)
    assert half.stage == sessions.CODE
    answer = key.sign(passkeys.ask(MUNICIPALITY, PLACE))
    entered = passkeys.sign_in(MUNICIPALITY, PLACE, answer, HERE, half=half.key)
    assert sessions.load(MUNICIPALITY, entered.key)
    assert sessions.look(MUNICIPALITY, half.key) is None


def test_the_right_passkey_passes_while_others_guess_at_the_password(hilde: Actor) -> None:
    key = _made(hilde)
    for _ in range(FROM_ONE_PLACE):
        with pytest.raises(Invalid):
            signing_in.by_password(MUNICIPALITY, EMAIL, "fout wachtwoord", HERE)
    with pytest.raises(Invalid, match="sign_in_too_many"):
        signing_in.by_password(MUNICIPALITY, EMAIL, PASSWORD, HERE)
    assert sessions.load(MUNICIPALITY, _sign_in(key))


def test_what_was_signed_is_good_once_and_for_five_minutes(hilde: Actor) -> None:
    key = _made(hilde)
    answer = key.sign(passkeys.ask(MUNICIPALITY, PLACE))
    assert passkeys.sign_in(MUNICIPALITY, PLACE, answer, HERE)
    with pytest.raises(Invalid, match="passkey_wrong"):
        passkeys.sign_in(MUNICIPALITY, PLACE, answer, HERE)
    late = key.sign(passkeys.ask(MUNICIPALITY, PLACE))
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(PasskeyChallenge).values(expires_at=tx.instant))
    with pytest.raises(Invalid, match="passkey_wrong"):
        passkeys.sign_in(MUNICIPALITY, PLACE, late, HERE)


def _unverified(key: Authenticator) -> None:
    key.verifies = False


def _elsewhere(key: Authenticator) -> None:
    key.origin = "https://evil.example"


def _other_party(key: Authenticator) -> None:
    key.rp_id = "evil.example"


def _cloned(key: Authenticator) -> None:
    key.count = 0


def _forged(key: Authenticator) -> None:
    key.key = Authenticator().key


def _unknown(key: Authenticator) -> None:
    key.credential = b"x" * 32


@pytest.mark.parametrize("harm", [_unverified, _elsewhere, _other_party, _cloned, _forged, _unknown])
def test_a_passkey_that_is_not_quite_right_opens_nothing(
    hilde: Actor, harm: Callable[[Authenticator], None]
) -> None:
    key = _made(hilde)
    for _ in range(2):
        _sign_in(key)
    harm(key)
    with pytest.raises(Invalid, match="passkey_wrong"):
        _sign_in(key)


@pytest.mark.parametrize("answer", [{}, {"response": "x"}, {"rawId": 1, "response": {"clientDataJSON": "!"}}])
def test_nonsense_is_refused_in_words(hilde: Actor, answer: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="passkey_wrong"):
        passkeys.sign_in(MUNICIPALITY, PLACE, answer, HERE)
    with pytest.raises(Invalid, match="passkey_wrong"):
        passkeys.register(hilde, PLACE, answer, "x")


def test_one_cannot_register_with_what_another_was_asked(hilde: Actor) -> None:
    other = Actor(
        accounts.create(OPERATOR, NewAccount("Joris", "j@x.example", ("contact",), PASSWORD)), MUNICIPALITY
    )
    asked = passkeys.ask_to_register(hilde, PLACE)
    with pytest.raises(Invalid, match="passkey_wrong"):
        passkeys.register(other, PLACE, Authenticator().make(asked), "x")
    key = _made(hilde)
    known = json.loads(passkeys.ask_to_register(hilde, PLACE))["excludeCredentials"]
    assert len(known) == 1
    with pytest.raises(Invalid, match="passkey_wrong"):  # the same key twice
        passkeys.register(hilde, PLACE, key.make(passkeys.ask_to_register(hilde, PLACE)), "x")


def test_a_passkey_opens_the_locked_screen_of_its_owner_only(hilde: Actor) -> None:
    key = _made(hilde)
    mine = _sign_in(key)
    sessions.lock(MUNICIPALITY, mine)
    assert sessions.load(MUNICIPALITY, mine) is None
    joris = accounts.create(OPERATOR, NewAccount("Joris", "j@x.example", ("contact",), PASSWORD))
    other = _made(Actor(joris, MUNICIPALITY, "Joris"))
    with pytest.raises(Invalid, match="passkey_wrong"):
        passkeys.prove(MUNICIPALITY, mine, PLACE, other.sign(passkeys.ask(MUNICIPALITY, PLACE)))
    opened = passkeys.prove(MUNICIPALITY, mine, PLACE, key.sign(passkeys.ask(MUNICIPALITY, PLACE)))
    found = sessions.load(MUNICIPALITY, opened)
    assert found is not None
    assert found.fresh


def test_a_passkey_that_was_removed_and_one_of_a_closed_account_open_nothing(hilde: Actor) -> None:
    key, second = _made(hilde), _made(hilde)
    (kept, _) = second_step.standing(hilde).passkeys
    with pytest.raises(NotFound):
        passkeys.remove(Actor("someone", MUNICIPALITY), kept.id)
    passkeys.remove(hilde, kept.id)
    with pytest.raises(Invalid):
        _sign_in(key)
    assert _sign_in(second)
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Account).values(active=False))
    with pytest.raises(Invalid):
        _sign_in(second)


def test_the_key_is_sealed(hilde: Actor) -> None:
    key = _made(hilde)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        (sealed,) = tx.execute(sa.select(Passkey.sealed)).one()
    assert key.credential not in sealed


def test_an_old_session_is_not_fresh_before_it_is_proven(hilde: Actor) -> None:
    key = _made(hilde)
    token = _sign_in(key)
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Session).values(fresh_at=tx.instant - timedelta(minutes=10)))
    stale = sessions.load(MUNICIPALITY, token)
    assert stale is not None
    assert not stale.fresh
    fresh = passkeys.prove(MUNICIPALITY, token, PLACE, key.sign(passkeys.ask(MUNICIPALITY, PLACE)))
    again = sessions.load(MUNICIPALITY, fresh)
    assert again is not None
    assert again.fresh
