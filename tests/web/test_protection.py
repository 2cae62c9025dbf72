"""Does a locked screen read nothing, a grave press ask once more who it is, and a password alone stop half-way?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pyotp
import pytest
import sqlalchemy as sa
from flask import Flask, g
from flask.testing import FlaskClient

from app.services.access import accounts, protection, sessions
from app.services.access.passkeys import Place
from app.services.errors import NotFound
from app.storage.database import transaction
from app.storage.models import Account, Session
from app.web.account import passkey_place
from app.web.fresh import FRESH
from tests.support.authenticator import Authenticator
from tests.support.bound import MUNICIPALITY
from tests.web.conftest import PASSWORD, SignIn, seen_on, token_of

OURS = {"Origin": "http://localhost"}
SCRIPT = {"X-Requested-With": "meernet"}
HILDE, TOM = "hilde.claes@zandlede.example", "tom.aerts@zandlede.example"


def _later(app: Flask, by: timedelta = sessions.FRESH, column: str = "fresh_at") -> None:
    """Let every session be older."""
    with app.app_context(), transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Session).values({column: tx.instant - by}))


def _hidden(html: str) -> dict[str, str]:
    return dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html.partition("<main")[2])
    )


def _ask_of(app: Flask, *roles: str) -> None:
    with app.app_context():
        protection.save(accounts.operator(MUNICIPALITY), roles, "10")


def _give_password(client: FlaskClient, email: str) -> str:
    """Only the password; where that leads."""
    form = {
        "_csrf": token_of(client.get("/aanmelden").text),
        "email": email,
        "password": PASSWORD,
        "back": "",
    }
    return client.post("/aanmelden", data=form).headers["Location"]


# A screen that is locked ---------------------------------------------------------------------------------------------


def test_a_locked_screen_reads_nothing_in_any_tab_and_with_any_copy(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "hilde_claes")
    cookie = client.get_cookie("meernet")
    assert cookie is not None
    copied = app.test_client()
    copied.set_cookie("meernet", cookie.value)
    assert copied.get("/onthaal").status_code == 200
    locked = client.post("/vergrendel", data={"_csrf": token, "terug": "/onthaal?x=1"})
    assert locked.headers["Location"].startswith("/vergrendeld?back=")
    for browser in (client, copied):
        for path in ("/onthaal", "/", "/account", "/aanmelden", "/kaart/doorverwijskaart", "/werk"):
            answer = browser.get(path)
            assert answer.status_code == 302, path
            assert answer.headers["Location"].startswith("/vergrendeld?back="), path
        assert browser.get("/onthaal", headers=SCRIPT).status_code == 423
        assert browser.post("/onthaal/nieuw/brede_intake", data={"_csrf": token}).status_code == 423
    page = client.get(locked.headers["Location"]).text
    assert "Hilde Claes werkt hier" in page
    assert "Onthaal</a>" not in page
    form = {**_hidden(page), "password": PASSWORD}
    assert client.post("/ontgrendel", data=form).headers["Location"] == "/onthaal?x=1"
    assert client.get("/onthaal").status_code == 200
    assert copied.get("/onthaal").headers["Location"].startswith("/aanmelden")  # the key is another one


def test_what_was_handed_in_behind_a_lock_waits_for_its_owner(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "hilde_claes")
    draft = client.post("/onthaal/nieuw/brede_intake", data={"_csrf": token}).headers["Location"]
    page = client.get(draft).text
    client.post("/vergrendel", data={"_csrf": token})
    typed = {**_hidden(page), "persoon.roepnaam": "Els de kleine", "_do": "save"}
    asked = client.post(draft, data=typed, headers=OURS)
    assert asked.status_code == 423
    wrong = client.post("/ontgrendel", data={**_hidden(asked.text), "password": "fout wachtwoord"})
    assert wrong.status_code == 422
    carried = client.post("/ontgrendel", data={**_hidden(wrong.text), "password": PASSWORD})
    assert client.post(draft, data=_hidden(carried.text)).status_code == 302
    assert "Els de kleine" in client.get(draft).text


def test_a_script_locks_and_opens_in_place_with_the_same_token(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    headers = {**SCRIPT, "X-CSRF-Token": token}
    assert client.post("/vergrendel", headers=headers).status_code == 204
    assert client.get("/vergrendeld/stand").json == {"state": "locked", "who": ""}
    wrong = client.post("/ontgrendel", data={"password": "fout"}, headers=headers)
    assert (wrong.status_code, wrong.json) == (422, {"lines": ["Dit wachtwoord of deze code klopt niet."]})
    assert client.post("/ontgrendel", data={"password": PASSWORD}, headers=headers).status_code == 200
    assert client.get("/vergrendeld/stand").json["state"] == "open"  # type: ignore[index]
    assert client.post("/onthaal/nieuw/brede_intake", data={"_csrf": token}).status_code == 302


def test_after_five_wrong_passwords_a_locked_session_ends(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    headers = {**SCRIPT, "X-CSRF-Token": token}
    client.post("/vergrendel", headers=headers)
    answers = [
        client.post("/ontgrendel", data={"password": "fout"}, headers=headers).status_code for _ in range(5)
    ]
    assert answers == [422, 422, 422, 422, 401]
    assert client.get("/vergrendeld/stand").json == {"state": "over", "who": ""}


def test_somebody_else_can_sign_the_locked_one_out(client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    client.post("/vergrendel", data={"_csrf": token})
    out = client.post("/vergrendeld/afmelden", data={"_csrf": token})
    assert out.headers["Location"] == "/aanmelden"
    assert "storage" in out.headers["Clear-Site-Data"]
    sign_in(client, "joris_maes")


# What is grave -------------------------------------------------------------------------------------------------------


def test_every_grave_route_exists_and_asks_who_it_is_after_ten_minutes(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "tom_aerts")
    _later(app)
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    assert set(FRESH) <= set(rules)
    _whoever(app)
    for endpoint in FRESH:
        with app.test_request_context():
            path = re.sub(r"<(int:)?[^>]+>", "1", rules[endpoint].rule)
        method = "POST" if "POST" in (rules[endpoint].methods or ()) else "GET"
        answer = client.open(path, method=method, data={"_csrf": token}, headers=OURS)
        asked = answer.status_code == 403 and "Ben jij het nog?" in answer.text
        asked |= urlsplit(answer.headers.get("Location", "")).path == "/bevestig"
        assert asked, (endpoint, answer.status_code)
        headers = {**SCRIPT, "X-CSRF-Token": token}
        said = client.open(path, method=method, headers=headers).text
        assert json.loads(said)["error"] == "prove", endpoint


def _whoever(app: Flask) -> None:
    """Tom may everything for once."""
    everything = ["form_admin", "system_admin", "head_of_service", "dpo", "reception", "contact"]
    with app.app_context(), transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(Account).where(Account.email == TOM).values(roles=everything))


def test_what_was_pressed_goes_on_after_the_password(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "tom_aerts")
    mark = seen_on(client, "/beheer/gemeente/aanmelden")
    _later(app)
    typed = {"_csrf": token, "seen": mark, "role": ["dpo", "contact"], "minutes": "2"}
    asked = client.post("/beheer/gemeente/aanmelden", data=typed, headers=OURS)
    assert asked.status_code == 403
    page = asked.text.partition("<main")[2]
    kept = [
        (name, value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
        if name.startswith("r:")
    ]
    assert sorted(kept) == [("r:minutes", "2"), ("r:role", "contact"), ("r:role", "dpo"), ("r:seen", mark)]
    fields = {**_hidden(asked.text), "r:role": ["dpo", "contact"]}
    wrong = client.post("/bevestig", data={**fields, "password": "fout"})
    assert wrong.status_code == 422
    going_on = client.post("/bevestig", data={**fields, "password": PASSWORD})
    assert going_on.status_code == 200
    replayed = {**_hidden(going_on.text), "role": ["dpo", "contact"]}
    assert client.post("/beheer/gemeente/aanmelden", data=replayed).status_code == 302
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        assert protection.of(tx).roles == {"dpo", "contact"}
        assert protection.of(tx).minutes == 2


# The second step -----------------------------------------------------------------------------------------------------


def test_who_must_have_a_second_step_is_led_to_it_and_gets_codes(app: Flask, client: FlaskClient) -> None:
    _ask_of(app, "form_admin")
    where = _give_password(client, TOM)
    assert where.startswith("/aanmelden/instellen")
    assert client.get("/beheer/formulieren").headers["Location"].startswith("/aanmelden?back=")
    page = client.get(where).text
    assert "data:image/svg+xml;base64," in page
    secret = re.search(r'<code class="secret">([^<]+)</code>', page)
    assert secret
    wrong = client.post("/aanmelden/instellen", data={**_hidden(page), "code": "12"})
    assert wrong.status_code == 422
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    done = client.post("/aanmelden/instellen", data={**_hidden(page), "code": code})
    assert len(re.findall(r"<li><code>", done.text)) == 10
    assert client.get("/beheer/formulieren").status_code == 200
    other = app.test_client()
    assert _give_password(other, TOM).startswith("/aanmelden/code")
    page = other.get("/aanmelden/code").text
    recovery = re.findall(r"<li><code>([^<]+)</code>", done.text)[0]
    inside = other.post("/aanmelden/code", data={**_hidden(page), "code": recovery})
    assert inside.headers["Location"] == "/"
    assert other.get("/account").status_code == 200


def test_a_passkey_goes_through_the_pages(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    token = sign_in(client, "hilde_claes")
    headers = {**SCRIPT, "X-CSRF-Token": token}
    key = Authenticator()
    asked = client.post("/account/beveiliging/passkey/vraag", headers=headers, json={})
    answer = {"name": "sleutel", "passkey": key.make(asked.text)}
    assert client.post("/account/beveiliging/passkey", headers=headers, json=answer).status_code == 200
    assert "sleutel" in client.get("/account/beveiliging").text
    other = app.test_client()
    headers = {**SCRIPT, "X-CSRF-Token": token_of(other.get("/aanmelden").text)}
    signed = key.sign(other.post("/aanmelden/passkey/vraag", headers=headers, json={}).text)
    said = other.post("/aanmelden/passkey", headers=headers, json={"passkey": signed, "back": ""})
    assert said.json == {"where": "/"}
    assert other.get("/onthaal").status_code == 200
    copied = app.test_client()
    copied.set_cookie("meernet", client.get_cookie("meernet").value)  # type: ignore[union-attr]
    headers = {**SCRIPT, "X-CSRF-Token": token}
    signed = key.sign(client.post("/aanmelden/passkey/vraag", headers=headers, json={}).text)
    client.post("/aanmelden/passkey", headers=headers, json={"passkey": signed, "back": ""})
    assert client.get("/onthaal").status_code == 200
    assert copied.get("/onthaal").status_code == 302  # what was open in that browser before has ended


def test_passkeys_are_for_hosts_that_are_ours(app: Flask, client: FlaskClient) -> None:
    for host, place in (("meernet.example:8443", "meernet.example"), ("localhost", "localhost")):
        with app.test_request_context(base_url=f"http://{host}"):
            assert passkey_place.here() == Place(place, f"http://{host}")
    with app.test_request_context(base_url="http://anders.example"):
        g.municipality = MUNICIPALITY
        with pytest.raises(NotFound):
            passkey_place.here()
    here = {**SCRIPT, "X-CSRF-Token": token_of(client.get("/aanmelden").text)}
    asked = json.loads(client.post("/aanmelden/passkey/vraag", headers=here, json={}).text)
    assert (asked["rpId"], asked["userVerification"]) == ("localhost", "required")


# Guessing and sessions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", [HILDE, "niemand@zandlede.example"])
def test_an_address_that_is_and_one_that_is_not_read_the_same(client: FlaskClient, email: str) -> None:
    token = token_of(client.get("/aanmelden").text)
    answers = []
    for _ in range(6):
        answer = client.post("/aanmelden", data={"_csrf": token, "email": email, "password": "fout"})
        answers.append((answer.status_code, re.search(r"Er is te vaak|klopt niet", answer.text)[0]))  # type: ignore[index]
    assert answers == [(422, "klopt niet")] * 5 + [(422, "Er is te vaak")]


def test_one_ends_a_session_on_another_device_and_only_ones_own(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    other, joris = app.test_client(), app.test_client()
    sign_in(other, "hilde_claes")
    sign_in(joris, "joris_maes")
    token = sign_in(client, "hilde_claes")
    ends: Callable[[str], list[str]] = lambda page: re.findall(r"/account/sessies/(\w+)/weg", page)  # noqa: E731
    (theirs,) = ends(client.get("/account").text)
    assert client.post(f"/account/sessies/{theirs}/weg", data={"_csrf": token}).status_code == 302
    assert other.get("/account").status_code == 302
    sign_in(other, "hilde_claes")
    assert client.post("/account/sessies/weg", data={"_csrf": token}).status_code == 302
    assert other.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    foreign = sessions.hash_of(joris.get_cookie("meernet").value)  # type: ignore[union-attr]
    assert client.post(f"/account/sessies/{foreign}/weg", data={"_csrf": token}).status_code == 404
    assert joris.get("/account").status_code == 200


def test_another_role_counts_with_the_next_request(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "tom_aerts")
    assert client.get("/overzicht").status_code == 403
    _whoever(app)
    assert client.get("/overzicht").status_code == 200
