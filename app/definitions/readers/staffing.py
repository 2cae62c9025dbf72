"""How does a staffing file become people who hold contact points, and is nobody missing?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType

from app.definitions.model.nodes import MappingNode, ScalarNode, SequenceNode
from app.definitions.model.source import Span
from app.definitions.model.staffing_file import (
    ClosedDay,
    StaffAbsence,
    StaffDuty,
    StaffHolding,
    StaffingFile,
    StaffMember,
)
from app.definitions.model.workflows import ContactPoint
from app.definitions.problems import guess
from app.definitions.readers.desk import Desk, key_span, mappings, named, quiet, text_node, words
from app.definitions.staffing_checks import check_staffing
from app.definitions.vocabulary import ROLES
from app.definitions.vocabulary_workflows import NODES, WEEKDAYS

HOLDING_KEYS = frozenset(NODES["holding"].keys)


def read_staffing(node: MappingNode, points: Mapping[str, ContactPoint], desk: Desk) -> StaffingFile:
    """The file, checked against the contact points that exist."""
    people = {name: _member(name, span, item) for name, span, item in named(node, "people")}
    neighbourhoods = words(node, "neighbourhoods")
    staffing = StaffingFile(
        quiet(node).text("staffing"),
        MappingProxyType(people),
        tuple(_holdings(node, people, neighbourhoods, desk)),
        tuple(_duties(node, people, desk)),
        tuple(_absences(node, people, desk)),
        tuple(_closing_days(node, desk)),
        MappingProxyType(dict(neighbourhoods)),
        quiet(node).text("title"),
    )
    check_staffing(staffing, points, node, desk)
    return staffing


def _member(name: str, span: Span, node: MappingNode) -> StaffMember:
    take = quiet(node)
    days = take.words("weekdays", WEEKDAYS) or WEEKDAYS[:5]
    return StaffMember(
        name,
        take.text("name"),
        take.text("phone"),
        take.text("email"),
        frozenset((*take.words("roles", ROLES), *take.texts("functions"))),
        take.boolean("active", True),
        take.text("controller"),
        frozenset(WEEKDAYS.index(day) for day in days),
        span,
    )


def _person(node: ScalarNode, people: Mapping[str, StaffMember], desk: Desk) -> str:
    """The id of somebody in the file; ``L602`` otherwise."""
    name = node.text.strip()
    if name in people:
        return name
    desk.tell("L602", node.span, name=name, guess=guess(name, people), known=", ".join(list(people)[:12]))
    return ""


def _holdings(
    node: MappingNode, people: Mapping[str, StaffMember], neighbourhoods: Mapping[str, str], desk: Desk
) -> list[StaffHolding]:
    found: list[StaffHolding] = []
    for point, span, written in named(node, "holders"):
        desk.names.setdefault("contact_point", set())
        if point not in desk.names["contact_point"]:
            known = sorted(desk.names["contact_point"])
            desk.tell("L601", span, name=point, guess=guess(point, known), known=", ".join(known[:12]))
            continue
        if set(written.keys) & HOLDING_KEYS:
            found += _holding(point, "", written, people, desk)
            continue
        for place, place_span, item in _places(written):
            if place not in ("default", *neighbourhoods):
                known_places = ("default", *neighbourhoods)
                desk.tell("L603", place_span, name=place, guess=guess(place, known_places),
                          known=", ".join(known_places))  # fmt: skip
                continue
            found += _holding(point, "" if place == "default" else place, item, people, desk)
    return found


def _places(node: MappingNode) -> list[tuple[str, Span, MappingNode]]:
    return [
        (entry.key, entry.span, entry.value) for entry in node.entries if isinstance(entry.value, MappingNode)
    ]


def _holding(
    point: str, place: str, node: MappingNode, people: Mapping[str, StaffMember], desk: Desk
) -> list[StaffHolding]:
    for entry in node.entries:
        if entry.key not in HOLDING_KEYS:
            known = ", ".join(sorted(HOLDING_KEYS))
            desk.tell("Y051", entry.span, key=entry.key, guess=guess(entry.key, HOLDING_KEYS), known=known)
    holder_node, owner_node = text_node(node, "holder"), text_node(node, "owner")
    holder = _person(holder_node, people, desk) if holder_node else ""
    owner = _person(owner_node, people, desk) if owner_node else ""
    substitutes = [_person(item, people, desk) for item in quiet(node).scalars("substitutes")]
    if holder_node is None:
        desk.tell("L604", node.span, name=point)
    if not holder:
        return []
    kept = tuple(name for name in substitutes if name)
    return [StaffHolding(point, place, holder, kept, owner, key_span(node, "holder"))]


def _duties(node: MappingNode, people: Mapping[str, StaffMember], desk: Desk) -> list[StaffDuty]:
    found: list[StaffDuty] = []
    for entry in quiet(node).entries("rosters"):
        desk.refer("contact_point", entry.key, entry.span)
        items = entry.value.items if isinstance(entry.value, SequenceNode) else ()
        for item in items:
            if not isinstance(item, MappingNode):
                continue
            start, end = _instant(item, "from", desk), _instant(item, "until", desk)
            who = text_node(item, "who")
            account = _person(who, people, desk) if who else ""
            if start and end and end <= start:
                desk.tell("L610", item.span)
            elif start and end and account:
                found.append(StaffDuty(entry.key, account, start, end))
    return found


def _absences(node: MappingNode, people: Mapping[str, StaffMember], desk: Desk) -> list[StaffAbsence]:
    found: list[StaffAbsence] = []
    for item in mappings(node, "absences"):
        start, end = _day(item, "from", desk), _day(item, "until", desk)
        who, instead = text_node(item, "who"), text_node(item, "replaced_by")
        account = _person(who, people, desk) if who else ""
        replacement = _person(instead, people, desk) if instead else ""
        if start and end and end < start:
            desk.tell("L610", item.span)
        elif start and end and account:
            found.append(StaffAbsence(account, start, end, replacement))
    return found


def _closing_days(node: MappingNode, desk: Desk) -> list[ClosedDay]:
    found: list[ClosedDay] = []
    for item in mappings(node, "closing_days"):
        day, written = _day(item, "day", desk), text_node(item, "from")
        opens: time | None = None
        if written is not None:
            try:
                opens = time.fromisoformat(written.text.strip())
            except ValueError:
                desk.tell("L611", written.span, text=written.text)
        if day:
            found.append(ClosedDay(day, quiet(item).text("label"), opens))
    return found


def _day(node: MappingNode, key: str, desk: Desk) -> date | None:
    found = text_node(node, key)
    if found is None:
        return None
    try:
        return date.fromisoformat(found.text.strip())
    except ValueError:
        desk.tell("L611", found.span, text=found.text)
        return None


def _instant(node: MappingNode, key: str, desk: Desk) -> datetime | None:
    found = text_node(node, key)
    if found is None:
        return None
    try:
        instant = datetime.fromisoformat(found.text.strip())
    except ValueError:
        desk.tell("L611", found.span, text=found.text)
        return None
    return instant.replace(tzinfo=None)
