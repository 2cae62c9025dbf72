"""How does ``card:`` become a :class:`Card`: what stands on paper?"""

from __future__ import annotations

from app.definitions.model.cards import Card
from app.definitions.model.forms import Form
from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Span
from app.definitions.privacy import highest
from app.definitions.readers.desk import Desk, quiet, text_node

CARD_NUMBER = "case.card_number"
STRIP_MOST = 1
"""The highest privacy class on a strip that somebody carries around."""


def read_card(node: MappingNode, form: Form, desk: Desk) -> Card | None:
    """The card of a form, or ``None``. Tells fields that are not there (``R209``), a column that the list has not
    (``S143``), a form that could not be entered under the number of the card (``S144``) and a strip that tells too
    much (``P528``)."""
    written = node.get("card")
    if not isinstance(written, MappingNode):
        return None
    take = quiet(written)
    if form.meaning(CARD_NUMBER) is None and not desk.lost:
        desk.tell("S144", written.span, form=form.id)
    strip = _fields(written, "strip", form, desk)
    for name, span in strip.items():
        field = form.field(name)
        if field is not None and highest(field) > STRIP_MOST:
            desk.tell("P528", span, name=name, privacy=highest(field))
    return Card(
        title=take.text("title"),
        intro=take.text("intro"),
        themes=_themes(written, form, desk),
        offer=_offer(written, form, desk),
        strip=tuple(strip),
        leave_out=tuple(_fields(written, "leave_out", form, desk)),
        span=written.span,
    )


def _fields(node: MappingNode, key: str, form: Form, desk: Desk) -> dict[str, Span]:
    known = [field.id for field in form.fields()]
    found = [(item.text.strip(), item.span) for item in quiet(node).scalars(key)]
    return {name: span for name, span in found if desk.refer("field", name, span, known)}


def _themes(node: MappingNode, form: Form, desk: Desk) -> str:
    found = text_node(node, "themes")
    known = [field.id for field in form.fields() if field.options is not None]
    name = found.text.strip() if found is not None else ""
    return name if found is not None and desk.refer("field", name, found.span, known) else ""


def _offer(node: MappingNode, form: Form, desk: Desk) -> str:
    found, themes = text_node(node, "offer"), text_node(node, "themes")
    field = form.field(themes.text.strip()) if themes is not None else None
    if found is None or field is None or field.options is None:
        return ""
    name, columns = found.text.strip(), field.options.columns
    if columns.get(name) == "text":
        return name
    desk.tell("S143", found.span, field=field.id, text=name)
    return ""
