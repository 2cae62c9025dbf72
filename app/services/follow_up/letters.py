"""What stands in a letter, and which letters wait to be printed?

The words are those of the message; around them a greeting, who can tell more, and how to follow it up. Once printed,
what stands on the paper is kept, so that a second print says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.services.cases import case_work
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Desk, Loaded, load
from app.services.follow_up import ways
from app.services.follow_up.outgoing import Outgoing
from app.services.municipality import municipalities, settings
from app.services.people import resident_codes
from app.storage import counters, ids, json_codec
from app.storage.database import Transaction
from app.storage.repositories import event_rows, letter_rows
from app.storage.repositories.event_rows import NewEvent
from app.texts import say

SERIES = "BR-{year}-{seq}"
WAITS = "letter_waits"


@dataclass(frozen=True, slots=True)
class Printed:
    """One letter, ready for paper. ``number`` is its own, ``case_number`` what somebody mentions when they call."""

    number: str
    case_number: str
    addressee: tuple[str, ...]
    day: date
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    contact: str
    phone: str
    sender: str
    code: str = ""
    link: str = ""


def wait(tx: Transaction, loaded: Loaded, payload: Mapping[str, Any]) -> None:
    """The message behind an outbox row goes on paper; the same message never twice."""
    event = ids.from_text(payload["event"])
    if letter_rows.has(tx, event):
        return
    year = tx.now.astimezone(loaded.pin.world.calendar.zone).year
    number = counters.numbered(tx, SERIES, year=year)
    to, message = str(payload["to"]), str(payload["message"])
    letter_rows.insert(tx, loaded.row["id"], event, number=number, recipient=to, message=message)
    tell(tx, loaded, WAITS, number)


def tell(tx: Transaction, loaded: Loaded, code: str, number: str, *, by: str = "") -> None:
    """A line in the history of the case, which was loaded with ``lock``."""
    params = {"letter": number, VERSION: str(loaded.row["version"])}
    event_rows.append_all(tx, loaded.row["id"], [NewEvent(code, params, by=by)])


def on_paper(tx: Transaction, desk: Desk, row: Mapping[str, Any], outgoing: Outgoing) -> Printed:
    """The letter of a row: as it was printed, else as it would be printed now."""
    if row["sealed"] is not None:
        return json_codec.from_plain(Printed, tx.sealer.open_json(_place(row), row["sealed"]))
    return composed(tx, load(tx, desk, row["case"]), row, outgoing)


def freeze(tx: Transaction, row: Mapping[str, Any], letter: Printed) -> None:
    """Keep what stands on the paper."""
    letter_rows.keep(tx, row["id"], tx.sealer.seal_json(_place(row), json_codec.to_plain(letter)))


def composed(tx: Transaction, loaded: Loaded, row: Mapping[str, Any], outgoing: Outgoing) -> Printed:
    """The letter in the words of today."""
    reach = ways.of(tx, loaded, row["recipient"])
    told = event_rows.content(tx, row["event"]) or {}
    number = loaded.row["number"]
    worker = loaded.pin.world.staffing.workers.get(loaded.row["holder"])
    absent = case_work.absence_notice(loaded, tx.now, "nl")
    text = [part.strip() for part in str(told.get("text", "")).split("\n\n")]
    letter = Printed(
        number=row["number"],
        case_number=number,
        addressee=(reach.name, *reach.address),
        day=_day(loaded, tx.now),
        subject=told.get("subject") or say("messages.subject", number=number),
        salutation=say("residents.letter.salutation", name=reach.called) if reach.called else "",
        paragraphs=tuple(part for part in (*text, *_absent(absent)) if part),
        contact=worker.name if worker else "",
        phone=(worker.phone if worker else "") or settings.of(loaded.pin.world).phone,
        sender=municipalities.name_of(tx.municipality),
    )
    return _with_page(tx, loaded, letter, outgoing)


def _with_page(tx: Transaction, loaded: Loaded, letter: Printed, outgoing: Outgoing) -> Printed:
    """How to follow it up, where the case has a page of its own."""
    if not resident_codes.is_open(tx.municipality, loaded.row):
        return letter
    code = resident_codes.code_of(tx, loaded.row["id"])
    link = outgoing.resident_link(letter.case_number)
    follow = say("residents.letter.follow", link=link, number=letter.case_number)
    return replace(letter, paragraphs=(*letter.paragraphs, follow), code=code, link=link)


def _absent(notice: str) -> tuple[str, ...]:
    return (say("residents.absent", notice=notice),) if notice else ()


def _day(loaded: Loaded, now: datetime) -> date:
    return now.astimezone(loaded.pin.world.calendar.zone).date()


def _place(row: Mapping[str, Any]) -> tuple[str, int, str]:
    return ("letter", row["id"], "sealed")
