"""How does a municipality practise? On a second one with the same definitions and settings, and invented people.

Nothing of a person is ever copied: who works and lives there is made up, mail stays inside, every page and paper says
that it is an exercise. It can be emptied and filled again as often as people like, also with what is not yet published.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from app.definitions.model.source import Source
from app.engine.model.openings import Opening
from app.engine.model.people import ClosingDay
from app.engine.policy import Actor
from app.engine.streets import StreetRange
from app.services.access.accounts import operator
from app.services.definitions import definition_drafts, publish_definitions
from app.services.errors import Conflict
from app.services.municipality import exercise_cases, exercise_people, municipalities, settings, setup
from app.services.municipality.exercise_people import Trainee
from app.storage.database import transaction
from app.storage.repositories import (
    account_rows,
    definition_rows,
    exercise_rows,
    municipality_rows,
    opening_rows,
    staffing_rows,
    street_rows,
)

SUFFIX = "-oefen"
LOCAL_HOST = "oefen.localhost"
_COPIED = (*settings.NAMES, "accent", "sender_name")


@dataclass(frozen=True, slots=True)
class Exercise:
    """What came of it: where it is reached, who can sign in with ``password`` (shown this once), how many cases."""

    slug: str
    name: str
    hosts: tuple[str, ...]
    people: tuple[Trainee, ...]
    password: str
    cases: int


@dataclass(frozen=True, slots=True)
class _Model:
    """What an exercise takes over: definitions and settings, nobody."""

    name: str
    settings: Mapping[str, str]
    texts: Mapping[str, str]
    places: Mapping[str, str]
    streets: tuple[StreetRange, ...]
    closing_days: tuple[ClosingDay, ...]
    openings: tuple[Opening, ...]


def slug_of(municipality: str) -> str:
    """The slug of a municipality's exercise."""
    return f"{municipality[: 40 - len(SUFFIX)]}{SUFFIX}"


def of(municipality: str) -> municipalities.Known | None:
    """The exercise of a municipality, when there is one."""
    wanted = slug_of(municipality)
    return next((known for known in municipalities.listed() if known.id == wanted), None)


def fill(actor: Actor, *, work: bool = False, hosts: tuple[str, ...] = (), name: str = "") -> Exercise:
    """Make the exercise of the actor's municipality, or empty it and fill it again. ``work``: with what is drafted in
    place of what runs, to try an upgrade. ``name`` is what it is called when it is made.

    Raises ``Forbidden``, ``Conflict``: ``exercise_of_exercise``, ``exercise_taken`` (a real municipality has the name)
    or ``exercise_refused`` with the problems as ``current``, when what should run there has errors.
    """
    settings.demand(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        if municipality_rows.kind(tx) == municipalities.EXERCISE:
            raise Conflict("exercise_of_exercise")
    model = _model(actor, work=work)
    slug = slug_of(actor.municipality)
    known = _made(actor, slug, name or model.name, hosts)
    _emptied(slug, model)
    _publish(slug, model.texts)
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    people = exercise_people.make(operator(slug), password)
    cases = exercise_cases.make(operator(slug))
    return Exercise(slug, known.name, known.hosts, people, password, cases)


def _made(actor: Actor, slug: str, name: str, hosts: tuple[str, ...]) -> municipalities.Known:
    here = {known.id: known for known in municipalities.listed()}
    own = here[actor.municipality]
    wanted = hosts or tuple(f"oefen.{host}" for host in own.hosts) or (LOCAL_HOST,)
    setup.make_municipality(slug, name, hosts=wanted, kind=municipalities.EXERCISE)
    found = next(known for known in municipalities.listed() if known.id == slug)
    if found.kind != municipalities.EXERCISE:
        raise Conflict("exercise_taken")
    return found


def _model(actor: Actor, *, work: bool) -> _Model:
    texts = definition_drafts.work_texts(operator(actor.municipality)) if work else None
    with transaction(actor.municipality, readonly=True) as tx:
        if texts is None:
            files = definition_rows.files(tx)
            texts = definition_rows.texts(tx, {path: file.current for path, file in files.items()})
        told = municipality_rows.settings(tx)
        return _Model(
            name=municipality_rows.name(tx) or actor.municipality,
            settings={key: str(told[key]) for key in _COPIED if told.get(key)},
            texts=texts,
            places=staffing_rows.neighbourhoods(tx),
            streets=tuple(street_rows.everything(tx)),
            closing_days=tuple(ClosingDay(*day) for day in staffing_rows.closing_days(tx)),
            openings=tuple(opening_rows.everything(tx).values()),
        )


def _emptied(slug: str, model: _Model) -> None:
    with transaction(slug) as tx:
        exercise_rows.empty(tx)
        staffing_rows.put_neighbourhoods(tx, model.places)
        street_rows.put(tx, model.streets)
        staffing_rows.put_closing_days(tx, model.closing_days)
        for opening in model.openings:
            opening_rows.put(tx, Opening(opening.form, word=opening.word))
        municipality_rows.put_settings(tx, model.settings)
        account_rows.staff_changed(tx)


def _publish(slug: str, texts: Mapping[str, str]) -> None:
    """Run exactly these texts, whatever was changed there while practising."""
    with transaction(slug) as tx:
        for path, file in definition_rows.files(tx).items():
            definition_rows.put_file(tx, path, definition_rows.FileHashes(file.current, file.current))
    sources = [Source(path, text) for path, text in sorted(texts.items())]
    result = publish_definitions.publish(slug, sources, whole=True)
    if result.refused:
        raise Conflict("exercise_refused", current=result.problems)
