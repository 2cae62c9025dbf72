"""What did a resident agree to, and what follows when they take it back?"""

from __future__ import annotations

from app.definitions.model.forms import Field
from app.definitions.model.workflows import Action, State
from app.engine.decide import Presser, offers
from app.engine.heard_by_consent import hears_no_more
from app.services.cases import agreeing, told
from app.services.cases.load_case import Loaded
from app.services.people.resident_view import Agreed, Stop
from app.storage.database import Transaction
from app.texts import has, say

ROLE = "resident"
WITHDRAWN = "consent_withdrawn"
BLOCK = "block_content"


def standing(tx: Transaction, loaded: Loaded, language: str = "nl") -> tuple[Agreed, ...]:
    """The consents that stand, and those that are over and can be given again, in the order of the form."""
    stopping = any(BLOCK in action.does for action, _ in _offered(tx, loaded))
    return tuple(
        Agreed(
            id=item.name,
            label=item.field.label or say("residents.consent", language),
            text=item.consent.text or item.field.text,
            follows=_follows(loaded, item.field, language),
            all=stopping and item.field.required,
            until=item.until,
            over=item.consent.ended,
            over_on=item.consent.on if item.consent.ended else None,
            renewable=item.field.holds is not None,
        )
        for item in agreeing.standing(loaded.pin, loaded.case, tx)
        if item.consent.given or item.field.holds is not None
    )


def stops(tx: Transaction, loaded: Loaded, language: str = "nl") -> tuple[Stop, ...]:
    """The buttons that the workflow gives a resident and that can be pressed now."""
    return tuple(
        Stop(action.id, action.label, _consequences(action, target, language))
        for action, target in _offered(tx, loaded)
    )


def reason_for(loaded: Loaded, action: Action) -> str:
    """The closing reason that says a resident chose so; empty where none is asked."""
    target = loaded.pin.workflow.states.get(action.to)
    options = target.reasons.options if target is not None and target.end and target.reasons else ()
    return next((item.id for item in options if item.columns.get("means") == WITHDRAWN), "")


def _offered(tx: Transaction, loaded: Loaded) -> list[tuple[Action, State | None]]:
    pinned = loaded.pin
    found = offers(
        pinned.workflow,
        pinned.form,
        loaded.case,
        Presser("", ROLE),
        now=tx.now,
        world=pinned.world,
        contact_points=pinned.contact_points,
    )
    return [
        (item.action, pinned.workflow.states.get(item.action.to))
        for item in found
        if item.refusal is None and ROLE in item.action.by and not item.action.form and not item.rows
    ]


def _consequences(action: Action, target: State | None, language: str) -> tuple[str, ...]:
    codes = [f"residents.then.{effect}" for effect in action.does]
    found = [say(code, language) for code in codes if has(code)]
    if BLOCK in action.does:
        found.append(say("residents.then.dpo", language))
    if target is not None and target.end:
        found.append(say("residents.then.end", language))
    return tuple(found)


def _follows(loaded: Loaded, field: Field, language: str) -> tuple[str, ...]:
    """What taking back one consent means: who hears no more, what is no longer passed on, and that help goes on."""
    found = [
        say("residents.then.not_told", language, who=told.recipient(to, loaded.pin, language))
        for to in hears_no_more(loaded.pin.workflow, field.id)
    ]
    if field.shares:
        found.append(say("residents.then.not_shared", language))
    return (*found, say("residents.then.help_goes_on", language))
