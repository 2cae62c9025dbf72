"""How is a typed text made clean, and which text is refused outright?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from app.engine.values.given import Rejected

SHORT = 200
"""Most characters of anything that is not prose: a date, a number, an e-mail address."""

# C0 and C1 controls but tab and newline, lone surrogates, and the signs that turn the direction of what follows.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")  # a word processor pastes the odd ones
_BLANKS = re.compile(r"\s+")


def clean_line(text: str) -> str:
    """One line, trimmed, NFC, runs of white space as one blank; raises ``Rejected`` for control characters."""
    if text.isascii() and text.isprintable():
        text = text.strip()
        return text if "  " not in text else _BLANKS.sub(" ", text)
    _refuse_controls(text)
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def clean_prose(text: str) -> str:
    """Several lines, trimmed, NFC, newlines as ``\\n``; raises ``Rejected`` for control characters."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _LINE_ENDS.sub("\n", text)
    _refuse_controls(text)
    return unicodedata.normalize("NFC", text).strip()


def one(raw: Sequence[str], most: int = SHORT) -> str:
    """The first text that is not blank, as one clean line of at most ``most`` characters; ``""`` when there is none."""
    for text in raw:
        if len(text) > most * 4:
            raise Rejected("too_long", max=most, n=most)
        line = clean_line(text)
        if line:
            if len(line) > most:
                raise Rejected("too_long", max=most, n=most)
            return line
    return ""


def each(raw: Sequence[str], most: int = SHORT) -> list[str]:
    """All texts that are not blank, clean, in order, each once."""
    lines: dict[str, None] = {}
    for text in raw:
        line = one((text,), most)
        if line:
            lines[line] = None
    return list(lines)


def _refuse_controls(text: str) -> None:
    if _FORBIDDEN.search(text):
        raise Rejected("control_characters")
