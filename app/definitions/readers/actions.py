"""How do ``actions:`` become buttons, with what they ask, set, send and where they lead?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from app.definitions.expressions_of import Expressions
from app.definitions.model.forms import Form, FormKind
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.sessions import BY_ITSELF
from app.definitions.model.source import Span
from app.definitions.model.workflows import Action, Again, Feedback, Message, Need
from app.definitions.readers.deadlines import read_duration
from app.definitions.readers.desk import Desk, key_span, mappings, named, quiet, text_node
from app.definitions.readers.filling import read_fills
from app.definitions.vocabulary import ROLES
from app.definitions.vocabulary_workflows import EFFECTS, REACHED_BY_MESSAGE

ACTORS = (*ROLES, "holder", "substitute", "owner", BY_ITSELF)


@dataclass(frozen=True, slots=True)
class Room:
    """What actions may name: the states and messages of their workflow, and all forms."""

    expressions: Expressions
    states: frozenset[str]
    messages: Mapping[str, Message]
    forms: Mapping[str, Form]

    @property
    def desk(self) -> Desk:
        """Where problems go."""
        return self.expressions.desk


def read_actions(node: MappingNode, key: str, room: Room) -> Mapping[str, Action]:
    """The buttons at ``actions:`` or ``anywhere:`` by id."""
    return MappingProxyType({name: _action(name, item, room) for name, _, item in named(node, key)})


def _action(name: str, node: MappingNode, room: Room) -> Action:
    take = quiet(node)
    return Action(
        id=name,
        label=take.text("label"),
        to=state_at(node, "to", room),
        form=_form(node, "form", FormKind.ACTION, room),
        marks=take.texts("marks"),
        feedback=read_feedback(node, "feedback", room),
        again=_again(node, room),
        by=_by(node, room.desk),
        does=take.words("does", EFFECTS),
        needs=_needs(node, room),
        reason=take.boolean("reason"),
        open_form=_form(node, "open_form", FormKind.CASE, room),
        help=take.text("help"),
        fills=_fills(node, room),
        span=node.span,
    )


def _fills(node: MappingNode, room: Room) -> Mapping[str, str]:
    """What the form that the button opens starts with; ``S171`` beside a button that opens none."""
    if node.entry("fills") is None:
        return MappingProxyType({})
    form = room.forms.get(quiet(node).text("open_form"))
    if node.entry("open_form") is None:
        room.desk.tell("S171", key_span(node, "fills"))
    expressions = room.expressions
    forms = (*expressions.later.values(), *reversed(expressions.forms))
    known = {item.id: item for own in forms for item in own.fields()}
    return MappingProxyType(dict(read_fills(node, form, known, room.desk)))


def state_at(node: MappingNode, key: str, room: Room, *words: str) -> str:
    """The state that ``key`` names, ``""`` when there is none (told when it is unknown). ``words`` may stand there too,
    and are proposed like states."""
    found = text_node(node, key)
    if found is None:
        return ""
    name = found.text.strip()
    return name if room.desk.refer("state", name, found.span, (*room.states, *words)) else ""


def _form(node: MappingNode, key: str, kind: FormKind, room: Room) -> str:
    found = text_node(node, key)
    if found is None:
        return ""
    name = found.text.strip()
    if not room.desk.refer("form", name, found.span):
        return ""
    if name in room.forms and room.forms[name].kind is not kind:
        room.desk.tell("R223" if kind is FormKind.ACTION else "R224", found.span, form=name)
    return name


def read_feedback(node: MappingNode, key: str, room: Room) -> tuple[Feedback, ...]:
    """One or more ``{to, message, if}``; ``to`` is the message's own when it is left out."""
    found: list[Feedback] = []
    for item in mappings(node, key):
        written = text_node(item, "message")
        name = written.text.strip() if written else ""
        if written is None or not room.desk.refer("message", name, written.span, room.messages):
            continue
        condition_node = text_node(item, "if")
        condition = room.expressions.condition(condition_node)
        to = check_receiver(text_node(item, "to"), room.desk)
        if condition_node is None or condition is not None:
            found.append(Feedback(to or room.messages[name].to, name, condition))
    return tuple(found)


def check_receiver(node: ScalarNode | None, desk: Desk) -> str:
    """Somebody a message can reach; ``R212`` otherwise."""
    if node is None:
        return ""
    known = (*REACHED_BY_MESSAGE, *sorted(desk.names.get("contact_point", ())))
    if ("contact_point", "") not in desk.broken:
        desk.refer("role", node.text.strip(), node.span, known)
    return node.text.strip()


def _again(node: MappingNode, room: Room) -> Again | None:
    written = node.get("again")
    if not isinstance(written, MappingNode):
        return None
    take = quiet(written)
    then = state_at(written, "then", room)
    at_most = take.integer("at_most", least=1, most=50)
    if at_most is None and (found := text_node(written, "at_most")) is not None:
        room.desk.tell("G423", found.span, text=found.text)
    if node.entry("to") is not None:
        room.desk.tell("S165", written.span)
    if at_most is None or not then:
        return None
    pause = read_duration(text_node(written, "not_before"), room.desk)
    return Again(at_most, then, pause, take.text("other") == "part_of_day")


def _by(node: MappingNode, desk: Desk) -> tuple[str, ...]:
    """Roles, ``holder``/``substitute``/``owner``, those who hold a contact point, or a municipality's own functions."""
    known = (*ACTORS, *sorted(desk.names.get("contact_point", ())))
    found = quiet(node).scalars("by")
    if ("contact_point", "") not in desk.broken:
        for item in found:
            check_role(item.text.strip(), item.span, known, desk)
    return tuple(item.text.strip() for item in found)


def check_role(name: str, span: Span, known: Iterable[str], desk: Desk) -> None:
    """``R212`` for what is surely a slip of the pen: a municipality may add functions nobody knows here."""
    roles = set(known)
    if name not in roles and get_close_matches(name, roles, n=1, cutoff=0.8):
        desk.refer("role", name, span, roles)


def _needs(node: MappingNode, room: Room) -> tuple[Need, ...]:
    found: list[Need] = []
    for item in mappings(node, "needs"):
        condition = room.expressions.condition(text_node(item, "if"))
        if condition is not None:
            found.append(Need(condition, quiet(item).text("message")))
    return tuple(found)
