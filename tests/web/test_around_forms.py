"""Is nothing raw shown, nothing lost and nobody misled around the forms of referrers and reception?"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.cases import case_page
from app.services.cases.case_view import CasePage
from app.services.definitions import catalogs
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import case_rows, sending_rows
from app.web.forms.pages import make_page
from app.web.forms.parts import Filling
from tests.support.bound import MUNICIPALITY
from tests.support.town import holder_of
from tests.web.conftest import SignIn
from tests.web.test_filling_in import CARD, FILLED

SETTLED = {"dringend": "ja", "buurt": "oosthoek", "persoon.geboorte": "1941"}
NAMED = "Ik vind het goed dat deze kaart naar Joris Maes gaat en dat die mij belt."


def _hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page that carry values."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page)
    return dict(found) | {"_do": "submit"}


def _visible(page: str) -> str:
    """Without the data for scripts, which holds braces of its own."""
    return re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


def _page_of(number: str) -> CasePage:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        row = case_rows.by_number(tx, number)
        assert row is not None
    case = ids.to_text(row["id"])
    return case_page.show(holder_of(case), case)


def _begin(client: FlaskClient, token: str) -> tuple[str, dict[str, str]]:
    where = client.post("/onthaal/nieuw/doorverwijskaart", data={"_csrf": token}).headers["Location"]
    return where, _hidden(client.get(where).text)


def test_no_hole_of_any_shipped_form_reaches_a_page(app: Flask) -> None:
    raw: dict[str, Sequence[str]] = {}
    with app.app_context():
        for version in catalogs.live(MUNICIPALITY).forms.values():
            for item in version.form.fields():
                raw |= {f"{item.id}.{row}.{child.id}": ["iets"] for row in "01" for child in item.fields}
                raw[item.id] = ["iets"]
            for audience in (*version.form.audience, ""):
                page = make_page(version.form, "nl", audience)
                roles = frozenset({"reception", "maatschappelijk_werker"})
                for filling in (Filling(), Filling(raw=raw, roles=roles)):
                    assert "{" not in page.render(filling), version.form.id
                assert "{" not in page.intro + page.nav


def test_the_page_names_who_will_call_once_that_is_settled_and_keeps_those_words(
    app: Flask, client: FlaskClient
) -> None:
    blank = client.get(CARD).text
    assert "naar de contactpersoon van je dorp gaat" in blank
    half = client.post(CARD, data=_hidden(blank) | SETTLED)
    assert half.status_code == 422
    assert NAMED in half.text
    sent = client.post(CARD, data={**_hidden(half.text), **FILLED})
    assert sent.status_code == 302, re.findall(r"field-error.*?</p>", sent.text)
    with app.app_context():
        page = _page_of(sent.headers["Location"].rpartition("/")[2])
    labels = [line.label for section in page.submissions[0].sections for line in section.lines]
    assert NAMED in labels


def test_words_that_name_another_are_asked_again_with_the_box_empty(client: FlaskClient) -> None:
    half = client.post(CARD, data=_hidden(client.get(CARD).text) | SETTLED)
    moved = client.post(CARD, data={**_hidden(half.text), **FILLED, "dringend": "vandaag"})
    assert moved.status_code == 422
    assert 'href="#i-akkoord_contact"' in moved.text
    assert NAMED not in moved.text
    box = re.search(r'id="i-akkoord_contact" name="akkoord_contact" value="ja"([^>]*)>', moved.text)
    assert box
    assert "checked" not in box[1]


def test_words_that_we_did_not_seal_count_for_nothing(app: Flask, client: FlaskClient) -> None:
    forged = {"akkoord_contact:shown": "Ik geef al mijn geld weg."}
    sent = client.post(CARD, data={**_hidden(client.get(CARD).text), **FILLED, **forged})
    assert sent.status_code == 302
    with app.app_context():
        told = repr(_page_of(sent.headers["Location"].rpartition("/")[2]).submissions)
    assert "geld weg" not in told
    assert "de contactpersoon van je dorp" in told


def test_a_trap_for_machines_never_costs_a_card(app: Flask, client: FlaskClient) -> None:
    blank = client.get(CARD).text
    assert 'name="_website" tabindex="-1"' in blank
    sent = client.post(CARD, data={**_hidden(blank), **FILLED, "_website": "http://koop.example"})
    assert sent.status_code == 302
    with app.app_context():
        page = _page_of(sent.headers["Location"].rpartition("/")[2])
    assert any("echt is" in task.label for task in page.tasks)


def test_who_sends_too_much_is_asked_to_wait_and_loses_nothing(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending_rows, "MOST", 0)
    answer = client.post(CARD, data={**_hidden(client.get(CARD).text), **FILLED})
    assert answer.status_code == 429
    assert "Even wachten" in answer.text
    assert 'value="Canariebos"' in answer.text


def test_reception_enters_a_card_under_its_number_and_day_and_chooses_who_it_is(
    app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    token = sign_in(client, "hilde_claes")
    where, form = _begin(client, token)
    wrong = client.post(
        where, data={**form, **FILLED, "_received": "31/12/2199", "kaartnr": "DVK-2026-00417"}
    )
    assert wrong.status_code == 422
    assert 'id="e-_received"' in wrong.text
    assert 'value="31/12/2199"' in wrong.text
    sent = client.post(where, data={**form, **FILLED, "kaartnr": "DVK-2026-00417"})
    assert sent.headers["Location"].endswith("DVK-2026-00417")
    where, form = _begin(client, token)
    found = client.post(where, data={**form, **FILLED, "_do": "find"})
    assert found.status_code == 200
    choice = re.search(r'name="_person" value="([^"]+)"[^>]*><label[^>]*>([^<]+)<', found.text)
    assert choice
    assert "Maria Canariebos, geboren in 1941, Oosthoek, gevolgd door Joris Maes, 1 open dossier" in choice[2]
    kept = client.post(where, data={**form, **FILLED, "_do": "save", "_person": choice[1]})
    assert kept.status_code == 302
    assert re.search(rf'value="{choice[1]}" checked', client.get(where).text)
    taken = client.post(where, data={**form, **FILLED, "_person": choice[1], "kaartnr": "DVK-2026-00417"})
    assert taken.status_code == 422
    assert "Dit kaartnummer is al gebruikt" in taken.text
    assert 'id="e-kaartnr"' in taken.text
    second = client.post(where, data={**form, **FILLED, "_person": choice[1]})
    assert second.status_code == 302
    with app.app_context():
        first_page, second_page = (_page_of(number) for number in ("DVK-2026-00417", "DVK-2026-00418"))
    assert first_page.person == second_page.person


def test_answers_are_read_in_words(app: Flask, client: FlaskClient) -> None:
    sent = client.post(CARD, data={**_hidden(client.get(CARD).text), **FILLED})
    with app.app_context():
        page = _page_of(sent.headers["Location"].rpartition("/")[2])
    told = {line.field: line.text for section in page.submissions[0].sections for line in section.lines}
    assert told["buurt"] == "Oosthoek"
    assert told["verwijzer.functie"].lower() == "huisarts"
    assert "kaartnr" not in told
