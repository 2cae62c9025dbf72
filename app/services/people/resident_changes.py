"""What does a resident change on their own page: a consent, the way they are reached, or everything stopped?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.definitions.model.forms import Field, Form
from app.engine import calendar, consenting, values
from app.engine import consents as agreed
from app.engine.consents import Standing
from app.engine.model.answers import Answers, FieldError, Value
from app.engine.model.cases import Acted
from app.engine.model.events import ConsentRenewed, ConsentWithdrawn
from app.services.cases import agreeing, apply_decision, share_case
from app.services.cases.answer_revisions import own_answers
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Desk, Loaded, desk_of, due_of, load
from app.services.cases.move_case import Moved, move
from app.services.cases.revise_answers import revise
from app.services.errors import Invalid, NotFound
from app.services.people import resident_asks, resident_codes, resident_consents, residents
from app.services.people.resident_asks import Ask, From, Heard
from app.storage.database import Transaction, transaction
from app.storage.repositories import person_rows
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
        standing = agreed.given(loaded.pin.form, loaded.case.answers)
        found = next((item for item in standing if item[0] == consent), None)
        if found is None:
            raise NotFound
        resident_asks.limit(tx, sender)
        name, field, words = found
        params = {"what": "", "consent": field.label, VERSION: _next(loaded)}
        event = NewEvent(WITHDREW, params, content={"text": words.text, "field": name})
        moved = move(tx, desk, loaded, ConsentWithdrawn(name), events=[event])
        again = load(tx, desk, loaded.row["id"], lock=True)
        heard = _asked_by_the_state(loaded, again, moved) or _to_read(tx, again, event, "withdrew", moved)
        share_case.end_by_consent(tx, load(tx, desk, loaded.row["id"]))
        return heard


def give_again(sender: From, consent: str, until: str = "") -> Heard:
    """Let a consent that ends by itself hold anew, up to and with the day ``until`` (ISO; blank: as long as the form
    says). Raises ``NotFound``, ``Invalid`` for a day that has passed or is none."""
    day = _day(until)
    desk = desk_of(sender.key.municipality)
    with transaction(desk.municipality) as tx:
        loaded = resident_codes.opened(tx, desk, sender.key, lock=True)
        standing = agreeing.standing(loaded.pin, loaded.case, tx)
        found = next((item for item in standing if item.name == consent and item.field.holds), None)
        if found is None:
            raise NotFound
        if _same_again(found, day, loaded, tx):
            return Heard("same")
        resident_asks.limit(tx, sender)
        renewed = ConsentRenewed((consent,), agreed.OWN_PAGE, day)
        return Heard("again", wake=move(tx, desk, loaded, renewed).wake)


def _same_again(found: Standing, day: date | None, loaded: Loaded, tx: Transaction) -> bool:
    """Whether this was said today already: the button pressed twice."""
    today = calendar.local(loaded.pin.world.calendar, tx.now).today
    consent = found.consent
    return consent.given and consent.on == today and (day is None or day == consent.until)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Invalid(errors=(FieldError("until", "invalid"),)) from None


def _asked_by_the_state(before: Loaded, after: Loaded, moved: Moved) -> Heard | None:
    """What the workflow itself asks when a consent ends: the first task of it."""
    known = {task["id"] for task in before.tasks}
    prefix = f"{consenting.TASK}:"
    fresh = [task for task in after.tasks if task["id"] not in known and task["key"].startswith(prefix)]
    if not fresh:
        return None
    name = resident_asks.name_of(after.pin, fresh[0]["assignee"])
    return Heard("withdrew", name, due_of(fresh[0]), moved.wake)


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
        return _revised(tx, desk, loaded, answers, NewEvent(REACHED, {"what": ""}))


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


def _revised(tx: Transaction, desk: Desk, loaded: Loaded, answers: Answers, event: NewEvent) -> Heard:
    """The new answers, then the task for the contact person, in one transaction."""
    told = NewEvent(event.code, {**event.params, VERSION: _next(loaded)}, content=event.content, id=event.id)
    moved = revise(tx, desk, loaded, answers, [told])
    again = load(tx, desk, loaded.row["id"], lock=True)
    return _to_read(tx, again, event, "reached", moved)


def _to_read(tx: Transaction, loaded: Loaded, event: NewEvent, what: str, moved: Moved) -> Heard:
    """The task for the contact person to look at what changed."""
    change = apply_decision.begin(loaded, "")
    task = resident_asks.lay_task(tx, loaded, change, Ask(what, what, what, event, resident_asks.to_read))
    wake = (*moved.wake, *apply_decision.write(tx, change))
    return Heard(what, resident_asks.name_of(loaded.pin, task.assignee), task.due_on, tuple(wake))


def _next(loaded: Loaded) -> str:
    return str(loaded.row["version"] + 1)
