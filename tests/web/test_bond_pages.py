"""Does a form let somebody choose cases without a script, and does a page show what belongs together and to whom?"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.intake.submit_form import Receipt
from tests.services.test_bonds import RESULT, need, project
from tests.support.town import press
from tests.web.conftest import SignIn, token_of


@pytest.fixture
def bus(app: Flask) -> tuple[Receipt, Receipt, Receipt]:
    """A project and the two needs it brings together."""
    with app.app_context():
        one, other = need(), need(titel="Vervoer")
        return project(one, other), one, other


def words(html: str, id_: str) -> str:
    """The words of the part of a page that is named by a heading."""
    found = re.search(rf'<section[^>]*aria-labelledby="{id_}".*?</section>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def begun(client: FlaskClient) -> tuple[str, str]:
    """A new project at the desk: its address and its page."""
    index = client.get("/onthaal").text
    at = index.index("Microproject")
    form = index[index.rindex("<form", 0, at) : index.index("</form>", at)]
    action = re.search(r'action="([^"]+)"', form)
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert action is not None
    answer = client.post(action[1], data=fields)
    return answer.location, client.get(answer.location).text


def test_cases_are_searched_and_ticked_without_a_script(
    bus: tuple[Receipt, Receipt, Receipt], client: FlaskClient, sign_in: SignIn
) -> None:
    _, one, other = bus
    sign_in(client, "marleen_baert")
    address, page = begun(client)
    assert f"{one.number} · Boodschappen doen · Sint-Amand-Lede" in page
    assert "Wie niet rijdt" not in page
    sent = {name: token_of(page, name) for name in ("_csrf", "_token", "_version", "_revision")}
    sought = client.post(
        address, data=sent | {"_seek": "koppelt", "koppelt:find": "vervoer", "koppelt": ["", one.number]}
    ).text
    boxes = dict(re.findall(r'type="checkbox"[^>]*value="(NK-[^"]+)"( checked)?', sought))
    assert boxes == {one.number: " checked", other.number: ""}
    nothing = client.post(address, data=sent | {"_seek": "koppelt", "koppelt:find": "zwembad"}).text
    assert "Er is nu niets om uit te kiezen." in nothing


def test_a_project_shows_its_needs_and_steps_and_a_need_its_project(
    app: Flask, bus: tuple[Receipt, Receipt, Receipt], client: FlaskClient, sign_in: SignIn
) -> None:
    made, one, other = bus
    with app.app_context():
        press(one.case, "gekoppeld")
    sign_in(client, "marleen_baert")
    page = client.get(f"/dossiers/{made.case}").text
    assert words(page, "onder") == (
        "Wat hoort hierbij? 1 van 2 klaar Dossier Stand Bij wie Stappen "
        f"{one.number} Boodschappen doen, Sint-Amand-Lede Gekoppeld Griet Cools – "
        f"{other.number} Vervoer, Sint-Amand-Lede Open Griet Cools –"
    )
    assert "0 van 2 klaar" in words(page, "stappenplan")
    assert made.number in words(client.get(f"/dossiers/{other.case}").text, "boven")
    opened = client.get(f"/dossiers/{made.case}?doe=haalbaar").text
    assert f"{one.number} staat al in 'Gekoppeld' en blijft zo" in words(opened, "mee").replace("&#39;", "'")


def test_who_does_not_read_the_project_sees_nothing_of_what_belongs_to_it(
    bus: tuple[Receipt, Receipt, Receipt], client: FlaskClient, sign_in: SignIn
) -> None:
    made, one, _ = bus
    sign_in(client, "joris_maes")
    page = client.get(f"/dossiers/{made.case}").text
    assert one.number not in page
    assert RESULT["leerpunt"] not in page
