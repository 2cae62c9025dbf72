"""How does ``asks:`` become questions to others, with a form, a deadline and answers that conditions can read?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.definitions.expressions.scope import Named, named_field
from app.definitions.expressions_of import Expressions
from app.definitions.model.asking import ENOUGH, INVITED, LINK, TASK, Ask, AskTo, Round
from app.definitions.model.expressions import ValueType
from app.definitions.model.forms import Field, FieldType, Form, FormKind
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.privacy import highest
from app.definitions.readers.actions import Room
from app.definitions.readers.deadlines import Clock, read_deadline, read_reminders
from app.definitions.readers.desk import Desk, key_span, mappings, named, quiet, text_node, words
from app.definitions.readers.prefills import Around, read_prefills

ROW = "row."
REACHED = frozenset({FieldType.EMAIL, FieldType.PARTNER})
"""Fields whose answer says where somebody is reached."""
SHOWN_UP_TO = 1


def asked_names(node: MappingNode, forms: Mapping[str, Form], desk: Desk) -> Mapping[str, Named]:
    """What conditions of a workflow may name: each question that is no round, as a repeat of the fields of its form."""
    found: dict[str, Named] = {}
    for item in _written(node):
        take = quiet(item)
        if item.entry("round") is not None or not take.text("ask"):
            continue
        form = forms.get(take.text("form"))
        if form is None:
            desk.lost.add(take.text("ask"))
            continue
        row = {top.id: named_field(top) for top in form.fields() if top.type is not FieldType.INFO}
        found[take.text("ask")] = Named(ValueType.ROWS, row=row)
    return found


def check_ask_names(node: MappingNode, forms: tuple[Form, ...], desk: Desk) -> None:
    """A question has a name of its own in the whole workflow (``R220``), and is no field (``S194``)."""
    written = [found for item in _written(node) if (found := text_node(item, "ask")) is not None]
    desk.unique("ask", ((item.text.strip(), item.span) for item in written))
    fields = {item.id for form in forms for item in form.fields()}
    for item in written:
        if item.text.strip() in fields:
            desk.tell("S194", item.span, id=item.text.strip())


def _written(node: MappingNode) -> Iterator[MappingNode]:
    for _, _, state in named(node, "states"):
        yield from mappings(state, "asks")


def read_asks(node: MappingNode, clock: Clock, room: Room) -> tuple[Ask, ...]:
    """The questions of one state; what cannot be asked is told and left out."""
    found = (_ask(item, clock, room) for item in mappings(node, "asks"))
    return tuple(item for item in found if item is not None)


def _ask(node: MappingNode, clock: Clock, room: Room) -> Ask | None:
    take, expressions = quiet(node), room.expressions
    each = _each(node, expressions)
    to, kind = _to(node, each, room)
    condition_node = text_node(node, "if")
    condition = expressions.condition(condition_node, rows=each)
    deadline = read_deadline(node, clock, expressions)
    form = _form(node, room)
    by = take.text("by") or LINK
    _check_pair(node, kind, by, room.desk)
    if deadline is None or not form or not kind or (condition_node is not None and condition is None):
        return None
    return Ask(
        id=take.text("ask"),
        label=take.text("label"),
        form=form,
        kind=AskTo(kind),
        deadline=deadline,
        to=to,
        each=each,
        by=by,
        condition=condition,
        shows=_shows(node, expressions),
        remind=read_reminders(node, room.desk),
        groups=words(node, "groups"),
        round=_round(node, expressions),
        prefills=read_prefills(node, Around(room.forms[form], _known(expressions), room.forms, room.desk)),
        span=node.span,
    )


def _known(expressions: Expressions) -> Mapping[str, Field]:
    return {field.id: field for form in reversed(expressions.forms) for field in form.fields()}


def _each(node: MappingNode, expressions: Expressions) -> str:
    written = text_node(node, "each")
    if written is None:
        return ""
    name = written.text.strip()
    return name if expressions.names_field(name, written.span, expressions.row_fields) else ""


def _to(node: MappingNode, each: str, room: Room) -> tuple[str, str]:
    """Whom, and how that is known; ``""`` when it cannot be (told)."""
    written, expressions = text_node(node, "to"), room.expressions
    if written is None:
        return "", ""
    name = written.text.strip()
    if name == INVITED:
        return "", AskTo.INVITED
    if name in room.desk.names.get("contact_point", ()) or ("contact_point", "") in room.desk.broken:
        return name, AskTo.POINT
    if expressions.blind:
        return name, AskTo.FIELD
    known = _reached(each, expressions)
    field = next((item for item in known if item.id == name.removeprefix(ROW)), None)
    if field is None or name.startswith(ROW) is not bool(each):
        names = [f"{ROW}{item.id}" if each else item.id for item in known if item.type in REACHED]
        points = room.desk.names.get("contact_point", set())
        room.desk.refer("field", name, written.span, {INVITED, *points, *names})
        return "", ""
    if field.type not in REACHED:
        room.desk.tell("S192", written.span, name=name, type=field.type.value)
        return "", ""
    return name, AskTo.FIELD


def _reached(each: str, expressions: Expressions) -> tuple[Field, ...]:
    if not each:
        return tuple(field for form in expressions.forms for field in form.fields())
    rows = expressions.field(each)
    return (*rows.fields, *rows.each) if rows is not None else ()


def _form(node: MappingNode, room: Room) -> str:
    """The form of a button: it asks nothing above class 1, as it is filled in behind a link."""
    written = text_node(node, "form")
    if written is None or not room.desk.refer("form", written.text.strip(), written.span):
        return ""
    form = room.forms.get(written.text.strip())
    if form is None:
        return ""
    if form.kind is not FormKind.ACTION:
        room.desk.tell("R223", written.span, form=form.id)
        return ""
    for field in form.fields():
        if highest(field) > SHOWN_UP_TO:
            room.desk.tell("P547", written.span, form=form.id, name=field.id, privacy=highest(field))
    return form.id


def _check_pair(node: MappingNode, kind: str, by: str, desk: Desk) -> None:
    """Groups and rounds are of people who are invited (``S191``); a task is for a contact point (``S193``)."""
    for key in ("groups", "round"):
        if kind and kind != AskTo.INVITED and node.entry(key) is not None:
            desk.tell("S191", key_span(node, key), key=key)
    if kind and by == TASK and kind != AskTo.POINT:
        desk.tell("S193", key_span(node, "by"))


def _shows(node: MappingNode, expressions: Expressions) -> tuple[str, ...]:
    """Fields of the case that leave the house: of class 0 or 1 (``P529``)."""
    known = {field.id: field for form in expressions.forms for field in form.fields()}
    found: list[str] = []
    for item in quiet(node).scalars("shows"):
        name = item.text.strip()
        if not expressions.names_field(name, item.span, known):
            continue
        if name in known and highest(known[name]) > SHOWN_UP_TO:
            expressions.desk.tell("P529", item.span, name=name, privacy=highest(known[name]))
        else:
            found.append(name)
    return tuple(found)


def _round(node: MappingNode, expressions: Expressions) -> Round | None:
    written = node.get("round")
    if not isinstance(written, MappingNode):
        return None
    known = {field.id for form in expressions.forms for field in form.fields()}
    compare: list[ScalarNode] = list(quiet(written).scalars("compare"))
    names = [
        item.text.strip() for item in compare if expressions.names_field(item.text.strip(), item.span, known)
    ]
    at_least = quiet(written).integer("at_least", least=1, most=100)
    return Round(ENOUGH if at_least is None else at_least, tuple(names))
