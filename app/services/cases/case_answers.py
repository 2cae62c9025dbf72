"""What did people tell, ready to read?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

from app.definitions.model.forms import Form
from app.engine import calendar, consents, values
from app.engine.model.answers import Answers, FileRef, Signature
from app.engine.policy import Actor
from app.engine.values import Line
from app.engine.values.given import Given
from app.engine.warning import warned
from app.services.cases import told
from app.services.cases.case_view import AnswerLine, AnswerSection, Submission
from app.services.cases.kept_answers import filled_forms, opened
from app.services.cases.load_case import Pinned
from app.services.definitions import catalogs
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import case_rows

DRAWN, STAFF = "drawn", "reception"
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def submissions(
    tx: Transaction, actor: Actor, row: Mapping[str, Any], pinned: Pinned, language: str = "nl"
) -> tuple[Submission, ...]:
    """The form that opened the case and those behind its buttons, oldest first; only for who may read content."""
    presses = {ids.from_text(event["params"]["submission"]): event for event in filled_forms(tx, row["id"])}
    found: list[Submission] = []
    rows = case_rows.submissions(tx, [row["submission"], *presses])
    for stored in sorted(rows, key=lambda item: item["id"] in presses):  # a later revision still comes first
        form = catalogs.cached_form(pinned.municipality, stored["form_version"])
        press = presses.get(stored["id"])
        answers = opened(tx, stored, form)
        at = row["received_at"] if press is None else stored["received_at"]
        moment = calendar.local(pinned.world.calendar, at)
        found.append(
            Submission(
                id=ids.to_text(stored["id"]),
                title=form.title,
                at=at,
                warned=tuple(
                    form.warn[number].message
                    for number in warned(form, Given(answers), moment, roles=actor.roles)
                ),
                by=told.name(stored["by"] or "", pinned),
                entered_at=stored["received_at"] if _re_entered(stored, form) else None,
                sections=sections(
                    form,
                    answers,
                    actor,
                    language,
                    pinned.world.staffing.neighbourhoods,
                ),
                action=_label(pinned, press["params"]["action"]) if press else "",
            )
        )
    return tuple(found)


def sections(
    form: Form, answers: Answers, actor: Actor, language: str, places: Mapping[str, str] = NO_NAMES
) -> tuple[AnswerSection, ...]:
    """The answers in page order, without what was not talked about; ``only_for`` fields only for those roles.
    ``places``: neighbourhoods by id."""
    read = values.read_back(form, answers, language, roles=actor.roles, neighbourhoods=places)
    lines = [line for line in read if not line.silent]
    types = {item.id: item.type.value for item in form.fields()}
    return tuple(
        AnswerSection(id=title, title=title, lines=tuple(_grouped(group, answers, types)))
        for title, group in groupby(lines, key=lambda line: line.section)
    )


def _re_entered(stored: Mapping[str, Any], form: Form) -> bool:
    """Whether staff entered what a referrer had filled in."""
    return stored["audience"] == STAFF and any(item.means.startswith("referrer.") for item in form.fields())


def _grouped(lines: Iterable[Line], answers: Answers, types: Mapping[str, str]) -> Iterable[AnswerLine]:
    for group, members in groupby(lines, key=lambda line: line.group):
        if not group:
            yield from (replace(_line(line, answers), type=types.get(line.id, "")) for line in members)
            continue
        whole = tuple(members)
        rows = tuple(
            (str(number or ""), tuple(_line(line, answers) for line in row))
            for number, row in groupby(whole, key=lambda line: line.row)
        )
        strictest = max(line.privacy for line in whole)
        yield AnswerLine(whole[0].id.partition(".")[0], group, "", strictest, rows=rows)


def _line(line: Line, answers: Answers) -> AnswerLine:
    value = consents.value_at(answers, line.id)
    return AnswerLine(
        field=line.id,
        label=line.label,
        text=line.text,
        privacy=line.privacy,
        file=value.id if isinstance(value, FileRef) else "",
        signature=value.data if isinstance(value, Signature) and value.way == DRAWN else "",
    )


def _label(pinned: Pinned, action: str) -> str:
    """The words on a button, in whichever state it stands."""
    for state in pinned.workflow.states:
        found = pinned.workflow.actions_of(state).get(action)
        if found:
            return found.label
    return action
