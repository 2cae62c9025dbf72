"""What may somebody know of a resident whose cases are not theirs?

That a case runs, its number and state in a word, and who to turn to. A case of a restricted contact point is there for
its holder only, one whose consent was withdrawn for nobody; a record with no other case is not there at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.policy import Actor
from app.services.cases.load_case import Desk
from app.storage.database import Transaction
from app.storage.repositories import person_rows
from app.storage.repositories.person_rows import Found

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A record with those of its cases that may be known of; ``contact_person`` is an account, or empty."""

    row: Found
    cases: tuple[Row, ...]
    contact_person: str

    @property
    def open_cases(self) -> int:
        """How many of its cases run."""
        return sum(1 for case in self.cases if case["closed_at"] is None)


def seen(
    tx: Transaction, desk: Desk, actor: Actor, found: Iterable[Found], *, whole: bool = False
) -> list[Seen]:
    """Those of ``found`` that may be known of, in their order; a merged record gives way to the one that goes on.
    ``whole``: for who answers somebody's request about their own data, from whom no case is hidden."""
    rows = list(_going_on(tx, list(found)))
    by_person: dict[int, list[Row]] = {row.id: [] for row in rows}
    for case in person_rows.cases(tx, list(by_person)):
        by_person[case["person"]].append(case)
    shown = []
    for row in rows:
        every = by_person[row.id]
        known = tuple(case for case in every if whole or not hidden(desk, actor, case))
        if known or not every:
            shown.append(Seen(row, known, _contact(row, every, known)))
    return shown


def hidden(desk: Desk, actor: Actor, case: Row) -> bool:
    """Whether a case is not even there for this person."""
    point = desk.catalog.contact_points.get(case["contact_point"])
    restricted = point is not None and point.restricted
    return bool(case["blocked"]) or (restricted and case["holder"] != actor.account)


def follower(tx: Transaction, desk: Desk, person: int, account: str) -> str:
    """Who follows somebody, for the route of a next case; nobody where that would tell of a case that is not there for
    others: what they follow is restricted, or its consent was withdrawn."""
    theirs = [case for case in person_rows.cases(tx, [person]) if case["holder"] == account]
    seen_by_all = any(not hidden(desk, Actor("", desk.municipality), case) for case in theirs)
    return account if seen_by_all or not theirs else ""


def _going_on(tx: Transaction, found: Sequence[Found]) -> Iterable[Found]:
    there = {row.id: row for row in found}
    missing = {row.merged_into for row in found if row.merged_into is not None} - set(there)
    there |= person_rows.many(tx, [key for key in missing if key is not None])
    told: set[int] = set()
    for row in found:
        last = row
        while last.merged_into is not None and last.merged_into in there:
            last = there[last.merged_into]
        if last.id not in told and last.merged_into is None:
            told.add(last.id)
            yield last


def _contact(row: Found, every: Sequence[Row], known: Sequence[Row]) -> str:
    """Who follows them; not told where that alone would tell of a case that is not there for the asker."""
    from_hidden = any(case["holder"] == row.contact_person for case in every if case not in known)
    from_known = any(case["holder"] == row.contact_person for case in known)
    return "" if from_hidden and not from_known else row.contact_person
