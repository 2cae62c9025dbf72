"""Of a recording only the sound is kept: what a phone writes beside it is gone, wherever it was planted."""

from __future__ import annotations

import pytest

from app.engine.files import cut, sniff

SECRET = b"Rik Canariebos, Molenstraat 3"
FRAME = b"\xff\xfb\x90\x00" + b"\x55" * 413
"""MPEG 1, layer III, 128 kbit, 44.1 kHz: 417 bytes."""
SOUND = FRAME * 4
ID3 = b"ID3\x04\x00\x00\x00\x00\x00\x1d" + SECRET
APE = b"APETAGEX\xd0\x07\x00\x00" + (len(SECRET) + 32).to_bytes(4, "little") + bytes(16)


def box(kind: bytes, body: bytes = b"") -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def recording(handler: bytes = b"soun", *, brand: bytes = b"M4A ", more: bytes = b"") -> bytes:
    times = b"\x00\x00\x00\x00" + b"\xdd" * 8 + b"\x00" * 80
    hdlr = box(b"hdlr", bytes(8) + handler + bytes(12) + SECRET)
    udta = box(b"udta", box(b"meta", bytes(4) + box(b"ilst", SECRET)))
    stbl = box(b"stbl", box(b"stco", bytes(4) + b"\x00\x00\x00\x01" + b"\x00\x00\x03\x00"))
    trak = box(
        b"trak", box(b"tkhd", times) + box(b"mdia", box(b"mdhd", times) + hdlr + box(b"minf", stbl)) + udta
    )
    moov = box(b"moov", box(b"mvhd", times) + trak + udta + more)
    return (
        box(b"ftyp", brand + bytes(4))
        + box(b"free", SECRET)
        + moov
        + box(b"mdat", SOUND)
        + box(b"uuid", SECRET)
    )


@pytest.mark.parametrize(
    "content",
    [
        SOUND,
        ID3 + SOUND,
        ID3 + ID3 + SOUND + b"TAG" + SECRET.ljust(125),
        APE + SECRET + bytes(32) + SOUND + APE + SECRET,
        ID3 + SOUND + FRAME[:100] + SECRET,
        SOUND + b"PK\x03\x04" + SECRET,
    ],
)
def test_of_an_mp3_only_its_frames_are_kept(content: bytes) -> None:
    assert sniff(content) == "mp3"
    assert cut(content, "mp3") == SOUND


def test_of_an_m4a_nothing_tells_who_where_or_when_and_its_tables_still_point_right() -> None:
    content = recording()
    assert sniff(content) == "m4a"
    kept = cut(content, "m4a")
    assert len(kept) == len(content)
    assert SECRET not in kept
    assert b"\xdd" not in kept
    assert kept.index(SOUND) == content.index(SOUND)
    assert b"\x00\x00\x03\x00" in kept
    assert sniff(kept) == "m4a"
    assert cut(kept, "m4a") == kept


@pytest.mark.parametrize(
    "content",
    [
        FRAME * 2,  # by chance anything looks like that
        ID3,
        b"x" + SOUND,
        recording(b"vide"),
        recording(b"text"),
        recording(brand=b"qt  "),
        recording(more=box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + b"vide" + bytes(12))))),
        recording()[:-3],
        recording(more=b"\x00\x00\x00\x08moov"[:7]),
    ],
)
def test_what_is_no_sound_alone_is_not_taken(content: bytes) -> None:
    assert sniff(content) not in {"mp3", "m4a"}


def test_boxes_in_boxes_without_end_are_refused() -> None:
    deep = b""
    for _ in range(5_000):
        deep = box(b"moov", deep)
    assert sniff(box(b"ftyp", b"M4A " + bytes(4)) + deep + box(b"mdat", SOUND)) == ""
