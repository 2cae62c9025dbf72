"""Is an uploaded file what it says it is?

An allow-list by content: the first bytes decide, the name and the sender's word do not. What is not recognised is
refused.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection

from app.engine import jpeg, sounds
from app.engine.values.file_kinds import KINDS, MEGABYTE, MIME, UPLOAD_MOST
from app.engine.values.given import Rejected

__all__ = ["KINDS", "MIME", "UPLOAD_MOST", "cut", "examine", "safe_name", "sniff"]

NAME_MOST = 120
_DOCX_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})
_ENTRIES_MOST = 2_000
_UNPACKED_MOST = 100 * MEGABYTE
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')


def sniff(content: bytes) -> str:
    """The kind of ``content``, one of those that ``MIME`` has, or ``""`` for anything else."""
    return next((kind for kind, fits in _SIGNATURES.items() if fits(content)), "")


def examine(content: bytes, accept: Collection[str] = KINDS, most: int = UPLOAD_MOST) -> str:
    """The kind of an upload, or :class:`Rejected` with ``file_empty``, ``file_size`` or ``file_kind``."""
    if not content:
        raise Rejected("file_empty")
    if len(content) > most:
        raise Rejected("file_size", max=f"{most // MEGABYTE} MB", size=f"{-(-len(content) // MEGABYTE)} MB")
    kind = sniff(content)
    if kind not in accept:
        raise Rejected("file_kind", kinds=", ".join(accept))
    return kind


def cut(content: bytes, kind: str) -> bytes:
    """What is kept of an upload of this kind. Behind the end of a JPEG nothing is: a phone puts a film there that its
    owner does not see, and somebody else a file of another kind. The picture itself stays as it was sent; of a
    recording only the sound does."""
    if kind == sounds.MP3:
        return sounds.only_frames(content)
    if kind == sounds.M4A:
        return sounds.without_telling(content)
    return content[: jpeg.whole(content)] if kind == "jpg" else content


def safe_name(name: str, kind: str) -> str:
    """The sender's name as data: no path, no control signs, at most 120 characters, ending as its kind demands."""
    bare = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    bare = " ".join(_UNSAFE.sub(" ", bare).split())
    stem, dot, ending = f"x{bare}".rpartition(".")
    if dot and 1 <= len(ending) <= 5 and ending.isalnum():
        bare = stem[1:]
    return f"{bare.strip('. ')[: NAME_MOST - len(kind) - 1] or 'bestand'}.{kind}"


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _is_jpg(content: bytes) -> bool:
    return jpeg.whole(content) is not None


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") and b"IEND" in content[-64:]


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP" and content[12:15] == b"VP8"


def _is_docx(content: bytes) -> bool:
    """A zip that begins as one, holds a Word document and no macros, and does not unpack to something huge."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    names = {entry.filename for entry in entries}
    small = len(entries) <= _ENTRIES_MOST and sum(entry.file_size for entry in entries) <= _UNPACKED_MOST
    return small and names >= _DOCX_PARTS and not any("vbaProject" in name for name in names)


_SIGNATURES: dict[str, Callable[[bytes], bool]] = {
    "pdf": _is_pdf,
    "jpg": _is_jpg,
    "png": _is_png,
    "webp": _is_webp,
    sounds.M4A: sounds.is_m4a,
    "docx": _is_docx,
    sounds.MP3: sounds.is_mp3,
}
