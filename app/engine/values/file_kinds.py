"""Which kinds of file are known, and how large may one be?"""

from __future__ import annotations

MEGABYTE = 1024 * 1024
UPLOAD_MOST = 10 * MEGABYTE
MIME = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
KINDS: tuple[str, ...] = ("pdf", "jpg", "png", "webp")
"""Accepted unless the field names its own kinds; ``docx`` and sound only where a field asks for it."""
