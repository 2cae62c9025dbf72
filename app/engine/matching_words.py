"""How is a suggestion told to who decides: what fits, what does not, and why something is left out?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.definitions.model.forms import Form
from app.definitions.model.matching import Matching, PartKind, ScorePart
from app.engine.matching import EXCLUDED, LeftOut, Point, Proposal
from app.texts import say

NAMED = 4
"""So many talents or half days are named; of more only how many."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of both sides: their forms, and the neighbourhoods by id."""

    matching: Matching
    mine: Form
    other: Form
    places: Mapping[str, str]
    language: str = "nl"


def fits(words: Words, proposal: Proposal) -> tuple[str, ...]:
    """What speaks for it, in the order of the definition."""
    return tuple(filter(None, (_said(words, point) for point in proposal.parts)))


def lacks(words: Words, proposal: Proposal) -> tuple[str, ...]:
    """What speaks against it, said too."""
    return tuple(filter(None, (_lacking(words, point) for point in proposal.parts)))


def why_not(words: Words, left_out: LeftOut) -> str:
    """Why a candidate is not proposed."""
    if left_out.code == EXCLUDED and left_out.rule < 0:
        return say("matching.hidden", words.language)
    because = words.matching.exclude[left_out.rule].because if left_out.rule >= 0 else ""
    return say(f"matching.{left_out.code}", words.language, because=because)


def _said(words: Words, point: Point) -> str:
    part = words.matching.score[point.part]
    if part.kind is PartKind.IF:
        return part.says if point.fits else ""
    return _filled(words, part, part.says, point) if point.shared else ""


def _lacking(words: Words, point: Point) -> str:
    part = words.matching.score[point.part]
    if part.kind is PartKind.IF:
        return "" if point.fits else part.lacks
    if not point.missing or (point.shared and part.kind is not PartKind.COVERS):
        return ""
    return _filled(words, part, part.lacks, point, otherwise=".lacks")


def _filled(words: Words, part: ScorePart, own: str, point: Point, *, otherwise: str = "") -> str:
    params = {name: _listed(words, part, getattr(point, name)) for name in ("shared", "missing")}
    if own:
        return own.format(**params)
    return say(f"matching.{part.kind.value}{otherwise}", words.language, **params)


def _listed(words: Words, part: ScorePart, items: Iterable[str]) -> str:
    every = [_label(words, part, item) for item in items]
    if len(every) > NAMED:
        some = ", ".join(every[: NAMED - 1])
        return say("matching.more", words.language, some=some, n=len(every) - NAMED + 1)
    if len(every) > 1:
        return say("matching.and", words.language, some=", ".join(every[:-1]), last=every[-1])
    return "".join(every)


def _label(words: Words, part: ScorePart, item: str) -> str:
    """What an option is called, in the middle of a sentence."""
    if part.kind is PartKind.TIMES:
        day, _, time_of_day = item.partition(".")
        return say(f"values.{day}", words.language) + say(f"values.{time_of_day}", words.language)
    if part.kind is PartKind.DISTANCE:
        return words.places.get(item, item)
    for form, name in ((words.other, part.other), (words.mine, part.mine)):
        field = form.field(name)
        option = field.options.get(item) if field is not None and field.options is not None else None
        if option is not None:
            return _small(option.label)
    return item


def _small(label: str) -> str:
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
