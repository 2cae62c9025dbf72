"""Which letters go out today, and which ones did? For whoever handles the post.

Printing takes letters out of the queue in one statement: what a colleague printed a moment ago is not printed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from app.documents.house import House, Somebody
from app.documents.letter import Letter, letters_pdf
from app.engine.policy import Act, Actor, may
from app.services.cases import told
from app.services.cases.load_case import Desk, desk_of, key_of, load
from app.services.errors import Forbidden, NotFound
from app.services.follow_up import letters, outgoing, ways
from app.services.follow_up.letters import Printed
from app.services.municipality.letterhead import house_of
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import letter_rows
from app.texts import say

MOST = 200
"""Letters on one page of the queue, and in one batch."""
MOST_PRINTED = 400


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in a list; ``name`` is who it goes to."""

    id: str
    number: str
    case: str
    case_number: str
    name: str
    created_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What was printed together."""

    id: str
    printed_at: datetime
    printed_by: str
    letters: tuple[LetterLine, ...]


@dataclass(frozen=True, slots=True)
class PostPage:
    """``waiting`` the oldest first (of ``count``); ``printed`` are batches that nobody posted yet, ``posted`` the last
    ones that were."""

    waiting: tuple[LetterLine, ...]
    count: int
    printed: tuple[Batch, ...]
    posted: tuple[Batch, ...]


def page(actor: Actor) -> PostPage:
    """See ``PostPage``. Raises ``Forbidden``."""
    demand(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        line = _lines(tx, desk)
        waiting = letter_rows.listed(tx, letter_rows.WAITING, most=MOST)
        return PostPage(
            waiting=tuple(line(row) for row in waiting),
            count=letter_rows.count(tx, letter_rows.WAITING),
            printed=_batches(tx, desk, letter_rows.PRINTED, MOST_PRINTED, line),
            posted=_batches(tx, desk, letter_rows.POSTED, 40, line),
        )


def count_waiting(actor: Actor) -> int:
    """How many letters wait, for a menu or a start page. Raises ``Forbidden``."""
    demand(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        return letter_rows.count(tx, letter_rows.WAITING)


def take(actor: Actor, chosen: Sequence[str]) -> str:
    """Print these: the id of the batch with those that still waited; empty when a colleague had them all. Raises
    ``Forbidden``, ``NotFound`` (an id that is none)."""
    demand(actor)
    desk = desk_of(actor.municipality)
    keys = [key_of(text) for text in chosen[:MOST]]
    with transaction(actor.municipality) as tx:
        batch = ids.new_id()
        taken = letter_rows.take(tx, keys, batch, by=actor.account)
        for row in taken:
            letters.freeze(tx, row, letters.on_paper(tx, desk, row, outgoing.current()))
        return ids.to_text(batch) if taken else ""


def of_batch(actor: Actor, batch: str) -> tuple[Printed, ...]:
    """The letters of a batch as they were printed, in the order of the pages. Raises ``Forbidden``, ``NotFound``."""
    demand(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        found = letter_rows.of_batch(tx, key_of(batch))
        if not found:
            raise NotFound
        return tuple(letters.on_paper(tx, desk, row, outgoing.current()) for row in found)


def batch_pdf(actor: Actor, batch: str) -> bytes:
    """The batch as one PDF, a letter a page. Raises ``Forbidden``, ``NotFound``."""
    found = of_batch(actor, batch)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        at, house = tx.now, house_of(tx, desk.world)
    return letters_pdf([_letter(house, item) for item in found], at)


def post(actor: Actor, batch: str) -> int:
    """The letters of a batch are in the post box; how many. A line in the history of each case."""
    return _move(actor, batch, letter_rows.PRINTED, letter_rows.POSTED, "letter_posted")


def unpost(actor: Actor, batch: str) -> int:
    """They are not after all."""
    return _move(actor, batch, letter_rows.POSTED, letter_rows.PRINTED, "letter_unposted")


def put_back(actor: Actor, batch: str) -> int:
    """What was printed by mistake waits again, to be printed anew in the words of that day; how many."""
    return _move(actor, batch, letter_rows.PRINTED, letter_rows.WAITING, "")


def demand(actor: Actor) -> None:
    """Raise ``Forbidden`` for who does not handle the post."""
    if not may(actor, Act.POST_HANDLE):
        raise Forbidden(str(Act.POST_HANDLE))


_STEP: Mapping[str, Callable[[Transaction, Actor], dict[str, object]]] = {
    letter_rows.POSTED: lambda tx, actor: {"posted_at": tx.now, "posted_by": actor.account},
    letter_rows.PRINTED: lambda tx, actor: {"posted_at": None, "posted_by": None},
    letter_rows.WAITING: lambda tx, actor: {
        "batch": None,
        "printed_at": None,
        "printed_by": None,
        "sealed": None,
    },
}
"""What is written with a letter when it comes into a state."""


def _move(actor: Actor, batch: str, was: str, state: str, code: str) -> int:
    demand(actor)
    desk = desk_of(actor.municipality)
    key = key_of(batch)
    with transaction(actor.municipality) as tx:
        rows = [row for row in letter_rows.of_batch(tx, key) if row["state"] == was]
        if code:
            for row in sorted(rows, key=lambda item: item["case"]):  # in one order: nobody waits in a circle
                loaded = load(tx, desk, row["case"], lock=True)
                letters.tell(tx, loaded, code, row["number"], by=actor.account)
        return letter_rows.change_batch(tx, key, was, state=state, **_STEP[state](tx, actor))


def _batches(
    tx: Transaction, desk: Desk, state: str, most: int, line: Callable[[Mapping[str, Any]], LetterLine]
) -> tuple[Batch, ...]:
    rows = letter_rows.latest(tx, state, most=most)
    found = []
    for batch, some in groupby(rows, key=lambda row: row["batch"]):
        members = sorted(some, key=lambda row: (row["created_at"], row["id"]))
        first = members[0]
        worker = desk.world.staffing.workers.get(first["printed_by"] or "")
        lines = tuple(line(row) for row in members)
        found.append(Batch(ids.to_text(batch), first["printed_at"], worker.name if worker else "", lines))
    return tuple(found)


def _lines(tx: Transaction, desk: Desk) -> Callable[[Mapping[str, Any]], LetterLine]:
    """How a row becomes a line; a case is opened once."""
    known: dict[int, tuple[str, str]] = {}

    def line(row: Mapping[str, Any]) -> LetterLine:
        key = row["case"]
        if key not in known:
            loaded = load(tx, desk, key)
            reach = ways.of(tx, loaded, row["recipient"])
            known[key] = loaded.row["number"], reach.name or told.recipient(row["recipient"], loaded.pin)
        number, name = known[key]
        return LetterLine(
            ids.to_text(row["id"]),
            row["number"],
            ids.to_text(key),
            number,
            name,
            row["created_at"],
            row["state"],
        )

    return line


def _letter(house: House, item: Printed) -> Letter:
    return Letter(
        sender=house,
        addressee=item.addressee,
        day=item.day,
        subject=item.subject,
        paragraphs=item.paragraphs,
        contact=Somebody(item.contact, phone=item.phone),
        reference=f"{item.case_number} / {item.number}",
        salutation=item.salutation,
        code_label=say("residents.letter.code") if item.code else "",
        code=in_fours(item.code),
    )


def in_fours(code: str) -> str:
    """A code as people copy it: ``3k7q-9xwd``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
