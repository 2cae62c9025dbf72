"""Which words does somebody agree to? Shown on the page, kept with the answer, and asked again when they change.

A consent that names the holder names them as soon as the answers so far settle the route.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.definitions.model.forms import Form
from app.engine import agreed_texts, calendar, so_far
from app.engine import consents as agreed
from app.engine.judge import judge
from app.engine.model.answers import Answers, FieldError, Judgement
from app.engine.model.people import World
from app.engine.policy import Actor
from app.engine.so_far import SoFar
from app.engine.values import Given
from app.services.cases.case_view import CasePage
from app.services.cases.load_case import Pinned, desk_of, key_of, pin
from app.services.municipality import municipalities
from app.storage import clock
from app.storage.database import transaction
from app.storage.repositories import case_rows

MUNICIPALITY = "municipality.name"


@dataclass(frozen=True, slots=True)
class Shown:
    """``words`` fill the holes of a page (``holder.name``, in a row ``doorverwijzen.0.partner.name``).

    ``texts`` are the words of each agreement with holes, by flat id, as that page then shows them; ``plain`` as it
    shows them while nothing is known.
    """

    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    plain: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def shown(
    actor: Actor,
    form_version: int,
    given: Given,
    *,
    audience: str = "",
    person: str = "",
    learnt: tuple[int, int] | None = None,
    language: str = "nl",
) -> Shown:
    """The words for a page on which ``given`` is filled in so far. ``person``: the record that was chosen."""
    desk = desk_of(actor.municipality, learnt)
    version = desk.catalog.form_version(form_version)
    form = version.form
    pinned = pin(desk, form_version, desk.catalog.workflow_for(version).id)
    judgement = judge(
        form, given, calendar.local(pinned.world.calendar, clock.now()), audience=audience, roles=actor.roles
    )
    follows = _follows(pinned.municipality, person)
    words = _words(_so_far(pinned, given, judgement, actor.roles, follows), final=False)
    return Shown(
        words,
        agreed_texts.texts(form, given.values, words, language),
        agreed_texts.texts(form, given.values, {}, language),
    )


def of_case(actor: Actor, case: CasePage, form_version: int, given: Given, *, language: str = "nl") -> Shown:
    """The words for the form behind a button of ``case``: it names who follows that case up."""
    desk = desk_of(actor.municipality)
    form = desk.catalog.form_version(form_version).form
    judgement = judge(form, given, calendar.local(desk.world.calendar, clock.now()), roles=actor.roles)
    partners = so_far.partner_names(desk.world, desk.catalog.contact_points)
    told = so_far.words_told(form, given.values, judgement.answers, partners)
    words = {**told, **_about(desk.world, case)}
    return Shown(
        words,
        agreed_texts.texts(form, given.values, words, language),
        agreed_texts.texts(form, given.values, {}, language),
    )


def _about(world: World, case: CasePage) -> dict[str, str]:
    holder = world.staffing.workers.get(case.holder.account)
    found = {
        "holder.name": case.holder.name,
        "holder.phone": case.holder.phone or world.settings.get("phone", ""),
        "holder.email": holder.email if holder else "",
        "case.number": case.number,
        MUNICIPALITY: municipalities.name_of(world.municipality),
    }
    return {name: text for name, text in found.items() if text}


def with_texts(form: Form, given: Given, texts: Mapping[str, str]) -> Given:
    """``given`` with the words that its page showed."""
    return agreed_texts.with_texts(form, given, texts) if agreed_texts.has_agreed(form) else given


def changed(
    pinned: Pinned, given: Given, judgement: Judgement, *, roles: frozenset[str], person: str
) -> tuple[FieldError, ...]:
    """An error for each consent to words that are no longer true, now that everything is filled in: it named another
    person or organisation than who will get this. Words that named nobody yet stay good."""
    if not _names_somebody(pinned.form, given.values):
        return ()
    follows = _follows(pinned.municipality, person)
    words = _words(_so_far(pinned, given, judgement, roles, follows), final=True)
    now = agreed_texts.texts(pinned.form, given.values, words)
    plain = agreed_texts.texts(pinned.form, given.values, {})
    found = [(name, agreed.at(given.values, name)) for name in now]
    return tuple(
        FieldError(name, "consent_changed")
        for name, consent in found
        if consent is not None and consent.given and consent.text not in {now[name], plain[name]}
    )


def _names_somebody(form: Form, typed: Answers) -> bool:
    plain = agreed_texts.texts(form, typed, {}) if agreed_texts.has_agreed(form) else {}
    found = [(agreed.at(typed, name), text) for name, text in plain.items()]
    return any(consent is not None and consent.given and consent.text != text for consent, text in found)


def _words(state: SoFar, *, final: bool) -> dict[str, str]:
    name = municipalities.name_of(state.world.municipality)
    return {**so_far.words_of(state, final=final), MUNICIPALITY: name}


def _so_far(pinned: Pinned, given: Given, judgement: Judgement, roles: frozenset[str], follows: str) -> SoFar:
    return SoFar(
        form=pinned.form,
        workflow=pinned.workflow,
        typed=given.values,
        answers=judgement.answers,
        visible=judgement.visible,
        now=clock.now(),
        world=pinned.world,
        points=pinned.contact_points,
        roles=roles,
        follows=follows,
    )


def _follows(municipality: str, person: str) -> str:
    """Who follows a chosen resident."""
    if not person:
        return ""
    with transaction(municipality, readonly=True) as tx:
        row = case_rows.person(tx, key_of(person))
    return (row["contact_person"] or "") if row else ""
