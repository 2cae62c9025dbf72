"""How do the released figures of several municipalities stand beside each other?

Made of what each of them published alone, so that it tells nothing more. A municipality of which a number is hidden
has none here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.reporting.overview import OPEN, WAIT_BANDS
from app.reporting.releases import Release
from app.reporting.rows import DOMAIN

WAIT = "wait"
SHOWN = (WAIT, DOMAIN)
"""By what a group sees the figures of another: not by form, and not by neighbourhood."""
SOON = WAIT_BANDS[:4]
"""Spoken to within five working days."""
TOTAL, WITHIN, WAITING = "total", "within", "waiting"


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: the number of each municipality in the order asked, ``None`` where it is hidden, and the spread of
    those that are known. ``percent``: whether it is a share of a hundred. ``label`` and ``unit`` where the measure is
    one of a report."""

    key: str
    numbers: tuple[float | None, ...]
    percent: bool = False
    label: str = ""
    unit: str = ""

    @property
    def known(self) -> tuple[float, ...]:
        """The numbers that are not hidden, the lowest first."""
        return tuple(sorted(number for number in self.numbers if number is not None))

    @property
    def spread(self) -> tuple[float, float, float] | None:
        """Lowest, middle, highest; None with fewer than two."""
        return (self.known[0], median(self.known), self.known[-1]) if len(self.known) > 1 else None


def lines(cases: Sequence[Release], domains: Sequence[Release]) -> tuple[Line, ...]:
    """Cases in all, spoken to within five working days, still waiting."""
    return (
        Line(TOTAL, tuple(part.table().get(()) for part in cases)),
        Line(WITHIN, tuple(_within(part) for part in cases), percent=True),
        Line(WAITING, tuple(part.table(WAIT).get((OPEN,)) for part in cases)),
        *_domains(cases, domains),
    )


def _within(part: Release) -> int | None:
    counts = {keys[0]: count for keys, count in part.table(WAIT).items()}
    spoken = [counts.get(band) for band in WAIT_BANDS]
    soon = [counts.get(band) for band in SOON]
    if None in spoken or None in soon or not sum(filter(None, spoken)):
        return None
    return round(100 * sum(filter(None, soon)) / sum(filter(None, spoken)))


def _domains(cases: Sequence[Release], domains: Sequence[Release]) -> tuple[Line, ...]:
    """Of a hundred cases, how many touch each life domain."""
    keys = dict.fromkeys(key for part in domains for (key,) in part.table(DOMAIN))
    whole = [part.table().get(()) for part in cases]
    found = []
    for key in keys:
        mentioned = [part.table(DOMAIN).get((key,)) for part in domains]
        shares = tuple(_share(some, of) for some, of in zip(mentioned, whole, strict=True))
        found.append(Line(key, shares, percent=True))
    return tuple(line for line in found if any(line.known))


def _share(some: int | None, of: int | None) -> int | None:
    return None if some is None or not of else round(100 * some / of)
