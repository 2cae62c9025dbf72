"""Does what people and authors type ever become part of a page, and can a post reach what its page did not offer?"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

import app.web
from app.definitions.model.source import Source
from app.reporting import spreadsheets
from app.services.definitions import publish_definitions
from app.services.municipality import setup
from tests.support.bound import MUNICIPALITY
from tests.support.town import settle
from tests.web.conftest import SignIn, filled_card, seen_on

CARD = "/kaart/doorverwijskaart"
STRINGS = (
    "<script>xss()</script>", "\"><script>xss()</script>", "'><img src=x onerror=xss()>", "<svg/onload=xss()>",
    "\" onmouseover=\"xss()", "' onfocus='xss()' autofocus='", "</title><script>xss()</script>",
    "</textarea><script>xss()</script>", "</script><script>xss()</script>", "<!--<script>xss()</script>",
    "]]><script>xss()</script>", "<iframe src=javascript:xss()>", "<a href=javascript:xss()>x</a>",
    "<math href=javascript:xss()>", "<details open ontoggle=xss()>", "<body onload=xss()>", "<style>*{}</style>",
    "<base href=//evil.example>", "<form action=//evil.example>", "<meta http-equiv=refresh content=0>",
    "<object data=//evil.example>", "<embed src=//evil.example>", "<link rel=stylesheet href=//evil.example>",
    "<input autofocus onfocus=xss()>", "<video><source onerror=xss()>", "<template><script>xss()</script>",
    "\u003cscript\u003exss()", "<scr<script>ipt>xss()", "<SCRIPT>xss()</SCRIPT>", "<x/onclick=xss()>",
)  # fmt: skip
TEMPLATES = (
    "{{7919*7907}}",
    "{% print(7919*7907) %}",
    "${7919*7907}",
    "#{7919*7907}",
    "<%= 7919*7907 %>",
    "{{config}}",
    "{0.__class__}",
)
"""62615533 would be the answer."""
ONE = " ".join(STRINGS)[:1900]
OTHER = " ".join((*STRINGS[-4:], *TEMPLATES))
AUTHORED = {
    "title: Doorverwijskaart": f"title: 'Kaart {STRINGS[1]}'",
    "label: Wil je er iets over zeggen?": "label: 'Iets <script>xss()</script>'",
}


class _Reader(HTMLParser):
    """Reads a page as a browser does, and keeps what would run or lead elsewhere."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.alive: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script"
        told = {name: text or "" for name, text in attrs}
        if tag in {"iframe", "object", "embed", "base", "math", "video", "template", "body onload"}:
            self.alive.append(tag)
        self.alive += [f"{tag} {name}" for name in told if name.startswith("on")]
        for name in ("href", "src", "action"):
            if told.get(name, "").lower().lstrip().startswith(("javascript:", "data:text", "//", "x")):
                self.alive.append(f"{tag} {name}={told[name]}")

    def handle_data(self, data: str) -> None:
        if self._script and "xss()" in data and "\\u003c" not in data:
            self.alive.append(f"script {data[:60]}")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def _harmless(text: str, where: str) -> None:
    reader = _Reader()
    reader.feed(text)
    assert not reader.alive, (where, reader.alive)
    assert "62615533" not in text, where
    assert "&lt;Config" not in text, where


def _hand_in(client: FlaskClient) -> None:
    form = filled_card(client.get(CARD).text) | {
        "persoon.voornaam": STRINGS[0],
        "persoon.naam": STRINGS[1],
        "persoon.roepnaam": STRINGS[3],
        "toelichting": f"{ONE[:100]} {TEMPLATES[0]}",
        "verwijzer.naam": OTHER[:100],
        "verwijzer.organisatie": STRINGS[5],
        "handtekening:data": STRINGS[6],
    }
    wrong = client.post(CARD, data={**form, "buurt": '"><script>xss()</script>', "contact.tel": STRINGS[2]})
    _harmless(wrong.text, "a form that comes back")
    assert wrong.status_code == 422
    sent = client.post(CARD, data=form)
    assert sent.status_code == 302, re.findall(r"field-error[^<]*<[^<]*", sent.text)
    _harmless(client.get(sent.headers["Location"]).text, "receipt")


def test_no_answer_becomes_part_of_a_page(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    """ASVS 1.2.1, 1.2.2, 1.2.3, 1.3.7, 3.2.2: 30 strings of script and 7 of templates, on every page they reach."""
    _hand_in(app.test_client())
    with app.app_context():
        settle()
    sign_in(client, "joris_maes")
    listed = client.get("/werk").text
    _harmless(listed, "/werk")
    case = re.search(r'href="(/dossiers/[^"?#]+)"', listed)
    assert case
    told = client.get(case[1]).text
    _harmless(told, "case")
    assert "&lt;script&gt;xss()" in told
    assert "{{7919*7907}}" in told
    for path in (f"{case[1]}/doe/bereikt", f"{case[1]}/nooit", f"{case[1]}/taak", "/partners", "/onthaal"):
        _harmless(client.get(path).text, path)
    _harmless(client.get("/werk", query_string={"zoek": STRINGS[1], "toon": STRINGS[4]}).text, "search")
    _harmless(client.get(f"/dossiers/{STRINGS[0]}").text, "an address")


def test_no_text_of_an_author_or_administrator_becomes_part_of_a_page(
    app: Flask, client: FlaskClient, as_tom: str
) -> None:
    """ASVS 1.3.1, 1.3.7: labels, titles and what a municipality publishes are words, whatever stands in them."""
    with app.app_context():
        texts = [Source(item.path, _authored(item)) for item in setup.shipped()]
        assert not publish_definitions.publish(MUNICIPALITY, texts, whole=True).refused
    told = {"_csrf": as_tom, "complaint_whom": ONE[:1500], "complaint_how": OTHER, "complaint_terms": "x"}
    page = "/beheer/gemeente/publiek/complaints"
    assert client.post(page, data=told | {"seen": seen_on(client, page)}).status_code == 302
    stranger = app.test_client()
    for path in ("/", CARD, "/klachten", "/privacy", "/privacy/doorverwijskaart"):
        page = stranger.get(path).text
        _harmless(page, path)
    assert "&lt;script&gt;xss()" in stranger.get(CARD).text
    for path in (
        "/beheer/formulieren", "/beheer/formulieren/doorverwijskaart", "/beheer/verwerkingen",
        "/beheer/verwerkingen/doorverwijskaart/dpia", "/beheer/gemeente/publiek/complaints",
    ):  # fmt: skip
        _harmless(client.get(path).text, path)
    for path in ("/beheer/verwerkingen/register.pdf", "/privacy/doorverwijskaart/blad.pdf"):
        assert client.get(path).data.startswith(b"%PDF")


def _authored(item: Source) -> bytes:
    text = item.text if isinstance(item.text, str) else item.text.decode()
    if item.path.endswith("doorverwijskaart.yaml") and "formdefs" in item.path:
        for before, after in AUTHORED.items():
            assert before in text
            text = text.replace(before, after, 1)
    return text.encode()


MARKS_MARKUP = re.compile(r"\|\s*safe\b|\bMarkup\(")
MAY_MARK = {
    "shell.py", "forms/parts.py", "studio/diagram.py", "studio/editor.py", "studio/layers.py", "studio/layout.py",
    "studio/trial_view.py", "forms/markdown.py", "studio/aside.py",
}  # fmt: skip


def test_only_files_that_are_known_say_that_something_is_markup() -> None:
    """ASVS 1.2.1: nowhere else is anything kept from being escaped."""
    root = Path(app.web.__file__).parent
    found = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*")
        if file.suffix in {".py", ".html"} and MARKS_MARKUP.search(file.read_text(encoding="utf-8"))
    }
    assert found <= MAY_MARK, found - MAY_MARK


FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\u00a0=cmd|' /C calc'!A0", "\uff1d1+1",
    "=HYPERLINK(\"x\")", "\ufeff=1", "\n=1", "\uff0b1", "\uff0d1", "\uff20x", "\u200b=1",
)  # fmt: skip


def test_nothing_in_a_spreadsheet_is_carried_out() -> None:
    """ASVS 1.2.10: no cell of an export begins a formula; in a workbook each is text."""
    rows = list(
        csv.reader(io.StringIO(spreadsheets.csv_text([FORMULAS]).removeprefix("\ufeff")), delimiter=";")
    )
    for cell in rows[0]:
        assert cell.startswith("'")
    made = spreadsheets.xlsx_bytes("x", [("kop",) * len(FORMULAS), FORMULAS])

    with zipfile.ZipFile(io.BytesIO(made)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="s"') == 2 * len(FORMULAS)
    assert spreadsheets.harmless("12,50") == "12,50"
