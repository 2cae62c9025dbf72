"""What may every test of pages ask for?

``app``: the whole application on a peopled Zandlede, once per kind of database. ``sign_in(client, key)`` signs somebody
of the staffing file in and gives the token for their posts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.factory import create_app
from app.services.access import accounts
from app.services.staff import staffing
from app.storage.database import db, transaction
from app.storage.models import Municipality
from tests.support.bound import MASTER_KEY, MUNICIPALITY, bound
from tests.support.databases import Templates
from tests.support.town import peopled

PASSWORD = "een zin van vijf woorden"
STAFF = (
    "hilde_claes",
    "joris_maes",
    "griet_cools",
    "marleen_baert",
    "sofie_wouters",
    "karin_thijs",
    "tom_aerts",
    "pieter_bogaert",
    "ilse_verbeke",
    "paul_desmet",
    "annemie_claeys",
)
SignIn = Callable[[FlaskClient, str], str]


def settings_for(url: str, folder: Path) -> Settings:
    """Settings of a server under test."""
    return Settings(
        environment="test",
        host="127.0.0.1",
        port=8000,
        data_dir=folder,
        database_url=url,
        owner_url="",
        redis_url="",
        secret_key="s" * 40,
        master_key=MASTER_KEY,
        mail_url="catchall:",
        clock_shift=timedelta(),
        trusted_hosts=(),
        proxies=0,
    )


def _with_passwords(url: str) -> None:
    peopled(url)
    with bound(url):
        with transaction(MUNICIPALITY) as tx:
            mine = sa.update(Municipality).where(Municipality.id == MUNICIPALITY)
            tx.execute(mine.values(settings={"hosts": ["localhost", "meernet.example"]}))
        operator = accounts.operator(MUNICIPALITY)
        for key in STAFF:
            account = staffing.account_id(MUNICIPALITY, key)
            accounts.set_password(operator, account, PASSWORD, must_change=False)


@pytest.fixture
def app(database_templates: Templates, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own."""
    url = database_templates.copy("pages", _with_passwords)
    made = create_app(settings_for(url, tmp_path))
    yield made
    with made.app_context():
        db.engine.dispose()
    database_templates.server.drop_database(url)


@pytest.fixture
def sign_in() -> SignIn:
    """Sign somebody in; the token for their posts."""

    def enter(client: FlaskClient, key: str) -> str:
        email = f"{key.replace('_', '.')}@zandlede.example"
        page = client.get("/aanmelden")
        form = {"_csrf": token_of(page.text), "email": email, "password": PASSWORD, "back": ""}
        answer = client.post("/aanmelden", data=form)
        assert answer.status_code == 302, answer.text
        return token_of(client.get("/account").text)

    return enter


def token_of(html: str, name: str = "_csrf") -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found, f"no {name} in the page"
    return found[1]


def seen_on(client: FlaskClient, path: str, part: int = 0) -> str:
    """The mark of what a page shows, as its form number ``part`` gives it back."""
    found: list[str] = re.findall(r'name="seen" value="([0-9a-f]{32})"', client.get(path).text)
    return found[part]


def filled_card(page: str) -> dict[str, str]:
    """Everything the referral card asks, with the tokens of a page."""
    since = re.search(r'name="_since" value="([^"]+)"', page)
    return {
        "_csrf": token_of(page),
        "_token": token_of(page, "_token"),
        "_since": since[1] if since else "",
        "_do": "submit",
        "persoon.voornaam": "Maria",
        "persoon.naam": "Canariebos",
        "persoon.geboorte": "1941",
        "contact.tel": "09 000 00 01",
        "buurt": "oosthoek",
        "zorgen": "eenzaam",
        "dringend": "ja",
        "akkoord_contact": "ja",
        "handtekening:way": "spoken",
        "handtekening:data": "dokter Peeters",
        "verwijzer.naam": "Dokter Peeters",
        "verwijzer.functie": "huisarts",
        "verwijzer.tel": "09 000 00 02",
    }


@pytest.fixture
def as_tom(client: FlaskClient, sign_in: SignIn) -> str:
    """Tom, who keeps the forms, is signed in; the token for what he posts."""
    return sign_in(client, "tom_aerts")
