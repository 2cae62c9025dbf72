"""What stands in a mail? Number, link and who can tell more; never what a case is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.model.people import Worker
from app.services.cases.load_case import Loaded
from app.services.follow_up.outgoing import Outgoing
from app.services.municipality import municipalities
from app.services.people import residents
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
        link = say("messages.open_case", language, link=outgoing.case_link(ids.to_text(loaded.row["id"])))
        greeting = say("messages.greeting", language, name=worker.name) if worker else ""
        address = worker.email if worker and worker.active else ""
    else:
        link = "" if to != "referrer" or loaded.row["recalled"] else _status(outgoing, language)
        greeting = say("messages.greeting_unknown", language)
        address = _address(tx, loaded, to)
    subject, body = _words(tx, payload, number, language)
    reply_to = loaded.pin.world.settings.get("reply_to", "")
    parts = [greeting, body, link, contact(holder, language), _close(municipality, reply_to, language)]
    return Letter(address, subject, "\n\n".join(filter(None, parts)) + "\n", municipality)


def contact(worker: Worker | None, language: str) -> str:
    """Who can tell more, with a phone where there is one."""
    if worker is None:
        return ""
    if not worker.phone:
        return say("messages.contact_no_phone", language, name=worker.name)
    return say("messages.contact", language, name=worker.name, phone=worker.phone)


def _status(outgoing: Outgoing, language: str) -> str:
    return say("messages.card_status", language, link=outgoing.status_link)


def _close(municipality: str, reply_to: str, language: str) -> str:
    code = "messages.automatic_reply" if reply_to else "messages.automatic"
    return "\n".join(
        (
            say("messages.sign_off", language, municipality=municipality),
            say(code, language, reply_to=reply_to),
        )
    )


def _address(tx: Transaction, loaded: Loaded, to: str) -> str:
    if to == "referrer":
        return residents.referrer_of(tx, loaded.row).get("email", "")
    if to == "resident":
        return residents.meaning(loaded.pin.form, loaded.case.answers, "resident.email")
    return ""


def _words(tx: Transaction, payload: Mapping[str, str], number: str, language: str) -> tuple[str, str]:
    if "event" in payload:
        content = event_rows.content(tx, ids.from_text(payload["event"])) or {}
        subject = content.get("subject") or say("messages.subject", language, number=number)
        return subject, content.get("text", "")
    code = f"messages.{payload['message']}"
    if not has(f"{code}.subject"):
        code = "messages.urgent"
    return say(f"{code}.subject", language, number=number), say(f"{code}.text", language, number=number)
