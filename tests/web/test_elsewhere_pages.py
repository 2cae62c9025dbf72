"""Is a list of figures looked at first and read in then, and shown with where it comes from?"""

from __future__ import annotations

import io

from flask.testing import FlaskClient

from tests.web.conftest import SignIn, token_of

LIST = "Wijk;Jaar;Inwoners;65-plussers\nOosthoek;2024;2150;540\nTer Heide;2024;310;3\n"


def test_a_list_is_looked_at_read_in_and_taken_back(client: FlaskClient, sign_in: SignIn) -> None:
    csrf = sign_in(client, "pieter_bogaert")
    looked = client.post(
        "/cijfers/elders/lijst",
        data={"_csrf": csrf, "file": (io.BytesIO(LIST.encode("cp1252")), "statbel.csv")},
    ).text
    assert "2 rijen kunnen we gebruiken." in looked
    columns = ["place", "year", "count", "count"]
    sent = {
        "_csrf": csrf,
        "_token": token_of(looked, "_token"),
        "rows": LIST,
        "column": columns,
        "do": "apply",
    }
    wrong = client.post("/cijfers/elders/lijst", data=sent)
    assert wrong.status_code == 422
    assert wrong.text.count("Vul dit nog in.") == 2
    right = sent | {"source": "Statbel", "source_on": "2025-01-01"}
    assert client.post("/cijfers/elders/lijst", data=right).status_code == 302
    assert client.post("/cijfers/elders/lijst", data=right).status_code == 302
    page = client.get("/cijfers/elders").text
    assert page.count("Statbel, woensdag 1 januari 2025") == 2
    assert "minder dan 5" in page
    series = page.split("/cijfers/elders/")[2].split("/")[0]
    back = f"/cijfers/elders/{series}/intrekken"
    assert client.post(back, data={"_csrf": csrf}).status_code == 422
    assert client.post(back, data={"_csrf": csrf, "why": "verkeerd jaar"}).status_code == 302
    assert "ingetrokken: verkeerd jaar" in client.get("/cijfers/elders").text


def test_a_list_of_people_is_refused_and_not_shown_again(client: FlaskClient, sign_in: SignIn) -> None:
    csrf = sign_in(client, "pieter_bogaert")
    people = "Wijk;Jaar;Naam\nOosthoek;2024;Jan Canarie\n"
    page = client.post("/cijfers/elders/lijst", data={"_csrf": csrf, "rows": people}).text
    assert "gaat over mensen" in page
    assert "Jan Canarie" not in page


def test_who_handles_cases_does_not_come_in(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, "hilde_claes")
    assert client.get("/cijfers/elders").status_code == 403
    assert client.get("/cijfers/elders/lijst").status_code == 403
