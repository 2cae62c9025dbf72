"""How does ``sessions:`` become what a session is, who registers for it and what follows from that?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.definitions.expressions_of import Expressions, for_workflow
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.sessions import (
    Attendance,
    OpenWhile,
    PrintList,
    Reached,
    Regulars,
    Reminding,
    Roster,
    Sessions,
    WhenFull,
)
from app.definitions.model.workflows import Unit
from app.definitions.privacy import highest
from app.definitions.readers.actions import Room
from app.definitions.readers.deadlines import read_duration
from app.definitions.readers.desk import Desk, key_span, named, quiet, text_node
from app.definitions.readers.session_buttons import Buttons, buttons_of

T = FieldType
TOLD_UP_TO = 0
PLACES = frozenset({T.TEXT, T.CHOICE, T.ADDRESS, T.NEIGHBOURHOOD})
COUNTED = frozenset({T.CHOICE, T.CHOICES, T.TAGS, T.YES_NO, T.YES_NO_UNASKED, T.SCALE})
PART_OF = re.compile(r"(\d{1,2}) of (\d{1,2})")
MOST_LOOKED_BACK = 26


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of ``sessions:``: the fields of the session, those of a registration, and the buttons of that one."""

    written: MappingNode
    own: Mapping[str, Field]
    theirs: Mapping[str, Field]
    form: Form | None
    buttons: Buttons
    room: Room
    expressions: Expressions

    @property
    def desk(self) -> Desk:
        """Where problems go."""
        return self.room.desk


def read_sessions(
    node: MappingNode, own: Sequence[Form], forms: Mapping[str, Form], room: Room
) -> Sessions | None:
    """``sessions:`` of a workflow whose own forms are ``own``; ``None`` without one, or when nothing can be said."""
    written = node.get("sessions")
    if not isinstance(written, MappingNode):
        return None
    registers = text_node(written, "registers")
    if registers is None or not room.desk.refer("form", registers.text.strip(), registers.span):
        return None
    form = forms.get(registers.text.strip())
    if form is None:
        return None
    ends = _ends(written, own, form, room)
    by = _field(ends, "by", ends.theirs, {T.SESSION})
    return Sessions(
        registers=form.id,
        by=by,
        date=_field(ends, "date", ends.own, {T.DATE}),
        time=_field(ends, "time", ends.own, {T.TIME}),
        place=_told(ends, _field(ends, "place", ends.own, PLACES), "place"),
        places=_field(ends, "places", ends.own, {T.INTEGER}),
        shows=_shows(ends),
        opens=_opens(ends),
        full=_full(ends),
        lists=_lists(ends),
        attendance=_attendance(ends, by),
        regulars=_regulars(ends),
        held=_reached(ends, "held"),
        cancelled=_reached(ends, "cancelled"),
        closed=_reached(ends, "closed"),
        roster=_roster(ends),
        remind=_remind(ends),
        span=key_span(node, "sessions"),
    )


def _ends(written: MappingNode, own: Sequence[Form], form: Form, room: Room) -> Ends:
    return Ends(
        written,
        {field.id: field for one in reversed(own) for field in one.fields()},
        {field.id: field for field in form.fields()},
        form,
        buttons_of(form, room.desk),
        room,
        for_workflow(room.desk, (form,), frozenset(), None, {}, blind=False),
    )


def _named(desk: Desk, node: ScalarNode | None, known: Mapping[str, Field]) -> Field | None:
    if node is None:
        return None
    name = node.text.strip()
    return known.get(name) if desk.refer("field", name, node.span, known) else None


def _field(ends: Ends, key: str, known: Mapping[str, Field], types: Collection[FieldType]) -> str:
    """The field at ``key``, of one of ``types`` (``G451``); ``""`` when it is not there."""
    item = text_node(ends.written, key)
    field = _named(ends.desk, item, known)
    if item is None or field is None:
        return ""
    if field.type not in types:
        fits = ", ".join(sorted(one.value for one in types))
        ends.desk.tell("G451", item.span, part=key, name=field.id, type=field.type.value, fits=fits)
    return field.id


def _told(ends: Ends, name: str, key: str) -> str:
    """What a calendar tells anybody is of class 0 (``P561``)."""
    field = ends.own.get(name)
    if field is not None and highest(field) > TOLD_UP_TO:
        ends.desk.tell("P561", key_span(ends.written, key), name=name, privacy=highest(field))
    return name


def _shows(ends: Ends) -> tuple[str, ...]:
    found: list[str] = []
    for item in quiet(ends.written).scalars("shows"):
        field = _named(ends.desk, item, ends.own)
        if field is not None and highest(field) > TOLD_UP_TO:
            ends.desk.tell("P561", item.span, name=field.id, privacy=highest(field))
        elif field is not None:
            found.append(field.id)
    return tuple(found)


def _states(ends: Ends, part: MappingNode) -> tuple[str, ...]:
    found = (item for item in quiet(part).scalars("in"))
    return tuple(
        item.text.strip()
        for item in found
        if ends.desk.refer("state", item.text.strip(), item.span, ends.room.states)
    )


def _part(ends: Ends, key: str) -> MappingNode | None:
    found = ends.written.get(key)
    return found if isinstance(found, MappingNode) else None


def _opens(ends: Ends) -> OpenWhile:
    part = _part(ends, "open")
    if part is None:
        return OpenWhile(())
    item = text_node(part, "until")
    until = _named(ends.desk, item, ends.own)
    if item is not None and until is not None and until.type is not T.DATE:
        ends.desk.tell("G451", item.span, part="until", name=until.id, type=until.type.value, fits="date")
    return OpenWhile(_states(ends, part), until.id if until is not None else "")


def _full(ends: Ends) -> WhenFull | None:
    part = _part(ends, "full")
    if part is None:
        return None
    press = ends.buttons.by_itself(text_node(part, "press"), ends.desk)
    moves_up = ends.buttons.by_itself(text_node(part, "moves_up"), ends.desk)
    return WhenFull(press, moves_up) if press and moves_up else None


def _reached(ends: Ends, key: str) -> Reached | None:
    part = _part(ends, key)
    if part is None:
        return None
    return Reached(_states(ends, part), ends.buttons.by_itself(text_node(part, "press"), ends.desk))


def _remind(ends: Ends) -> Reminding | None:
    """``remind:``: a button that marks that it was pressed, so that nobody is reminded twice (``S268``)."""
    part = _part(ends, "remind")
    if part is None:
        return None
    item = text_node(part, "press")
    press, before = ends.buttons.by_itself(item, ends.desk), quiet(part).duration("before")
    if item is not None and press and press not in ends.buttons.marking:
        ends.desk.tell("S268", item.span, name=press)
    return Reminding(press, before.amount, before.unit.value) if press and before else None


def _lists(ends: Ends) -> Mapping[str, PrintList]:
    """The lists to print: each counts answers or shows fields (``S189``)."""
    found: dict[str, PrintList] = {}
    for name, span, node in named(ends.written, "lists"):
        if (node.entry("count") is None) == (node.entry("shows") is None):
            ends.desk.tell("S189", span, name=name)
            continue
        count, shows = _counted(ends, node), _lines(ends, node)
        told = [ends.theirs[field] for field in (*shows, count) if field]
        found[name] = PrintList(
            id=name,
            label=quiet(node).text("label") or name,
            condition=ends.expressions.condition(text_node(node, "if")),
            count=count,
            shows=shows,
            audience=quiet(node).texts("audience"),
            privacy=max((highest(field) for field in told), default=1),
            span=span,
        )
    return MappingProxyType(found)


def _counted(ends: Ends, node: MappingNode) -> str:
    item = text_node(node, "count")
    field = _named(ends.desk, item, ends.theirs)
    if item is None or field is None:
        return ""
    if field.type not in COUNTED:
        fits = ", ".join(sorted(one.value for one in COUNTED))
        ends.desk.tell("G451", item.span, part="count", name=field.id, type=field.type.value, fits=fits)
    return field.id


def _lines(ends: Ends, node: MappingNode) -> tuple[str, ...]:
    fields = [_named(ends.desk, item, ends.theirs) for item in quiet(node).scalars("shows")]
    return tuple(field.id for field in fields if field is not None)


def _attendance(ends: Ends, by: str) -> Attendance | None:
    part = _part(ends, "attendance")
    if part is None:
        return None
    present = ends.buttons.known(text_node(part, "present"), ends.desk)
    absent = ends.buttons.known(text_node(part, "absent"), ends.desk)
    others = tuple(ends.buttons.known(item, ends.desk) for item in quiet(part).scalars("buttons"))
    asked = [_named(ends.desk, item, ends.theirs) for item in quiet(part).scalars("new")]
    new = tuple(field.id for field in asked if field is not None)
    if new:
        _demand_enough(ends, (by, *new), part)
    return Attendance(present, absent, tuple(name for name in others if name), new)


def _demand_enough(ends: Ends, asked: Collection[str], part: MappingNode) -> None:
    """Who comes in without having registered gives every answer that must be there (``G482``)."""
    for field in ends.theirs.values():
        if field.required and field.show_if is None and field.id not in asked:
            ends.desk.tell("G482", key_span(part, "new"), name=field.id)


def _regulars(ends: Ends) -> Regulars | None:
    part = _part(ends, "regulars")
    if part is None:
        return None
    item, take = text_node(part, "came"), quiet(part)
    match = PART_OF.fullmatch(item.text.strip()) if item is not None else None
    missed = take.integer("missed", least=1, most=10)
    came, of = (int(match[1]), int(match[2])) if match else (0, 0)
    if item is not None and not 0 < came <= of <= MOST_LOOKED_BACK:
        ends.desk.tell("G483", item.span, text=item.text)
        return None
    deadline = text_node(part, "deadline")
    term = read_duration(deadline, ends.desk)
    if deadline is not None and term is not None and term.unit is not Unit.WORKING_DAYS:
        ends.desk.tell("G484", deadline.span)
        return None
    condition = ends.expressions.condition(text_node(part, "if"))
    if missed is None or term is None:
        return None
    return Regulars(came, of, missed, take.text("task"), term.amount, condition)


def _roster(ends: Ends) -> Roster | None:
    part = _part(ends, "roster")
    rows_node = text_node(part, "rows") if part is not None else None
    rows = _named(ends.desk, rows_node, ends.own)
    if part is None or rows_node is None or rows is None:
        return None
    if rows.type is not T.REPEAT:
        ends.desk.tell("G451", rows_node.span, part="rows", name=rows.id, type=rows.type.value, fits="repeat")
        return None
    columns = {column.id: column for column in rows.fields}
    item = text_node(part, "who")
    who, does = _named(ends.desk, item, columns), _named(ends.desk, text_node(part, "does"), columns)
    if item is None or who is None:
        return None
    if who.type is not T.PERSON:
        ends.desk.tell("G451", item.span, part="who", name=who.id, type=who.type.value, fits="person")
    return Roster(rows.id, who.id, does.id if does is not None else "")
