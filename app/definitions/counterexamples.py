"""Who is an example of it? What somebody answers, in words that an author knows.

An example travels as one parameter of a problem: JSON, a list of ``[kind, label, value]``. The texts
``problems_definitions.example.<kind>`` say it; ``problems_definitions.<code>.who`` is the sentence around it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.texts import has, say

PARAMETER = "answers"
AREA = "problems_definitions.example"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody answers. ``kind`` chooses the words."""

    kind: str
    label: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody answers; nothing at all is anybody."""

    said: tuple[Said, ...] = ()

    def written(self) -> str:
        """As a parameter of a problem."""
        return json.dumps([[one.kind, one.label, one.value] for one in self.said], ensure_ascii=False)


def phrase(written: str, language: str = "nl") -> str:
    """``70 is, in Ter Heide woont en 'wonen' aankruist``: what :meth:`Example.written` says, for a sentence."""
    parts = [
        say(_words_for(kind, value), language, label=label, value=value)
        for kind, label, value in json.loads(written)
    ]
    if not parts:
        return say(f"{AREA}.anybody", language)
    joined = ", ".join(parts[:-1])
    return say(f"{AREA}.and", language, first=joined, last=parts[-1]) if joined else parts[-1]


def _words_for(kind: str, value: str) -> str:
    """Some values do not fit in the usual sentence: nobody lives in "no fixed address"."""
    own = f"{AREA}.{kind}.{value.replace(' ', '_')}"
    return own if has(own) else f"{AREA}.{kind}"
