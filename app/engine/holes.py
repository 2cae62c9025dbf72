"""What stands in the holes of a text of a form: ``{holder.name}``, ``{partner.name}``, ``{row.label}``?

A page and a stored consent are filled by the same words, so that what is kept is what was shown. ``{{`` is a brace.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.texts import addressed, has, say

HOLE = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_.]*)\}")
Words = Mapping[str, str]
"""``holder.name`` -> the name; inside a row under its place: ``doorverwijzen.0.partner.name``."""


def names(text: str) -> tuple[str, ...]:
    """The holes of ``text``, in order."""
    return tuple(match[1] for match in HOLE.finditer(text) if match[1])


def default(name: str, language: str = "nl", address: str = "je") -> str:
    """What stands in a hole as long as nobody knows better: ``de contactpersoon van je dorp``, or ``uw``."""
    code = addressed(f"forms.word.{name}", address, language)
    return say(code, language) if has(code) else say("forms.word.any", language)


def word(words: Words, name: str, place: str = "") -> str:
    """The word for a hole at ``place`` (``doorverwijzen.0``, empty outside rows); empty when it is not known."""
    return (words.get(f"{place}.{name}") if place else "") or words.get(name) or ""


def fill(text: str, words: Words, language: str = "nl", *, place: str = "", address: str = "je") -> str:
    """``text`` without holes. ``address``: the form it stands in says ``je`` or ``u``."""

    def one(match: re.Match[str]) -> str:
        name = match[1]
        return match[0][0] if name is None else word(words, name, place) or default(name, language, address)

    return HOLE.sub(one, text)


def place_of(flat_id: str) -> str:
    """Where a field stands: ``doorverwijzen.0`` of ``doorverwijzen.0.akkoord``."""
    return flat_id.rpartition(".")[0]
