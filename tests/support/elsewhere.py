"""Zandlede with a provider to sign in at: what its administrator set, and how somebody goes there and comes back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.services.access import accounts, outside_people, outside_told
from app.services.access.outside_told import Told, home_of
from app.services.staff import staffing
from app.storage.database import Transaction, transaction
from tests.support.bound import MUNICIPALITY
from tests.support.provider import Claims, House, answer
from tests.support.tls_server import Papers

ORG = "0207000000"
ROLES = (
    ("MeernetOnthaal", ("reception",)),
    ("MeernetContact", ("contact", "reception")),
    ("MeernetLezer", ("policy",)),
)


def told(house: House, **changes: object) -> Told:
    """The profile of ACM/IDM at the provider of the test."""
    usual = Told(issuer=house.issuer, client_id=house.client_id, org=ORG, roles=ROLES)
    return replace(usual, **changes)  # type: ignore[arg-type]


def set_up(app: Flask, house: House, municipality: str = MUNICIPALITY, **changes: object) -> None:
    """As the administrator sets it; the provider knows where to send people back to."""
    who = accounts.operator(municipality)
    with app.app_context():
        outside_told.save(who, told(house, **changes), active=True, secret=house.secret)
        house.redirects.append(home_of(municipality) + outside_told.PATH)


def person(name: str, *roles: str, org: str = ORG, **claims: object) -> Claims:
    """Claims as ACM/IDM gives them; each role for this organisation and another one."""
    first, _, last = name.partition(" ")
    return {
        "given_name": first,
        "family_name": last,
        "vo_id": f"vo-{name.lower().replace(' ', '-')}",
        "vo_orgcode": org,
        "vo_orgnaam": "Zandlede",
        "vo_doelgroepcode": "LB",
        "rol_3d": [f"{role}:{org},0999999999" for role in roles],
        **claims,
    }


def known_as(app: Flask, key: str, mark: str) -> str:
    """Somebody of the staffing file is known at the provider as ``mark``; their account."""
    with app.app_context():
        account = staffing.account_id(MUNICIPALITY, key)
        outside_people.link_by_hand(accounts.operator(MUNICIPALITY), account, mark)
    return account


def address_in(page: str) -> str:
    """Where the page that leaves for the provider leads."""
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    assert found, page
    return html.unescape(found[1])


def leave(client: FlaskClient, **form: str) -> str:
    """Press the button of the sign-in page: the address at the provider."""
    token = re.search(r'name="_csrf" value="([^"]+)"', client.get("/aanmelden").text)
    assert token
    page = client.post("/aanmelden/elders", data={"_csrf": token[1], "back": "", **form})
    assert page.status_code == 200, page.text
    return address_in(page.text)


def come_back(client: FlaskClient, address: str) -> TestResponse:
    """Open the address the provider sends the browser to."""
    return client.get("/" + address.split("/", 3)[3])


def through(client: FlaskClient, who: str, made: Papers) -> TestResponse:
    """There and back."""
    return come_back(client, answer(leave(client), who, made))


@contextmanager
def looking(app: Flask) -> Iterator[Transaction]:
    """Outside any request, in a transaction."""
    with app.app_context(), transaction(MUNICIPALITY) as tx:
        yield tx
