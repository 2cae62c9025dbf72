"""What did a resident agree to, and what follows when they take it back?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.workflows import Action, Feedback, State, Workflow
from app.engine.decide import Presser, offers
from app.engine.facts_of import field_refs
from app.engine.model.answers import Answers, Consent, Value
from app.services.cases import told
from app.services.cases.load_case import Loaded
from app.services.people.resident_view import Agreed, Stop
from app.storage.database import Transaction
from app.texts import has, say

ROLE = "resident"
WITHDRAWN = "consent_withdrawn"
BLOCK = "block_content"


def standing(tx: Transaction, loaded: Loaded, language: str = "nl") -> tuple[Agreed, ...]:
    """The consents that stand, in the order of the form."""
    form, answers = loaded.pin.form, loaded.case.answers
    stopping = any(BLOCK in action.does for action, _ in _offered(tx, loaded))
    return tuple(
        Agreed(
            id=name,
            label=field.label or say("residents.consent", language),
            text=consent.text or field.text,
            follows=_follows(loaded, field, language),
            all=stopping and field.required,
        )
        for name, field, consent in given(form, answers)
    )


def given(form: Form, answers: Answers) -> Iterator[tuple[str, Field, Consent]]:
    """Flat id, field and words of every consent that was given, also in rows (``doorverwijzen.0.akkoord``)."""
    for field in form.fields():
        value = answers.get(field.id)
        if field.type is FieldType.CONSENT and isinstance(value, Consent) and value.given:
            yield field.id, field, value
        if field.type is FieldType.REPEAT and isinstance(value, tuple):
            yield from _in_rows(field, value)


def _in_rows(field: Field, rows: tuple[object, ...]) -> Iterator[tuple[str, Field, Consent]]:
    children = [child for child in field.fields if child.type is FieldType.CONSENT]
    for index, row in enumerate(rows):
        for child in children:
            value = row.get(child.id) if isinstance(row, Mapping) else None
            if isinstance(value, Consent) and value.given:
                yield f"{field.id}.{index}.{child.id}", child, value


def without(answers: Answers, name: str) -> dict[str, Value]:
    """The answers once the consent behind a flat id is taken back; its words stay, to say what it was."""
    found = dict(answers)
    if name in found:
        found[name] = _taken_back(found[name])
        return found
    place, _, column = name.rpartition(".")
    repeat, _, number = place.rpartition(".")
    rows = found[repeat]
    assert isinstance(rows, tuple)  # noqa: S101 - ``given`` looked inside it
    found[repeat] = tuple(
        {**row, column: _taken_back(row[column])}
        if str(index) == number and isinstance(row, Mapping)
        else row
        for index, row in enumerate(rows)
    )
    return found


def _taken_back(value: Value) -> Value:
    return Consent(False, value.text) if isinstance(value, Consent) else value


def hears_no_more(workflow: Workflow, name: str) -> tuple[str, ...]:
    """To whom messages go only with this consent."""
    found = {item.to or _own(workflow, item) for item in _told(workflow) if name in _reads(item)}
    return tuple(sorted(to for to in found if to))


def covered(workflow: Workflow, name: str) -> tuple[tuple[str, str], ...]:
    """To whom which message goes only with this consent, and by no other way: (recipient, message)."""
    every: dict[tuple[str, str], bool] = {}
    for item in _told(workflow):
        to = item.to or _own(workflow, item)
        every[to, item.message] = every.get((to, item.message), True) and name in _reads(item)
    return tuple(sorted(key for key, only in every.items() if only and key[0]))


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


def _told(workflow: Workflow) -> Iterator[Feedback]:
    """Everything the workflow tells anybody."""
    yield from workflow.receipt
    for action in workflow.anywhere.values():
        yield from action.feedback
    for state in workflow.states.values():
        yield from state.on_entry
        for action in state.actions.values():
            yield from action.feedback


def _own(workflow: Workflow, item: Feedback) -> str:
    message = workflow.messages.get(item.message)
    return message.to if message else ""


def _reads(item: Feedback) -> tuple[str, ...]:
    return field_refs(item.condition) if item.condition is not None else ()
