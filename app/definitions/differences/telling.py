"""How is a difference said?"""

from __future__ import annotations

from app.definitions.differences.difference import Difference
from app.definitions.differences.words import attribute
from app.texts import has, say

_CAME = frozenset({"added", "removed", "moved", "elsewhere"})


def text_of(found: Difference, language: str = "nl") -> str:
    """``veld 'toelichting' is nu verplicht``: where, and what about it."""
    what = _what(found, language)
    if not found.where:
        return what
    where = ", ".join(
        say(f"differences.where.{kind}", language, name=name) for kind, name in found.where if kind != "key"
    )
    if not where:
        return what
    glue = "differences.glued" if found.code in ("on", "off", "moved", "elsewhere") else "differences.said"
    return say(glue, language, where=where, what=what)


def _what(found: Difference, language: str) -> str:
    params = {"old": found.old, "new": found.new}
    if found.code in ("on", "off"):
        code = f"differences.{found.code}.{found.subject}"
        if has(code):
            return say(code, language)
        return say(f"differences.{found.code}", language, attr=attribute(found.subject))
    if found.code in _CAME:
        code = (
            f"differences.{found.code}.{'first' if found.code == 'moved' and not found.new else ''}".rstrip(
                "."
            )
        )
        return say(code, language, thing=say(f"differences.thing.{found.subject}", language), **params)
    own = f"differences.{found.code}.{found.subject}"
    key = next((name for kind, name in found.where if kind == "key"), "")
    attr = attribute(found.subject)
    said = say("differences.keyed", language, attr=attr, key=key) if key else attr
    return say(own if has(own) else f"differences.{found.code}", language, attr=said, **params)
