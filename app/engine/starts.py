"""With which answers does a search for examples begin?

With those of the author's first example, or the plainest the form takes; then with the smallest changes to them under
which a rule of the route matches, or a button or an automatic exit may open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.definitions.model.catalog import Catalog
from app.definitions.model.expressions import Condition, FieldRef, RowRef
from app.definitions.model.forms import Form
from app.definitions.model.workflows import Workflow
from app.engine import calendar
from app.engine.candidates import TRIES, Candidates, candidates, search
from app.engine.coverage import Kind, Spot, coverage
from app.engine.examples import Script, script_of
from app.engine.facts_of import Reading, field_refs
from app.engine.filling_in import Natural, accepted, plain_answer, role_of
from app.engine.judge import judge
from app.engine.model.answers import Moment
from app.engine.model.cases import Case
from app.engine.model.people import World
from app.engine.playing import BESIDE_THE_FORM
from app.engine.routing import route
from app.engine.values import read_json

MOST_STARTS = 40
PARTNER = "partner"
"""The key of a made-up partner."""
MOST_TRIES = 12_000
"""All searches for answers together try no more: a page waits for them."""


@dataclass(slots=True)
class Search:
    """For what is searched, and what is known so far. ``known``: what authors filled in behind a button."""

    catalog: Catalog
    form: Form
    world: World
    at: datetime
    base: Natural
    moment: Moment
    missing: dict[Spot, None]
    known: dict[str, Natural]
    tries: int = MOST_TRIES

    @property
    def flow(self) -> Workflow:
        """The main workflow."""
        return self.catalog.workflows[self.form.workflow]

    @property
    def places(self) -> tuple[str, ...]:
        """The neighbourhoods of the municipality."""
        return tuple(self.world.staffing.neighbourhoods)


def searching(catalog: Catalog, form: str, world: World, at: datetime) -> Search:
    """See what the examples of a form leave out, and how they are written."""
    pinned = catalog.forms[form]
    found = coverage(catalog, form, world)
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
    return Search(catalog, pinned, world, at, base, moment, dict.fromkeys(found.missing), known)


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


def for_rule(now: Search, spot: Spot) -> Natural | None:
    """The smallest change to the plain answers that this rule of the route is the first to match."""
    rule = next(item for item in now.flow.route if item.number == spot.number)
    earlier = [item for item in now.flow.route if item.number < rule.number]
    own = [item for item in (rule.condition, rule.match, rule.unless) if item is not None]
    others = [item.condition for item in reversed(earlier) if item.condition is not None]
    return _search(now, own, others, lambda answers: _routed(now, answers) == rule.number)


def _search(
    now: Search,
    own: Sequence[Condition],
    others: Sequence[Condition],
    wanted: Callable[[Natural], bool],
) -> Natural | None:
    """Answers that do what is wanted: first by what the conditions themselves read, then by what others read too."""

    def counted(answers: Natural) -> bool:
        now.tries -= 1
        return wanted(answers)

    for conditions in (own, [*own, *others]):
        tried = candidates(now.form, conditions, now.moment, now.places)
        names = _names(tried, conditions)
        answers = search(now.base, names, tried, counted, tries=min(TRIES, now.tries)) if names else None
        if answers is not None:
            whole = _whole(now, answers)
            return whole if wanted(whole) else answers
    return None


def _whole(now: Search, answers: Natural) -> Natural:
    """These answers with what the form asks because of them."""
    place, audience = next(iter(now.places), ""), now.form.audience[0] if now.form.audience else ""
    return accepted(now.form, answers, now.moment, neighbourhood=place, audience=audience)


def _names(tried: Candidates, conditions: Iterable[Condition]) -> list[str]:
    read = dict.fromkeys(name for item in conditions for name in field_refs(item.tree))
    return [
        *(name for name in read if name in tried.values),
        *(name for name in tried.values if name not in read),
    ]


def _routed(now: Search, answers: Natural) -> int:
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


def _case(now: Search, answers: Natural, marks: Iterable[str] = ()) -> Case:
    audience = now.form.audience[0] if now.form.audience else ""
    natural = read_json(now.form, answers)
    judged = judge(now.form, natural, now.moment, audience=audience, roles=role_of(audience))
    stood = dict.fromkeys(marks, _instant(now.world, now.at))
    return Case("", now.flow.id, now.form.id, answers=judged.answers, marks=stood)


# Gates ---------------------------------------------------------------------------------------------------


def starts(now: Search) -> Iterator[Natural]:
    """Answers to begin a life with: the plain ones, then those under which a missing exit or button may open."""
    yield now.base
    given = [repr(sorted(now.base.items(), key=repr))]
    yield from _sharing(now)
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


def _sharing(now: Search) -> Iterator[Natural]:
    """Answers that open a case for a partner: one is chosen, and the agreement stands."""
    for rule in now.flow.also:
        tree = rule.consent.tree if rule.partner and rule.consent is not None else None
        told: Natural = {rule.partner.removeprefix("row."): f"partner:{PARTNER}:{PARTNER.capitalize()}"}
        if isinstance(tree, FieldRef):
            yield now.base | told | {tree.field: "true"}
        rows = now.form.field(rule.each) if isinstance(tree, RowRef) else None
        if rows is not None and isinstance(tree, RowRef):
            plain = {item.id: plain_answer(item, now.moment) for item in rows.fields if item.required}
            row = {name: value for name, value in plain.items() if value is not None}
            yield now.base | {rule.each: [row | told | {tree.name: "true"}]}


def _all_hold(now: Search, conditions: Sequence[Condition], marks: Sequence[str], answers: Natural) -> bool:
    reading = Reading(now.form, _case(now, answers, marks), now.moment)
    return all(reading.holds(item) for item in conditions)


def _marks(flow: Workflow) -> tuple[str, ...]:
    actions = [
        *flow.anywhere.values(),
        *(item for state in flow.states.values() for item in state.actions.values()),
    ]
    return tuple(dict.fromkeys(mark for action in actions for mark in action.marks))


def _gates(now: Search) -> Iterator[list[Condition]]:
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
