"""Is this a photo that may go on a card, and what does it tell that nobody meant to tell?

A camera writes where and when it stood. We do not draw the picture anew: everything that is not the picture itself
(place, moment, maker, remarks) is cut out of the file, byte by byte, and only how the camera was held is remembered.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from app.engine import jpeg

PNG, JPG = "png", "jpg"
MOST_BYTES = 3 * 1024 * 1024
LEAST, MOST = 150, 6000
"""Pixels of a side."""
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"})
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ORIENTATION = 0x0112


class Unusable(Exception):
    """``code``: photo_large, photo_kind, photo_size."""

    def __init__(self, code: str) -> None:
        """Why it is not taken."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Photo:
    """``content`` tells nothing but the picture; ``turned`` is how to hold it, 1 to 8 as in EXIF."""

    kind: str
    content: bytes
    turned: int = 1


def taken(content: bytes) -> Photo:
    """The photo in an upload. Raises ``Unusable``."""
    if len(content) > MOST_BYTES:
        raise Unusable("photo_large")
    try:
        if content.startswith(_PNG_HEAD):
            return _sized(_png(content), *struct.unpack(">II", content[16:24]))
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
    except (struct.error, IndexError, ValueError) as problem:
        raise Unusable("photo_kind") from problem
    raise Unusable("photo_kind")


def _sized(photo: Photo, width: int, height: int) -> Photo:
    if min(width, height) < LEAST or max(width, height) > MOST:
        raise Unusable("photo_size")
    return photo


def _png(content: bytes) -> Photo:
    kept, at = [_PNG_HEAD], len(_PNG_HEAD)
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise ValueError("cut off")
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        at = end
        if kind == b"IEND":
            return Photo(PNG, b"".join(kept))
    raise ValueError("no end")


def _jpeg(content: bytes) -> Photo:
    kept, turned, size = [b"\xff\xd8"], 1, (0, 0)
    for marker, start, end in _segments(content):
        body = content[start + 4 : end]
        if marker in _SIZES:
            height, width = struct.unpack(">HH", body[1:5])
            size = (width, height)
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            turned = _turned(body[6:])
        if _tells_only_the_picture(marker, body):
            kept.append(content[start:end])
    return _sized(Photo(JPG, b"".join(kept), turned), *size)


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, begin and end of each segment; from the first scan on all that is left of the picture is one."""
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            end = jpeg.end_from(content, at)
            if end is None:
                raise ValueError("no end")
            yield marker, at, end
            return
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        yield marker, at, at + 2 + length
        at += 2 + length
    raise ValueError("no picture")


def _tells_only_the_picture(marker: int, body: bytes) -> bool:
    """APP0 (JFIF), APP2 with colours and APP14 (Adobe's colours) are needed to draw it; other APPs and remarks are
    not."""
    if marker == 0xFE:
        return False
    if 0xE0 <= marker <= 0xEF:
        colours = marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")
        return marker in (0xE0, 0xEE) or colours
    return True


def _turned(tiff: bytes) -> int:
    """The orientation among the first entries of EXIF; 1 when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order or len(tiff) < 8:
        return 1
    (start,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[start : start + 2]) if start + 2 <= len(tiff) else (0,)
    for number in range(min(count, 64)):
        entry = tiff[start + 2 + 12 * number : start + 14 + 12 * number]
        if len(entry) == 12 and struct.unpack(f"{order}H", entry[:2])[0] == _ORIENTATION:
            (found,) = struct.unpack(f"{order}H", entry[8:10])
            return int(found) if 1 <= found <= 8 else 1
    return 1
