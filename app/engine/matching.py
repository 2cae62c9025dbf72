"""Which cases of the other side fit this one, how well, and why the rest does not?

Pure: a pair gives points part by part, each with what is shared and what is missing; a person decides. Where a part
knows nothing of one of the sides it says nothing. Symmetric but for ``covers``, and never a point less for an answer
more that both sides share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.matching import OTHER, Exclusion, Matching, PartKind, ScorePart
from app.engine.evaluate import Facts, holds
from app.engine.model.answers import Address, Answers, Moment
from app.engine.values.choices import ELSEWHERE, NOW_AND_THEN

MOST_COUNTED = 3
"""So many shared talents or half days count; who names twenty is not pushed ahead of who names three."""
FULL, EXCLUDED = "full", "excluded"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case of the other side. ``since``: how long it has been waiting; ``taken``: places that are given already;
    ``barred``: why it is not proposed unless asked (``declined``, ``kept``, ``""``); ``made``: made for this one;
    ``readable``: whether the viewer may read its answers of class 2 and 3."""

    id: str
    answers: Answers
    since: datetime
    taken: int = 0
    barred: str = ""
    made: bool = False
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """What one part of the score gives: ``part`` is its place in ``Matching.score``."""

    part: int
    points: int
    fits: bool
    shared: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate that may be proposed, with all that speaks for it and against it. ``free``: places left."""

    id: str
    points: int
    parts: tuple[Point, ...]
    free: int
    made: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A candidate that is not proposed. ``code``: excluded (by ``rule``, its place in ``Matching.exclude``; -1: one
    that the viewer may not read), full, or what bars it."""

    id: str
    code: str
    rule: int = -1


@dataclass(frozen=True, slots=True)
class Proposals:
    """``best``: at most as many as the definition says, the best first, and only what something speaks for; ``rest`` is
    possible too."""

    best: tuple[Proposal, ...]
    rest: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]

    def of(self, candidate: str) -> Proposal | None:
        """The proposal of one candidate, or ``None``."""
        return next((found for found in (*self.best, *self.rest) if found.id == candidate), None)


def propose(
    matching: Matching,
    mine: Answers,
    candidates: Iterable[Candidate],
    moment: Moment,
    *,
    sensitive: bool,
) -> Proposals:
    """Everything that fits, in an order that depends on nothing but the answers: what was made for this one first, then
    most points, then who waits longest.

    ``sensitive``: whether the viewer may read class 3 of this case. Where not, parts that read it are left out; an
    exclusion that reads it still excludes, without saying why.
    """
    found: list[tuple[Proposal, datetime]] = []
    left_out: list[LeftOut] = []
    for candidate in candidates:
        free = places(matching, candidate.answers) - candidate.taken
        facts = Facts({**mine, **_theirs(candidate.answers)}, moment)
        barred = _barred(matching, candidate, facts, free, sensitive=sensitive)
        if barred is not None:
            left_out.append(barred)
            continue
        readable = [
            (number, part)
            for number, part in enumerate(matching.score)
            if _readable(part, candidate, sensitive=sensitive)
        ]
        parts = tuple(points_of(readable, mine, candidate.answers, facts))
        total = sum(part.points for part in parts)
        found.append((Proposal(candidate.id, total, parts, free, candidate.made), candidate.since))
    found.sort(key=lambda pair: (not pair[0].made, -pair[0].points, pair[1], pair[0].id))
    ranked = tuple(proposal for proposal, _ in found)
    speaking = len([proposal for proposal in ranked if proposal.points or proposal.made])
    most = min(matching.at_most, speaking)
    left_out.sort(key=lambda one: (one.code != EXCLUDED, one.code, one.id))
    return Proposals(ranked[:most], ranked[most:], tuple(left_out))


def places(matching: Matching, theirs: Answers) -> int:
    """How many can be linked to a candidate at once: what its field says, else one."""
    said = theirs.get(matching.places) if matching.places else None
    return said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 1


def _theirs(answers: Answers) -> Mapping[str, object]:
    return {f"{OTHER}{name}": value for name, value in answers.items()}


def _barred(
    matching: Matching, candidate: Candidate, facts: Facts, free: int, *, sensitive: bool
) -> LeftOut | None:
    for number, rule in enumerate(matching.exclude):
        if holds(rule.condition, facts):
            told = _readable(rule, candidate, sensitive=sensitive)
            return LeftOut(candidate.id, EXCLUDED, number if told else -1)
    if free <= 0:
        return LeftOut(candidate.id, FULL)
    return LeftOut(candidate.id, candidate.barred) if candidate.barred else None


def _readable(rule: ScorePart | Exclusion, candidate: Candidate, *, sensitive: bool) -> bool:
    """Whether the viewer may read all answers that a rule reads."""
    return (sensitive or not rule.sensitive) and (candidate.readable or not rule.guarded)


def points_of(
    score: Iterable[tuple[int, ScorePart]], mine: Answers, theirs: Answers, facts: Facts
) -> Iterable[Point]:
    """What every part (with its place in the definition) gives that knows something of both sides."""
    for number, part in score:
        if part.kind is PartKind.IF:
            fits = part.condition is not None and holds(part.condition, facts)
            yield Point(number, part.weight if fits else 0, fits)
            continue
        point = _COMPARED[part.kind](number, part, mine.get(part.mine), theirs.get(part.other))
        if point is not None:
            yield point


def _chosen(part: ScorePart, value: object) -> tuple[str, ...]:
    """Option ids, without those that say nothing."""
    items = value if isinstance(value, tuple) else () if value is None else (value,)
    return tuple(str(item) for item in items if item not in part.ignored and item != NOW_AND_THEN)


def _overlap(number: int, part: ScorePart, mine: object, theirs: object) -> Point | None:
    ours, asked = _chosen(part, mine), _chosen(part, theirs)
    if not ours or not asked:
        return None
    shared = tuple(item for item in asked if item in set(ours))
    missing = tuple(item for item in asked if item not in set(ours))
    return Point(number, part.weight * min(len(shared), MOST_COUNTED), bool(shared), shared, missing)


def _covers(number: int, part: ScorePart, mine: object, theirs: object) -> Point | None:
    needs, gives = (theirs, mine) if part.swapped else (mine, theirs)
    needed, given = _chosen(part, needs), set(_chosen(part, gives))
    if not needed:
        return None
    shared = tuple(item for item in needed if item in given)
    missing = tuple(item for item in needed if item not in given)
    return Point(number, part.weight * len(shared), not missing, shared, missing)


def _distance(number: int, part: ScorePart, mine: object, theirs: object) -> Point | None:
    here, there = _place(mine), _place(theirs)
    if here is None or there is None:
        return None
    near = here == there
    return Point(
        number, part.weight if near else 0, near, there[:1] if near else (), () if near else there[:1]
    )


def _place(value: object) -> tuple[str, ...] | None:
    """A neighbourhood, or a street with its postcode; ``None`` for nowhere in particular."""
    if isinstance(value, Address):
        street = value.street.strip().casefold()
        return (street, value.postcode) if street else None
    return (value,) if isinstance(value, str) and value and value not in ELSEWHERE else None


_COMPARED: Mapping[PartKind, Callable[[int, ScorePart, object, object], Point | None]] = {
    PartKind.OVERLAP: _overlap,
    PartKind.TIMES: _overlap,
    PartKind.COVERS: _covers,
    PartKind.DISTANCE: _distance,
}
