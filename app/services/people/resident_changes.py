"""What does a resident change on their own page: a consent, the way they are reached, or everything stopped?"""

from __future__ import annotations

from collections.abc import Mapping

from app.definitions.model.forms import Field, Form
from app.engine import values
from app.engine.model.answers import Answers, FieldError, Value
from app.engine.model.cases import Acted
from app.services.cases import apply_decision, share_case
from app.services.cases.apply_decision import MAIL, VERSION
from app.services.cases.load_case import Desk, Loaded, desk_of, load
from app.services.cases.move_case import move
from app.services.cases.revise_answers import own_answers, revise
from app.services.errors import Invalid, NotFound
from app.services.people import resident_asks, resident_codes, resident_consents, residents
from app.services.people.resident_asks import Ask, From, Heard
from app.storage import outbox
from app.storage.database import Transaction, transaction
from app.storage.repositories import letter_rows, person_rows
from app.storage.repositories.event_rows import NewEvent

WITHDREW, REACHED = "resident_withdrew", "resident_reached"
MEANINGS = {
    "phone": "resident.phone",
    "mobile": "resident.mobile",
    "email": "resident.email",
    "preference": "resident.preference",
    "message_ok": "resident.message_ok",
}
"""Input of the page -> what the field stands for that it changes."""
REACHABLE = ("phone", "mobile", "email")


def take_back(sender: From, consent: str) -> Heard:
    """Take back one consent that stands, by its flat id: who heard because of it hears no more, also what waits to be
    sent; what goes without it goes on. Colleagues who read along on the ground of an agreement read no more. Raises
    ``NotFound``."""
    desk = desk_of(sender.key.municipality)
    with transaction(desk.municipality) as tx:
        loaded = resident_codes.opened(tx, desk, sender.key, lock=True)
        own = own_answers(tx, loaded)
        found = next(
            (item for item in resident_consents.given(loaded.pin.form, own) if item[0] == consent), None
        )
        if found is None:
            raise NotFound
        resident_asks.limit(tx, sender)
        name, field, words = found
        for to, message in resident_consents.covered(loaded.pin.workflow, field.id):
            outbox.cancel_kind(tx, loaded.row["id"], [MAIL], to=to, message=message)
            letter_rows.drop(tx, loaded.row["id"], recipient=to, message=message)
        answers = resident_consents.without(own, name)
        event = NewEvent(
            WITHDREW, {"what": "", "consent": field.label}, content={"text": words.text, "field": name}
        )
        heard = _revised(tx, desk, loaded, answers, event, "withdrew")
        share_case.end_by_consent(tx, load(tx, desk, loaded.row["id"]))
        return heard


def stop(sender: From, action: str) -> Heard:
    """Press a button that the workflow gives the resident. Raises ``NotFound`` for any other."""
    desk = desk_of(sender.key.municipality)
    with transaction(desk.municipality) as tx:
        loaded = resident_codes.opened(tx, desk, sender.key, lock=True)
        if action not in {item.id for item in resident_consents.stops(tx, loaded)}:
            raise NotFound
        resident_asks.limit(tx, sender)
        button = loaded.pin.workflow.actions_of(loaded.row["state"])[action]
        event = Acted(
            action, role=resident_consents.ROLE, reason=resident_consents.reason_for(loaded, button)
        )
        told = NewEvent(WITHDREW, {"what": "all", "consent": button.label, VERSION: _next(loaded)})
        moved = move(tx, desk, loaded, event, events=[told])
        return Heard("stopped", wake=moved.wake)


def reach(sender: From, posted: Mapping[str, str], *, everywhere: bool = False) -> Heard:
    """Be reached in another way; only what is posted changes. ``everywhere``: the record of the person gets it too, so
    that it counts for what comes later; only for who took the second step. Raises ``Invalid`` with an error an input,
    also when nothing would be left; ``NotFound``."""
    desk = desk_of(sender.key.municipality)
    with transaction(desk.municipality) as tx:
        loaded = resident_codes.opened(tx, desk, sender.key, lock=True)
        own = own_answers(tx, loaded)
        answers = _with(loaded.pin.form, own, posted)
        if answers == own:
            return Heard("same")
        resident_asks.limit(tx, sender)
        if everywhere and sender.key.proven and loaded.row["person"] is not None:
            _keep_on_record(tx, loaded, answers)
        return _revised(tx, desk, loaded, answers, NewEvent(REACHED, {"what": ""}), "reached")


def _with(form: Form, own: Answers, posted: Mapping[str, str]) -> dict[str, Value]:
    found: dict[str, Value] = dict(own)
    errors: list[FieldError] = []
    for name, means in MEANINGS.items():
        field = form.meaning(means)
        if field is None or name not in posted:
            continue
        try:
            value = values.coerce(field, [posted[name].strip()])
        except values.Rejected as problem:
            errors.append(FieldError(name, problem.code, (("label", field.label), *problem.params)))
            continue
        if value is None:
            found.pop(field.id, None)
        else:
            found[field.id] = value
    errors += _unreachable(form, own, found)
    if errors:
        raise Invalid(errors=tuple(errors))
    return found


def _keep_on_record(tx: Transaction, loaded: Loaded, answers: Answers) -> None:
    """The thin record of the person knows the same ways as their answers."""
    found = person_rows.get(tx, loaded.row["person"], lock=True)
    if found is None:
        return
    kept = {name: text for name, text in found.kept.items() if name not in REACHABLE}
    for name in REACHABLE:
        if text := residents.meaning(loaded.pin.form, answers, MEANINGS[name]):
            kept[name] = text
    person_rows.write(tx, found.id, {"sealed": residents.seal(tx, found.id, kept)})


def _unreachable(form: Form, own: Answers, found: Answers) -> list[FieldError]:
    """Somebody who could be reached by telephone or mail still can."""
    fields: list[Field] = [field for name in REACHABLE if (field := form.meaning(MEANINGS[name])) is not None]
    before = any(field.id in own for field in fields)
    if before and not any(field.id in found for field in fields):
        return [FieldError("phone", "resident_unreachable")]
    return []


def _revised(  # noqa: PLR0917 - what was changed, and what is told of it
    tx: Transaction, desk: Desk, loaded: Loaded, answers: Answers, event: NewEvent, what: str
) -> Heard:
    """The new answers, then the task for the contact person, in one transaction."""
    told = NewEvent(event.code, {**event.params, VERSION: _next(loaded)}, content=event.content, id=event.id)
    moved = revise(tx, desk, loaded, answers, [told])
    again = load(tx, desk, loaded.row["id"], lock=True)
    change = apply_decision.begin(again, "")
    task = resident_asks.lay_task(tx, again, change, Ask(what, what, what, event, resident_asks.to_read))
    wake = (*moved.wake, *apply_decision.write(tx, change))
    return Heard(what, resident_asks.name_of(again.pin, task.assignee), task.due_on, tuple(wake))


def _next(loaded: Loaded) -> str:
    return str(loaded.row["version"] + 1)
