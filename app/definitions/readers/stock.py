"""How does ``stock:`` of a form become what is there to lend on a day?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.definitions.model.forms import Field, FieldType, Form, FormKind
from app.definitions.model.nodes import MappingNode
from app.definitions.model.stock import Stock
from app.definitions.readers.desk import Desk, key_span, quiet, words

OPEN = 1
"""The highest class of data that may be asked here: everybody who asks learns what others took."""
KINDS: Mapping[str, tuple[FieldType, str]] = MappingProxyType(
    {
        "rows": (FieldType.REPEAT, "repeat"),
        "day": (FieldType.DATE, "date"),
        "item": (FieldType.CHOICE, "choice"),
        "many": (FieldType.INTEGER, "integer"),
    }
)


def read_stock(node: MappingNode, form: Form, desk: Desk) -> Stock | None:
    """``stock:`` of a form whose fields are known; ``None`` without it, or when it was told why not (``S270`` to
    ``S274``)."""
    written = node.get("stock")
    if not isinstance(written, MappingNode):
        return None
    if form.kind is not FormKind.CASE:
        desk.tell("S273", key_span(node, "stock"))
    rows, day = _field(written, "rows", form.fields(), desk), _field(written, "day", form.fields(), desk)
    if rows is None or day is None:
        return None
    item, many = (_field(written, key, rows.fields, desk) for key in ("item", "many"))
    if item is None or many is None:
        return None
    for field in (day, item, many):
        if field.privacy > OPEN:
            desk.tell("S274", field.span, name=field.id)
    return Stock(rows.id, item.id, many.id, day.id, _there(written, item, desk), key_span(node, "stock"))


def _field(node: MappingNode, key: str, fields: Iterable[Field], desk: Desk) -> Field | None:
    name = quiet(node).text(key)
    kind, word = KINDS[key]
    found = next((item for item in fields if item.id == name), None)
    if name and (found is None or found.type is not kind):
        desk.tell("S270", key_span(node, key), name=name, kind=word)
        return None
    return found


def _there(node: MappingNode, item: Field, desk: Desk) -> Mapping[str, int]:
    """How many of each option there are; each is told of once (``S271``, ``S272``)."""
    place, said = key_span(node, "there"), words(node, "there")
    known = [option.id for option in item.options.options] if item.options is not None else []
    for name in known:
        if name not in said:
            desk.tell("S271", place, name=name)
    for name, number in said.items():
        if name not in known or not (number.isascii() and number.isdigit()):
            desk.tell("S272", place, name=name, number=number, item=item.id)
    numbers = {name: int(said[name]) for name in known if said.get(name, "").isdigit()}
    return MappingProxyType(numbers)
