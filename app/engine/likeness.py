"""Could this be somebody we know? A judgement for people to decide on, never a decision.

Pure. ``index_of`` and ``asked_of`` are the texts under which a record is kept and looked up (hashed, by whoever keeps
them); ``likeness`` then compares one opened record with what was asked and says why it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.engine.model.answers import PartialDate
from app.engine.names import Name, bare, folded, skeleton, sounds

SPELLED, SOUNDS, PART, NEAR = "spelled", "sounds", "part", "near"
BIRTH, YEAR, NEAR_YEAR, OTHER_DAY, PLACE = "birth", "year", "near_year", "other_day", "place"
UNKNOWN = "?"
_WEIGHT = {SPELLED: 100, SOUNDS: 80, PART: 50, NEAR: 30}
_MORE = {BIRTH: 30, YEAR: 20, NEAR_YEAR: 5, OTHER_DAY: 5, PLACE: 10}
SURE_ENOUGH = 70
"""From here on it is worth asking while somebody is typing: name and year, or most of both."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """Somebody as far as known; ``place`` is a neighbourhood's id."""

    name: Name
    birth: PartialDate | None = None
    place: str = ""

    @property
    def year(self) -> int | None:
        """The year of birth."""
        return self.birth.year if self.birth else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two portraits are alike: ``score`` for order only, ``reasons`` are codes, the name first."""

    score: int
    reasons: tuple[str, ...]


def index_of(known: Portrait) -> frozenset[str]:
    """What a record is kept under: whole names by sound; a part of a name only with a year or a neighbourhood, so that
    nobody leafs through everyone of one family name."""
    words = _words(known.name)
    found = {_part(word, known.year) for word in words}
    if known.place:
        found.update(_at(word, known.place) for word in words)
    for reading in _readings(known.name):
        found.add(_whole(reading))
        if known.year is not None:
            found.add(_near(reading, known.year))
    return frozenset(found)


def asked_of(asked: Portrait) -> frozenset[str]:
    """What to look up. A year may be one off, or unknown in the record."""
    years = () if asked.year is None else (asked.year - 1, asked.year, asked.year + 1)
    words = _words(asked.name)
    found = {_part(word, year) for word in words for year in (*years, None) if years}
    if asked.place:
        found.update(_at(word, asked.place) for word in words)
    for reading in _readings(asked.name):
        found.add(_whole(reading))
        found.update(_near(reading, year) for year in years)
    return frozenset(found)


def likeness(asked: Portrait, known: Portrait) -> Likeness | None:
    """Why ``known`` could be ``asked``; ``None`` when too little says so or a year says they are two people."""
    named = _of_name(asked.name, known.name)
    born = _of_birth(asked.birth, known.birth)
    if named is None or born is None:
        return None
    here = (PLACE,) if asked.place and asked.place == known.place else ()
    reasons = (named, *born, *here)
    if not _enough(reasons, asked.name, known.name):
        return None
    return Likeness(_WEIGHT[named] + sum(_MORE[reason] for reason in (*born, *here)), reasons)


def _enough(reasons: tuple[str, ...], asked: Name, known: Name) -> bool:
    """A part of a name counts with the year: all of what was asked, the family name, or with the neighbourhood too."""
    if reasons[0] == NEAR:
        return bool({BIRTH, YEAR} & set(reasons))
    if reasons[0] != PART:
        return True
    shared, wanted = _shared(asked, known)
    if wanted <= shared:
        return len(reasons) > 1
    year = bool({BIRTH, YEAR} & set(reasons))
    family = _words(Name(family=known.family))
    return year and (PLACE in reasons or bool(shared & family))


def _of_name(asked: Name, known: Name) -> str | None:
    if {_written(text) for text in asked.readings()} & {_written(text) for text in known.readings()}:
        return SPELLED
    mine, theirs = set(_readings(asked)), set(_readings(known))
    if mine & theirs:
        return SOUNDS
    if _shared(asked, known)[0]:
        return PART
    return NEAR if {skeleton(item) for item in mine} & {skeleton(item) for item in theirs} else None


def _of_birth(asked: PartialDate | None, known: PartialDate | None) -> tuple[str, ...] | None:
    if asked is None or known is None:
        return ()
    if abs(asked.year - known.year) > 1:
        return None
    if asked.year != known.year:
        return (NEAR_YEAR,)
    if asked.day is None or known.day is None:
        return (YEAR,)
    return (BIRTH,) if asked == known else (OTHER_DAY,)


def _shared(asked: Name, known: Name) -> tuple[set[str], set[str]]:
    """The sounds both names have, and all those asked."""
    mine, theirs = _words(asked), _words(known)
    wanted = min((set(reading) for reading in _readings(asked)), key=len, default=set())
    return mine & theirs, wanted


def _readings(name: Name) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(_heard(name.readings())))


def _words(name: Name) -> set[str]:
    """The sounds of all its words, with their particles and without."""
    joined = {word for reading in _readings(name) for word in reading}
    return joined.union(*(bare(text) for text in name.readings()))


def _heard(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for text in texts:
        yield from sounds(text)


def _written(text: str) -> str:
    return " ".join(sorted(folded(text).split()))


def _whole(reading: tuple[str, ...]) -> str:
    return f"whole {' '.join(reading)}"


def _part(word: str, year: int | None) -> str:
    return f"part {word} {UNKNOWN if year is None else year}"


def _at(word: str, place: str) -> str:
    return f"at {word} {place}"


def _near(reading: tuple[str, ...], year: int) -> str:
    return f"near {skeleton(reading)} {year}"
