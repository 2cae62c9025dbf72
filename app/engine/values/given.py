"""What came in, before anybody judged it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from app.engine.model.answers import Answers, FieldError

Params = tuple[tuple[str, str], ...]
Finding = tuple[str, Params]
"""A code and its params: why a value is refused or deserves a second look."""


class Rejected(Exception):
    """A text that cannot be read as a value of its field: text ``errors.<code>``, filled in from ``params``."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Params = tuple((name, str(value)) for name, value in params.items())


class NotStored(ValueError):
    """Stored answers that do not fit their form version: a bug or a damaged row, never somebody's typing."""


@dataclass(frozen=True, slots=True)
class Given:
    """Well-formed values by flat id and an error for each text that could not be read.

    ``blank`` names the fields that were on the page and left empty: their default does not come back. The rows of a
    repeat keep their place (an empty row is an empty mapping) so that an error names the row that was typed in.
    """

    values: Answers = field(default_factory=lambda: MappingProxyType({}))
    errors: tuple[FieldError, ...] = ()
    blank: frozenset[str] = frozenset()
