from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.files import cut, examine, safe_name, sniff
from app.engine.values import Rejected
from tests.support.pictures import jpeg

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
JPG = jpeg(200, 300)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 30 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 20


def package(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(zipfile.ZipInfo(name), "x")  # of no date: the name of a test must not change
    return target.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "pdf"), (JPG, "jpg"), (PNG, "png"), (WEBP, "webp"), (DOCX, "docx")]
)
def test_the_content_says_what_a_file_is(content: bytes, kind: str) -> None:
    assert sniff(content) == kind
    assert examine(content, (kind,)) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\x00" * 100,
        b"<html><script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        b"\n" + PDF,
        b"%PDF-1.7 without an end",
        package("a.txt"),
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04broken",
        b"\xff\xd8\xff",
        b"\xff\xd8" + JPG[2:].replace(b"\xff\xd9", b""),
        b"\xff\xd8<script>alert(1)</script>\xff\xd9",
    ],
)
def test_what_is_not_on_the_list_is_refused(content: bytes) -> None:
    assert sniff(content) == ""
    with pytest.raises(Rejected, match="file_kind"):
        examine(content)


@pytest.mark.parametrize(
    "behind", [package("[Content_Types].xml", "word/document.xml"), b"\x00" * 9, JPG, b"\xff\xd9"]
)
def test_behind_the_end_of_a_picture_nothing_is_kept(behind: bytes) -> None:
    assert sniff(JPG + behind) == "jpg"
    assert cut(JPG + behind, "jpg") == JPG


def test_a_picture_in_a_picture_is_no_end_and_nothing_else_is_cut() -> None:
    small = b"\xff\xe1" + (len(JPG) + 2).to_bytes(2) + JPG
    framed = JPG[:2] + small + JPG[2:]
    assert cut(framed + b"film", "jpg") == framed
    scanned = JPG[:-2] + b"\xff\x00\x01\xff\xd3\x02" + JPG[-2:]
    assert cut(scanned + b"film", "jpg") == scanned
    assert cut(PDF + b" ", "pdf") == PDF + b" "


@given(st.binary(max_size=200))
def test_no_bytes_break_it(content: bytes) -> None:
    for begin in (b"\xff\xd8", JPG[:-2], JPG):
        kept = cut(begin + content, "jpg") if sniff(begin + content) == "jpg" else b""
        assert (begin + content).startswith(kept)
        assert begin != JPG or kept == JPG


def test_a_kind_must_be_accepted_here_too() -> None:
    with pytest.raises(Rejected, match="file_kind"):
        examine(DOCX)
    with pytest.raises(Rejected, match="file_kind"):
        examine(PDF, ("jpg", "png"))


def test_an_empty_or_too_large_file_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(Rejected, match="file_empty"):
        examine(b"")
    with pytest.raises(Rejected) as problem:
        examine(b"%PDF-" + b"x" * (10 * 1024 * 1024))
    assert problem.value.code == "file_size"
    assert dict(problem.value.params) == {"max": "10 MB", "size": "11 MB"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("verslag.pdf", "verslag.pdf"),
        ("..\\..\\windows\\verslag.exe", "verslag.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("brief\r\nX-Evil: 1.pdf", "brief X-Evil 1.pdf"),
        ("", "bestand.pdf"),
        (".pdf", "bestand.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_data_only(sent: str, kept: str) -> None:
    assert safe_name(sent, "pdf") == kept
