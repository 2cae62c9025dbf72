"""How does a ``workflow:`` file become a workflow?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from app.definitions.expressions_of import Expressions, for_workflow
from app.definitions.later import later_forms
from app.definitions.model.forms import Form, FormKind, Option, OptionList
from app.definitions.model.nodes import MappingNode
from app.definitions.model.workflows import Message, State, Workflow
from app.definitions.readers.actions import Room, check_receiver, read_actions, read_feedback, state_at
from app.definitions.readers.asks import asked_names, check_ask_names
from app.definitions.readers.bonds import read_links
from app.definitions.readers.collecting import collected_names, read_collects
from app.definitions.readers.deadlines import Clock
from app.definitions.readers.desk import Desk, Sheet, key_span, named, quiet, text_node
from app.definitions.readers.forms import read_number
from app.definitions.readers.lists import options_of
from app.definitions.readers.matching import read_matching
from app.definitions.readers.routes import read_also, read_limits_of_case, read_route
from app.definitions.readers.sessions import read_sessions
from app.definitions.readers.states import read_state
from app.definitions.readers.tags import read_tags


def read_workflow(sheet: Sheet, forms: Mapping[str, Form], desk: Desk) -> Workflow:
    """Read a whole workflow; ``forms`` are all that could be read, by id."""
    node, take = sheet.node, quiet(sheet.node)
    named_forms, blind = _forms(node, forms, desk)
    marks = frozenset(marks_set(node))
    check_ask_names(node, named_forms, desk)
    asked = {**asked_names(node, forms, desk), **collected_names(node)}
    later = later_forms(node, named_forms, forms)
    known = for_workflow(desk, named_forms, marks, reasons_of(node, desk), later, blind=blind, asked=asked)
    expressions = known.before
    clock = Clock(marks, expressions.date_fields)
    room = Room(
        known.afterwards,
        frozenset(entry.key for entry in quiet(node).entries("states")),
        _messages(node, desk),
        forms,
    )
    return Workflow(
        id=sheet.id,
        title=take.text("title"),
        forms=tuple(form.id for form in named_forms),
        start=state_at(node, "start", room),
        states=_states(node, clock, room),
        route=read_route(node, clock, expressions),
        also=read_also(node, clock, expressions),
        limits=read_limits_of_case(node, clock, expressions),
        messages=room.messages,
        anywhere=read_actions(node, "anywhere", room),
        not_to=_not_to(node, expressions),
        receipt=read_feedback(node, "receipt", replace(room, expressions=expressions)),
        number=read_number(node, desk),
        matching=read_matching(node, named_forms, forms, replace(room, expressions=expressions)),
        sessions=read_sessions(node, named_forms, forms, replace(room, expressions=expressions)),
        collects=read_collects(node, named_forms, forms, desk),
        later=later,
        links=read_links(node),
        tags=read_tags(node, desk),
        span=key_span(node, "workflow"),
    )


def _forms(node: MappingNode, forms: Mapping[str, Form], desk: Desk) -> tuple[tuple[Form, ...], bool]:
    """The forms it names, and whether one of them could not be read or does not exist."""
    written = quiet(node).scalars("forms")
    if not written:
        desk.tell("G400", key_span(node, "workflow"))
    found: list[Form] = []
    for item in written:
        if desk.refer("form", item.text.strip(), item.span) and item.text.strip() in forms:
            form = forms[item.text.strip()]
            found.append(form)
            if form.kind is FormKind.ACTION:
                desk.tell("R224", item.span, form=form.id)
    return tuple(found), len(found) < len(written) or not written


def _states(node: MappingNode, clock: Clock, room: Room) -> Mapping[str, State]:
    found = {name: read_state(name, span, item, clock, room) for name, span, item in named(node, "states")}
    return MappingProxyType(found)


def _messages(node: MappingNode, desk: Desk) -> Mapping[str, Message]:
    found: dict[str, Message] = {}
    for name, span, item in named(node, "messages"):
        take = quiet(item)
        to = check_receiver(text_node(item, "to"), desk)
        found[name] = Message(name, to, take.text("text"), take.text("subject"))
        if item.get("to") is None and not _always_addressed(node, name):
            desk.tell("G424", span, message=name)
    return MappingProxyType(found)


def _always_addressed(node: MappingNode, message: str) -> bool:
    """Whether every use of the message says ``to`` itself."""
    uses = [
        item for item in walk(node) if quiet(item).text("message") == message and item.entry("needs") is None
    ]
    return bool(uses) and all(item.entry("to") is not None for item in uses)


def _not_to(node: MappingNode, expressions: Expressions) -> str:
    found = text_node(node, "not_to")
    if found is None or expressions.blind:
        return ""
    name = found.text.strip()
    return name if expressions.desk.refer("field", name, found.span, expressions.person_fields) else ""


def marks_set(node: MappingNode) -> set[str]:
    """All marks that an action of the workflow sets."""
    return {
        mark for item in walk(node) if item.entry("marks") is not None for mark in quiet(item).texts("marks")
    }


def reasons_of(node: MappingNode, desk: Desk) -> OptionList | None:
    """All closing reasons of the workflow's ends together, or ``None``."""
    silent = Desk(names=desk.names, broken=desk.broken, lists=desk.lists)
    options: dict[str, Option] = {}
    for _, _, item in named(node, "states"):
        found = options_of(item, "reasons", silent)
        options.update({option.id: option for option in (found.options if found else ())})
    return OptionList("", tuple(options.values())) if options else None


def reasons_lost(node: MappingNode, desk: Desk) -> bool:
    """Whether a list of closing reasons could not be read, so that nothing can be said of ``reason``."""
    silent = Desk(names=desk.names, broken=desk.broken, lists=desk.lists)
    states = [item for _, _, item in named(node, "states") if item.entry("reasons") is not None]
    return any(options_of(item, "reasons", silent) is None for item in states)


def walk(node: MappingNode) -> Iterator[MappingNode]:
    """All mappings of a file."""
    stack: list[object] = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, MappingNode):
            yield part
            stack.extend(entry.value for entry in part.entries)
        else:
            stack.extend(getattr(part, "items", ()))
