"""What is kept of a recording? The sound alone: who made it, where, when and on which phone goes.

Of an MP3 only whole frames of sound are kept, so nothing can stand before, between or behind them. An M4A keeps its
length, as its own tables point into it: what could tell something is filled with zeros where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MP3, M4A = "mp3", "m4a"
_LEAST_FRAMES = 3
"""By chance something else can look like one frame; never like three, one right behind the other."""
_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG 1
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2
    0: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2.5
}
"""Kilobits a second of layer III, by version."""
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"})
_TELLING = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip", b"ilst", b"wide"})
"""Titles, places, makers; and what is said to be empty, but need not be."""
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_DEEPEST = 8
_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash")


# MP3 -------------------------------------------------------------------------------------------------------


def is_mp3(content: bytes) -> bool:
    """Whether it is sound in frames, behind tags or not."""
    return len(_frames(content)) >= _LEAST_FRAMES


def only_frames(content: bytes) -> bytes:
    """The frames of an MP3, one behind the other; no tag of any kind."""
    return b"".join(content[start:end] for start, end in _frames(content))


def _frames(content: bytes) -> list[tuple[int, int]]:
    """Where every frame begins and ends, from the first on; what is no frame between two ends it."""
    at, found = _behind_tags(content), []
    while length := _length(content, at):
        if at + length > len(content):
            break
        found.append((at, at + length))
        at += length
    return found


def _behind_tags(content: bytes) -> int:
    """Where ID3 and APE tags at the beginning end."""
    at = 0
    while True:
        head = content[at : at + 32]
        if head[:3] == b"ID3" and len(head) >= 10:
            size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
            at += 10 + size + (10 if head[5] & 0x10 else 0)
        elif head[:8] == b"APETAGEX" and len(head) == 32:
            at += 32 + int.from_bytes(head[12:16], "little")
        else:
            return at


def _length(content: bytes, at: int) -> int:
    """How long the frame of layer III at a place is; 0 when there is none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, samples = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or not 0 < rate < 15 or samples == 3:
        return 0
    whole = 144_000 if version == 3 else 72_000
    return whole * _RATES[version][rate] // _SAMPLES[version][samples] + (head[2] >> 1 & 1)


# M4A -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """A part of an M4A: its kind, where it and its body begin, and where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


def is_m4a(content: bytes) -> bool:
    """Whether it is sound alone, in boxes that fit: a film, or a track of anything but sound, is none."""
    try:
        top = list(_boxes(content, 0, len(content)))
        handlers = list(_handlers(content))
    except ValueError:
        return False
    kinds = [box.kind for box in top]
    branded = kinds[:1] == [b"ftyp"] and content[8:12] in _BRANDS
    return branded and kinds.count(b"moov") == 1 and b"mdat" in kinds and set(handlers) == {b"soun"}


def without_telling(content: bytes) -> bytes:
    """An M4A of the same length in which titles, places, makers and times are zeros."""
    kept = bytearray(content)
    for box in _every(content, 0, len(content)):
        if box.kind in _TELLING:
            kept[box.start + 4 : box.start + 8] = b"free"
            kept[box.body : box.end] = bytes(box.end - box.body)
        elif box.kind in _TIMED:
            width = 16 if content[box.body : box.body + 1] == b"\x01" else 8
            kept[box.body + 4 : box.body + 4 + width] = bytes(width)
        elif box.kind == b"hdlr":  # version, kind of track, reserved; then a name of somebody's choice
            kept[box.body + 24 : box.end] = bytes(max(0, box.end - box.body - 24))
    return bytes(kept)


def _handlers(content: bytes) -> Iterator[bytes]:
    """What each track carries."""
    for box in _every(content, 0, len(content)):
        if box.kind == b"hdlr":
            yield content[box.body + 8 : box.body + 12]


def _every(content: bytes, start: int, end: int, depth: int = 0) -> Iterator[Box]:
    """Every box, those inside others too; nothing inside one that goes anyway."""
    if depth > _DEEPEST:
        raise ValueError("boxes in boxes")
    for box in _boxes(content, start, end):
        yield box
        if box.kind in _INSIDE:
            yield from _every(content, box.body, box.end, depth + 1)


def _boxes(content: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places. Raises ``ValueError`` where they do not fit exactly."""
    at = start
    while at < end:
        size, kind, body = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], at + 8
        if size == 1:
            size, body = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < body - at or at + size > end:
            raise ValueError("a box that does not fit")
        yield Box(kind, at, body, at + size)
        at += size
