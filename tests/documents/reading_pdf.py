"""What does a reader get out of a PDF: its words page by page, and whether it can be read aloud?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def words(content: bytes) -> list[str]:
    """The text of each page, white space made single."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def is_accessible(content: bytes) -> bool:
    """Whether it says to be PDF/UA-1, is tagged, names its language and shows its title."""
    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    says = "pdfuaid:part>1<" in metadata and str(root["/Lang"]).startswith("nl")
    marked, shown = root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]
    return bool(marked and shown and "/StructTreeRoot" in root and says)


def title(content: bytes) -> str:
    """The title a window shows."""
    found = PdfReader(io.BytesIO(content)).metadata
    return str(found.title) if found is not None else ""


def alternatives(content: bytes) -> list[str]:
    """What is read aloud for the pictures, in the order of the tags."""
    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    return list(_alternatives(root["/StructTreeRoot"]))


def _alternatives(tag: Any) -> Iterator[str]:
    found = tag.get_object()
    if isinstance(found, list):
        for part in found:
            yield from _alternatives(part)
    elif isinstance(found, dict):
        if "/Alt" in found:
            yield str(found["/Alt"])
        if "/K" in found:
            yield from _alternatives(found["/K"])


def links(content: bytes) -> list[str]:
    """The addresses that can be followed, page by page."""
    found = []
    for page in PdfReader(io.BytesIO(content)).pages:
        for note in page.get("/Annots") or ():
            action = note.get_object().get("/A")
            if action is not None and "/URI" in action:
                found.append(str(action["/URI"]))
    return found
