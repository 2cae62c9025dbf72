"""What do campaigns keep of a resident whose record there is: for their own copy, and to be erased?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.engine import values
from app.services.campaigns import figures, identity
from app.services.campaigns.loading import contact_of, run_of
from app.services.cases.load_case import Desk
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import contact_rows

Kept = Mapping[str, Any]
Line = tuple[str, str, str]
"""Key, label, text."""


def lines(tx: Transaction, desk: Desk, records: Iterable[Kept]) -> Iterator[Line]:
    """All that campaigns keep of these records, which are one person."""
    for row in contact_rows.under(tx, _hashes(tx, records)):
        run = run_of(tx, row["campaign"])
        contact = contact_of(run, row)
        key = f"campaign:{ids.to_text(contact.key)}"
        labels = figures.labels_of(desk, run.campaign)
        for line in values.read_back(
            run.campaign.contacts.form, contact.columns, neighbourhoods=desk.world.staffing.neighbourhoods
        ):
            yield f"{key}:{line.id}", f"{run.row['name']}: {line.label}", line.text
        for at, item in enumerate(contact.history):
            said = labels.get(item.outcome, item.outcome)
            if said:
                yield f"{key}:{at}", f"{run.row['name']}: {item.day.isoformat()}", said


def forget(tx: Transaction, records: Iterable[Kept]) -> int:
    """Destroy what campaigns keep of these records; how many contacts. The keyed hash of a refusal stays: it is what
    keeps them from being contacted again."""
    found = contact_rows.under(tx, _hashes(tx, records), lock=True)
    return contact_rows.forget(tx, [row["id"] for row in found])


def _hashes(tx: Transaction, records: Iterable[Kept]) -> set[str]:
    return contact_rows.hashed(tx, {text for kept in records for text in identity.texts_of_person(kept)})
