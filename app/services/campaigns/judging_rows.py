"""Which rows of a list are good, and what is wrong with each of the others?

What is told names a row, a column and a reason; never what stood there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.definitions.model.campaigns import Campaign
from app.engine import values
from app.engine.judge import explain, judge
from app.engine.model.answers import Answers, Moment
from app.services.campaigns import identity, sheet_reading
from app.services.campaigns.sheet_reading import Listed
from app.texts import say


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in row ``row`` of the sheet, in ``column`` (its label; empty: the whole row)."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Good:
    """A row that can come in, with the hashes it is known by."""

    row: int
    columns: Answers
    hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """All rows of a list. A row is good, or has at least one line in ``wrong``."""

    good: tuple[Good, ...]
    wrong: tuple[Wrong, ...]

    @property
    def bad_rows(self) -> int:
        """How many rows are left out."""
        return len({item.row for item in self.wrong})


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are judged by: the neighbourhoods (id -> label), today, who is on the list already and who opted out
    (hash -> why), and how a text becomes a hash."""

    places: Mapping[str, str]
    moment: Moment
    listed: Collection[str]
    silent: Mapping[str, str]


def read_row(campaign: Campaign, cells: tuple[str, ...], mapping: Mapping[str, int], known: Known) -> tuple[
    Answers, tuple[tuple[str, str], ...]
]:  # fmt: skip
    """The columns of one row, and what is wrong: (label of the column, sentence)."""
    form = campaign.contacts.form
    posted = {
        field.id: [sheet_reading.cell(field, cells[mapping[field.id]], known.places)]
        for field in form.fields()
        if mapping.get(field.id, len(cells)) < len(cells)
    }
    judged = judge(form, values.read_posted(form, posted), known.moment, neighbourhoods=known.places)
    labels = {field.id: field.label for field in form.fields()}
    return judged.answers, tuple((labels.get(item.field, ""), explain(item)) for item in judged.errors)


def judge_all(
    campaign: Campaign,
    listed: Listed,
    mapping: Mapping[str, int],
    known: Known,
    hashed: Mapping[int, tuple[Answers, tuple[tuple[str, str], ...], frozenset[str]]],
) -> Judged:
    """Judge every row; ``hashed`` holds each row as it was read, with the hashes of who it is."""
    good: list[Good] = []
    wrong: list[Wrong] = []
    seen: dict[str, int] = {}
    for number, _cells in listed.rows:
        answers, errors, hashes = hashed[number]
        if errors:
            wrong += [Wrong(number, column, reason) for column, reason in errors]
            continue
        reason = _reason(hashes, seen, known)
        if reason:
            wrong.append(Wrong(number, "", reason))
            continue
        seen.update(dict.fromkeys(hashes, number))
        good.append(Good(number, answers, hashes))
    return Judged(tuple(good), tuple(wrong))


def _reason(hashes: Collection[str], seen: Mapping[str, int], known: Known) -> str:
    """Why a row that reads well still cannot come in; empty when it can."""
    twice = next((seen[item] for item in hashes if item in seen), None)
    if twice is not None:
        return say("campaigns.wrong.twice", row=twice)
    if any(item in known.listed for item in hashes):
        return say("campaigns.wrong.listed")
    why = {known.silent[item] for item in hashes if item in known.silent}
    if why:
        return say("campaigns.wrong.deceased" if "deceased" in why else "campaigns.wrong.refused")
    return ""


def texts_of(campaign: Campaign, answers: Answers) -> tuple[str, ...]:
    """By what a row is known again."""
    return identity.texts_of(campaign, answers)
