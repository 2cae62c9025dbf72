"""Which cases go together, when does their term end, and what keeps them here for now?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.definitions.model.forms import Retention
from app.engine import calendar, retention
from app.engine.facts_of import Reading
from app.engine.labels import Labels
from app.engine.model.people import Calendar
from app.engine.telling import condition_words
from app.services.cases.load_case import Desk, load
from app.storage.database import Transaction
from app.storage.repositories import case_rows, person_rows, retention_rows

Row = Mapping[str, Any]
OPEN, LINKED, HELD, TASK, TERM = "open", "linked_open", "held", "open_task", "term_runs"
"""Why a case may not go: it runs, one it belongs with runs, a hold, something to do, a term that runs."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Cases that share what was told: one and those opened from it with the same answers. They go together.

    ``rule`` None: no rule of the form speaks of it, so that it stays.
    """

    cases: tuple[Row, ...]
    title: str
    basis: str
    rule: Retention | None
    since: date | None
    due_on: date | None
    words: str = ""
    """What the condition of the rule says, in words."""

    @property
    def root(self) -> Row:
        """The case the others were opened from."""
        return self.cases[0]

    @property
    def keys(self) -> list[int]:
        """The keys of all of them."""
        return [row["id"] for row in self.cases]

    @property
    def persons(self) -> list[int]:
        """The records they are about."""
        return sorted({row["person"] for row in self.cases if row["person"] is not None})


def unit_of(tx: Transaction, desk: Desk, row: Row) -> Unit | None:
    """The unit a case begins; ``None`` for one that goes with the case it was opened from. Writes nothing."""
    if _goes_along(tx, row):
        return None
    loaded = load(tx, desk, row["id"])
    cases = (row, *_along(tx, row))
    form = loaded.pin.form
    basis = "; ".join(form.legal_basis.values())
    if any(case["closed_at"] is None for case in cases):
        return Unit(cases, loaded.pin.title, basis, None, None, None)
    moment = calendar.local(desk.world.calendar, tx.now)
    rule = retention.rule_of(Reading(form, loaded.case, moment, reason=row["reason"]))
    if rule is None:
        return Unit(cases, loaded.pin.title, basis, None, None, None)
    cal = desk.world.calendar
    since = retention.counts_from(
        rule,
        submitted_on=_day(cal, row["received_at"]),
        closed_on=max(_day(cal, case["closed_at"]) for case in cases),
    )
    labels = Labels(form, loaded.pin.workflow)
    words = condition_words(rule.condition, labels) if rule.condition is not None else ""
    return Unit(cases, loaded.pin.title, basis, rule, since, retention.ends_on(rule, since), words)


def keeps(tx: Transaction, unit: Unit, *, asked: bool = False) -> str:
    """Why a unit may not go now; empty when nothing keeps it. ``asked``: the person wants it gone, so that something
    left to do in a closed case is no reason."""
    persons = with_merged(tx, unit.persons)
    if retention_rows.holds(tx, unit.keys, persons):
        return HELD
    if any(case["closed_at"] is None for case in unit.cases):
        return OPEN
    if any(case["closed_at"] is None for case in _near(tx, unit)) or retention_rows.open_matches(
        tx, unit.keys
    ):
        return LINKED
    if not asked and retention_rows.has_open_task(tx, unit.keys):
        return TASK
    return TERM if retention_rows.has_timer(tx, unit.keys) else ""


def with_merged(tx: Transaction, persons: list[int]) -> list[int]:
    """These records with those that were merged into them, and those they were merged into."""
    found = set(persons)
    latest = list(persons)
    while latest:
        near = person_rows.merged_with(tx, latest)
        latest = [key for key in near if key not in found]
        found |= set(latest)
    return sorted(found)


def _goes_along(tx: Transaction, row: Row) -> bool:
    if row["parent"] is None:
        return False
    parent = case_rows.get(tx, row["parent"])
    return parent is not None and row["submission"] in case_rows.revisions(tx, parent["submission"])


def _along(tx: Transaction, row: Row) -> list[Row]:
    """Cases opened from this one, at any depth, that rest on what was told in it."""
    told = set(case_rows.revisions(tx, row["submission"]))
    found: list[Row] = []
    latest = [row["id"]]
    while latest:
        below = [case for case in retention_rows.below(tx, latest) if case["submission"] in told]
        found += below
        latest = [case["id"] for case in below]
    return found


def _near(tx: Transaction, unit: Unit) -> list[Row]:
    """Parents, cases opened from these, and those merged with them; not merely others of the same person."""
    keys = unit.keys
    above = [row[name] for row in unit.cases for name in ("parent", "merged_into") if row[name] is not None]
    near = [*case_rows.many(tx, above).values(), *retention_rows.below(tx, keys)]
    return [row for row in (*near, *retention_rows.merged(tx, keys)) if row["id"] not in keys]


def _day(cal: Calendar, at: datetime) -> date:
    return at.astimezone(cal.zone).date()
