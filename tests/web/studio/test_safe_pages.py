"""Does who keeps the accounts see that nothing leaves since a copy was put back, and can they let it go?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.access import accounts
from app.services.safekeeping import copies
from app.services.staff import staffing
from app.storage.database import transaction
from app.storage.repositories import safe_rows
from tests.support.bound import MUNICIPALITY
from tests.web.conftest import PASSWORD, SignIn

BAR = "Er vertrekt niets."


@pytest.fixture
def held(app: Flask) -> None:
    """A copy of yesterday was put back; Mira can sign in."""
    with app.app_context():
        mira = staffing.account_id(MUNICIPALITY, "mira_lauwers")
        accounts.set_password(accounts.operator(MUNICIPALITY), mira, PASSWORD, must_change=False)
        with transaction(MUNICIPALITY) as tx:
            safe_rows.put_hold(tx.connection, MUNICIPALITY, tx.instant, tx.instant - timedelta(days=1))


def test_the_bar_is_on_every_page_until_it_is_let_go(
    held: None, client: FlaskClient, sign_in: SignIn
) -> None:
    csrf = sign_in(client, "mira_lauwers")
    assert BAR in client.get("/account").text
    page = client.get("/beheer/reservekopie").text
    assert "Laat los" in page
    assert "Nog nooit" in page
    answer = client.post("/beheer/reservekopie/loslaten", data={"_csrf": csrf, "before": "2026-11-22T10:00"})
    assert answer.status_code == 302
    assert BAR not in client.get("/account").text
    assert "Losgelaten" in client.get(answer.headers["Location"]).text


def test_a_time_that_is_none_is_asked_again_and_nothing_is_let_go(
    held: None, client: FlaskClient, sign_in: SignIn
) -> None:
    csrf = sign_in(client, "mira_lauwers")
    answer = client.post("/beheer/reservekopie/loslaten", data={"_csrf": csrf, "before": "gisteren"})
    assert answer.status_code == 422
    assert "Vul een datum en een uur in" in answer.text
    assert BAR in answer.text


def test_nobody_else_sees_it_or_can_let_it_go(held: None, client: FlaskClient, sign_in: SignIn) -> None:
    csrf = sign_in(client, "joris_maes")
    assert BAR not in client.get("/account").text
    assert client.get("/beheer/reservekopie").status_code == 403
    assert client.post("/beheer/reservekopie/loslaten", data={"_csrf": csrf}).status_code == 403


def test_the_probes_say_how_old_the_last_copy_is_and_that_a_restore_is_not_finished(
    app: Flask, client: FlaskClient
) -> None:
    assert "backup_age" not in client.get("/metrics").text
    assert client.get("/readyz").status_code == 200
    with app.app_context(), transaction("") as tx:
        safe_rows.put_note(tx, copies.BACKUP, {}, at=tx.instant - timedelta(hours=30))
        safe_rows.put_note(tx, copies.RESTORING, {})
    line = next(line for line in client.get("/metrics").text.splitlines() if "backup_age" in line)
    assert 30 * 3600 <= float(line.split()[1]) < 31 * 3600
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "restoring\n")


def test_a_copy_of_long_ago_is_told_on_the_page(
    app: Flask, client: FlaskClient, held: None, sign_in: SignIn
) -> None:
    with app.app_context(), transaction("") as tx:
        facts = {"rows": 12, "seconds": 1.5}
        safe_rows.put_note(tx, copies.BACKUP, facts, at=tx.instant - timedelta(days=32))
    sign_in(client, "mira_lauwers")
    page = client.get("/beheer/reservekopie").text
    assert "ouder dan 26 uur" in page
    assert "langer dan 31 dagen" in page
