"""How does ``collects:`` become what is collected for a case, and when may its results be seen?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.definitions.expressions.scope import Named
from app.definitions.model.asking import ENOUGH
from app.definitions.model.collecting import COUNTS, WAITS, Collects, CollectTarget
from app.definitions.model.expressions import ValueType
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.nodes import MappingNode
from app.definitions.privacy import highest
from app.definitions.readers.alike import read_same, typed
from app.definitions.readers.desk import Desk, key_span, named, quiet, text_node

T = FieldType
COUNTED_UP_TO = 1
SIDES = frozenset({T.CHOICE, T.SCALE, T.YES_NO, T.YES_NO_UNASKED})
WORDS = frozenset({T.TEXT, T.LONG_TEXT})
ROW = {WAITS: Named(ValueType.BOOLEAN), COUNTS: Named(ValueType.BOOLEAN)}


@dataclass(frozen=True, slots=True)
class _Both:
    """Both sides: the fields and states of the case, those of what is collected."""

    written: MappingNode
    own: Mapping[str, Field]
    states: Collection[str]
    form: Form
    theirs: Mapping[str, Field]
    other: MappingNode | None
    desk: Desk


def collected_names(node: MappingNode) -> Mapping[str, Named]:
    """What conditions may name: a repeat with a row for each that was collected."""
    written = node.get("collects")
    name = quiet(written).text("collect") if isinstance(written, MappingNode) else ""
    return {name: Named(ValueType.ROWS, row=ROW)} if name else {}


def read_collects(
    node: MappingNode, own: Sequence[Form], forms: Mapping[str, Form], desk: Desk
) -> Collects | None:
    """``collects:`` of a workflow whose own forms are ``own``; ``None`` without one, or when nothing can be said."""
    written = node.get("collects")
    written_form = text_node(written, "form") if isinstance(written, MappingNode) else None
    if not isinstance(written, MappingNode) or written_form is None:
        return None
    if not desk.refer("form", written_form.text.strip(), written_form.span):
        return None
    form = forms.get(written_form.text.strip())
    if form is None:
        return None
    both = _both(node, written, own, form, desk)
    _check_name(both, own)
    return Collects(
        id=quiet(written).text("collect"),
        form=form.id,
        states=_states(both, "in", both.states),
        ready=_ready(both),
        released=_released(node, both),
        release=quiet(written).integer("release", least=1, most=100) or ENOUGH,
        same=read_same(written, both.theirs, both.own, desk),
        since=typed(desk, text_node(written, "since"), both.own, {T.DATE}),
        until=typed(desk, text_node(written, "until"), both.own, {T.DATE}),
        target=_target(both),
        adds=_adds(both, forms),
        quotes=_each(both, "quotes", WORDS),
        span=key_span(node, "collects"),
    )


def _both(node: MappingNode, written: MappingNode, own: Sequence[Form], form: Form, desk: Desk) -> _Both:
    sheet = desk.sheets.get(("workflow", form.workflow))
    for field in form.fields():
        if highest(field) > COUNTED_UP_TO:
            desk.tell("P549", written.span, form=form.id, name=field.id, privacy=highest(field))
    return _Both(
        written,
        {field.id: field for one in reversed(own) for field in one.fields()},
        {entry.key for entry in quiet(node).entries("states")},
        form,
        {field.id: field for field in form.fields()},
        sheet.node if sheet is not None else None,
        desk,
    )


def _check_name(both: _Both, own: Sequence[Form]) -> None:
    name = text_node(both.written, "collect")
    if name is not None and name.text.strip() in {field.id for form in own for field in form.fields()}:
        both.desk.tell("S194", name.span, id=name.text.strip())


def _states(both: _Both, key: str, known: Collection[str]) -> tuple[str, ...]:
    found = quiet(both.written).scalars(key)
    return tuple(
        item.text.strip() for item in found if both.desk.refer("state", item.text.strip(), item.span, known)
    )


def _ready(both: _Both) -> tuple[str, ...]:
    """Ends of what is collected (``G478``): what counts changes no more."""
    if both.other is None:
        return ()
    ends = {name: quiet(state).boolean("end") for name, _, state in named(both.other, "states")}
    found = _states(both, "ready", ends)
    for name in found:
        if not ends[name]:
            both.desk.tell("G478", key_span(both.written, "ready"), state=name)
    return found


def _released(node: MappingNode, both: _Both) -> tuple[str, ...]:
    """From no state with results is there a way back to collecting (``G479``): two readings are the same reading."""
    found = _states(both, "released", both.states)
    collecting = {item.text.strip() for item in quiet(both.written).scalars("in")}
    ways = {name: set(_ways(node, state)) for name, _, state in named(node, "states")}
    for start in found:
        seen, left = {start}, [start]
        while left:
            left += (fresh := ways.get(left.pop(), set()) - seen)
            seen |= fresh
        if seen & collecting:
            both.desk.tell("G479", key_span(both.written, "released"), state=start)
    return found


def _ways(node: MappingNode, state: MappingNode) -> Iterator[str]:
    """The states that a state can lead to."""
    buttons = [
        item for _, _, item in (*named(state, "actions"), *(() if _ends(state) else named(node, "anywhere")))
    ]
    for item in buttons:
        again = item.get("again")
        yield quiet(item).text("to")
        yield quiet(again).text("then") if isinstance(again, MappingNode) else ""
    automatic = state.get("auto")
    for item in getattr(automatic, "items", ()):
        if isinstance(item, MappingNode):
            yield quiet(item).text("to") or quiet(item).text("otherwise")
    reopen = state.get("reopen")
    yield quiet(reopen).text("to") if isinstance(reopen, MappingNode) else ""


def _ends(state: MappingNode) -> bool:
    return bool(quiet(state).boolean("end"))


def _target(both: _Both) -> CollectTarget | None:
    written = both.written.get("target")
    if not isinstance(written, MappingNode):
        return None
    per = typed(both.desk, text_node(written, "per"), both.theirs, SIDES)
    n = text_node(written, "n")
    if n is not None and n.text.strip().isdigit():
        return CollectTarget(per, int(n.text))
    return CollectTarget(per, 0, typed(both.desk, n, both.own, {T.INTEGER}))


def _adds(both: _Both, forms: Mapping[str, Form]) -> tuple[str, ...]:
    """Forms behind buttons of what is collected (``G487``)."""
    states = named(both.other, "states") if both.other is not None else ()
    places = [*(state for _, _, state in states)]
    buttons = [item for place in places for _, _, item in named(place, "actions")]
    known = {quiet(item).text("form") for item in buttons} - {""}
    found: list[str] = []
    for item in quiet(both.written).scalars("adds"):
        name = item.text.strip()
        if not both.desk.refer("form", name, item.span) or name not in forms:
            continue
        if both.other is not None and name not in known:
            both.desk.tell("G487", item.span, name=name, known=", ".join(sorted(known)))
            continue
        found.append(name)
    return tuple(found)


def _each(both: _Both, key: str, types: Collection[FieldType]) -> tuple[str, ...]:
    found = (typed(both.desk, item, both.theirs, types) for item in quiet(both.written).scalars(key))
    return tuple(name for name in found if name)
