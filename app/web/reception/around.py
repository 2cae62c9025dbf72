"""What does reception fill in that is no question of the form: who it is, when a card on paper came in?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.definitions.model.forms import Field, FieldType
from app.engine import values
from app.engine.model.answers import FieldError
from app.engine.policy import Actor
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Invalid, NotFound
from app.services.intake import prefill, re_entered
from app.services.people import known_persons, persons, residents
from app.services.people.persons import PersonLine
from app.texts import say
from app.web import visitor
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import error_sentences

PARENT, PERSON, RECEIVED, TAKEN = prefill.PARENT, prefill.PERSON, re_entered.RECEIVED, prefill.TAKEN
"""Kept with a draft: the case it was opened from, the record that was chosen, the day a card came in, and where answers
come from that stood there already."""
MOST = {PARENT: 40, PERSON: 40, RECEIVED: 60, TAKEN: 8000}


@dataclass(frozen=True, slots=True)
class Alike:
    """Who the form could be about: ``people`` to choose from and the ``chosen`` one (an id, or empty). ``named``: there
    was a name to look for. ``later``: this account looked too often. ``watched`` are the inputs it depends on."""

    people: Sequence[PersonLine] = ()
    chosen: str = ""
    named: bool = False
    later: bool = False
    watched: Sequence[str] = ()
    places: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """Fields (anchor, label) that were filled in beforehand, and from which case; from the thin record without one.
    ``looser``: labels of those that were more confidential there."""

    source: prefill.Source
    fields: Sequence[tuple[str, str]]
    looser: Sequence[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """``asks_received``: the form exists on paper too. ``alike`` is ``None`` for a form that is about nobody. ``taken``
    tells where answers come from that stood there already, as text to keep in ``taken_text``."""

    asks_received: bool
    received: str
    received_error: str
    alike: Alike | None
    taken: Sequence[TakenFrom] = ()
    taken_text: str = ""

    @property
    def chosen(self) -> str:
        """The record that was chosen; empty when none was."""
        return self.alike.chosen if self.alike else ""


def own_fields(posted: Mapping[str, str]) -> dict[str, list[str]]:
    """What is kept with a draft beside its answers."""
    return {name: [posted[name][:most]] for name, most in MOST.items() if posted.get(name)}


def beside(
    version: FormVersion,
    raw: Raw,
    who: Actor,
    own: Mapping[str, Sequence[str]],
    errors: Iterable[FieldError],
) -> Beside:
    """What stands under the form of ``version`` when ``raw`` is filled in."""
    about = known_persons.asks_for(version.form)
    taken = next(iter(own.get(TAKEN, ())), "")
    return Beside(
        asks_received=re_entered.takes_cards(version.form),
        received=next(iter(own.get(RECEIVED, ())), ""),
        received_error=error_sentences(errors).get(RECEIVED, ""),
        alike=alike(version, raw, who, next(iter(own.get(PERSON, ())), "")) if about else None,
        taken=[_taken(version, source) for source in prefill.sources_of(taken)],
        taken_text=taken,
    )


def _taken(version: FormVersion, source: prefill.Source) -> TakenFrom:
    labels = {field.id: field.label for field in version.form.fields()}
    return TakenFrom(
        source,
        [(f"i-{name}", labels[name]) for name in source.fields if name in labels],
        [labels[name] for name in source.looser if name in labels],
    )


def alike(version: FormVersion, raw: Raw, who: Actor, chosen: str, *, sure: bool = False) -> Alike:
    """Who could be meant by what is filled in; ``sure``: only who is worth asking about unasked."""
    given = read(version.hash, version.form, raw).values if raw else {}
    later = False
    try:
        people = known_persons.matching(who, version.form, given, sure=sure)
    except Invalid:
        people, later = [], True
    people += [line for line in _kept(who, chosen) if line.id not in {item.id for item in people}]
    return Alike(
        people=people,
        chosen=chosen if chosen in {line.id for line in people} else "",
        named=residents.is_named(version.form, given),
        later=later,
        watched=known_persons.watched(version.form),
        places=visitor.world().staffing.neighbourhoods,
    )


def received_on(text: str) -> date | None:
    """The day that was typed; ``None`` when nothing was. Raises Invalid beside its input."""
    field = Field(RECEIVED, FieldType.DATE, say("reception.received"), 0)
    try:
        found = values.coerce(field, [text[: MOST[RECEIVED]]])
    except values.Rejected as problem:
        label = (("label", field.label),)
        raise Invalid(
            problem.code, errors=(FieldError(RECEIVED, problem.code, label + problem.params),)
        ) from problem
    return found if isinstance(found, date) else None


def _kept(who: Actor, chosen: str) -> list[PersonLine]:
    """The record that was chosen before, also when the name above changed since."""
    try:
        found = persons.one(who, chosen) if chosen else None
    except NotFound:
        return []
    return [found] if found is not None else []
