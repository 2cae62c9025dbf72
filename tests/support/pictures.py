"""How does a test get a picture that any reader draws, with what a camera writes beside it?"""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode

_SMALLEST_JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQ"
    "CgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="
)


def png(width: int, height: int, *, remark: str = "") -> bytes:
    """A grey PNG; ``remark`` stands in a text of its own."""
    rows = b"".join(b"\x00" + b"\x80" * width for _ in range(height))
    text = _chunk(b"tEXt", b"Comment\0" + remark.encode()) if remark else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + text
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def jpeg(width: int, height: int, *, turned: int = 1, remark: str = "") -> bytes:
    """The parts of a JPEG as a telephone writes them; its size is told, the picture itself is one dot."""
    plain = b64decode(_SMALLEST_JPEG)
    at = plain.index(b"\xff\xc9")
    sized = plain[: at + 5] + struct.pack(">HH", height, width) + plain[at + 9 :]
    tiff = b"MM\x00\x2a\x00\x00\x00\x08" + struct.pack(">HHHIHH", 1, 0x0112, 3, 1, turned, 0) + b"\x00" * 4
    exif = b"Exif\0\0" + tiff + remark.encode()
    marked = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    said = b"\xff\xfe" + struct.pack(">H", len(remark) + 2) + remark.encode()
    return sized[:2] + marked + said + sized[2:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
