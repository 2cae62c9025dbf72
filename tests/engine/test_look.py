"""Is a colour that cannot be read refused, with one beside it that can, and a picture taken by its bytes?"""

from __future__ import annotations

import struct

import pytest

from app.engine import colours, pictures
from app.engine.openings import origin_of


@pytest.mark.parametrize(
    "colour", ["#ffcc00", "#00ff00", "#777777", "#ffffff", "#0b5566", "#ff0000", "#000000"]
)
def test_the_nearest_colour_can_be_read_and_is_no_darker_than_it_must(colour: str) -> None:
    found = colours.nearest(colour)
    assert colours.legible(found)
    assert colours.legible(colour) == (found == colour)
    assert colours.contrast(found, colours.WHITE) < 6.5 or colours.legible(colour)


@pytest.mark.parametrize(
    ("typed", "read"), [("#0B5", "#00bb55"), ("0b5566", "#0b5566"), ("rood", ""), ("#12345", "")]
)
def test_a_colour_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert colours.parsed(typed) == read


def test_contrast_is_counted_as_wcag_does() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def png(width: int, height: int) -> bytes:
    """The head of a picture."""
    return (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"\x08\x06\x00\x00\x00"
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (png(300, 100), ""),
        (png(0, 100), "picture_size"),
        (png(9000, 100), "picture_size"),
        (png(300, 100) + b"x" * pictures.MOST_BYTES, "picture_large"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "picture_kind"),
        (b"GIF89a", "picture_kind"),
        (b"", "picture_kind"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\x2b\x01\x00\x63\x00\x00", ""),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X", "picture_size"),
    ],
)
def test_only_a_small_picture_of_a_safe_kind_is_taken(content: bytes, fault: str) -> None:
    assert pictures.fault(content) == fault


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://www.pelt.be", "https://www.pelt.be"),
        ("www.pelt.be", "https://www.pelt.be"),
        ("https://www.pelt.be:8443/pad?x=1", "https://www.pelt.be:8443"),
        ("http://www.pelt.be", ""),
        ("http://localhost:9000", "http://localhost:9000"),
        ("https://*.pelt.be", ""),
        ("*", ""),
        ("https://u:p@pelt.be", ""),
        ("https://pelt.be; script-src *", ""),
        ("'self'", ""),
        ("data:text/html,x", ""),
        ("https://pelt.be:99999", ""),
    ],
)
def test_only_a_plain_origin_may_frame_a_form(typed: str, origin: str) -> None:
    assert origin_of(typed) == origin
