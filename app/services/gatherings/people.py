"""Who registered for a session, as this reader may know them? Read in one go, as a list has dozens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import KEPT_FROM, Desk, Pinned, pin
from app.services.definitions import catalogs
from app.storage.database import Transaction
from app.storage.repositories import case_rows, kept_rows, moment_rows


@dataclass(frozen=True, slots=True)
class Registered:
    """A registration: what it is to its session, its case, and what was told; ``reads``: whether the reader may read
    that. Blocked or erased, nothing is left of it."""

    entry: Mapping[str, Any]
    row: Mapping[str, Any]
    pinned: Pinned
    answers: Answers
    reads: bool
    may_act: bool


def of_session(tx: Transaction, desk: Desk, actor: Actor, session: int) -> list[Registered]:
    """Everybody who has a place, waits or had one, in the order in which they registered."""
    return of_entries(tx, desk, actor, moment_rows.entries(tx, [session]))


def everybody(tx: Transaction, desk: Desk, actor: Actor, session: int) -> list[Registered]:
    """The same with the answers of all that are not blocked: who calls shows of each only what ``reads`` allows, beside
    what is of class 0 or 1."""
    return of_entries(tx, desk, actor, moment_rows.entries(tx, [session]), whole=True)


def of_entries(
    tx: Transaction,
    desk: Desk,
    actor: Actor,
    entries: Sequence[Mapping[str, Any]],
    *,
    whole: bool = False,
) -> list[Registered]:
    """The same for some of them; ``whole`` as ``everybody``."""
    rows = case_rows.many(tx, [entry["case"] for entry in entries])
    sealed = {
        found["id"]: found
        for found in case_rows.submissions(tx, [row["submission"] for row in rows.values()])
    }
    kept = kept_rows.of_cases(tx, list(rows))
    found: list[Registered] = []
    for entry in entries:
        row = rows.get(entry["case"])
        if row is None:
            continue
        never = frozenset(who for who, lifted in kept.get(row["id"], {}).items() if not lifted)
        pinned = pin(desk, row["form_version"], row["workflow_version"])
        known = {**row, KEPT_FROM: never}
        near = relation.relations(actor, known, (), pinned, tx.now)
        reads = _reads(actor, known, pinned, near)
        form = catalogs.cached_form(desk.municipality, row["form_version"])
        told = reads or (whole and not row["blocked"])
        answers = opened(tx, sealed[row["submission"]], form) if told else {}
        found.append(
            Registered(entry, known, pinned, answers, reads, relation.allowed(actor, Act.CASE_ACT, near))
        )
    return found


def _reads(actor: Actor, row: Mapping[str, Any], pinned: Pinned, near: frozenset[Any]) -> bool:
    """Whether what it tells is for this reader, without a reason given first."""
    if row["blocked"]:
        return False
    if relation.restricted(row, pinned):
        return relation.allowed(actor, Act.CASE_READ_RESTRICTED, near)
    return relation.allowed(actor, Act.CASE_READ, near)
