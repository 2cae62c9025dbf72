"""Does every contact point have, in every neighbourhood, somebody active who holds it?"""

from __future__ import annotations

from collections.abc import Mapping

from app.definitions.model.catalog import Catalog
from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Problem
from app.definitions.model.staffing_file import StaffHolding, StaffingFile
from app.definitions.model.workflows import ContactPoint
from app.definitions.problems import problem
from app.definitions.proofs.staffing import DEFAULT, Staff, alone, gaps, unknown_places, with_examples
from app.definitions.readers.desk import Desk, key_span


def staff_of(file: StaffingFile) -> Staff:
    """The people of a staffing file, for the proofs."""
    duties: dict[str, frozenset[str]] = {}
    for duty in file.duties:
        duties[duty.contact_point] = duties.get(duty.contact_point, frozenset()) | {duty.account}
    return Staff(file.people, file.holdings, duties, file.neighbourhoods)


def check_staffing(
    staffing: StaffingFile, points: Mapping[str, ContactPoint], node: MappingNode, desk: Desk
) -> None:
    """Contact point x neighbourhood without holder or owner, holders who left, chains that come back."""
    place = key_span(node, "holders")
    written = node.get("holders")
    tried = set(written.keys) if isinstance(written, MappingNode) else set()
    spans = {(held.contact_point, held.neighbourhood): held.span for held in reversed(staffing.holdings)}
    first = {held.contact_point: held.span for held in reversed(staffing.holdings)}
    for gap in gaps(points, staff_of(staffing)):
        if gap.contact_point in tried and gap.contact_point not in first:
            continue  # what is wrong with it is told already
        at = spans.get((gap.contact_point, gap.neighbourhood), first.get(gap.contact_point, place))
        desk.tell("L605", at, name=gap.contact_point, neighbourhood=gap.neighbourhood or DEFAULT)
    for holding in staffing.holdings:
        _check_people(holding, staffing, desk)
    _check_chains(staffing, desk)


def prove_staffing(file: StaffingFile, catalog: Catalog, desk: Desk) -> list[Problem]:
    """What was told with an example of who comes there, and what only the definitions together with the staff show."""
    staff = staff_of(file)
    spans = {(held.contact_point, held.neighbourhood): held.span for held in file.holdings}
    found = list(with_examples(desk.problems, catalog, staff))
    found += unknown_places(catalog, staff) if file.neighbourhoods else ()
    for held, workflow in alone(catalog, staff):
        span = spans[(held.contact_point, held.neighbourhood)]
        found.append(
            problem("L613", span, name=held.contact_point, field=workflow.not_to, workflow=workflow.id)
        )
    return found


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
