"""Is this a picture that may be shown? By its own bytes, never by its name.

PNG and WebP only: an SVG can carry a script, and cleaning one is a promise we would rather not make.
"""

from __future__ import annotations

import struct

PNG, WEBP = "png", "webp"
MOST_BYTES = 256 * 1024
MOST_WIDTH, MOST_HEIGHT = 2000, 1000
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def kind_of(content: bytes) -> str:
    """``png`` or ``webp``; ``""`` for anything else."""
    if content.startswith(_PNG_HEAD) and content[12:16] == b"IHDR":
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return ""


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height in pixels; (0, 0) when it does not say."""
    try:
        if kind_of(content) == PNG:
            width, height = struct.unpack(">II", content[16:24])
            return int(width), int(height)
        return _webp_size(content)
    except (struct.error, IndexError):
        return 0, 0


def fault(content: bytes) -> str:
    """Why it is not taken (``picture_large``, ``picture_kind``, ``picture_size``); ``""`` when it is."""
    if len(content) > MOST_BYTES:
        return "picture_large"
    if not kind_of(content):
        return "picture_kind"
    width, height = size_of(content)
    return "" if 0 < width <= MOST_WIDTH and 0 < height <= MOST_HEIGHT else "picture_size"


def _webp_size(content: bytes) -> tuple[int, int]:
    """The three ways a WebP says it: lossy, lossless, extended."""
    chunk, body = content[12:16], content[20:30]
    if len(body) < 10:
        return 0, 0
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    if chunk == b"VP8L":
        (bits,) = struct.unpack("<I", body[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    return 0, 0
