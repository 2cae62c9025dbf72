"""What may be lent, and how much of each is there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.definitions.model.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Stock:
    """Each row of the repeat ``rows`` asks for ``many`` (a whole number) of ``item`` (a choice) on the ``day`` (a
    date). ``there``: option of ``item`` -> how many the house has, of every option."""

    rows: str
    item: str
    many: str
    day: str
    there: Mapping[str, int]
    span: Span = NOWHERE
