"""Which examples are missing, so that all of a process is passed, and what cannot be reached, and why?

First an example for each rule of the route (the smallest change to known answers that makes it match), then lives of a
case that pass what was not passed, the shortest first, each followed to an end where that is near. Everything comes
from playing: what an example expects is what happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action
from app.engine import calendar
from app.engine.candidates import candidates, changed
from app.engine.coverage import Kind, Spot, passed
from app.engine.examples import Script
from app.engine.facts_of import field_refs
from app.engine.filling_in import Natural, accepted
from app.engine.judge import judge
from app.engine.model.answers import Moment
from app.engine.model.people import World
from app.engine.playing import Play, begin
from app.engine.starts import Search, for_rule, searching, starts
from app.engine.values import read_json
from app.engine.walking import Patience, Way, gates_of, look

DEEP, FURTHER, TO_END = 12, 3, 3
"""How far to look: for something new, for more on the same way, for an end."""
LONGEST = 6


@dataclass(frozen=True, slots=True)
class NewExample:
    """An example nobody wrote yet, and what of the process it is the first to pass."""

    script: Script
    play: Play
    passes: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A spot no example could be found for. ``code``: ``no_answers`` (no answers tried lead there), ``needs`` (the
    button could not be pressed, ``why`` says so), ``time`` (only time leads there, and nothing to press follows),
    ``not_reached`` (nothing that was tried leads there) or ``too_far`` (the search was cut off)."""

    spot: Spot
    code: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Generated:
    """What was made, and what could not be."""

    examples: tuple[NewExample, ...]
    missed: tuple[Missed, ...]


@dataclass(slots=True)
class _Lives:
    """What was made so far, and why buttons could not be pressed."""

    search: Search
    made: list[NewExample] = field(default_factory=list)
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    whole: bool = True
    patience: Patience = field(default_factory=Patience)

    @property
    def missing(self) -> dict[Spot, None]:
        """What is still passed by nothing."""
        return self.search.missing

    def start(self, answers: Natural) -> Way:
        """A case just handed in."""
        asked = self.search
        play = begin(asked.catalog, asked.form.id, answers, asked.at, world=asked.world)
        return Way(answers, play, (), asked.at)


def generate(catalog: Catalog, form: str, *, world: World, at: datetime) -> Generated:
    """Examples for all that no example of ``form`` passes, handed in at local time ``at`` where the author's own first
    example names no other moment. The same input gives the same examples.

    Raises ``KeyError`` for an unknown form or one without a workflow.
    """
    now = _Lives(searching(catalog, form, world, at))
    for spot in [item for item in now.missing if item.kind is Kind.RULE]:
        ruled = for_rule(now.search, spot)
        if ruled is not None:
            _add(now, now.start(ruled))
    for answers in starts(now.search):
        if not now.missing:
            break
        _lives(now, answers)
    return Generated(tuple(now.made), tuple(_missed(now, spot) for spot in now.missing))


def _lives(now: _Lives, answers: Natural) -> None:
    """Examples that begin with these answers: the way to each new thing, the shortest first."""
    begun = now.start(answers)
    found = look(begun, partial(_filled, now), now.missing, deep=DEEP, patience=now.patience, every=True)
    now.refused |= {key: why for key, why in found.refused.items() if key not in now.refused}
    now.whole &= found.whole
    if _new(now, passed(begun.play)):
        _add(now, begun)
    while fresh := [found.ways[spot] for spot in _new(now, found.ways)]:
        shortest = min(fresh, key=lambda way: len(way.acts))
        _add(now, _to_end(now, _further(now, shortest)))


def _new(now: _Lives, spots: Iterable[Spot]) -> list[Spot]:
    known = set(spots)
    return [spot for spot in now.missing if spot in known]


def _further(now: _Lives, way: Way) -> Way:
    """On from here, as long as something new is near."""
    while len(way.acts) < LONGEST and not now.search.flow.states[way.play.cases[0].case.state].end:
        wanted = now.missing.keys() - passed(way.play)
        found = look(way, partial(_filled, now), wanted, deep=FURTHER, patience=now.patience)
        fresh = [spot for spot in _new(now, found.ways) if spot in wanted]
        if not fresh:
            return way
        way = found.ways[fresh[0]]
    return way


def _to_end(now: _Lives, way: Way) -> Way:
    """On to an end of the main case, when one is near; a life that shows waiting needs a press behind it."""
    flow = now.search.flow
    if flow.states[way.play.cases[0].case.state].end:
        return way
    ends = {Spot(flow.id, Kind.STATE, state.id) for state in flow.states.values() if state.end}
    found = look(way, partial(_filled, now), ends, deep=TO_END, patience=now.patience)
    return next((found.ways[spot] for spot in found.ways if spot in ends), way)


def _filled(now: _Lives, play: Play, action: Action, at: datetime) -> list[Natural]:
    """The answers to try on the form of a button: as the author wrote them before, else the plainest that are taken."""
    form = play.catalog.forms.get(action.form)
    if form is None:
        return [{}]
    moment = calendar.local(play.world.calendar, play.utc(at))
    known = {
        name: value
        for name, value in now.search.known.get(action.id, {}).items()
        if _fits(form, name, value, moment)
    }
    plain = accepted(form, known, moment, neighbourhood=next(iter(now.search.places), ""))
    conditions = gates_of(now.search.flow)
    read = {name for item in conditions for name in field_refs(item.tree)}
    found = [plain]
    for named, start in ((form, ""), (now.search.flow.later.get(form.id), f"{form.id}.")):
        if named is not None:
            tried = candidates(named, conditions, moment, now.search.places)
            own = [name for name in tried.values if name in read]
            found += [
                accepted(form, changed(plain, {name.removeprefix(start): value}), moment)
                for name in own
                for value in tried.of(name)
            ]
    return found


def _fits(form: Form, name: str, value: object, moment: Moment) -> bool:
    """Whether a known answer is still taken at this moment: a date may have come too late or too early."""
    judged = judge(form, read_json(form, {name: value}), moment)
    return all(error.field != name for error in judged.errors)


# Results ---------------------------------------------------------------------------------------------------


def _add(now: _Lives, way: Way) -> None:
    new = tuple(_new(now, passed(way.play)))
    now.made.append(NewExample(Script(way.answers, now.search.at, way.acts), way.play, new))
    for spot in new:
        del now.missing[spot]


def _missed(now: _Lives, spot: Spot) -> Missed:
    if spot.kind is Kind.RULE:
        return Missed(spot, "no_answers")
    refused = now.refused.get((spot.state, spot.id))
    if spot.kind is Kind.ACTION and refused is not None:
        return Missed(spot, "needs", refused)
    state = now.search.catalog.workflows[spot.workflow].states.get(spot.state)
    if spot.kind is Kind.AUTO and state is not None and state.auto[spot.number].after is not None:
        return Missed(spot, "time")
    return Missed(spot, "not_reached" if now.whole else "too_far")
