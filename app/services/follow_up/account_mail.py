"""What does the mail say that tells somebody what was done with their account? No name, no place, no link to press."""

from __future__ import annotations

from app.services.cases.load_case import Desk
from app.services.follow_up.messages import Letter
from app.services.follow_up.outgoing import Outgoing
from app.services.municipality import municipalities
from app.storage.database import Transaction
from app.storage.outbox import Leased
from app.storage.repositories import account_rows
from app.texts import say


def compose(
    tx: Transaction, desk: Desk, row: Leased, outgoing: Outgoing, language: str = "nl"
) -> Letter | None:
    """The mail for one account; ``None`` when it was closed since."""
    found = account_rows.lines(tx, row.payload["account"])
    if not found or not found[0][7]:
        return None
    name, email = found[0][2], found[0][3]
    code = f"signing_in.mail.{row.payload['code']}"
    municipality = municipalities.name_of(tx.municipality)
    at = row.due_at.astimezone(desk.world.calendar.zone)
    parts = (
        say("messages.greeting", language, name=name),
        say(code, language, moment=f"{at:%d/%m/%Y %H.%M}"),
        say("signing_in.mail.not_you", language),
        say("messages.sign_off", language, municipality=municipality),
    )
    return Letter(email, say(f"{code}.subject", language), "\n\n".join(parts) + "\n", municipality)
