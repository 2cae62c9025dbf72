"""What the editor answers, to a page and to its script, and to whom."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.engine.policy import Actor
from app.services.definitions import definition_drafts
from app.services.staff import staffing
from app.web.studio.line_diff import compare
from tests.support.bound import MUNICIPALITY
from tests.web.conftest import SignIn, token_of

PATH = "formdefs/contactverslag.yaml"
OPEN = f"/beheer/bewerken/{PATH}"
POSTS = (OPEN, "/beheer/bewerken/nakijken", "/beheer/bewerken/aanvullen", "/beheer/bewerken/voorbeeld")
SCRIPT = {"X-Requested-With": "meernet"}
HEAD = "form: contactverslag\ntitle: Verslag\nkind: action\nsections:\n  - section: een\n    title: Een\n    fields:\n"
TEXT = HEAD + "      - {field: hoe, type: text, label: Hoe ging het, privacy: 1}\n"


class Author:
    """Tom at his editor."""

    def __init__(self, client: FlaskClient, sign_in: SignIn) -> None:
        self.client = client
        self.token = sign_in(client, "tom_aerts")

    def ask(self, address: str, **fields: str) -> Any:
        """What the script of the page asks; JSON."""
        answer = self.client.post(
            address, data={"path": PATH, **fields}, headers=SCRIPT | {"X-CSRF-Token": self.token}
        )
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def post(self, address: str = OPEN, **fields: str) -> Any:
        """What the form of the page posts."""
        return self.client.post(address, data={"_csrf": self.token, "path": PATH, **fields})

    def seen(self) -> str:
        """What somebody who opens the page now has seen."""
        return token_of(self.client.get(OPEN).text, "seen")


@pytest.fixture
def tom(client: FlaskClient, sign_in: SignIn) -> Author:
    """The administrator of the forms."""
    return Author(client, sign_in)


def colleague() -> Actor:
    """Somebody else who may edit."""
    return Actor(
        account=staffing.account_id(MUNICIPALITY, "karin_thijs"),
        municipality=MUNICIPALITY,
        roles=frozenset({"form_admin"}),
    )


@pytest.mark.parametrize("who", ["hilde_claes", "joris_maes", "karin_thijs", "pieter_bogaert"])
def test_only_who_makes_forms_may_edit(client: FlaskClient, sign_in: SignIn, who: str) -> None:
    token = sign_in(client, who)
    assert client.get(OPEN).status_code == 403
    for address in POSTS:
        assert client.post(address, data={"_csrf": token, "path": PATH, "text": TEXT}).status_code == 403, (
            address
        )


def test_nothing_is_answered_without_the_token_of_the_page(tom: Author) -> None:
    for address in POSTS:
        answer = tom.client.post(address, data={"path": PATH, "text": TEXT}, headers=SCRIPT)
        assert (answer.status_code, answer.get_json()["error"]) == (400, "token"), address


def test_the_page_has_the_text_the_files_and_a_form_that_works_alone(tom: Author) -> None:
    page = tom.client.get(OPEN).text
    assert "field: " in page
    assert "/beheer/bewerken/formdefs/blocks/persoon.yaml" in page
    assert 'name="_do" value="check"' in page
    assert tom.client.get("/beheer/bewerken/formdefs/bestaat_niet.yaml").status_code == 404


def test_files_of_the_code_editor_are_served_from_their_package_and_no_others(client: FlaskClient) -> None:
    for name, kind in (("ace.js", "javascript"), ("css/ace.css", "css"), ("css/main-1.png", "png")):
        with client.get(f"/static/ace/x/{name}") as answer:
            assert answer.status_code == 200, name
            assert kind in answer.headers["Content-Type"]
            assert "max-age=31536000" in answer.headers["Cache-Control"]
    for name in (
        "worker-yaml.js",
        "mode-php.js",
        "../widget.js",
        "css/../../widget.css",
        "css/main-1.png.map",
    ):
        assert client.get(f"/static/ace/x/{name}").status_code == 404, name


def test_a_text_is_checked_in_two_speeds(tom: Author) -> None:
    text = TEXT.replace("type: text", "type: tekst").replace(
        "privacy: 1", "privacy: 1, show_if: answered(wat)"
    )
    quick = tom.ask("/beheer/bewerken/nakijken", text=text, depth="quick")
    assert [(one["code"], one["line"]) for one in quick["problems"]] == [("S102", 8)]
    assert quick["whole"] is False
    assert quick["problems"][0]["mend"] == {"line": 8, "column": 28, "length": 5, "text": "text"}
    mended = text.replace("type: tekst", "type: text")
    whole = tom.ask("/beheer/bewerken/nakijken", text=mended, depth="whole")
    assert whole["whole"] is True
    assert [one["code"][0] for one in whole["problems"]] == ["T"]
    assert whole["summary"] == "1 fout"
    assert "wat" in whole["problems"][0]["message"]


def test_what_breaks_elsewhere_is_told_with_the_way_there(tom: Author) -> None:
    told = tom.ask("/beheer/bewerken/nakijken", text=TEXT.replace("contactverslag", "anders"), depth="whole")
    assert "/beheer/bewerken/workflows/warme_doorverwijzing.yaml" in [
        one["href"] for one in told["elsewhere"]
    ]


def test_what_fits_at_the_cursor_is_offered_with_its_help(tom: Author) -> None:
    found = tom.ask("/beheer/bewerken/aanvullen", text=HEAD + "      - {field: hoe, ", line="8", column="22")
    offered = {one["word"]: one for one in found["suggestions"]}
    assert offered["label"]["sort"] == "nog nodig"
    assert "show_if" in offered
    assert offered["privacy"]["help"].startswith("0 niet persoonlijk")


def test_a_form_is_shown_with_what_was_filled_in_and_cannot_be_sent(tom: Author) -> None:
    values = json.dumps({"hoe": ["Goed <b>"], "_csrf": ["x"], "vreemd": "geen lijst"})
    shown = tom.ask("/beheer/bewerken/voorbeeld", text=TEXT, values=values)
    assert shown["state"] == "whole"
    assert 'value="Goed &lt;b&gt;"' in shown["html"]
    assert 'action="/beheer/bewerken/voorbeeld"' in shown["html"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("formdefs/blocks/persoon.yaml", "Familienaam"),
        ("formdefs/lists/zorgen.yaml", "Hulp thuis"),
        ("workflows/warme_doorverwijzing.yaml", "Leg contact met de bewoner"),
        ("workflows/contact_points.yaml", "Woonloket"),
        ("formdefs/brede_intake.yaml", "Hoe gaat het?"),
    ],
)
def test_every_kind_of_file_can_be_looked_at(app: Flask, tom: Author, path: str, words: str) -> None:
    with app.app_context():
        text = definition_drafts.open_text(colleague(), path).text
    shown = tom.ask("/beheer/bewerken/voorbeeld", path=path, text=text)
    assert shown["state"] == "whole"
    assert words.casefold() in shown["html"].casefold()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "none"),
        ("form: [", "none"),
        (HEAD, "partial"),
        ("wat: dan", "partial"),
        ("list: x\noptions: []", "partial"),
    ],
)
def test_what_cannot_be_read_shows_nothing_and_the_page_says_so(tom: Author, text: str, state: str) -> None:
    assert tom.ask("/beheer/bewerken/voorbeeld", text=text)["state"] == state


def test_values_that_are_no_values_are_nothing(tom: Author) -> None:
    for values in ("[", "[]", "1", '{"a": 1}', '{"a": [[]]}'):
        assert tom.ask("/beheer/bewerken/voorbeeld", text=TEXT, values=values)["state"] == "whole"


def test_without_a_script_a_text_is_checked_shown_and_saved_by_buttons(tom: Author) -> None:
    seen = tom.seen()
    checked = tom.post(text=TEXT.replace("label", "lable"), seen=seen, _do="check")
    assert checked.status_code == 200
    assert "lable" in checked.text
    assert "Regel 8" in checked.text
    assert tom.seen() == seen
    assert "Hoe ging het" in tom.post("/beheer/bewerken/voorbeeld", text=TEXT).text
    saved = tom.post(text=TEXT.replace("\n", "\r\n"), seen=seen, _do="save")
    assert saved.status_code == 303
    page = tom.client.get(saved.headers["Location"]).text
    assert "Nog niet gepubliceerd" in page
    assert "Hoe ging het" in page
    assert tom.seen() != seen


def test_a_broken_text_is_kept_as_it_is(tom: Author) -> None:
    said = tom.ask(OPEN, text="form: [half", seen=tom.seen())
    assert said["seen"] == tom.seen()
    assert "form: [half" in tom.client.get(OPEN).text


def test_what_somebody_else_saved_is_never_overwritten_unasked(app: Flask, tom: Author) -> None:
    seen = tom.seen()
    theirs = TEXT.replace("Hoe ging het", "Van Karin")
    with app.app_context():
        definition_drafts.save(colleague(), PATH, theirs, seen)
    asked = tom.client.post(
        OPEN, data={"text": TEXT, "seen": seen}, headers=SCRIPT | {"X-CSRF-Token": tom.token}
    )
    said = asked.get_json()
    assert (asked.status_code, said["error"], said["text"]) == (409, "conflict", theirs)
    assert "Karin Thijs" in said["html"]
    page = tom.post(text=TEXT, seen=seen)
    assert page.status_code == 409
    assert "Hoe ging het" in page.text
    assert "Van Karin" in page.text
    assert "Van Karin" in tom.client.get(OPEN).text
    kept = tom.post(text=TEXT, seen=seen, theirs=token_of(page.text, "theirs"), _do="mine")
    assert kept.status_code == 303
    assert "Hoe ging het" in tom.client.get(OPEN).text


def test_a_text_that_is_too_large_is_refused_and_stays_on_the_page(tom: Author) -> None:
    answer = tom.post(text="# " + "x" * 600_000, seen=tom.seen())
    assert answer.status_code == 422
    assert "x" * 1000 in answer.text


def test_two_texts_differ_where_they_differ() -> None:
    both = "\n".join(f"regel {number}" for number in range(20))
    mine, theirs = both.replace("regel 9\n", "regel negen\n"), both
    found = compare(mine, theirs)
    assert [(line.kind, line.number) for line in found if line.kind in ("mine", "theirs")] == [
        ("theirs", 10),
        ("mine", 10),
    ]
    assert [line.kind for line in found].count("skipped") == 2
    assert compare(both, both) == ()
