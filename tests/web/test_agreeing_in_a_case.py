"""Does the form behind a button show the words that will be kept, with who follows this case up in them?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.definitions.model.source import Source
from app.services.cases import case_page, hand_over
from app.services.definitions import publish_definitions
from app.services.municipality import setup
from app.services.staff import staffing
from tests.support.bound import MUNICIPALITY
from tests.support.town import holder_of, send_card
from tests.web.conftest import SignIn, token_of

AGREED = """
      - field: akkoord_beeld
        type: consent
        text: Ik vind het goed dat {holder.name} mij opneemt voor {case.number}.
        privacy: 1
"""
TALK = {"wijze": "bellen", "privacy_info": "mondeling", "akkoord_beeld": ["", "ja"]}


def _with_consent(source: Source) -> Source:
    """The report of a talk with one question more, and the workflow made anew so that new cases use it."""
    text = source.text if isinstance(source.text, str) else source.text.decode()
    if source.path == "formdefs/contactverslag.yaml":
        text += AGREED
    return replace(source, text=text.replace("title: Warme doorverwijzing", "title: Vernieuwd"))


@pytest.fixture
def card(app: Flask) -> str:
    """A card of Joris, whose report of the talk asks for an agreement; its case id."""
    with app.app_context():
        sources = [_with_consent(source) for source in setup.shipped()]
        result = publish_definitions.publish(MUNICIPALITY, sources, whole=True)
        assert not result.refused, result.problems
        return send_card().case


def _kept(page: str) -> dict[str, str]:
    names = ("_csrf", "_token", "_version", "akkoord_beeld:shown")
    return {name: token_of(page, name) for name in names} | {"_do": "submit"}


def _labels(case: str) -> str:
    page = case_page.show(holder_of(case), case)
    return repr([line.label for told in page.submissions for part in told.sections for line in part.lines])


def test_what_is_shown_behind_a_button_names_the_holder_and_is_what_is_kept(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    path = f"/dossiers/{card}/doe/bereikt"
    page = client.get(path).text
    found = re.search(r"Ik vind het goed dat Joris Maes mij opneemt voor DVK-\d{4}-\d{5}\.", page)
    assert found
    assert client.post(path, data=_kept(page) | TALK).status_code == 302
    with app.app_context():
        assert found[0] in _labels(card)


def test_words_that_named_a_colleague_are_shown_anew_and_not_ticked(
    app: Flask, client: FlaskClient, sign_in: SignIn, card: str
) -> None:
    sign_in(client, "joris_maes")
    path = f"/dossiers/{card}/doe/bereikt"
    before = client.get(path).text
    with app.app_context():
        other = staffing.account_id(MUNICIPALITY, "sofie_wouters")
        hand_over.hand_over(holder_of(card), card, to=other, reason="verlof", version=1)
    sofie = app.test_client()
    csrf = sign_in(sofie, "sofie_wouters")
    answer = sofie.post(path, data=_kept(before) | TALK | {"_csrf": csrf})
    assert answer.status_code == 409
    assert "Ik vind het goed dat Sofie Wouters mij opneemt" in answer.text
    assert not re.search(r'name="akkoord_beeld" value="ja" checked', answer.text)
    assert re.search(r'name="privacy_info" value="mondeling" checked', answer.text)
