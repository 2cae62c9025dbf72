"""Where does something stand in an author's file, and what is wrong with it?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source: ``path`` as given by the caller; ``line`` and ``column`` count from 1, in characters."""

    path: str
    line: int
    column: int


NOWHERE = Span("", 0, 0)


class Severity(StrEnum):
    """``ERROR`` stops publication; ``ADVICE`` does not."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing an author should mend.

    ``code`` is a letter for the pass and three digits (``R302``); its message and hint are the texts
    ``problems.<code>`` and ``problems.<code>.hint``, filled in from ``params`` (name -> shown value).
    """

    span: Span
    code: str
    params: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Source:
    """One file or studio text: ``path`` decides its kind (``formdefs/lists/zorgen.yaml``), ``text`` its content."""

    path: str
    text: str | bytes
