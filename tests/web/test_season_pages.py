"""Does a form that is open for a part of the year say so, before, during and after?"""

from __future__ import annotations

import html
from datetime import timedelta

from flask.testing import FlaskClient

from app.storage import clock
from tests.support.town import local
from tests.web.conftest import SignIn, token_of

PACKET = "/kaart/dag_van_de_buren"
FILLED = {
    "naam": "Rosa Delcour", "tel": "0400 00 00 44", "activiteit": "Soep", "buurt": "ter_heide", "plaats": "Heidelaan",
    "kaartjes": "10", "ophalen": "bibliotheek",
}  # fmt: skip
LAST_DAY, MONDAY, TUESDAY = (local(f"2027-05-{moment}") for moment in ("07 16:00", "10 17:00", "11 09:00"))


def _text(client: FlaskClient, url: str) -> str:
    return html.unescape(client.get(url).text)


def test_outside_its_season_a_form_says_when_it_opens_again_and_inside_until_when(
    client: FlaskClient,
) -> None:
    with clock.stopped_at(local("2026-11-09 10:00")):
        assert "open van 1 januari 2027 tot en met 7 mei 2027" in _text(client, PACKET)
        assert "weer invullen vanaf vrijdag 1 januari 2027" in _text(client, PACKET)
        assert 'name="naam"' not in _text(client, PACKET)
    with clock.stopped_at(local("2027-03-01 10:00")):
        page = _text(client, PACKET)
        assert "tot en met vrijdag 7 mei 2027" in page
        assert 'name="naam"' in page
    with clock.stopped_at(TUESDAY):
        assert "vanaf zaterdag 1 januari 2028" in _text(client, PACKET)


def test_who_began_on_the_last_day_may_send_until_the_end_of_the_next_working_day(
    client: FlaskClient,
) -> None:
    with clock.stopped_at(LAST_DAY):
        page = client.get(PACKET).text
    told = {name: token_of(page, name) for name in ("_csrf", "_token", "_since")} | {
        "_do": "submit",
        **FILLED,
    }
    with clock.stopped_at(TUESDAY):
        late = client.post(PACKET, data=told)
        assert late.status_code == 422
        assert "Heidelaan" in late.text
        assert "tot en met 5 mei 2028" in html.unescape(late.text)
    with clock.stopped_at(MONDAY):
        assert client.post(PACKET, data=told).status_code == 302


def test_a_draft_at_the_desk_says_until_when_it_can_be_sent(client: FlaskClient, sign_in: SignIn) -> None:
    with clock.stopped_at(LAST_DAY):
        token = sign_in(client, "hilde_claes")
        where = client.post("/onthaal/nieuw/dag_van_de_buren", data={"_csrf": token}).headers["Location"]
        assert "tot en met vrijdag 7 mei 2027" in _text(client, where)
    with clock.stopped_at(LAST_DAY + timedelta(hours=9)):
        page = _text(client, where)
        assert "Nu even gesloten" in page
        assert "nog versturen tot" in page
