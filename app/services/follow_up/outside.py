"""A message cannot, or should not, go by mail: what becomes of it?

Every message has a twin on paper and one for the telephone; the words are the same, and it never just disappears.
"""

from __future__ import annotations

from app.services.cases.apply_decision import RECEIPT
from app.services.cases.load_case import Loaded
from app.services.follow_up import letters, ways
from app.services.follow_up.ask_to_call import (
    CALL_PARTNER,
    CALL_REFERRER,
    CALL_RESIDENT,
    NOT_ARRIVED,
    ask_to_call,
)
from app.services.follow_up.ways import PARTNER, REFERRER, RESIDENT, Way
from app.services.people import residents
from app.storage.database import Transaction
from app.storage.outbox import Leased
from app.storage.repositories import resident_rows
from app.storage.repositories.resident_rows import MAIL

LETTER, CALL, ON_SCREEN = "letter", "call", "on_screen"
NO_ADDRESS, NO_RECIPIENT = "no_address", "no_recipient"


def instead_of_mail(tx: Transaction, loaded: Loaded, row: Leased) -> tuple[str, tuple[int, ...]]:
    """Give the message of ``row`` another way: what to write behind it (``letter``, ``call``, ``on_screen``,
    ``no_address``, ``no_recipient``), and outbox ids that are due because of it."""
    to = str(row.payload.get("to", ""))
    if to == REFERRER:
        return _to_referrer(tx, loaded, row)
    if to == RESIDENT:
        return _to_resident(tx, loaded, row)
    if to == PARTNER:
        reach = ways.of(tx, loaded, PARTNER)
        return NO_ADDRESS, ask_to_call(tx, loaded, row.payload, CALL_PARTNER, str(row.id), reach)
    return NO_ADDRESS, ()


def _to_referrer(tx: Transaction, loaded: Loaded, row: Leased) -> tuple[str, tuple[int, ...]]:
    """A referrer without address saw the receipt on the screen and is called about what comes later."""
    if not residents.referrer_of(tx, loaded.row).keys() - {"code"}:
        return NO_RECIPIENT, ()
    if RECEIPT in row.payload:
        return ON_SCREEN, ()
    reach = ways.of(tx, loaded, REFERRER)
    return NO_ADDRESS, ask_to_call(tx, loaded, row.payload, CALL_REFERRER, str(row.id), reach)


def _to_resident(tx: Transaction, loaded: Loaded, row: Leased) -> tuple[str, tuple[int, ...]]:
    """A letter or a call. Of a receipt somebody who asked for no letter has the paper in hand."""
    reach = ways.of(tx, loaded, RESIDENT)
    if RECEIPT in row.payload and reach.prefers != "by_letter":
        return ON_SCREEN, ()
    if reach.way is Way.LETTER and "event" in row.payload:
        letters.wait(tx, loaded, row.payload)
        return LETTER, ()
    return CALL, ask_to_call(tx, loaded, row.payload, CALL_RESIDENT, str(row.id), reach)


def bounced(tx: Transaction, loaded: Loaded, row: Leased) -> tuple[int, ...]:
    """The server refuses the address: trying again cannot help, somebody tries another way. Once an address."""
    to = str(row.payload["to"])
    if not bury_mail(tx, loaded, to):
        return ()
    reach = ways.of(tx, loaded, to)
    return ask_to_call(tx, loaded, row.payload, NOT_ARRIVED, str(row.id), reach)


def bury_mail(tx: Transaction, loaded: Loaded, to: str) -> bool:
    """The address that somebody outside has now is dead; False when that was known already."""
    email = ways.of(tx, loaded, to).email
    return bool(email) and resident_rows.bury(tx, loaded.row["id"], MAIL, email)
