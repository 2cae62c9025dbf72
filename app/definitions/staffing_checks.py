"""Does every contact point have, in every neighbourhood, somebody active who holds it?"""

from __future__ import annotations

from collections.abc import Mapping

from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Span
from app.definitions.model.staffing_file import StaffHolding, StaffingFile
from app.definitions.model.workflows import ContactPoint, Per
from app.definitions.readers.desk import Desk, key_span


def check_staffing(
    staffing: StaffingFile, points: Mapping[str, ContactPoint], node: MappingNode, desk: Desk
) -> None:
    """Contact point x neighbourhood without holder or owner, holders who left, chains that come back."""
    place = key_span(node, "holders")
    written = node.get("holders")
    tried = set(written.keys) if isinstance(written, MappingNode) else set()
    held = {holding.contact_point for holding in staffing.holdings}
    for point in points.values():
        if point.id in tried and point.id not in held:
            continue  # what is wrong with it is told already
        _check_point(point, staffing, place, desk)
    for holding in staffing.holdings:
        _check_people(holding, staffing, desk)
    _check_chains(staffing, desk)


def _check_point(point: ContactPoint, staffing: StaffingFile, place: Span, desk: Desk) -> None:
    mine = [holding for holding in staffing.holdings if holding.contact_point == point.id]
    if not mine:
        if not (point.per is Per.ROSTER and any(duty.contact_point == point.id for duty in staffing.duties)):
            _missing(point, "", staffing, place, desk)
        return
    if all(holding.neighbourhood for holding in mine):
        desk.tell("L605", mine[0].span, name=point.id, neighbourhood="default")


def _missing(
    point: ContactPoint, neighbourhood: str, staffing: StaffingFile, place: Span, desk: Desk
) -> None:
    """A partner without a holder of its own works under its owner's."""
    owned = point.partner and any(holding.contact_point == point.owner for holding in staffing.holdings)
    if not owned:
        desk.tell("L605", place, name=point.id, neighbourhood=neighbourhood or "default")


def _check_people(holding: StaffHolding, staffing: StaffingFile, desk: Desk) -> None:
    holder = staffing.people[holding.holder]
    owner = staffing.people.get(holding.owner)
    if not holder.active:
        desk.tell("L606", holding.span, name=holding.contact_point, person=holder.name)
    if owner is None:
        desk.tell("L607", holding.span, name=holding.contact_point)
    elif not owner.active:
        desk.tell("L606", holding.span, name=holding.contact_point, person=owner.name)
    if holding.holder in holding.substitutes or len(set(holding.substitutes)) < len(holding.substitutes):
        desk.tell("L608", holding.span, name=holding.contact_point, chain=_shown(holding))


def _check_chains(staffing: StaffingFile, desk: Desk) -> None:
    """Two people absent at once who replace each other leave nobody."""
    for one in staffing.absences:
        for other in staffing.absences:
            together = one.start <= other.end and other.start <= one.end
            mutual = one.replacement == other.account and other.replacement == one.account
            if together and mutual and one.account <= other.account:
                member = staffing.people[one.account]
                chain = f"{one.account} > {other.account} > {one.account}"
                desk.tell("L609", member.span, chain=chain)


def _shown(holding: StaffHolding) -> str:
    return " > ".join((holding.holder, *holding.substitutes))
