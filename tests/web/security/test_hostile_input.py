"""What if what somebody types, uploads or writes as a pattern is made to do harm? Pure: no server, no database."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from app.channels.headers import UnsafeText, address, body_text, header_text
from app.engine import files
from app.engine.values.file_kinds import UPLOAD_MOST
from app.engine.values.given import Rejected
from app.engine.values.texts import compiled
from app.web.forms import markdown

PATTERNS = (
    "(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){12}", "(a*)*$", "([a-zA-Z]+)*$", "(x+x+)+y", "^(a?){25}a{25}$",
    "(.*)*$", "(.+)+$", "((a+)+)+$", "(a+b?)+$", "(\\w+\\s?)*$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(\\d+)+$",
    "(\\s+)+$", "([^a]|a)*b", "(a{1,10}){1,10}$", "(aa|aab?)+$", "(.|\\n)*x", "a*a*a*a*a*a*a*b", "(a*b*)*c",
    "(?:a+)+$", "(?i)(a+)+$", "^(a+)+b$", "(a|b|ab)*c", "([ab]*)*c", "(a.*){10}", "(.{1,50}){1,5}$", "(a?){30}",
    "((ab)*)*c", "(a+)*(b+)*$", "^(\\w+)+@", "(<.+>)+$", "([\\s\\S]*)*$", "(.*?,){11}P", "(a|[a-z])+$", "(\\.|a)+$",
    "^(.*)(.*)(.*)(.*)x$", "(0|1|01)*2",
)  # fmt: skip
LONG = "a" * 1_000_000


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_of_an_author_never_takes_more_than_one_look_at_a_text(pattern: str) -> None:
    """ASVS 1.3.12: 40 patterns that take for ever elsewhere, against a million signs (RE2 is linear in the text)."""
    assert compiled(pattern)(LONG + "!") in {True, False}


@pytest.mark.parametrize("pattern", ["(?=a)", "(?<=a)", "(a)\\1", "(?!a)", "a{1001}"])
def test_what_needs_looking_back_is_refused_before_it_runs(pattern: str) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - RE2's own error has no name of its own
        compiled(pattern)


HEADERS = (
    "a\nBcc: e@evil.example", "a\r\nBcc: e@evil.example", "a\rBcc: e@evil.example", "a\n\nbody", "a\r\n\r\n<html>",
    "a\x0bBcc: x", "a\x0cBcc: x", "a\x85Bcc: x", "a\u2028Bcc: x", "a\u2029Bcc: x", "a\x00b", "a\x1fb", "a\x7fb",
    "=?utf-8?q?a=0ABcc=3A_evil=40x?=", "=?utf-8?b?YQpCY2M6IGV2aWxAeA==?=", "=?iso-8859-1?q?=0D=0ABcc:x?=",
    "x =?utf-8?q?=0A?= y", "a\n Bcc: folded", "a\n\tBcc: folded", "a\x1cb", "a\x1db", "a\x1eb", "\r\nSubject: x",
    "a\nContent-Type: text/html", "a\nTo: e@evil.example",
)  # fmt: skip


@pytest.mark.parametrize("text", HEADERS, ids=ascii)
def test_no_text_becomes_a_header_of_its_own(text: str) -> None:
    """ASVS 1.3.11: 25 texts that would add a header to a mail, in subject, name and address."""
    with pytest.raises(UnsafeText):
        header_text(text, "subject")
    with pytest.raises(UnsafeText):
        address(f"{text}@b.example")
    if "=?" in text:
        with pytest.raises(UnsafeText):
            body_text(text)


def _zip(*entries: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries:
            package.writestr(name, content)
    return made.getvalue()


WORD = (("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + struct.pack(">II", 1, 1)
    + b"\x08\x06\x00\x00\x00....\x00\x00\x00\x00IEND\xaeB`\x82"
)
REFUSED = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg behind a declaration": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "html behind blanks": b"\n\n  <html>",
    "program of Windows": b"MZ\x90\x00" + b"\0" * 64,
    "program of Linux": b"\x7fELF" + b"\0" * 64,
    "script": b"#!/bin/sh\nrm -rf /\n",
    "gif": b"GIF89a" + b"\0" * 32,
    "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64,
    "any zip": _zip(("a.txt", b"x")),
    "Word with macros": _zip(*WORD, ("word/vbaProject.bin", b"x")),
    "picture with a page behind it": PNG + b"<script>alert(1)</script>" * 8,
    "page that calls itself a PDF": b"<html>%PDF-1.7 %%EOF",
    "PDF without an end": b"%PDF-1.7\n" + b"x" * 4096,
    "zip behind something else": b"x" * 16 + _zip(*WORD),
    "spreadsheet": _zip(("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x")),
    "java": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
    "text": b"gewone tekst",
    "empty picture": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_what_its_bytes_say_whatever_it_is_called(name: str) -> None:
    """ASVS 5.2.2: content decides; SVG, HTML, programs, macros and pages hidden behind a picture are refused."""
    with pytest.raises(Rejected) as problem:
        files.examine(REFUSED[name])
    assert problem.value.code == "file_kind"


def test_a_file_that_swells_or_is_too_large_is_refused() -> None:
    """ASVS 5.2.1, 5.2.3: size, number of entries and what a zip unpacks to have limits."""
    for content in (
        _zip(*WORD, ("word/media/x.bin", b"\0" * (101 * 1024 * 1024))),
        _zip(*WORD, *((f"word/{number}.xml", b"") for number in range(2_001))),
    ):
        with pytest.raises(Rejected) as problem:
            files.examine(content)
        assert problem.value.code == "file_kind"
    with pytest.raises(Rejected) as problem:
        files.examine(PNG + b"\0" * UPLOAD_MOST)
    assert problem.value.code == "file_size"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\x\\y.png", "a/b/c.pdf", "x.php.png", "x.png.exe",
        "x.pdf\x00.exe", "\u202egnp.exe", "a\r\nSet-Cookie: x=1.png", 'a"; filename="b.html', "CON", "....", "",
        "." * 300, "é" * 300 + ".png", "a.png ", "a\tb.png", "<script>.png", "|rm -rf.png", "nul.txt", ".htaccess",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_name_is_data_and_never_a_path_a_header_or_another_kind(name: str) -> None:
    """ASVS 5.3.2, 5.4.1, 5.4.2: the name of a file is made harmless and ends as its content demands."""
    safe = files.safe_name(name, "png")
    assert safe.endswith(".png")
    assert not set(safe) & set('/\\:*?"<>|\r\n\t\x00\u202e')
    assert len(safe) <= files.NAME_MOST
    assert not safe.startswith(".")
    assert ".." not in safe


MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html,x)",
    "[x](JaVaScRiPt:alert(1))", "[x](vbscript:x)", "<a href='javascript:x'>x</a>", "<svg/onload=alert(1)>",
    "![x](x onerror=alert(1))", "[x](https://a.example\" onmouseover=\"alert(1))", "<iframe src=//evil.example>",
    "[x]( javascript:alert(1))", "[x](java\tscript:alert(1))", "**<b onclick=x>**", "<!--<script>-->", "]]><script>",
    "&lt;script&gt;", "<math><mi xlink:href='javascript:x'>", "`<script>`", "<style>@import'x'</style>",
)  # fmt: skip


@pytest.mark.parametrize("text", MARKUP, ids=ascii)
def test_words_of_an_author_become_no_markup_of_their_own(text: str) -> None:
    """ASVS 1.2.1, 1.3.1, 1.3.5: of markdown only emphasis, lists and links of the web and of mail are left."""
    for made in (markdown.block(text), markdown.inline(text)):
        low = str(made).lower()
        for bad in (
            "<script",
            "<img",
            "<svg",
            "<iframe",
            "<style",
            "<math",
            "<b o",
            'href="javascript',
            'href="data',
        ):
            assert bad not in low, (text, made)
        assert 'onmouseover="' not in low
        assert 'href="java' not in low
