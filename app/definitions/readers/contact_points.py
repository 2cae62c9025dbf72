"""How does ``contact_points:`` become the names that routes end at?"""

from __future__ import annotations

from app.definitions.model.workflows import ContactPoint, Per
from app.definitions.readers.deadlines import read_duration
from app.definitions.readers.desk import Desk, Sheet, named, quiet, text_node


def read_contact_points(sheet: Sheet, desk: Desk) -> dict[str, ContactPoint]:
    """All contact points of a file; a group without a time to claim in and a partner without an owner are told."""
    found: dict[str, ContactPoint] = {}
    for name, span, node in named(sheet.node, "contact_points"):
        take = quiet(node)
        owner = text_node(node, "owner")
        point = ContactPoint(
            name,
            take.text("label"),
            take.enum("per", Per, Per.MUNICIPALITY),
            take.boolean("group"),
            read_duration(text_node(node, "claim"), desk),
            take.boolean("partner"),
            owner.text.strip() if owner else "",
            take.boolean("restricted"),
            take.text("controller"),
            span,
        )
        found[name] = point
        if owner is not None and desk.refer("contact_point", point.owner, owner.span) and point.owner == name:
            desk.tell("G431", owner.span, name=name)
        if point.partner and owner is None:
            desk.tell("G432", span, name=name)
        if point.group and node.get("claim") is None:
            desk.tell("G433", span, name=name)
    return found
