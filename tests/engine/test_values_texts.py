from __future__ import annotations

import pytest

from app.engine.values import Rejected, codec_of, coerce
from tests.support.fields import MOMENT, make


def test_a_line_is_trimmed_and_composed_and_keeps_its_capitals() -> None:
    assert coerce(make("text"), ["  Zoe\u0308   D'hondt\n"]) == "Zoë D'hondt"


def test_prose_keeps_its_lines() -> None:
    assert coerce(make("long_text"), ["\r\neerste\r\ntweede\x0bderde  "]) == "eerste\ntweede\nderde"


@pytest.mark.parametrize("raw", [[], [""], ["   "], ["\n\t"]])
def test_nothing_but_blanks_is_blank(raw: list[str]) -> None:
    assert coerce(make("text"), raw) is None
    assert coerce(make("long_text"), raw) is None


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800"])
def test_control_and_direction_signs_are_refused(sign: str) -> None:
    for kind in ("text", "long_text", "date", "choice", "email", "phone"):
        with pytest.raises(Rejected, match="control_characters"):
            coerce(make(kind), [f"a{sign}b"])


def test_length_counts_what_is_kept() -> None:
    check = codec_of(make("text", min_length=2, max_length=3)).check
    assert check is not None
    assert check("a", MOMENT) == ("too_short", (("min", "2"), ("n", "1")))
    assert check("abcd", MOMENT) == ("too_long", (("max", "3"), ("n", "4")))
    assert check("abc", MOMENT) is None


def test_every_text_has_a_ceiling() -> None:
    check = codec_of(make("text")).check
    assert check is not None
    assert check("x" * 501, MOMENT) is not None
    with pytest.raises(Rejected, match="too_long"):
        coerce(make("text"), ["x" * 1_000_000])
    with pytest.raises(Rejected, match="too_long"):
        coerce(make("date"), ["1" * 1_000_000])


def test_a_pattern_judges_the_whole_text_in_linear_time() -> None:
    check = codec_of(make("text", pattern="[A-Z]{3}-[0-9]+")).check
    assert check is not None
    assert check("DVK-417", MOMENT) is None
    assert check("DVK-417x", MOMENT) == ("pattern", ())
    evil = codec_of(make("text", pattern="^(a+)+$")).check
    assert evil is not None
    assert evil("a" * 400 + "!", MOMENT) == ("pattern", ())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("an@voorbeeld.be", "an@voorbeeld.be"),
        (" An.Peeters+intake@OCMW.Zandlede.Example ", "An.Peeters+intake@ocmw.zandlede.example"),
        ("mailto:an@voorbeeld.be", "an@voorbeeld.be"),
    ],
)
def test_one_mail_address_is_read(typed: str, expected: str) -> None:
    assert coerce(make("email"), [typed]) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "an",
        "an@",
        "an@be",
        "an@voorbeeld.be, jan@voorbeeld.be",
        "An <an@voorbeeld.be>",
        "an@voor beeld.be",
        "an..p@voorbeeld.be",
        "an@voorbeeld.be)x@evil.be",
        "=?utf-8?q?a?=@voorbeeld.be\u00e9",
        "an@-a.be",
    ],
)
def test_anything_but_one_plain_address_is_refused(typed: str) -> None:
    with pytest.raises(Rejected, match="email"):
        coerce(make("email"), [typed])
