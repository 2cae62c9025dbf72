"""Is every bad input answered clearly, with nothing lost and nothing stored that should not be?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.cli.main import main
from app.definitions.model.source import Source
from app.definitions.yaml_nodes import MAX_BYTES
from app.factory import create_app
from app.services.cases import case_page
from app.services.definitions import catalogs, publish_definitions
from app.storage import ids
from app.storage.database import db, transaction
from app.storage.models import Case, File, Submission
from tests.support.bound import MUNICIPALITY
from tests.support.databases import Templates
from tests.support.town import holder_of
from tests.web.conftest import SignIn, _with_passwords, settings_for, token_of
from tests.web.test_filling_in import CARD, FILLED, INTAKE

BROKEN = "form: kapot\ntitle: Kapot\nsections:\n  - section: een\n   title: Een\n"
TOO_LARGE = "# x\n" * (2 * MAX_BYTES // 4 + 1)
TYPED = "Canariebos"
NO_DOCUMENT = b"MZ\x90\x00" + b"\0" * (10 * 1024 * 1024 - 4)
"""Ten megabytes of a program for another machine."""


@pytest.fixture
def app(database_templates: Templates, tmp_path: Path) -> Iterator[Flask]:
    """The application, once on each kind of database."""
    url = database_templates.copy("pages", _with_passwords)
    made = create_app(settings_for(url, tmp_path))
    yield made
    with made.app_context():
        db.engine.dispose()
    database_templates.server.drop_database(url)


def stored(app: Flask) -> dict[str, int]:
    """How many rows there are of what a form leaves behind."""
    with app.app_context(), transaction(MUNICIPALITY, readonly=True) as tx:
        return {
            model.__name__: tx.scalar(
                sa.select(sa.func.count()).select_from(model).where(model.municipality == MUNICIPALITY)
            )
            for model in (Case, Submission, File)
        }


NOTHING = {"Case": 0, "Submission": 0, "File": 0}


def blank(client: FlaskClient) -> dict[str, str]:
    """What stands in an empty card."""
    page = client.get(CARD).text
    return {"_csrf": token_of(page), "_token": token_of(page, "_token"), "_do": "submit"}


def begun(client: FlaskClient, token: str, form: str) -> tuple[str, dict[str, str]]:
    """A new draft at the desk: where it is, and what stands in its page."""
    where = client.post(f"/onthaal/nieuw/{form}", data={"_csrf": token}).headers["Location"]
    page = client.get(where).text
    names = ("_csrf", "_token", "_version", "_revision")
    return where, {name: token_of(page, name) for name in names} | {"_do": "submit"}


# definitions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "code"), [(BROKEN, "Y0"), (TOO_LARGE, "Y001")], ids=["broken", "too-large"])
def test_a_file_that_cannot_be_read_is_named_with_its_place(
    text: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kapot.yaml"
    file.write_text(text)
    assert main(["check", str(file)]) == 1
    assert re.search(rf"kapot\.yaml:\d+:\d+: {code}\d* \S", capsys.readouterr().out)


@pytest.mark.parametrize("text", [BROKEN, TOO_LARGE], ids=["broken", "too-large"])
def test_a_file_that_cannot_be_read_publishes_nothing_and_keeps_what_runs(
    app: Flask, client: FlaskClient, text: str
) -> None:
    good = "form: notitie\ntitle: Notitie\nkind: action\nsections:\n  - section: kort\n    title: Kort\n    fields:\n"
    good += "      - {field: wat, type: text, label: Wat gebeurde er?, privacy: 1}\n"
    with app.app_context():
        before = catalogs.live(MUNICIPALITY).number
        sources = [Source("formdefs/notitie.yaml", good), Source("formdefs/doorverwijskaart.yaml", text)]
        result = publish_definitions.publish(MUNICIPALITY, sources)
        assert result.refused
        assert {each.span.path for each in result.problems} == {"formdefs/doorverwijskaart.yaml"}
        assert catalogs.live(MUNICIPALITY).number == before
        assert "notitie" not in catalogs.live(MUNICIPALITY).forms
    assert client.get(CARD).status_code == 200


# forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [("zorgen", "goudvissen"), ("dringend", "nooit"), ("buurt", "atlantis"), ("handtekening:way", "geraden")],
)
def test_an_option_that_does_not_exist_stores_nothing_and_costs_nothing(
    app: Flask, client: FlaskClient, name: str, value: str
) -> None:
    answer = client.post(CARD, data=blank(client) | FILLED | {name: value})
    assert answer.status_code == 422
    assert f'id="e-{name.partition(":")[0]}"' in answer.text
    assert f'value="{TYPED}"' in answer.text
    assert stored(app) == NOTHING


def test_a_hidden_field_posted_by_hand_is_not_stored(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    where, form = begun(client, sign_in(client, "hilde_claes"), "brede_intake")
    smuggled = {"rrn": "41051799981", "domeinen.werk": "gaat_goed", "domeinen.werk.nota": "verborgen nota"}
    sent = client.post(where, data=form | INTAKE | smuggled)
    assert sent.status_code == 302, re.findall(r"field-error.*?</p>", sent.text)
    told = told_of(app, sent.headers["Location"])
    assert "Dreigende uithuiszetting" in told
    assert "verborgen nota" not in told
    assert "99981" not in told


def test_a_field_for_others_posted_by_hand_is_not_stored(app: Flask, client: FlaskClient) -> None:
    sent = client.post(CARD, data=blank(client) | FILLED | {"kaartnr": "DVK-2026-99999"})
    assert sent.status_code == 302
    assert "99999" not in sent.headers["Location"]
    assert "99999" not in told_of(app, sent.headers["Location"])


def test_a_large_file_of_the_wrong_kind_is_refused_beside_its_field(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    where, form = begun(client, sign_in(client, "hilde_claes"), "doorverwijskaart")
    answer = post_with_file(client, where, form | FILLED, NO_DOCUMENT)
    assert answer.status_code == 422
    assert 'id="e-strook"' in answer.text
    assert "Dit soort bestand nemen we niet aan" in answer.text
    assert f'value="{TYPED}"' in answer.text
    assert stored(app) == NOTHING
    page = client.get(where).text
    assert f'value="{TYPED}"' in page
    assert client.post(where, data=form | FILLED).status_code == 302


def test_a_body_beyond_all_measure_is_refused_with_a_page(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    where, form = begun(client, sign_in(client, "hilde_claes"), "doorverwijskaart")
    answer = post_with_file(client, where, form | FILLED, NO_DOCUMENT * 3)
    assert answer.status_code == 413
    assert "Dat is te groot" in answer.text
    assert stored(app) == NOTHING


def post_with_file(
    client: FlaskClient, where: str, form: Mapping[str, str | Sequence[str]], content: bytes
) -> TestResponse:
    """Post a form with a file, as a browser writes it; in memory, where the client's own way leaves a file open."""
    boundary, lines = "grens", []
    for name, value in form.items():
        for text in [value] if isinstance(value, str) else value:
            lines.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n')
    head = 'Content-Disposition: form-data; name="strook:upload"; filename="strook.pdf"\r\n'
    lines.append(f"--{boundary}\r\n{head}Content-Type: application/pdf\r\n\r\n")
    body = "".join(lines).encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return client.post(where, data=body, content_type=f"multipart/form-data; boundary={boundary}")


# tokens ----------------------------------------------------------------------------------------------------------


def test_a_stale_session_token_asks_for_one_more_press_and_loses_nothing(
    app: Flask, client: FlaskClient
) -> None:
    form = blank(client) | FILLED
    same_site = {"Sec-Fetch-Site": "same-origin"}
    stale = client.post(CARD, data=form | {"_csrf": "van gisteren"}, headers=same_site)
    assert stale.status_code == 400
    assert stored(app) == NOTHING
    again: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', stale.text):
        again.setdefault(name, []).append(value)
    assert TYPED in again["persoon.naam"]
    assert client.post(CARD, data=again, headers=same_site).status_code == 302
    assert stored(app)["Case"] == 1


def test_a_token_from_another_site_gets_nothing_back(app: Flask, client: FlaskClient) -> None:
    form = blank(client) | FILLED
    answer = client.post(CARD, data=form | {"_csrf": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert TYPED not in answer.text
    assert stored(app) == NOTHING


def test_a_used_form_token_shows_the_first_receipt_and_refuses_other_words(
    app: Flask, client: FlaskClient
) -> None:
    form = blank(client) | FILLED
    first = client.post(CARD, data=form)
    assert client.post(CARD, data=form).headers["Location"] == first.headers["Location"]
    other = client.post(CARD, data=form | {"persoon.naam": "Iemand anders"})
    assert other.status_code == 409
    assert stored(app)["Case"] == 1


def told_of(app: Flask, location: str) -> str:
    """Everything that its case page shows of the case on a receipt."""
    number = location.rpartition("/")[2]
    with app.app_context():
        with transaction(MUNICIPALITY, readonly=True) as tx:
            key = tx.scalar(
                sa.select(Case.id).where(Case.municipality == MUNICIPALITY, Case.number == number)
            )
        case = ids.to_text(key)
        return repr(case_page.show(holder_of(case), case))
