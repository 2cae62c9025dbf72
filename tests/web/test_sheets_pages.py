"""Can somebody with the whole database and the log of a day put a sheet beside the request of the same visit?"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.storage import clock
from app.storage.database import transaction
from app.storage.models import METADATA, SheetBundle
from tests.support.bound import MUNICIPALITY
from tests.support.town import local
from tests.web.conftest import SignIn, token_of

SHEET, REQUEST = "/blad/huisbezoek_bevindingen", "/kaart/huisbezoek_contact"
VISITORS = ("hilde_claes", "joris_maes", "sofie_wouters")
PLACES = ("oosthoek", "ter_heide", "statie", "sint_amand_lede")
VISITS = 16
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visit:
    """What the attacker wants to put together: the mark in the sheet and the name in the request."""

    mark: str
    name: str
    token: str


def _sheet(client: FlaskClient, place: str, mark: str, **more: str) -> tuple[TestResponse, str]:
    page = client.get(SHEET).text
    token = token_of(page, "_token")
    told = {
        "buurt": place,
        "maand": "november",
        "leeftijdsgroep": "van_75",
        "signalen": mark,
        "_do": "submit",
    }
    answer = client.post(SHEET, data={"_csrf": token_of(page), "_token": token, **told, **more})
    return answer, token


def _request(client: FlaskClient, place: str, name: str) -> None:
    page = client.get(REQUEST).text
    told = {
        "persoon.naam": name,
        "persoon.geboorte": "1941",
        "buurt": place,
        "contact.tel": "09 000 00 01",
        "onderwerp": "eenzaam",
        "dringend": "ja",
        "akkoord_contact": "ja",
        "handtekening:way": "typed",
        "handtekening:data": name,
        "bezoekers": "twee bezoekers",
    }
    tokens = {"_csrf": token_of(page), "_token": token_of(page, "_token"), "_do": "submit"}
    assert client.post(REQUEST, data={**told, **tokens}).status_code == 302


def _a_day(app: Flask, sign_in: SignIn) -> list[Visit]:
    """Sixteen visits of three visitors, one after the other, each a sheet and then the request."""
    desks = []
    for key in VISITORS:
        client = app.test_client()
        sign_in(client, key)
        desks.append(client)
    visits = []
    for number in range(VISITS):
        mark, name = f"merkteken{secrets.token_hex(4)}", f"Bezocht{number:02d}"
        place = PLACES[number % len(PLACES)]
        with clock.stopped_at(local(f"2026-11-10 {9 + number // 2:02d}:{number % 2 * 30:02d}")):
            answer, token = _sheet(desks[number % 3], place, mark)
            assert answer.headers["Location"].endswith("/klaar")
            _request(desks[number % 3], place, name)
        visits.append(Visit(mark, name, token))
    return visits


def _everything(app: Flask) -> dict[str, list[Row]]:
    """Every row of every table, in the order in which the database has them, with what it keeps of them itself."""
    found = {}
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        for table in METADATA.sorted_tables:
            hidden = "rowid" if tx.dialect == "sqlite" else "ctid::text AS ctid, xmin::text AS xmin"
            bare = table.name in ("sheet_bundle", "sheet_token") and tx.dialect == "sqlite"
            columns = "*" if bare or not table.primary_key.columns else f"{hidden}, *"
            rows = tx.execute(sa.text(f'SELECT {columns} FROM "{table.name}"')).mappings()  # noqa: S608
            found[table.name] = [dict(row) for row in rows]
    return found


def _bundles(app: Flask) -> list[list[tuple[str, Row]]]:
    """What whoever holds the keys reads, in the order in which it lies there."""
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        rows = tx.execute(sa.select(SheetBundle.id, SheetBundle.sealed)).all()
        return [tx.sealer.open_json(("sheet_bundle", key, "sealed"), bytes(sealed)) for key, sealed in rows]


def _orders(everything: dict[str, list[Row]]) -> Iterator[tuple[str, list[int]]]:
    """Every way to put the requests in a row, by the number of their visit: by each column of their case, and of what
    they sent."""
    for name in ("cases", "submission"):
        rows = everything[name]
        moments = sorted(str(row["received_at"]) for row in rows)
        assert len(moments) == VISITS
        for column in rows[0]:
            ordered = sorted(rows, key=lambda row: repr(row[column]))
            yield f"{name}.{column}", [moments.index(str(row["received_at"])) for row in ordered]


@pytest.fixture
def log() -> Iterator[list[str]]:
    lines: list[str] = []

    class Keeps(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler, root = Keeps(), logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_sheet_is_put_beside_the_request_of_the_same_visit(
    app: Flask, sign_in: SignIn, log: list[str]
) -> None:
    visits = _a_day(app, sign_in)
    everything, bundles = _everything(app), _bundles(app)
    kept = [sheet for bundle in bundles for sheet in bundle]
    assert len(kept) == VISITS
    # nothing beside the answers, and of the moment no more than the month in which they go
    assert {until for until, _ in kept} == {"2029-11-01"}
    assert {frozenset(data) for _, data in kept} == {
        frozenset({"buurt", "maand", "leeftijdsgroep", "signalen"})
    }
    # no column of any table, no line of the log and no counter holds a word or the token of a sheet
    plain = repr({name: rows for name, rows in everything.items() if name != "sheet_bundle"})
    said = "\n".join(log) + _metrics(app)
    for visit in visits:
        assert visit.mark not in plain + said
        assert visit.token not in plain + said
    # as many rows as visits lie nowhere but where no answer is, and the order of the sheets is that of nothing
    assert len(everything["sheet_bundle"]) == len(bundles) < VISITS
    marks = [data["signalen"] for _, data in kept]
    real = {visit.mark: number for number, visit in enumerate(visits)}
    tried = dict(_orders(everything))
    assert list(range(VISITS)) in tried.values()  # the attacker does know the order of the visits
    hits = {name: _right([real[mark] for mark in marks], order) for name, order in tried.items()}
    assert max(hits.values()) <= VISITS // 2, hits
    assert not _names_a_sheet(everything, kept)


def _right(sheets: Sequence[int], requests: Sequence[int]) -> int:
    """How many sheets stand beside the request of their own visit, the one row along the other or from behind. By
    chance it is one or two; half of them, once in a million."""
    along = sum(one == other for one, other in zip(sheets, requests, strict=True))
    behind = sum(one == other for one, other in zip(sheets, reversed(requests), strict=True))
    return max(along, behind)


def _names_a_sheet(everything: dict[str, list[Row]], kept: Sequence[tuple[str, Row]]) -> bool:
    """Whether a column of the rows about sheets has a value that a row about somebody has too."""
    own = {"municipality", "form", "waits", "until", "sealed"}
    names = {
        str(value)
        for table in ("sheet_bundle", "sheet_token")
        for row in everything[table]
        for column, value in row.items()
        if column not in own and column not in ("ctid", "xmin")
    }
    elsewhere = {
        str(value)
        for table, rows in everything.items()
        if not table.startswith("sheet_")
        for row in rows
        for value in row.values()
    }
    return bool(names & elsewhere)


def _metrics(app: Flask) -> str:
    return str(app.test_client().get("/metrics").text)


def test_what_a_token_leaves_behind_is_the_same_for_all_of_an_hour(app: Flask, sign_in: SignIn) -> None:
    client = app.test_client()
    sign_in(client, "hilde_claes")
    for _ in range(3):
        _sheet(client, "oosthoek", "Een bank erbij.")
    rows = _everything(app)["sheet_token"]
    assert len({repr(row["until"]) for row in rows}) <= 2
    assert len({row["key"] for row in rows}) == len(rows)


def test_afterwards_the_same_device_opens_the_request_blank_and_another_sheet(
    app: Flask, sign_in: SignIn
) -> None:
    client = app.test_client()
    sign_in(client, "hilde_claes")
    answer, token = _sheet(client, "oosthoek", "Een bank erbij.", naam="x")
    done = client.get(answer.headers["Location"]).text
    assert REQUEST in done
    assert "Een bank erbij" not in done
    blank = client.get(REQUEST).text
    assert token not in blank
    assert "Een bank erbij" not in blank
    again, _ = _sheet(client, "oosthoek", "Nog een bank.", _do="again")
    assert "Het blad is bewaard" in client.get(again.headers["Location"]).text


def test_a_name_is_asked_about_and_sent_all_the_same(app: Flask, sign_in: SignIn) -> None:
    client = app.test_client()
    sign_in(client, "hilde_claes")
    answer, _ = _sheet(client, "oosthoek", "Jozef komt niet meer buiten.")
    assert answer.status_code == 422
    assert "Toch zo versturen" in answer.text
    assert "Hier staat misschien een naam: Jozef" in answer.text
    again, _ = _sheet(client, "oosthoek", "Jozef komt niet meer buiten.", _do="sure")
    assert again.status_code == 302


def test_a_stranger_signs_in_first_and_no_other_way_in_takes_a_sheet(app: Flask) -> None:
    client = app.test_client()
    assert (
        "/aanmelden" in client.get(SHEET).headers.get("Location", "") or client.get(SHEET).status_code == 401
    )
    assert client.get("/kaart/huisbezoek_bevindingen").status_code == 404
    assert client.get("/insluiten/huisbezoek_bevindingen").status_code == 404
