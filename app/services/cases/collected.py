"""Which cases were collected for another one, and what do its conditions know of them?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.definitions.model.collecting import COUNTS, WAITS, Collects
from app.definitions.model.workflows import Workflow
from app.engine.model.answers import Value
from app.storage.database import Transaction
from app.storage.repositories import collect_rows

Row = Mapping[str, Any]


def waits(row: Row) -> bool:
    """Whether somebody still works on one that was collected."""
    return row["closed_at"] is None


def counts(rules: Collects, row: Row) -> bool:
    """Whether it counts in the results."""
    return row["state"] in rules.ready and not row["blocked"]


def beside(tx: Transaction, case: int, workflow: Workflow) -> dict[str, Value]:
    """What conditions know: name -> a row for each that was collected."""
    rules = workflow.collects
    if rules is None:
        return {}
    rows, _ = collect_rows.of(tx, case)
    return {rules.id: tuple({WAITS: waits(row), COUNTS: counts(rules, row)} for row in rows)}
