"""What does the mail say that asks somebody something; what if it does not arrive, or the term is over?"""

from __future__ import annotations

from app.services.cases import apply_decision, ask_work, asks, effects
from app.services.cases.load_case import Desk, desk_of, key_of, load
from app.services.follow_up.ask_to_call import note_task
from app.services.follow_up.fire_timer import LeaseLost
from app.services.follow_up.messages import Letter, contact
from app.services.follow_up.outgoing import Outgoing
from app.services.municipality import municipalities
from app.storage import outbox
from app.storage.database import Transaction, transaction
from app.storage.outbox import Leased
from app.storage.repositories import ask_rows
from app.texts import say

FAILED = "ask_failed"
"""The event, and the task, of a question that did not arrive."""


def compose(
    tx: Transaction, desk: Desk, row: Leased, outgoing: Outgoing, language: str = "nl"
) -> Letter | None:
    """The mail with the link; ``None`` for who answered since, and once the question is closed."""
    person = ask_rows.person(tx, key_of(row.payload["ask_person"]))
    put = ask_rows.one(tx, person["ask"]) if person is not None else None
    if person is None or put is None or put["state"] != ask_rows.OPEN:
        return None
    if person["state"] != ask_rows.WAITING or person["sealed"] is None:
        return None
    loaded = load(tx, desk, put["case"])
    ask = loaded.pin.workflow.asks().get(put["name"])
    if ask is None or loaded.row["blocked"]:
        return None
    who, what = asks.reached(tx, person), row.payload["what"]
    municipality = municipalities.name_of(tx.municipality)
    until = f"{put['due_on']:%d/%m/%Y}" if put["due_on"] is not None else ""
    counted = say("asks.mail.counted", language) if ask.round is not None else ""
    parts = (
        say("messages.greeting", language, name=who.name)
        if who.name
        else say("messages.greeting_unknown", language),
        say(f"asks.mail.{what}", language, municipality=municipality, question=ask.label),
        say("asks.mail.until", language, day=until) if until else "",
        say("asks.mail.link", language, link=outgoing.ask_link(asks.token_of(tx, person["id"]))),
        counted,
        contact(loaded.pin.world.staffing.workers.get(loaded.row["holder"]), language),
        say("messages.sign_off", language, municipality=municipality),
    )
    subject = say(f"asks.mail.{what}.subject", language, municipality=municipality)
    return Letter(who.mail, subject, "\n\n".join(filter(None, parts)) + "\n", municipality)


def close(municipality: str, row: Leased) -> tuple[int, ...]:
    """The term of a question is over. Raises ``LeaseLost``."""
    desk = desk_of(municipality)
    with transaction(municipality) as tx:
        if not outbox.complete(tx, row):
            raise LeaseLost
        put = ask_rows.one(tx, key_of(row.payload["ask"]))
        if put is None or put["state"] != ask_rows.OPEN:
            return ()
        return ask_work.end(tx, desk, load(tx, desk, put["case"], lock=True), put)


def bounced(tx: Transaction, desk: Desk, row: Leased) -> tuple[int, ...]:
    """The server refuses the address: whoever follows the case hears it once, by a small task; outbox ids due now. Of
    whom it is stands where only who may read the case looks."""
    person = ask_rows.person(tx, key_of(row.payload["ask_person"]))
    put = ask_rows.one(tx, person["ask"]) if person is not None else None
    if person is None or put is None or put["state"] != ask_rows.OPEN or person["state"] != ask_rows.WAITING:
        return ()
    loaded = load(tx, desk, put["case"], lock=True)
    key = f"note:{FAILED}:{row.payload['ask_person']}"
    if loaded.row["closed_at"] is not None or any(task["key"] == key for task in loaded.tasks):
        return ()
    who, number = asks.reached(tx, person), loaded.row["number"]
    label = say("asks.task.failed", number=number)
    told = say("asks.task.failed_to", number=number, name=who.name or who.mail, mail=who.mail)
    change = apply_decision.begin(loaded, "")
    effects.open_task(tx, loaded.pin, change, note_task(tx, loaded, key, label, told=told))
    apply_decision.tell(change, FAILED, {})
    return tuple(apply_decision.write(tx, change))
