"""Does a password alone let nobody in where a second step is asked, and does who lost it come back?"""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Actor
from app.services.access import accounts, invitations, protection, second_step, sessions, signing_in
from app.services.access.accounts import NewAccount
from app.services.access.signing_in import Browser, Entered
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up import caught_mail, sweep
from app.storage import history
from app.storage.database import transaction
from app.storage.models import CodeApp, Outbox, RecoveryCode, Session
from app.storage.repositories import municipality_rows
from tests.support.bound import MUNICIPALITY

PASSWORD = "vier losse woorden hier"
EMAIL = "tom.aerts@zandlede.example"
ROLES = ("form_admin",)
OPERATOR = accounts.operator(MUNICIPALITY)
HERE = Browser("198.51.100.7", "Firefox")


@pytest.fixture
def tom(store: Flask) -> Actor:
    """Somebody who must have a second step, as the municipality asks one of his role."""
    new = NewAccount("Tom Aerts", EMAIL, ROLES, PASSWORD)
    account = accounts.create(OPERATOR, new)
    protection.save(OPERATOR, ROLES, "10")
    return Actor(account, MUNICIPALITY, "Tom Aerts", frozenset(ROLES))


def _sign_in(browser: Browser = HERE) -> Entered:
    return signing_in.by_password(MUNICIPALITY, EMAIL, PASSWORD, browser)


def _code(actor: Actor, beside: int = 0) -> str:
    """What the app of ``actor`` shows, ``beside`` half minutes from now."""
    with transaction(MUNICIPALITY, readonly=True) as tx:
        sealed = tx.scalar(sa.select(CodeApp.sealed).where(CodeApp.account == actor.account))
        secret = tx.sealer.open(("code_app", actor.account, "sealed"), sealed).decode()
        at = int(tx.instant.timestamp()) + beside * second_step.STEP_SECONDS
    return pyotp.TOTP(secret).at(at)


def _set_up(actor: Actor) -> tuple[str, ...]:
    second_step.begin_app(actor)
    return second_step.confirm_app(actor, _code(actor, -1))


def _told(code: str) -> int:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        rows = tx.execute(sa.select(Outbox.payload).where(Outbox.kind == "account_notice")).scalars().all()
    return sum(row["code"] == code for row in rows)


# Who must have one ---------------------------------------------------------------------------------------------------


def test_who_must_have_one_sets_it_up_at_the_next_sign_in_and_can_do_nothing_else(tom: Actor) -> None:
    half = _sign_in()
    assert half.stage == sessions.SET_UP
    assert sessions.load(MUNICIPALITY, half.key) is None
    with pytest.raises(NotFound):
        signing_in.after_set_up(MUNICIPALITY, half.key, HERE)
    assert len(second_step.confirm_app(tom, _code(tom))) == second_step.HOW_MANY
    entered = signing_in.after_set_up(MUNICIPALITY, half.key, HERE)
    assert sessions.load(MUNICIPALITY, entered.key)
    assert sessions.look(MUNICIPALITY, half.key) is None  # a new key with the new right
    assert _sign_in().stage == sessions.CODE


def test_a_real_municipality_asks_it_of_who_can_do_much_and_a_demo_of_nobody(tom: Actor) -> None:
    with transaction(MUNICIPALITY) as tx:
        municipality_rows.put_settings(tx, {protection.SECOND_STEP: ""})
        assert protection.of(tx).roles == frozenset()
    assert _sign_in().stage == sessions.OPEN
    assert set(protection.USUAL) == {"form_admin", "system_admin", "dpo", "head_of_service"}


# The second step -----------------------------------------------------------------------------------------------------


def test_a_code_opens_once_and_only_around_now(tom: Actor) -> None:
    _set_up(tom)
    half = _sign_in()
    for wrong in (_code(tom, -3), _code(tom, 3), _code(tom, -1), ""):
        with pytest.raises(Invalid, match="step_wrong"):
            signing_in.by_code(MUNICIPALITY, half.key, wrong, HERE)
        half = _sign_in()
    good = _code(tom)
    assert sessions.load(MUNICIPALITY, signing_in.by_code(MUNICIPALITY, half.key, good, HERE).key)
    with pytest.raises(Invalid, match="step_wrong"):
        signing_in.by_code(MUNICIPALITY, _sign_in().key, good, HERE)


def test_a_half_session_opens_nothing_and_ends_with_five_wrong_codes(tom: Actor) -> None:
    _set_up(tom)
    half = _sign_in()
    assert sessions.load(MUNICIPALITY, half.key) is None
    with pytest.raises(NotFound):
        signing_in.prove(MUNICIPALITY, half.key, PASSWORD, HERE)
    codes = []
    for _ in range(sessions.MOST_WRONG):
        with pytest.raises(Invalid) as refused:
            signing_in.by_code(MUNICIPALITY, half.key, "12", HERE)
        codes.append(refused.value.code)
    assert codes[-1] == "session_ended_wrong"
    with pytest.raises(NotFound):
        signing_in.by_code(MUNICIPALITY, half.key, _code(tom), HERE)
    with pytest.raises(Invalid, match="sign_in_too_many"):
        signing_in.by_code(MUNICIPALITY, _sign_in().key, _code(tom), HERE)
    assert _told("guessed") == 1


def test_a_recovery_code_opens_once_and_new_ones_replace_the_old(tom: Actor) -> None:
    codes = _set_up(tom)
    assert len(set(codes)) == second_step.HOW_MANY
    entered = signing_in.by_code(MUNICIPALITY, _sign_in().key, codes[0].upper(), HERE)
    assert sessions.load(MUNICIPALITY, entered.key)
    with pytest.raises(Invalid):
        signing_in.by_code(MUNICIPALITY, _sign_in().key, codes[0], HERE)
    assert second_step.standing(tom).codes_left == second_step.HOW_MANY - 1
    fresh = second_step.new_codes(tom)
    with pytest.raises(Invalid):
        signing_in.by_code(MUNICIPALITY, _sign_in().key, codes[1], HERE)
    assert signing_in.by_code(MUNICIPALITY, _sign_in().key, fresh[1], HERE)


def test_neither_the_secret_nor_a_code_stands_in_the_database(tom: Actor) -> None:
    second_step.begin_app(tom)
    secret = second_step.waiting_app(tom).secret.replace(" ", "")
    codes = second_step.confirm_app(tom, _code(tom))
    with transaction(MUNICIPALITY, readonly=True) as tx:
        kept = (
            f"{tx.execute(sa.select(CodeApp.sealed)).all()}{tx.execute(sa.select(RecoveryCode.code)).all()}"
        )
    assert secret not in kept
    assert not any(code.replace("-", "") in kept for code in codes)
    with pytest.raises(NotFound):
        second_step.waiting_app(tom)  # nor is it ever shown again


def test_another_password_does_not_skip_the_second_step(tom: Actor) -> None:
    _set_up(tom)
    entered = invitations.accept(
        MUNICIPALITY, invitations.make(OPERATOR, tom.account), "vijf andere woorden daar", HERE
    )
    assert entered.stage == sessions.CODE
    assert sessions.load(MUNICIPALITY, entered.key) is None
    assert _told("password") == 1


def test_nor_does_it_skip_setting_one_up(tom: Actor) -> None:
    link = invitations.make(OPERATOR, tom.account)
    entered = invitations.accept(MUNICIPALITY, link, "vijf andere woorden daar", HERE)
    assert entered.stage == sessions.SET_UP


# Losing it -----------------------------------------------------------------------------------------------------------


def test_taking_it_away_asks_the_password_and_is_told(tom: Actor) -> None:
    _set_up(tom)
    with pytest.raises(Invalid):
        second_step.remove_app(tom, "fout wachtwoord")
    second_step.remove_app(tom, PASSWORD)
    assert not second_step.standing(tom).any
    assert second_step.standing(tom).codes_left == 0
    assert (_told("step_on"), _told("step_off")) == (1, 1)


def test_an_administrator_takes_it_away_with_a_reason_and_never_their_own(tom: Actor) -> None:
    _set_up(tom)
    boss = Actor("", MUNICIPALITY, "meernet", frozenset({"system_admin"}))
    open_session = signing_in.by_code(MUNICIPALITY, _sign_in().key, _code(tom), HERE)
    with pytest.raises(Invalid):
        second_step.reset(boss, tom.account, "kwijt")
    with pytest.raises(Forbidden):
        second_step.reset(tom, tom.account, "telefoon kwijt, aan de balie nagekeken")
    second_step.reset(boss, tom.account, "telefoon kwijt, aan de balie nagekeken")
    assert sessions.look(MUNICIPALITY, open_session.key) is None
    assert _sign_in().stage == sessions.SET_UP
    with transaction(MUNICIPALITY, readonly=True) as tx:
        (entry,) = [item for item in history.entries(tx, None) if item.code == "step_reset"]
    assert "balie" in entry.content["reason"]
    assert "balie" not in str(entry.params)
    assert _told("step_reset") == 1


# Mail ----------------------------------------------------------------------------------------------------------------


def test_the_owner_reads_what_was_done_without_any_content(tom: Actor) -> None:
    _set_up(tom)
    sweep.sweep(None)
    (mail,) = [
        mail for mail in caught_mail.page(OPERATOR).mails if mail.subject == "Je tweede stap staat aan"
    ]
    body = caught_mail.show(OPERATOR, mail.id).body
    assert mail.recipient == EMAIL
    assert "Was jij dit niet?" in body
    assert "http" not in body
    assert "198.51" not in body


def test_a_new_browser_is_told_to_its_owner_but_not_in_a_demo(tom: Actor) -> None:
    protection.save(OPERATOR, (), "10")
    first, again = _sign_in(), _sign_in(Browser("192.0.2.1"))
    assert first.mark != again.mark
    assert _told("new_browser") == 0  # everybody knows the passwords of a demo


def test_a_half_session_is_over_after_ten_minutes(tom: Actor) -> None:
    _set_up(tom)
    half = _sign_in()
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Session).values(created_at=tx.instant - timedelta(minutes=10)))
    assert sessions.look(MUNICIPALITY, half.key) is None
