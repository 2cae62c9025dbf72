"""Which cases of the other side are there, and what is each of them to the one that looks?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.definitions.model.forms import Form
from app.definitions.model.matching import Matching
from app.engine import matching
from app.engine.matching import Candidate, Proposals
from app.engine.model.answers import Answers, Moment
from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import KEPT_FROM, Desk, Loaded, pin
from app.services.definitions import catalogs
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import case_rows, match_rows

MOST = 2_000
"""So many cases of the other side are looked at, who waits longest first."""
DECLINED, KEPT = "declined", "kept"


@dataclass(frozen=True, slots=True)
class Found:
    """A case of the other side as it is stored, with its form and answers."""

    row: Mapping[str, Any]
    form: Form
    answers: Answers


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking: every case by its text id, and what may be proposed of them."""

    found: Mapping[str, Found]
    proposals: Proposals


def look(tx: Transaction, desk: Desk, actor: Actor, loaded: Loaded, rules: Matching) -> Looked:
    """What may be proposed to a case whose answers ``actor`` reads. A case of the other side that they may not know of
    is not there; its answers of class 2 and 3 count only for who reads it."""
    found = {ids.to_text(one.row["id"]): one for one in _others(tx, desk, actor, loaded, rules)}
    taken = match_rows.taken(tx, [one.row["id"] for one in found.values()])
    declined = {row["other"] for row in match_rows.of_seeker(tx, loaded.row["id"]) if row["ended_at"]}
    kept = _kept(tx, loaded, rules, found)
    candidates = [
        Candidate(
            id=name,
            answers=one.answers,
            since=one.row["received_at"],
            taken=taken.get(one.row["id"], 0),
            barred=DECLINED if one.row["id"] in declined else KEPT if name in kept else "",
            made=one.row["parent"] == loaded.row["id"],
            readable=_allowed(tx, desk, actor, one.row, Act.CASE_READ),
        )
        for name, one in found.items()
    ]
    today = tx.now.astimezone(desk.world.calendar.zone).date()
    moment = Moment(tx.now, today)
    return Looked(found, matching.propose(rules, loaded.case.answers, candidates, moment, sensitive=True))


def one_of(tx: Transaction, desk: Desk, row: Mapping[str, Any]) -> Found:
    """A single case of the other side."""
    submission = case_rows.submissions(tx, [row["submission"]])[0]
    form = catalogs.cached_form(desk.municipality, row["form_version"])
    return Found(row, form, opened(tx, submission, form))


def _others(tx: Transaction, desk: Desk, actor: Actor, loaded: Loaded, rules: Matching) -> Iterator[Found]:
    rows = [
        row
        for row in match_rows.running(tx, rules.other, rules.states, most=MOST)
        if row["id"] != loaded.row["id"]
        and not row["blocked"]
        and _allowed(tx, desk, actor, row, Act.CASE_FIND)
    ]
    sealed = {row["id"]: row for row in case_rows.submissions(tx, [row["submission"] for row in rows])}
    for row in rows:
        form = catalogs.cached_form(desk.municipality, row["form_version"])
        yield Found(row, form, opened(tx, sealed[row["submission"]], form))


def _allowed(tx: Transaction, desk: Desk, actor: Actor, row: Mapping[str, Any], act: Act) -> bool:
    pinned = pin(desk, row["form_version"], row["workflow_version"])
    known = {**row, KEPT_FROM: frozenset()}
    found = relation.relations(actor, known, (), pinned, tx.now)
    if relation.restricted(row, pinned):
        return relation.allowed(actor, Act.CASE_READ_RESTRICTED, found)
    return relation.allowed(actor, act, found)


def _kept(tx: Transaction, loaded: Loaded, rules: Matching, found: Mapping[str, Found]) -> frozenset[str]:
    """What was made to measure for somebody who is still looking."""
    makers = {
        name: one.row["parent"]
        for name, one in found.items()
        if one.row["parent"] not in (None, loaded.row["id"])
    }
    rows = case_rows.many(tx, sorted(set(makers.values())))
    looking = {key for key, row in rows.items() if row["closed_at"] is None and row["state"] in rules.when}
    return frozenset(name for name, maker in makers.items() if maker in looking)
