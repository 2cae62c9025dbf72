"""What does the mail say that tells an administrator that a receiver of events is paused?"""

from __future__ import annotations

from app.services.cases.load_case import Desk
from app.services.follow_up.messages import Letter
from app.services.follow_up.outgoing import Outgoing
from app.services.municipality import municipalities
from app.storage.database import Transaction
from app.storage.outbox import Leased
from app.storage.repositories import account_rows
from app.texts import say

PATH = "/beheer/meldingen"


def compose(
    tx: Transaction, desk: Desk, row: Leased, outgoing: Outgoing, language: str = "nl"
) -> Letter | None:
    """The mail for one account; ``None`` when it was closed since."""
    found = account_rows.lines(tx, row.payload["account"])
    if not found or not found[0][7]:
        return None
    municipality = municipalities.name_of(tx.municipality)
    parts = (
        say("messages.greeting", language, name=found[0][2]),
        say("webhooks.mail.text", language, host=row.payload["host"], link=outgoing.base_url + PATH),
        say("messages.sign_off", language, municipality=municipality),
    )
    return Letter(
        found[0][3], say("webhooks.mail.subject", language), "\n\n".join(parts) + "\n", municipality
    )
