"""Which way does a message take to somebody outside: mail, a letter, or a call?

As they asked (``means: resident.preference``), among the ways that are known and not known to be dead; never nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.definitions.model.forms import Form
from app.engine import values
from app.engine.model.answers import Address, Answers
from app.services.cases import referrals
from app.services.cases.load_case import Loaded
from app.services.people import residents
from app.storage.database import Transaction
from app.storage.repositories import resident_rows
from app.storage.repositories.resident_rows import MAIL, POST
from app.texts import say

REFERRER, RESIDENT, PARTNER = "referrer", "resident", "partner"
NO = "nee"
_PERSONAL = frozenset({"by_phone", "by_text_message", "by_visit"})


class Way(StrEnum):
    """How something is told."""

    MAIL = "mail"
    LETTER = "letter"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of how to reach somebody; empty for what is not known or known to be dead.

    ``address`` are the lines of an envelope without the name. ``phones`` may be dialled; ``via`` is somebody else
    through whom they may be reached. ``silent_phone``: they did not say that a message may be left. ``prefers`` is one
    of the ways of the language (``by_letter``) or empty; ``prefers_label`` and ``best_time`` as they chose them.
    """

    name: str = ""
    called: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    via: str = ""
    silent_phone: bool = True
    prefers: str = ""
    prefers_label: str = ""
    best_time: str = ""

    @property
    def way(self) -> Way:
        """The way that is taken."""
        if self.prefers == "by_letter" and self.address:
            return Way.LETTER
        if self.prefers in _PERSONAL and (self.phones or self.via or self.prefers == "by_visit"):
            return Way.CALL
        if self.email:
            return Way.MAIL
        return Way.LETTER if self.address else Way.CALL


def of(tx: Transaction, loaded: Loaded, to: str) -> Reach:
    """How to reach the resident, the referrer or the partner of a case; an empty ``Reach`` for anybody else."""
    if to == RESIDENT:
        return _resident(tx, loaded)
    if to == REFERRER:
        known = residents.referrer_of(tx, loaded.row)
        phone = known.get("phone", "")
        email = _alive(tx, loaded, MAIL, known.get("email", ""))
        name = known.get("name", "")
        return Reach(name, name, email, phones=(phone,) if phone else (), silent_phone=False)
    return _partner(tx, loaded) if to == PARTNER else Reach()


def _partner(tx: Transaction, loaded: Loaded) -> Reach:
    """As the register has it now; one that was archived since gets nothing any more."""
    referral = referrals.of_case(tx, loaded.row["id"])
    partner = referral.partner if referral is not None else None
    if partner is None or not partner.active:
        return Reach()
    email = _alive(tx, loaded, MAIL, partner.email)
    phones = (partner.phone,) if partner.phone else ()
    return Reach(partner.name, partner.name, email, phones=phones, silent_phone=False)


def other_ways(reach: Reach, language: str = "nl") -> str:
    """The ways that are left, in one sentence for who will try them; empty when none is."""
    found = [say("residents.way.phone", language, phone=phone) for phone in reach.phones]
    if reach.via:
        found.append(say("residents.way.via", language, via=reach.via))
    if reach.email:
        found.append(say("residents.way.mail", language, email=reach.email))
    if reach.address:
        found.append(say("residents.way.letter", language, address=", ".join(reach.address)))
    return "; ".join(found)


def _resident(tx: Transaction, loaded: Loaded) -> Reach:
    form, answers = loaded.pin.form, loaded.case.answers
    address = postal(form, answers)
    if address and resident_rows.is_dead(tx, loaded.row["id"], POST, ", ".join(address)):
        address = ()
    phones = (residents.shown(form, answers, f"resident.{name}") for name in ("mobile", "phone"))
    via = [residents.shown(form, answers, f"resident.{name}") for name in ("via", "via_phone")]
    prefers, label = _preference(form, answers)
    return Reach(
        name=residents.full_name(form, answers) or residents.greeted(form, answers),
        called=residents.greeted(form, answers),
        email=_alive(tx, loaded, MAIL, residents.meaning(form, answers, "resident.email")),
        address=address,
        phones=tuple(phone for phone in phones if phone),
        via=", ".join(part for part in via if part),
        silent_phone=residents.option(form, answers, "resident.message_ok") in {"", NO},
        prefers=prefers,
        prefers_label=label,
        best_time=residents.meaning(form, answers, "resident.best_time"),
    )


def postal(form: Form, answers: Answers) -> tuple[str, ...]:
    """The lines of the envelope without the name; empty when a letter could not arrive."""
    field = form.meaning("resident.address")
    found = answers.get(field.id) if field else None
    if (
        not isinstance(found, Address)
        or found.homeless
        or not (found.free or (found.street and found.postcode))
    ):
        return ()
    return tuple(values.address_lines(found))


def _preference(form: Form, answers: Answers) -> tuple[str, str]:
    field = form.meaning("resident.preference")
    chosen = answers.get(field.id) if field else None
    option = field.options.get(chosen) if field and field.options and isinstance(chosen, str) else None
    return (option.columns.get("means", ""), option.label) if option else ("", "")


def _alive(tx: Transaction, loaded: Loaded, way: str, address: str) -> str:
    dead = address and resident_rows.is_dead(tx, loaded.row["id"], way, address)
    return "" if dead else address
