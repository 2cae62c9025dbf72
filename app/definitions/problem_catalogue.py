"""Which problems can be told, by which pass, and do they stop publication?

The words are the list: every code that ``app.texts`` can say is a problem that some pass tells, and the other way
round. ``docs/problemen.md`` is made from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from app.definitions.model.source import Severity
from app.definitions.problems import AREAS
from app.texts import codes_of

CODE = re.compile(r"[A-Z][0-9]{3}")


class Stage(StrEnum):
    """The pass that tells a problem; its letter begins the code. In the order in which they are run."""

    SYNTAX = "Y"
    SHAPE = "S"
    REFERENCES = "R"
    EXPRESSIONS = "T"
    GRAPH = "G"
    PROOFS = "P"
    STAFF = "L"
    ADVICE = "A"
    EXAMPLES = "E"
    VERSIONS = "V"


@dataclass(frozen=True, slots=True)
class Known:
    """One problem that can be told; its message is the text ``words``, its hint ``words`` + ``.hint``."""

    code: str
    stage: Stage
    severity: Severity
    words: str


ADVICES = frozenset({"G464", "V903"})
"""Told without stopping publication, beside everything of the pass that only gives advice."""

SELF_EVIDENT = frozenset({
    "T105", "T106", "T107", "T108", "T110", "T114", "T118", "T120", "T121", "T123", "T124", "T126", "T127", "T128",
    "T129", "T203", "T208", "T211",
})  # fmt: skip
"""Always told with what was probably meant ("bedoel je"), which says how to mend it better than a hint could."""


@cache
def catalogue() -> Mapping[str, Known]:
    """All problems by code, pass after pass."""
    found = {
        code: Known(code, Stage(code[0]), _severity(code), f"{area}.{code}")
        for area in AREAS
        for code in codes_of(area)
        if CODE.fullmatch(code)
    }
    places = list(Stage)
    ordered = sorted(found.values(), key=lambda known: (places.index(known.stage), known.code))
    return MappingProxyType({known.code: known for known in ordered})


def _severity(code: str) -> Severity:
    advice = code in ADVICES or Stage(code[0]) is Stage.ADVICE
    return Severity.ADVICE if advice else Severity.ERROR
