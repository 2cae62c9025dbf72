"""What list did somebody paste or choose, and what did they say its columns are? The same for every list taken over."""

from __future__ import annotations

from collections.abc import Collection

from flask import request

from app.services import spreadsheets

LARGEST = 2_000_000
LARGEST_TEXT = 500_000


def posted() -> str:
    """What was pasted (``rows``), else the file (``file``): as text, also the first sheet of a workbook.

    Raises ``Invalid``.
    """
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return request.form.get("rows", "")[:LARGEST_TEXT]
    return spreadsheets.as_text(chosen.stream.read(LARGEST))[:LARGEST_TEXT]


def columns(known: Collection[str]) -> tuple[str, ...] | None:
    """What somebody says each column is; ``None`` while nobody said."""
    said = request.form.getlist("column")
    return tuple(item if item in known else "" for item in said) if said else None
