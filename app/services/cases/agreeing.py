"""A consent of a case changed, or a case began with some: what is kept of it?

The answers say it, as a new revision beside what was sent; the register of consents says the same without opening them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.engine import consents
from app.engine.consents import Standing
from app.engine.heard_by_consent import covered
from app.engine.model import cases as engine
from app.engine.model.agreeing import Agree
from app.engine.model.answers import Answers
from app.services.cases import answer_revisions
from app.services.cases.apply_decision import MAIL
from app.services.cases.load_case import Loaded, Pinned
from app.storage import outbox
from app.storage.database import Transaction
from app.storage.repositories import consent_rows, letter_rows

SENT = "sent_"
"""Before the audience in ``how``, of a consent that stands as it was sent."""


def began(tx: Transaction, key: int, pinned: Pinned, case: engine.Case, *, audience: str) -> None:
    """Write down what somebody agreed to when a case began; ``audience``: whose form it was."""
    consent_rows.first(tx, key, pinned.form.id, _rows(standing(pinned, case, tx), audience))


def follow(tx: Transaction, loaded: Loaded, decision: engine.Decision) -> dict[str, Any]:
    """Keep what a decision did to consents; the columns of the case that change with it."""
    changed = {effect.name: effect.consent for effect in decision.effects if isinstance(effect, Agree)}
    if not changed:
        return {}
    answers: Answers = answer_revisions.own_answers(tx, loaded)
    for name, consent in changed.items():
        if not consent.given:
            _hears_no_more(tx, loaded, consents.column(name))
        answers = consents.put(answers, name, consent)
    key, audience = answer_revisions.insert(tx, loaded, answers)
    if not consents.carried(loaded.pin.form, loaded.pin.workflow):
        rows = _rows(standing(loaded.pin, decision.case, tx), audience)
        consent_rows.put(tx, loaded.row["id"], loaded.pin.form.id, rows)
    return {"submission": key}


def _hears_no_more(tx: Transaction, loaded: Loaded, name: str) -> None:
    """What waits to be sent to somebody only because of this consent stays here."""
    for to, message in covered(loaded.pin.workflow, name):
        outbox.cancel_kind(tx, loaded.row["id"], [MAIL], to=to, message=message)
        letter_rows.drop(tx, loaded.row["id"], recipient=to, message=message)


def standing(pinned: Pinned, case: engine.Case, tx: Transaction) -> tuple[Standing, ...]:
    """Every consent of a case that was ever given, with until when."""
    return consents.of_case(pinned.form, case, tx.now, pinned.world.calendar)


def _rows(found: Sequence[Standing], audience: str) -> list[dict[str, Any]]:
    return [_row(item, audience) for item in found]


def _row(item: Standing, audience: str) -> dict[str, Any]:
    consent = item.consent
    over = bool(consent.ended)
    sent = f"{SENT}{audience or 'public'}"
    return {
        "name": item.name,
        "field": consents.column(item.name),
        "given_on": item.given_on,
        "how": sent if over else consent.how or sent,
        "until": item.until,
        "ended": consent.ended,
        "ended_on": consent.on if over else None,
        "ended_how": consent.how if over else "",
    }
