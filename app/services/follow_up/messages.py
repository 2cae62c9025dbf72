"""What stands in a mail? Number, link and who can tell more; never what a case is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.model.people import Worker
from app.services.cases import case_work, referrals
from app.services.cases.load_case import Loaded
from app.services.follow_up import ways
from app.services.follow_up.outgoing import Outgoing
from app.services.follow_up.ways import PARTNER, REFERRER, RESIDENT, Way
from app.services.municipality import municipalities
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import event_rows
from app.texts import has, say

ACCOUNT = "account:"


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished mail but for its key and time. ``to`` is empty when there is no address to send it to."""

    to: str
    subject: str
    text: str
    sender_name: str = ""


def about_case(
    tx: Transaction, loaded: Loaded, payload: Mapping[str, str], outgoing: Outgoing, language: str = "nl"
) -> Letter:
    """The mail an outbox row asks for. The words of a workflow's message come out of the history, where they are
    sealed; those for staff are ours."""
    municipality = municipalities.name_of(tx.municipality)
    holder = loaded.pin.world.staffing.workers.get(loaded.row["holder"])
    number = loaded.row["number"]
    to = payload["to"]
    if to.startswith(ACCOUNT):
        worker = loaded.pin.world.staffing.workers.get(to.removeprefix(ACCOUNT))
        where = outgoing.case_link(ids.to_text(loaded.row["id"]))
        if payload["message"].startswith("emergency_"):
            where = outgoing.emergency_link
        link = say("messages.open_case", language, link=where)
        greeting = say("messages.greeting", language, name=worker.name) if worker else ""
        address = worker.email if worker and worker.active else ""
    else:
        reach = ways.of(tx, loaded, to)
        link = "" if loaded.row["recalled"] else _link(tx, loaded, to, outgoing, language)
        greeting = say("messages.greeting_unknown", language)
        address = reach.email if reach.way is Way.MAIL else ""
    subject, body = _words(tx, payload, number, language)
    absent = _absent(tx, loaded, to, language)
    reply_to = loaded.pin.world.settings.get("reply_to", "")
    parts = [
        greeting,
        body,
        link,
        contact(holder, language),
        absent,
        _close(municipality, reply_to, language),
    ]
    return Letter(address, subject, "\n\n".join(filter(None, parts)) + "\n", municipality)


def contact(worker: Worker | None, language: str) -> str:
    """Who can tell more, with a phone where there is one."""
    if worker is None:
        return ""
    if not worker.phone:
        return say("messages.contact_no_phone", language, name=worker.name)
    return say("messages.contact", language, name=worker.name, phone=worker.phone)


def _link(tx: Transaction, loaded: Loaded, to: str, outgoing: Outgoing, language: str) -> str:
    """Where somebody outside looks how it goes; the code they have on paper or hear by telephone, it never stands in a
    mail."""
    if to == RESIDENT:
        return say("residents.mail.follow", language, link=outgoing.resident_link(loaded.row["number"]))
    referral = referrals.of_case(tx, loaded.row["id"]) if to == PARTNER else None
    if referral is not None and referral.live:
        token = referrals.token_of(tx, referral.case, referral.round)
        return say("partners.mail.link", language, link=outgoing.partner_link(token))
    return say("messages.card_status", language, link=outgoing.status_link) if to == REFERRER else ""


def _absent(tx: Transaction, loaded: Loaded, to: str, language: str) -> str:
    """Told to people outside, so that nobody rings in vain."""
    notice = case_work.absence_notice(loaded, tx.now, language) if to in (RESIDENT, REFERRER) else ""
    return say("residents.absent", language, notice=notice) if notice else ""


def _close(municipality: str, reply_to: str, language: str) -> str:
    code = "messages.automatic_reply" if reply_to else "messages.automatic"
    return "\n".join(
        (
            say("messages.sign_off", language, municipality=municipality),
            say(code, language, reply_to=reply_to),
        )
    )


def _words(tx: Transaction, payload: Mapping[str, str], number: str, language: str) -> tuple[str, str]:
    if "event" in payload:
        content = event_rows.content(tx, ids.from_text(payload["event"])) or {}
        subject = content.get("subject") or say("messages.subject", language, number=number)
        return subject, content.get("text", "")
    code = f"messages.{payload['message']}"
    if not has(f"{code}.subject"):
        code = "messages.urgent"
    return say(f"{code}.subject", language, number=number), say(f"{code}.text", language, number=number)
