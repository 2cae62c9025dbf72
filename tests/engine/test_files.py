from __future__ import annotations

import io
import zipfile

import pytest

from app.engine.files import examine, safe_name, sniff
from app.engine.values import Rejected

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 20 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 30 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 20


def package(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(name, "x")
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
    ],
)
def test_what_is_not_on_the_list_is_refused(content: bytes) -> None:
    assert sniff(content) == ""
    with pytest.raises(Rejected, match="file_kind"):
        examine(content)


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
