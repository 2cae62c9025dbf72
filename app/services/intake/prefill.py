"""What of a form do we know already? Taken over from a case or from the record of a person, never silently.

Only from what this reader may read: for others the record gives name, year of birth and neighbourhood. Each part says
where it comes from, and somebody looks at it before it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.engine import prefilling
from app.engine.facts_of import in_use
from app.engine.policy import Act, Actor, may
from app.engine.prefilling import Taken
from app.services.cases import readable
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Forbidden
from app.services.intake import drafts
from app.services.intake.drafts import Draft
from app.services.people import persons
from app.services.people.sight import Seen
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import event_rows

PARENT, PERSON, TAKEN = "_parent", "_person", "_taken"
"""Kept with a draft: the case it was opened from, the record that was chosen, where its first answers come from."""
_OF_RECORD = (
    ("resident.first_name", "first_name"),
    ("resident.name", "family_name"),
    ("resident.called", "called"),
)
_TO_REACH = (
    ("resident.birth", "birth"),
    ("resident.phone", "phone"),
    ("resident.mobile", "mobile"),
    ("resident.email", "email"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where some fields come from: a case by its ``number`` and form ``title``, received on ``day``; the thin record
    when there is no number. ``looser``: those of them that were more confidential there."""

    number: str
    title: str
    day: date | None
    fields: tuple[str, ...]
    looser: tuple[str, ...] = ()


def begin(
    actor: Actor, version: FormVersion, *, person: str = "", parent: str = "", button: str = ""
) -> Draft:
    """A draft with everything filled in that is known: of the case ``parent`` it is opened from (by ``button``), or of
    a ``person``.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (far too many drafts).
    """
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        if parent:
            taken, whose = _of_case(tx, desk, actor, version, (key_of(parent), button))
        else:
            taken, whose = _of_person(tx, desk, actor, version, person), person
    raw: dict[str, Sequence[str]] = {}
    for item in (each for _, some in taken for each in some):
        raw |= item.raw
    raw |= {name: [text] for name, text in ((PARENT, parent), (PERSON, whose)) if text}
    if taken:
        raw[TAKEN] = [_written([source for source, _ in taken])]
    return drafts.start(actor, version.id, raw, person=whose)


def sources_of(text: str) -> tuple[Source, ...]:
    """What ``TAKEN`` says; nothing for a text that is not ours."""
    try:
        return tuple(
            Source(
                str(number),
                str(title),
                date.fromisoformat(day) if day else None,
                tuple(fields),
                tuple(looser),
            )
            for number, title, day, fields, looser in json.loads(text)
        )
    except (TypeError, ValueError):
        return ()


Part = tuple[Source, list[Taken]]


def _of_case(
    tx: Transaction, desk: Desk, actor: Actor, version: FormVersion, parent: tuple[int, str]
) -> tuple[list[Part], str]:
    """What the case tells, and whom it is about; nothing for who may not read it. ``parent``: its key, the button."""
    key, button = parent
    loaded = readable.read(tx, desk, actor, key)
    if loaded is None:
        return [], ""
    event_rows.log_read(tx, account=actor.account, case=key, act=str(Act.CASE_READ))
    fills = _fills(loaded, version.form.id, button)
    known = in_use(loaded.pin.form, loaded.pin.workflow)
    taken = prefilling.whole_case(version.form, known, loaded.case.answers, actor.roles, fills)
    person = loaded.row["person"]
    whose = ids.to_text(person) if person is not None else ""
    return ([_part(loaded, taken)] if taken else []), whose


def _fills(loaded: Loaded, form: str, pressed: str) -> Mapping[str, str]:
    """What the button that opens this form says it starts with; any that opens it where it is not known which."""
    workflow = loaded.pin.workflow
    every = [button for state in workflow.states for button in workflow.actions_of(state).values()]
    opening = [button for button in every if button.open_form == form and button.fills]
    mine = [button for button in opening if button.id == pressed]
    return next((button.fills for button in mine or opening), {})


def _of_person(tx: Transaction, desk: Desk, actor: Actor, version: FormVersion, person: str) -> list[Part]:
    """Their cases that may be read, the latest first, then the record itself for what is still open."""
    if not may(actor, Act.PERSON_FIND):
        raise Forbidden(str(Act.PERSON_FIND))
    found = persons.visible(tx, desk, actor, person)
    parts: list[Part] = []
    filled: set[str] = set()
    reads = False
    for case in found.cases:
        loaded = readable.read(tx, desk, actor, case["id"])
        if loaded is None or case["parent"] is not None:
            continue
        reads = True
        event_rows.log_read(tx, account=actor.account, case=case["id"], act=str(Act.CASE_READ))
        taken = prefilling.about_whom(version.form, loaded.pin.form, loaded.case.answers, actor.roles)
        _add(parts, filled, taken, loaded)
    rest = [
        item for item in prefilling.known(version.form, _told(found, reads=reads)) if item.field not in filled
    ]
    if rest:
        parts.append((Source("", "", None, tuple(item.field for item in rest)), rest))
    return parts


def _add(parts: list[Part], filled: set[str], taken: list[Taken], loaded: Loaded) -> None:
    fresh = [item for item in taken if item.field not in filled]
    if fresh:
        filled.update(item.field for item in fresh)
        parts.append(_part(loaded, fresh))


def _part(loaded: Loaded, taken: list[Taken]) -> Part:
    day = loaded.row["received_at"].astimezone(loaded.pin.world.calendar.zone).date()
    looser = tuple(item.field for item in taken if item.looser)
    fields = tuple(item.field for item in taken)
    return Source(loaded.row["number"], loaded.pin.title, day, fields, looser), taken


def _told(found: Seen, *, reads: bool) -> dict[str, str]:
    """The record by what fields stand for; ways to reach only for who handles a case of theirs."""
    kept = found.row.kept
    told = {means: kept.get(name, "") for means, name in (*_OF_RECORD, *(_TO_REACH if reads else ()))}
    if not reads and found.row.birth_year is not None:
        told["resident.birth"] = str(found.row.birth_year)
    return told | {"case.neighbourhood": found.row.neighbourhood}


def _written(sources: list[Source]) -> str:
    return json.dumps(
        [
            [item.number, item.title, item.day.isoformat() if item.day else "", item.fields, item.looser]
            for item in sources
        ],
        ensure_ascii=False,
    )
