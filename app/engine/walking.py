"""By which presses, at which moments, does a played case come where no example came before?

A search, broad first, over the workflow with the engine itself: from a play it presses every button that can be pressed
at the first sensible moment, and where nothing but time moves a case it lets time pass.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.definitions.model.expressions import Condition
from app.definitions.model.workflows import Action, State, Workflow
from app.engine import calendar
from app.engine.candidates import marks_read
from app.engine.coverage import Spot, passed
from app.engine.decide import Offer, Presser, offers
from app.engine.facts_of import field_refs
from app.engine.filling_in import Natural
from app.engine.play_lines import Live
from app.engine.playing import Act, Play, pass_time, press, presser, presses

MORNING, AFTERNOON = time(10, 0), time(14, 0)
MOST_SEEN = 500
"""A search gives up after so many different places."""

MOST_PRESSES = 12_000
"""All searches for one form together press no more often: a page waits for them."""

Filler = Callable[[Play, Action, datetime], Sequence[Natural]]
"""The answers worth trying on the form of a button at a local time; the first is the plainest."""
Place = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A play and how it came there: the answers, the presses, and the local time it is. ``idle`` when time passed since
    the last press and something happened by itself: an example only shows that with a press behind it."""

    answers: Natural
    play: Play
    acts: tuple[Act, ...]
    at: datetime
    idle: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing can be pressed any more, save opening it again."""
        return all(item.workflow.states[item.case.state].end for item in self.play.cases if item.case.state)


@dataclass(slots=True)
class Patience:
    """How many presses may still be tried."""

    presses: int = MOST_PRESSES


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came upon: the first way to each spot; ``refused`` says why a button never could be pressed;
    ``whole`` when nothing was left to look at."""

    ways: Mapping[Spot, Way]
    refused: Mapping[tuple[str, str], str]
    whole: bool


def look(
    begin: Way, fill: Filler, wanted: Collection[Spot], *, deep: int, patience: Patience, every: bool = False
) -> Found:
    """Search from ``begin``, at most ``deep`` presses on, until one of what is ``wanted`` was passed; with ``every``
    until all of it was."""
    ways: dict[Spot, Way] = {}
    open_ = set(wanted)
    refused: dict[tuple[str, str], str] = {}
    seen = {_place(begin.play)}
    waiting = deque([(begin, 0)])
    whole = True
    while waiting:
        here, far = waiting.popleft()
        if far >= deep or len(seen) > MOST_SEEN or patience.presses <= 0:
            whole = False
            continue
        for there in _onward(here, fill, refused):
            patience.presses -= 1
            fresh = passed(there.play, len(here.play.steps))
            if not there.idle or not there.ended:
                for spot in fresh:
                    ways.setdefault(spot, there)
                if (open_ & fresh and not every) or not open_ - fresh:
                    return Found(ways, refused, whole=False)
                open_ -= fresh
            place = _place(there.play)
            if place not in seen:
                seen.add(place)
                waiting.append((there, far + 1))
    return Found(ways, refused, whole)


def _place(play: Play) -> Place:
    """Where a play stands, as far as it matters for what can follow."""
    return tuple(_of_case(live) for live in play.cases)


def _of_case(live: Live) -> Place:
    case = live.case
    marks, names = _read(live.workflow)
    tries = sum(1 for item in case.attempts if item.state == case.state)
    own = tuple(repr(case.answers.get(name)) for name in names)
    return case.workflow, case.state, marks.intersection(case.marks), tries, own


_kept: dict[int, tuple[Workflow, frozenset[str], tuple[str, ...]]] = {}
_MOST_KEPT = 200


def _read(flow: Workflow) -> tuple[frozenset[str], tuple[str, ...]]:
    """The marks and answers that buttons and automatic exits of a workflow depend on; worked out once."""
    found = _kept.get(id(flow))
    if found is None or found[0] is not flow:
        trees = [item.tree for item in gates_of(flow)]
        marks = frozenset(mark for tree in trees for mark in marks_read(tree))
        names = dict.fromkeys(name for tree in trees for name in field_refs(tree))
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[id(flow)] = (flow, marks, tuple(names))
    return found[1], found[2]


def gates_of(flow: Workflow) -> list[Condition]:
    """The conditions of the automatic exits and buttons of a workflow."""
    actions = [
        *flow.anywhere.values(),
        *(item for state in flow.states.values() for item in state.actions.values()),
    ]
    exits = [auto.condition for state in flow.states.values() for auto in state.auto if auto.condition]
    return [*exits, *(need.condition for action in actions for need in action.needs)]


def _onward(here: Way, fill: Filler, refused: dict[tuple[str, str], str]) -> Iterator[Way]:
    for live in here.play.cases:
        if not live.case.state:
            continue
        for offer in _offers(here, live):
            if presses(here.play, offer.action.id) is not live:
                continue  # a button of the same name comes first
            if offer.refusal is not None:
                told = dict(offer.refusal.params).get("message", offer.refusal.code)
                refused.setdefault((live.case.state, offer.action.id), told)
                continue
            yield from _presses(here, live, offer, fill)
    yield from _waits(here)


def _offers(here: Way, live: Live) -> Sequence[Offer]:
    """The buttons of a case; each is looked at as whoever would press it."""
    play = here.play
    found: list[Offer] = []
    for action in live.workflow.actions_of(live.case.state).values():
        account, role = presser(play, live, action)
        found += [item for item in _asked(here, live, Presser(account, role)) if item.action.id == action.id]
    if live.workflow.states[live.case.state].end:
        found += _asked(here, live, Presser(live.case.holder))
    return found


def _asked(here: Way, live: Live, who: Presser) -> Sequence[Offer]:
    play = here.play
    return offers(
        live.workflow,
        play.form,
        live.case,
        who,
        now=play.utc(_next_moment(here, live, None)),
        world=play.world,
        contact_points=play.catalog.contact_points,
    )


def _presses(here: Way, live: Live, offer: Offer, fill: Filler) -> Iterator[Way]:
    at = _next_moment(here, live, offer.action)
    target = live.workflow.states.get(offer.action.to)
    for answers in fill(here.play, offer.action, at):
        act = Act(offer.action.id, at, {**answers, **_endings(offer, target)})
        play = here.play.copy()
        now = play.utc(at)
        pass_time(play, now)
        decision = press(play, act, now)
        if decision is not None and decision.refusal is None:
            yield Way(here.answers, play, (*here.acts, act), at)


def _endings(offer: Offer, target: State | None) -> dict[str, object]:
    """The closing reason that goes by the name of the button, else the first one."""
    if target is None or not target.end or target.reasons is None:
        return {}
    ids = target.reasons.ids
    reason = next((ref for ref in ids if ref == offer.action.id), ids[0])
    found: dict[str, object] = {"reason": reason}
    return found | ({"row_reasons": dict.fromkeys(offer.rows, reason)} if offer.rows else {})


def _waits(here: Way) -> Iterator[Way]:
    """Let time pass until a timed exit rings."""
    timed = [timer.at for live in here.play.cases for timer in live.timers if timer.kind == "auto"]
    if not timed:
        return
    play = here.play.copy()
    before = len(play.steps)
    until = min(timed)
    pass_time(play, until)
    if passed(play, before):
        yield Way(here.answers, play, here.acts, play.naive(until), idle=True)


# Moments ---------------------------------------------------------------------------------------------------


def _next_moment(here: Way, live: Live, action: Action | None) -> datetime:
    """In the morning of the next working day; an attempt waits as long and moves to the half day that it must."""
    cal = here.play.world.calendar
    day = calendar.on_or_after(cal, (here.at + timedelta(days=1)).date())
    again = action.again if action is not None else None
    tries = [item for item in live.case.attempts if action is not None and item.action == action.id]
    if again is None or not tries:
        return datetime.combine(day, MORNING)
    last = tries[-1]
    if again.not_before is not None:
        day = max(day, calendar.on_or_after(cal, calendar.term_after(cal, last.at, again.not_before)))
    earlier = last.part.endswith(":am")
    return datetime.combine(day, AFTERNOON if again.other_part_of_day and earlier else MORNING)
