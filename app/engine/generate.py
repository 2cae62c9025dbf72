"""Which examples are missing, so that all of a process is passed, and what cannot be reached, and why?

First an example for each rule of the route (the smallest change to known answers that makes it match), then lives of a
case that pass what was not passed, the shortest first, each followed to an end where that is near. Everything comes
from playing: what an example expects is what happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from app.definitions.model.catalog import Catalog
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action, Workflow
from app.engine import calendar
from app.engine.candidates import Candidates, candidates, changed, search
from app.engine.coverage import Coverage, Kind, Spot, coverage, passed
from app.engine.examples import Script, script_of
from app.engine.facts_of import Reading, field_refs
from app.engine.filling_in import Natural, accepted
from app.engine.judge import judge
from app.engine.model.answers import Moment
from app.engine.model.cases import Case
from app.engine.model.people import World
from app.engine.playing import BESIDE_THE_FORM, Play, begin
from app.engine.routing import route
from app.engine.values import read_json
from app.engine.walking import Way, look

DEEP, FURTHER, TO_END = 12, 3, 3
"""How far to look: for something new, for more on the same way, for an end."""
LONGEST = 6
MOST_STARTS = 40


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
class _Search:
    """What is known so far."""

    catalog: Catalog
    form: Form
    world: World
    at: datetime
    base: Natural
    moment: Moment
    missing: dict[Spot, None]
    known: dict[str, Natural]
    made: list[NewExample] = field(default_factory=list)
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    whole: bool = True

    @property
    def flow(self) -> Workflow:
        """The main workflow."""
        return self.catalog.workflows[self.form.workflow]

    @property
    def places(self) -> tuple[str, ...]:
        """The neighbourhoods of the municipality."""
        return tuple(self.world.staffing.neighbourhoods)

    def start(self, answers: Natural) -> Way:
        """A case just handed in."""
        return Way(
            answers, begin(self.catalog, self.form.id, answers, self.at, world=self.world), (), self.at
        )


def generate(catalog: Catalog, form: str, *, world: World, at: datetime) -> Generated:
    """Examples for all that no example of ``form`` passes, handed in at local time ``at`` where the author's own first
    example names no other moment. The same input gives the same examples.

    Raises ``KeyError`` for an unknown form or one without a workflow.
    """
    now = _searching(catalog, form, world, at)
    for spot in [item for item in now.missing if item.kind is Kind.RULE]:
        _for_rule(now, spot)
    for answers in _starts(now):
        if not now.missing:
            break
        _lives(now, answers)
    return Generated(tuple(now.made), tuple(_missed(now, spot) for spot in now.missing))


def _searching(catalog: Catalog, form: str, world: World, at: datetime) -> _Search:
    pinned = catalog.forms[form]
    found: Coverage = coverage(catalog, form, world)
    scripts = _scripts(pinned)
    at = scripts[0].at if scripts else at
    moment = calendar.local(world.calendar, _instant(world, at))
    first = next(iter(world.staffing.neighbourhoods), "")
    audience = pinned.audience[0] if pinned.audience else ""
    base = (
        dict(scripts[0].answers)
        if scripts
        else accepted(pinned, {}, moment, neighbourhood=first, audience=audience)
    )
    known = {
        act.action: {name: value for name, value in act.answers.items() if name not in BESIDE_THE_FORM}
        for script in reversed(scripts)
        for act in script.acts
    }
    return _Search(catalog, pinned, world, at, base, moment, dict.fromkeys(found.missing), known)


def _scripts(form: Form) -> list[Script]:
    found = []
    for example in form.examples:
        try:
            found.append(script_of(example))
        except (ValueError, TypeError):
            continue
    return found


def _instant(world: World, at: datetime) -> datetime:
    return at.replace(tzinfo=world.calendar.zone)


# Rules -----------------------------------------------------------------------------------------------------


def _for_rule(now: _Search, spot: Spot) -> None:
    rule = next(item for item in now.flow.route if item.number == spot.number)
    earlier = [item for item in now.flow.route if item.number < rule.number]
    own = [item for item in (rule.condition, rule.match, rule.unless) if item is not None]
    others = [item.condition for item in reversed(earlier) if item.condition is not None]
    answers = _search(now, own, others, lambda answers: _routed(now, answers) == rule.number)
    if answers is not None:
        _add(now, now.start(answers))


def _search(
    now: _Search,
    own: Sequence[Condition],
    others: Sequence[Condition],
    wanted: Callable[[Natural], bool],
) -> Natural | None:
    """Answers that do what is wanted: first by what the conditions themselves read, then by what others read too."""
    for conditions in (own, [*own, *others]):
        tried = candidates(now.form, conditions, now.moment, now.places)
        names = _names(tried, conditions)
        answers = search(now.base, names, tried, wanted) if names else None
        if answers is not None:
            return answers
    return None


def _names(tried: Candidates, conditions: Iterable[Condition]) -> list[str]:
    read = dict.fromkeys(name for item in conditions for name in field_refs(item.tree))
    return [
        *(name for name in read if name in tried.values),
        *(name for name in tried.values if name not in read),
    ]


def _routed(now: _Search, answers: Natural) -> int:
    """The number of the rule that these answers match; 0 for none."""
    case = _case(now, answers)
    place = now.form.meaning("case.neighbourhood")
    told = case.answers.get(place.id) if place is not None else None
    found = route(
        now.flow,
        now.form,
        Case(
            "",
            now.flow.id,
            now.form.id,
            answers=case.answers,
            received_at=_instant(now.world, now.at),
            neighbourhood=str(told or ""),
        ),
        now=_instant(now.world, now.at),
        world=now.world,
        contact_points=now.catalog.contact_points,
    )
    return found.rule.number if found is not None else 0


def _case(now: _Search, answers: Natural, marks: Iterable[str] = ()) -> Case:
    audience = now.form.audience[0] if now.form.audience else ""
    judged = judge(now.form, read_json(now.form, answers), now.moment, audience=audience)
    stood = dict.fromkeys(marks, _instant(now.world, now.at))
    return Case("", now.flow.id, now.form.id, answers=judged.answers, marks=stood)


# Lives -----------------------------------------------------------------------------------------------------


def _starts(now: _Search) -> Iterator[Natural]:
    """Answers to begin a life with: the plain ones, then those under which a missing exit or button may open."""
    yield now.base
    given = [repr(sorted(now.base.items(), key=repr))]
    for conditions in _gates(now):
        if len(given) > MOST_STARTS or not now.missing:
            return
        for marks in ((), _marks(now.flow)):
            wanted = partial(_all_hold, now, conditions, marks)
            answers = _search(now, conditions, (), wanted)
            if answers is None:
                continue
            key = repr(sorted(answers.items(), key=repr))
            if key not in given:
                given.append(key)
                yield answers


def _all_hold(now: _Search, conditions: Sequence[Condition], marks: Sequence[str], answers: Natural) -> bool:
    reading = Reading(now.form, _case(now, answers, marks), now.moment)
    return all(reading.holds(item) for item in conditions)


def _marks(flow: Workflow) -> tuple[str, ...]:
    actions = [
        *flow.anywhere.values(),
        *(item for state in flow.states.values() for item in state.actions.values()),
    ]
    return tuple(dict.fromkeys(mark for action in actions for mark in action.marks))


def _gates(now: _Search) -> Iterator[list[Condition]]:
    """What must hold: for cases beside the main one, for automatic exits, and for buttons, missing ones first."""
    for rule in now.flow.also:
        if rule.case and rule.condition is not None:
            yield [rule.condition]
    missing = {(spot.state, spot.id) for spot in now.missing if spot.kind in (Kind.ACTION, Kind.LAST)}
    for state in now.flow.states.values():
        yield from ([auto.condition] for auto in state.auto if auto.to and auto.condition is not None)
    actions = [(state.id, item) for state in now.flow.states.values() for item in state.actions.values()]
    for place, action in sorted(actions, key=lambda item: (item[0], item[1].id) not in missing):
        if action.needs:
            yield [need.condition for need in action.needs]
        del place


def _lives(now: _Search, answers: Natural) -> None:
    """Examples that begin with these answers, until they lead to nothing new."""
    begun = now.start(answers)
    while now.missing:
        found = look(begun, partial(_filled, now), deep=DEEP, enough=lambda spots: bool(_new(now, spots)))
        now.refused |= {key: why for key, why in found.refused.items() if key not in now.refused}
        fresh = _new(now, found.ways)
        if fresh:
            _add(now, _to_end(now, _further(now, found.ways[fresh[0]])))
            continue
        if _new(now, passed(begun.play)):
            _add(now, begun)
        now.whole &= found.whole
        return


def _new(now: _Search, spots: Iterable[Spot]) -> list[Spot]:
    return [spot for spot in now.missing if spot in set(spots)]


def _further(now: _Search, way: Way) -> Way:
    """On from here, as long as something new is near."""
    while len(way.acts) < LONGEST and not now.flow.states[way.play.cases[0].case.state].end:
        before = passed(way.play)
        found = look(
            way,
            partial(_filled, now),
            deep=FURTHER,
            enough=lambda spots, before=before: bool(set(_new(now, spots)) - before),  # type: ignore[misc]
        )
        fresh = [spot for spot in _new(now, found.ways) if spot not in before]
        if not fresh:
            return way
        way = found.ways[fresh[0]]
    return way


def _to_end(now: _Search, way: Way) -> Way:
    """On to an end of the main case, when one is near; a life that shows waiting needs a press behind it."""
    if now.flow.states[way.play.cases[0].case.state].end:
        return way
    ends = {Spot(now.flow.id, Kind.STATE, state.id) for state in now.flow.states.values() if state.end}
    found = look(way, partial(_filled, now), deep=TO_END, enough=lambda spots: bool(spots & ends))
    return next((found.ways[spot] for spot in found.ways if spot in ends), way)


def _filled(now: _Search, play: Play, action: Action, at: datetime) -> list[Natural]:
    """The answers to try on the form of a button: as the author wrote them before, else the plainest that are taken."""
    form = play.catalog.forms.get(action.form)
    if form is None:
        return [{}]
    moment = calendar.local(play.world.calendar, play.utc(at))
    known = {
        name: value
        for name, value in now.known.get(action.id, {}).items()
        if _fits(form, name, value, moment)
    }
    plain = accepted(form, known, moment, neighbourhood=next(iter(now.places), ""))
    conditions = [
        auto.condition for state in now.flow.states.values() for auto in state.auto if auto.condition
    ]
    conditions += [
        need.condition
        for state in now.flow.states.values()
        for item in state.actions.values()
        for need in item.needs
    ]
    tried = candidates(form, conditions, moment, now.places)
    read = {name for item in conditions for name in field_refs(item.tree)}
    own = [name for name in tried.values if name in read]
    return [plain, *(changed(plain, {name: value}) for name in own for value in tried.of(name))]


def _fits(form: Form, name: str, value: object, moment: Moment) -> bool:
    """Whether a known answer is still taken at this moment: a date may have come too late or too early."""
    judged = judge(form, read_json(form, {name: value}), moment)
    return all(error.field != name for error in judged.errors)


# Results ---------------------------------------------------------------------------------------------------


def _add(now: _Search, way: Way) -> None:
    new = tuple(_new(now, passed(way.play)))
    now.made.append(NewExample(Script(way.answers, now.at, way.acts), way.play, new))
    for spot in new:
        del now.missing[spot]


def _missed(now: _Search, spot: Spot) -> Missed:
    if spot.kind is Kind.RULE:
        return Missed(spot, "no_answers")
    refused = now.refused.get((spot.state, spot.id))
    if spot.kind is Kind.ACTION and refused is not None:
        return Missed(spot, "needs", refused)
    state = now.catalog.workflows[spot.workflow].states.get(spot.state)
    if spot.kind is Kind.AUTO and state is not None and state.auto[spot.number].after is not None:
        return Missed(spot, "time")
    return Missed(spot, "not_reached" if now.whole else "too_far")
