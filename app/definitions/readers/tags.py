"""Where does a form or workflow belong: ``tags:`` and ``offered:``?"""

from __future__ import annotations

from app.definitions.model.nodes import MappingNode
from app.definitions.model.tags import PLACES, TAGS, Offered, Tags
from app.definitions.readers.desk import Desk, key_span, quiet


def read_tags(node: MappingNode, desk: Desk) -> Tags | None:
    """``tags:``; ``None`` without it or when it names nothing. The order in which they are written means nothing."""
    written = node.get("tags")
    if not isinstance(written, MappingNode):
        return None
    found = {key: _listed(written, key, known, desk) for key, known in TAGS.items()}
    return Tags(**found, span=written.span) if any(found.values()) else None


def _listed(written: MappingNode, key: str, known: tuple[str, ...], desk: Desk) -> tuple[str, ...]:
    scalars = quiet(written).scalars(key)
    chosen: set[str] = set()
    for item in scalars:
        if item.text.strip() in chosen:
            desk.tell("S196", item.span, name=item.text.strip())
        chosen.add(item.text.strip())
    return tuple(word for word in known if word in chosen)


def read_offered(node: MappingNode) -> Offered | None:
    """``offered:``; ``None`` without it."""
    written = node.get("offered")
    if not isinstance(written, MappingNode):
        return None
    take = quiet(written)
    under = take.one_of("under", PLACES)
    return Offered(under, take.text("says"), written.span) if under else None


def not_of_an_action(node: MappingNode, desk: Desk) -> None:
    """``S195``: what stands behind a button belongs to the form that opened the case, and is offered nowhere."""
    for key in ("tags", "offered"):
        if node.entry(key) is not None:
            desk.tell("S195", key_span(node, key), key=key)
