"""Which numbers are on paper, who printed them, and what becomes of a card that comes in?

A card has a number before it has a case. Whoever holds the card can prove it by the link in its QR code; staff may
type the number. A card makes one case, however it comes in.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.engine import card_numbers
from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor, Relation, may
from app.services.cases.load_case import Desk, Pinned, desk_of, key_of
from app.services.cases.open_case import pattern_of
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Forbidden, Invalid, NotFound
from app.storage import counters, history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import card_rows, case_rows

MOST = 50
"""Cards in one batch; a hundred sheets is what a tray holds."""
VOID = ("lost", "spoilt")
LISTED = 60
_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Batch:
    """Cards that were printed together; ``used`` came in, ``gone`` are lost or spoilt."""

    id: str
    form: str
    contact_point: str
    neighbourhood: str
    printed_at: datetime
    printed_by: str
    first: str
    printed: int
    used: int
    gone: int


@dataclass(frozen=True, slots=True)
class Card:
    """One card on paper. ``void`` is lost, spoilt or empty."""

    number: str
    form: str
    contact_point: str
    neighbourhood: str
    used_on: date | None
    void: str


@dataclass(frozen=True, slots=True)
class Printing:
    """What to print: which form for which contact point and village ("" for all), and how many."""

    form: str
    contact_point: str
    neighbourhood: str
    count: int


def reserve(actor: Actor, wanted: Printing) -> str:
    """Draw the numbers of a new batch; its id. Raises ``Forbidden``, ``NotFound``, Invalid (``cards_count``,
    ``cards_place``)."""
    demand_print(actor)
    desk = desk_of(actor.municipality)
    version = printable(desk, wanted.form)
    point = desk.catalog.contact_points.get(wanted.contact_point)
    if point is None or (
        wanted.neighbourhood and wanted.neighbourhood not in desk.world.staffing.neighbourhoods
    ):
        raise Invalid("cards_place", errors=(FieldError("point", "cards_place"),))
    if not 1 <= wanted.count <= MOST:
        raise Invalid("cards_count", errors=(FieldError("count", "cards_count", (("max", str(MOST)),)),))
    pattern = pattern_of(version.form, desk.catalog.workflow_for(version).workflow)
    with transaction(actor.municipality) as tx:
        year = tx.now.astimezone(desk.world.calendar.zone).year
        per_year = year if "{year}" in pattern else 0
        first = counters.draw(tx, f"paper {pattern}", per_year)
        counters.jump(tx, f"paper {pattern}", per_year, first + wanted.count - 1)
        numbers = [card_numbers.printed(pattern, year, first + at) for at in range(wanted.count)]
        values = {
            "form": wanted.form,
            "contact_point": wanted.contact_point,
            "neighbourhood": wanted.neighbourhood,
            "printed_by": actor.account or None,
        }
        key = card_rows.insert_batch(tx, values, numbers)
        told = {"first": numbers[0], "n": str(len(numbers)), "contact_point": wanted.contact_point}
        history.append(tx, None, "cards_printed", told, by=actor.account)
    return ids.to_text(key)


def printable(desk: Desk, form: str) -> FormVersion:
    """The live form, when it is made for paper. Raises ``NotFound``."""
    version = desk.catalog.forms.get(form)
    if version is None or version.form.card is None:
        raise NotFound
    return version


def batches(actor: Actor) -> list[Batch]:
    """The newest batches. Raises ``Forbidden``."""
    demand_print(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        rows = card_rows.batches(tx, size=LISTED)
    return [_batch(row, desk) for row in rows]


def batch(actor: Actor, batch_id: str) -> tuple[Batch, list[Card]]:
    """One batch with its cards. Raises ``Forbidden``, ``NotFound``."""
    demand_print(actor)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        row = card_rows.batch(tx, key_of(batch_id))
        cards = card_rows.cards(tx, key_of(batch_id)) if row else []
    if row is None or not cards:
        raise NotFound
    counts = {
        "first": cards[0]["number"],
        "printed": len(cards),
        "used": sum(card["used_at"] is not None for card in cards),
        "gone": sum(bool(card["void"]) for card in cards),
    }
    return _batch({**row, **counts}, desk), [_card({**row, **card}, desk) for card in cards]


def mark(actor: Actor, number: str, why: str) -> None:
    """Say that a card is lost or spoilt (``why`` empty: that it is not). Raises ``Forbidden``, ``NotFound``, Invalid
    (``card_used``)."""
    demand_print(actor)
    if why and why not in VOID:
        raise NotFound
    with transaction(actor.municipality) as tx:
        row = card_rows.card(tx, number)
        if row is None:
            raise NotFound
        if not card_rows.set_void(tx, number, why, by=actor.account):
            raise Invalid("card_used_plain")
        history.append(tx, None, "card_marked", {"number": number, "why": why}, by=actor.account)


# A card that comes in --------------------------------------------------------------------------------------


def by_link(municipality: str, token: str) -> Card | None:
    """The card behind ``DVK-2026-P0417-5-<secret>``; ``None`` when it is no link of a card."""
    number, _, secret = token.rpartition("-")
    if not number or len(secret) != card_numbers.KEY:
        return None
    desk = desk_of(municipality)
    with transaction(municipality, readonly=True) as tx:
        row = card_rows.card(tx, number.upper())
        fits = row is not None and hmac.compare_digest(secret_of(tx, number.upper()), secret.lower())
    return _card(row, desk) if row is not None and fits else None


def by_number(actor: Actor, typed: str) -> Card:
    """The card that staff typed or scanned, whatever came in of it. Raises ``Forbidden``, Invalid (``card_digit``,
    ``card_swapped``, ``card_unknown``)."""
    if not actor.account or not may(actor, Act.FORM_FILL_RECEPTION):
        raise Forbidden(str(Act.FORM_FILL_RECEPTION))
    desk = desk_of(actor.municipality)
    number = card_numbers.tidied(typed)
    for pattern in _patterns(desk):
        number = card_numbers.spelt(pattern, number)
    with transaction(actor.municipality, readonly=True) as tx:
        row = card_rows.card(tx, number)
        if row is None:
            raise Invalid("card", errors=(_why_unknown(tx, number, "number"),))
    return _card(row, desk)


def _patterns(desk: Desk) -> list[str]:
    """The series of all forms that are made for paper."""
    forms = [version for version in desk.catalog.forms.values() if version.form.card is not None]
    return [pattern_of(version.form, desk.catalog.workflow_for(version).workflow) for version in forms]


def case_of(actor: Actor, number: str) -> str:
    """The id of the case that was made with a card; empty when there is none. Raises ``Forbidden``."""
    if not may(actor, Act.CASE_FIND, Relation.OTHER):
        raise Forbidden(str(Act.CASE_FIND))
    with transaction(actor.municipality, readonly=True) as tx:
        row = case_rows.by_number(tx, number)
    return ids.to_text(row["id"]) if row else ""


def take(tx: Transaction, pinned: Pinned, number: str, field: str) -> None:
    """The card with ``number`` comes in now. Raises Invalid beside ``field`` (``card_digit``, ``card_swapped``,
    ``card_unknown``, ``card_void``, ``card_used``)."""
    row = card_rows.card(tx, number)
    if row is None or row["form"] != pinned.form.id:
        raise _refused(_why_unknown(tx, number, field))
    if row["void"]:
        raise _refused(FieldError(field, "card_void"))
    if not card_rows.use(tx, number):
        day = _day(row["used_at"], pinned) if row["used_at"] else ""
        raise _refused(FieldError(field, "card_used", (("date", day),)))


def secret_of(tx: Transaction, number: str) -> str:
    """What stands behind the number in the link of a card: nobody makes it who has not the card."""
    made = int.from_bytes(hmac.digest(tx.sealer.derived("card link"), number.encode(), "sha256")[:8], "big")
    return "".join(_SIGNS[(made >> (5 * at)) & 31] for at in range(card_numbers.KEY))


def _why_unknown(tx: Transaction, number: str, field: str) -> FieldError:
    if card_numbers.is_right(number):
        return FieldError(field, "card_unknown", (("number", number),))
    near = sorted(card_rows.known(tx, card_numbers.swapped(number)))
    if near:
        return FieldError(field, "card_swapped", (("number", number), ("near", near[0])))
    return FieldError(field, "card_digit", (("number", number),))


def demand_print(actor: Actor) -> None:
    """Raise ``Forbidden`` for who may not print cards."""
    if not may(actor, Act.CARDS_PRINT):
        raise Forbidden(str(Act.CARDS_PRINT))


def _day(at: datetime, pinned: Pinned) -> str:
    day = at.astimezone(pinned.world.calendar.zone).date()
    return f"{day.day}/{day.month}/{day.year}"


def _refused(error: FieldError) -> Invalid:
    return Invalid(error.code, errors=(error,))


def _batch(row: Mapping[str, Any], desk: Desk) -> Batch:
    who = desk.world.staffing.workers.get(row["printed_by"] or "")
    return Batch(
        ids.to_text(row["id"]),
        row["form"],
        row["contact_point"],
        row["neighbourhood"],
        row["printed_at"],
        who.name if who else "",
        row["first"],
        int(row["printed"]),
        int(row["used"]),
        int(row["gone"]),
    )


def _card(row: Mapping[str, Any], desk: Desk) -> Card:
    zone = desk.world.calendar.zone
    used = row["used_at"].astimezone(zone).date() if row["used_at"] else None
    return Card(row["number"], row["form"], row["contact_point"], row["neighbourhood"], used, row["void"])
