"""What was destroyed, by which rule, when, and who said so? The record that stays, without content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.engine.policy import Act, Actor
from app.services import spreadsheets
from app.services.cases.load_case import desk_of
from app.services.permission import demand
from app.services.privacy.proposals import name_of
from app.storage.database import transaction
from app.storage.repositories import retention_rows
from app.texts import say

MOST = 2000


@dataclass(frozen=True, slots=True)
class Record:
    """One case that is gone. ``kind``: retention or erasure; ``approved``: who, the first and the second; ``rows``: how
    many rows of the database went."""

    number: str
    title: str
    kind: str
    then: str
    rule: str
    months: int
    basis: str
    since: date
    done_at: datetime
    approved: tuple[str, ...]
    rows: int


def listed(actor: Actor, *, since: date | None = None) -> tuple[Record, ...]:
    """The last ``MOST``, the last first; of destructions from ``since`` on. Raises ``Forbidden``."""
    demand(actor, Act.RETENTION_READ)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        found = retention_rows.records(tx, most=MOST, since=since)
    return tuple(
        Record(
            number=row["number"],
            title=row["title"],
            kind=row["kind"],
            then=row["then"],
            rule=row["rule"],
            months=row["months"],
            basis=row["basis"],
            since=row["since"],
            done_at=row["done_at"],
            approved=tuple(
                name for name in (name_of(desk, row["first_by"]), name_of(desk, row["second_by"])) if name
            ),
            rows=sum(row["counts"].values()),
        )
        for row in found
    )


def as_csv(actor: Actor, language: str = "nl") -> str:
    """The same as a file for a spreadsheet. Raises ``Forbidden``."""
    head = [say(f"keeping.register.{name}", language) for name in HEAD]
    lines = [
        (
            item.number,
            item.title,
            say(f"keeping.kind.{item.kind}", language),
            say(f"keeping.then.{item.then}", language),
            rule_told(item.rule, item.months, language),
            item.basis,
            item.since.isoformat(),
            item.done_at.isoformat(timespec="minutes"),
            ", ".join(item.approved),
            str(item.rows),
        )
        for item in listed(actor)
    ]
    return spreadsheets.written([head, *lines])


HEAD = ("number", "form", "kind", "then", "rule", "basis", "since", "done", "approved", "rows")


def rule_told(rule: str, months: int, language: str = "nl") -> str:
    """A rule in words."""
    return say(f"keeping.rule.{'if' if rule else 'otherwise'}", language, n=months, rule=rule)
