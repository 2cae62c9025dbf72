"""A run of a campaign with its definition, and a contact with where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.definitions.model.campaigns import Campaign
from app.engine import campaigns, values
from app.engine.campaigns import Attempt, Next, Part
from app.engine.model.answers import Answers
from app.engine.model.people import Calendar
from app.services.cases.load_case import key_of
from app.services.definitions import catalogs
from app.services.errors import NotFound
from app.storage import json_codec
from app.storage.database import Transaction
from app.storage.repositories import campaign_rows, contact_rows

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its row and the campaign it runs on."""

    row: Row
    campaign: Campaign

    @property
    def key(self) -> int:
        """Its id."""
        return int(self.row["id"])

    @property
    def is_open(self) -> bool:
        """Whether people are still contacted."""
        return bool(self.row["state"] == campaign_rows.OPEN)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody on the list: the row, opened, with the columns and the history as types."""

    row: Row
    columns: Answers
    history: tuple[Attempt, ...]
    first: bool

    @property
    def key(self) -> int:
        """Its id."""
        return int(self.row["id"])


def run_of(tx: Transaction, campaign: str | int, *, lock: bool = False) -> Run:
    """A run by its (text) id. Raises ``NotFound``."""
    key = key_of(campaign) if isinstance(campaign, str) else campaign
    row = campaign_rows.get(tx, key, lock=lock)
    if row is None:
        raise NotFound
    return Run(row, catalogs.campaign_version(tx.municipality, row["version"]).campaign)


def contact_of(run: Run, row: Row) -> Contact:
    """A row as types."""
    content = row["sealed"]
    columns = values.from_json(run.campaign.contacts.form, content["columns"])
    history = tuple(_attempt(item) for item in content["history"])
    return Contact(row, columns, history, bool(content.get("first")))


def _attempt(plain: Any) -> Attempt:
    """What was kept of an attempt; a part of the day is kept as its word."""
    found = json_codec.from_plain(Attempt, plain)
    return replace(found, part=Part(found.part), at=Part(found.at) if found.at else None)


def content_of(
    columns: Answers, history: Sequence[Attempt], run: Run, *, first: bool = False
) -> dict[str, Any]:
    """What is sealed of a contact."""
    return {
        "columns": values.to_json(run.campaign.contacts.form, columns),
        "history": [json_codec.to_plain(item) for item in history],
        "first": first,
    }


def placed(found: Next) -> dict[str, Any]:
    """The columns that a contact is found by, from where it stands."""
    return {
        "standing": found.standing.value,
        "day": found.day,
        "part": found.part.value if found.part is not None else "",
        "not_part": found.other.value if found.other is not None else "",
    }


def save(tx: Transaction, run: Run, contact: Contact, history: Sequence[Attempt], cal: Calendar, *,
         stopped: str = "", first: bool | None = None) -> Next:  # fmt: skip
    """Write a contact, held locked, with a new history; where it stands then."""
    found = campaigns.next_of(run.campaign, history, cal, stopped=stopped)
    kept = contact.first if first is None else first
    contact_rows.write(
        tx, contact.row, content_of(contact.columns, history, run, first=kept), **placed(found)
    )
    return found


def day_of(now: datetime, cal: Calendar) -> date:
    """The local day."""
    return now.astimezone(cal.zone).date()
