"""Where can a case go, with these answers? Every way through the states, milestones included.

Answers fall into classes that no gate tells apart; for each class the ways are walked one by one. A button whose gate
can never open is no way out, nor is one of ``anywhere`` that also does something exceptional (block, merge, stop): a
state that only withdrawal can leave is a trap. ``again`` may be pressed until it leads on; a timed exit comes in time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.definitions.expressions.walking import marks_read
from app.definitions.model.forms import Form
from app.definitions.model.workflows import Action, State, Workflow
from app.definitions.proofs.gates import Gate, Gates, Known, Marks, exit_gate, gate_of, gates_in
from app.definitions.proofs.later import Filled
from app.definitions.proofs.over import consents_read

MOST_PLACES = 20_000
MOST_CONSENTS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case is: its state, the milestones that gates ask for, what later forms said, the consents that ended."""

    state: str
    marks: Marks = frozenset()
    filled: Filled = ()
    ended: frozenset[str] = frozenset()

    @property
    def known(self) -> Known:
        """What gates know there."""
        return Known(self.marks, self.filled, self.ended)

    def moved(self, state: str) -> Place:
        """The same in another state."""
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class Way:
    """A step to another place. ``ordinary``: nothing exceptional; ``forced``: it is taken at once, by itself."""

    to: Place
    ordinary: bool = True
    forced: bool = False


@dataclass(slots=True)
class Life:
    """All places that a case with answers of one class can come to, with the way it came first."""

    gates: Gates
    came_from: dict[Place, Place | None] = field(default_factory=dict)
    ways: dict[Place, list[Way]] = field(default_factory=dict)
    finishing: set[Place] = field(default_factory=set)

    def path(self, place: Place) -> list[str]:
        """The states on the way there."""
        found: list[str] = []
        here: Place | None = place
        while here is not None:
            if not found or found[-1] != here.state:
                found.append(here.state)
            here = self.came_from[here]
        return found[::-1]

    def trapped(self) -> Iterator[Place]:
        """The places where no end can be reached any more, on arrival."""
        for place, before in self.came_from.items():
            entered = before is None or before in self.finishing or before.state == place.state
            if place not in self.finishing and entered:
                yield place

    def spinning(self) -> Iterator[str]:
        """The states on a circle that a case goes round by itself, at once."""
        for place in self.came_from:
            here, seen = place, {place}
            while True:
                forced = next((way.to for way in self.ways[here] if way.forced), None)
                if forced == place:
                    yield place.state
                if forced is None or forced in seen:
                    break
                seen.add(forced)
                here = forced


class Walker:
    """Walks the ways of a workflow."""

    def __init__(self, workflow: Workflow, forms: Iterable[Form] = ()) -> None:
        self.workflow = workflow
        text = {part for gate in gates_in(workflow) for one in gate for part in marks_read(one.tree)}
        self.asked: Marks = frozenset(text)
        asked = (one for gate in gates_in(workflow) for one in gate)
        self.consents = consents_read(forms, asked)

    def life(self, gates: Gates) -> Life:
        """Every place from the start on, for one class of answers."""
        life = Life(gates)
        start = Place(self.workflow.start)
        life.came_from[start] = None
        waiting = deque([start])
        while waiting and len(life.came_from) < MOST_PLACES:
            here = waiting.popleft()
            life.ways[here] = list(self._ways(here, gates))
            for way in life.ways[here]:
                if way.to.state in self.workflow.states and way.to not in life.came_from:
                    life.came_from[way.to] = here
                    waiting.append(way.to)
        self._finish(life)
        return life

    def _finish(self, life: Life) -> None:
        before: dict[Place, list[Place]] = {}
        for place, ways in life.ways.items():
            for way in ways:
                if way.ordinary:
                    before.setdefault(way.to, []).append(place)
        waiting = deque(place for place in life.came_from if self.workflow.states[place.state].end)
        life.finishing.update(waiting)
        while waiting:
            for source in before.get(waiting.popleft(), ()):
                if source not in life.finishing:
                    life.finishing.add(source)
                    waiting.append(source)

    def _ways(self, here: Place, gates: Gates) -> Iterator[Way]:
        state = self.workflow.states[here.state]
        if state.end:
            if state.reopen is not None:
                yield Way(here.moved(state.reopen.to), ordinary=False)
            return
        stopped = False
        for way, stops in self._automatic(state, here, gates):
            if way is not None:
                yield way
            stopped = stopped or stops
        if stopped:
            return
        for action in state.actions.values():
            yield from self._pressed(action, here, gates)
        for action in self.workflow.anywhere.values():
            yield from self._pressed(action, here, gates, ordinary=not action.does)
        yield from self._ending(here, gates)

    def _ending(self, here: Place, gates: Gates) -> Iterator[Way]:
        """A consent that a gate asks for ends, taken back or by itself: no way out, but a place to get out of. Of many,
        all end at once."""
        left = [name for name in self.consents if name not in here.ended and gates.may_end(name)]
        steps = [left] if len(left) > MOST_CONSENTS else [[name] for name in left]
        for names in steps:
            yield Way(replace(here, ended=here.ended | set(names)), ordinary=False)

    def _automatic(self, state: State, here: Place, gates: Gates) -> Iterator[tuple[Way | None, bool]]:
        """The automatic exits that can be taken; after one that surely is, nobody can press anything."""
        for auto in (one for one in state.auto if one.after is None):
            gate = gates.of(exit_gate(auto), here.known)
            if auto.to and gate.can:
                yield Way(here.moved(auto.to), forced=gate.surely), gate.surely
            if gate.surely and auto.to:
                return
            if gate.surely:
                break
        for auto in (one for one in state.auto if one.after is not None and one.to):
            if gates.of(exit_gate(auto), here.known).can:
                yield Way(here.moved(auto.to)), False

    def _pressed(self, action: Action, here: Place, gates: Gates, *, ordinary: bool = True) -> Iterator[Way]:
        if not gates.of(gate_of(action), here.known).can:
            return
        marks = here.marks | (self.asked & set(action.marks))
        later = action.form if action.form in self.workflow.later else ""
        for filled in gates.filled(later, here.filled) if later else (here.filled,):
            if action.again is not None:
                yield Way(Place(action.again.then, marks, filled, here.ended), ordinary)
            yield Way(Place(action.to or here.state, marks, filled, here.ended), ordinary)


def gates_of(state: State) -> list[Gate]:
    """The gates of one state."""
    found = [exit_gate(auto) for auto in state.auto] + [gate_of(action) for action in state.actions.values()]
    return [gate for gate in found if gate]
