"""How does ``matching:`` become rules that propose cases of one workflow to cases of another?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from app.definitions.expressions.walking import fields_read
from app.definitions.model.forms import Form
from app.definitions.model.matching import OTHER, Exclusion, Matching
from app.definitions.model.nodes import MappingNode
from app.definitions.privacy import highest
from app.definitions.readers.actions import Room
from app.definitions.readers.desk import Desk, key_span, mappings, named, quiet, text_node
from app.definitions.readers.filling import read_fills
from app.definitions.readers.scores import read_score
from app.definitions.readers.sides import Sides, sides_of
from app.definitions.yaml_reader import Reader

PROPOSED, MOST_PROPOSED = 5, 20
SHOWN_UP_TO = 1


def read_matching(
    node: MappingNode, own: Sequence[Form], forms: Mapping[str, Form], room: Room
) -> Matching | None:
    """``matching:`` of a workflow whose own forms are ``own``; ``None`` without one, or when nothing can be said."""
    written = node.get("matching")
    if not isinstance(written, MappingNode):
        return None
    with_node, desk = text_node(written, "with"), room.desk
    if with_node is None or not desk.refer("workflow", with_node.text.strip(), with_node.span):
        return None
    sheet = desk.sheets[("workflow", with_node.text.strip())]
    others = [forms[name] for name in quiet(sheet.node).texts("forms") if name in forms]
    sides = sides_of(written, own, others, room.expressions)
    propose = quiet(written).text("propose")
    when = _when(node, written, propose, room)
    return Matching(
        other=sheet.id,
        states=_states(written, sheet.node, desk),
        when=when,
        propose=propose,
        score=read_score(written, sides),
        exclude=tuple(_exclusions(written, sides)),
        shows=_shows(written, sides),
        places=_places(written, sides),
        fills=_fills(written, _form_behind(node, propose, forms), sides),
        at_most=_at_most(written, desk),
        span=key_span(node, "matching"),
    )


def _states(written: MappingNode, other: MappingNode, desk: Desk) -> tuple[str, ...]:
    known = [entry.key for entry in quiet(other).entries("states")]
    found = quiet(written).scalars("states")
    return tuple(
        item.text.strip() for item in found if desk.refer("state", item.text.strip(), item.span, known)
    )


def _when(node: MappingNode, written: MappingNode, propose: str, room: Room) -> tuple[str, ...]:
    """The states in which is looked; each has the button that proposes (``G454``)."""
    buttons = {name: _buttons(state) for name, _, state in named(node, "states")}
    anywhere = {entry.key for entry in quiet(node).entries("anywhere")}
    found: list[str] = []
    for item in quiet(written).scalars("when"):
        name = item.text.strip()
        if not room.desk.refer("state", name, item.span, room.states):
            continue
        if propose and propose not in buttons.get(name, set()) | anywhere:
            room.desk.tell("G454", key_span(written, "propose"), name=propose, state=name)
        found.append(name)
    return tuple(found)


def _buttons(state: MappingNode) -> set[str]:
    return {entry.key for entry in quiet(state).entries("actions")}


def _exclusions(written: MappingNode, sides: Sides) -> Iterator[Exclusion]:
    for item in mappings(written, "exclude"):
        condition = sides.expressions.condition(text_node(item, "if"))
        if condition is not None:
            private = sides.reads(fields_read(condition.tree), item.span)
            because = quiet(item).text("because")
            yield Exclusion(condition, because, private.sensitive, private.guarded, item.span)


def _shows(written: MappingNode, sides: Sides) -> tuple[str, ...]:
    """Fields that say what the other is: of class 0 or 1 only (``P525``)."""
    found: list[str] = []
    for item in quiet(written).scalars("shows"):
        field = sides.other(item)
        if field is not None and highest(field) > SHOWN_UP_TO:
            sides.desk.tell("P525", item.span, name=item.text.strip(), privacy=highest(field))
        elif field is not None:
            found.append(field.id)
    return tuple(found)


def _places(written: MappingNode, sides: Sides) -> str:
    item = text_node(written, "places")
    field = sides.other(item) if item is not None else None
    if item is None or field is None:
        return ""
    if field.type != "integer":
        sides.desk.tell("G451", item.span, part="places", name=item.text.strip(), type=field.type.value,
                        fits="integer")  # fmt: skip
    return field.id


def _fills(written: MappingNode, form: Form | None, sides: Sides) -> Mapping[str, str]:
    theirs = {name: field for name, field in sides.fields.items() if name.startswith(OTHER)}
    found = read_fills(written, form, theirs, sides.desk)
    return MappingProxyType({target: source.removeprefix(OTHER) for target, source in found.items()})


def _form_behind(node: MappingNode, propose: str, forms: Mapping[str, Form]) -> Form | None:
    """The form of the button that proposes."""
    places = [state.get("actions") for _, _, state in named(node, "states")]
    for place in (*places, node.get("anywhere")):
        button = place.get(propose) if isinstance(place, MappingNode) and propose else None
        if isinstance(button, MappingNode) and quiet(button).text("form"):
            return forms.get(quiet(button).text("form"))
    return None


def _at_most(written: MappingNode, desk: Desk) -> int:
    if text_node(written, "at_most") is None:
        return PROPOSED
    return Reader(written, desk.problems).integer("at_most", least=1, most=MOST_PROPOSED) or PROPOSED
