"""How do options become an :class:`OptionList`: a list file, options in a field, rows of a matrix, reasons?"""

from __future__ import annotations

from types import MappingProxyType

from app.definitions.model.forms import Option, OptionList
from app.definitions.model.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from app.definitions.model.source import Span
from app.definitions.problems import guess
from app.definitions.readers.desk import Desk, quiet, text_node, words
from app.definitions.vocabulary_workflows import MEANS, NODES, WAYS
from app.texts import say

COLUMN_TYPES = ("text", "number", "date", "boolean", "privacy", "contact_point", "means")
OPTION_KEYS = frozenset(NODES["option"].keys)


def read_list(node: MappingNode, desk: Desk) -> OptionList:
    """A file of ``list:``; its declared columns are checked option by option."""
    columns = words(node, "columns")
    for name, kind in columns.items():
        if kind not in COLUMN_TYPES:
            desk.tell("S120", node.span, column=name, text=kind, guess=guess(kind, COLUMN_TYPES),
                      known=", ".join(COLUMN_TYPES))  # fmt: skip
    take = quiet(node)
    read = OptionList(
        take.text("list"),
        read_options(node.get("options"), desk, columns=columns),
        take.boolean("ordered"),
        MappingProxyType(dict(columns)),
        node.span,
    )
    if node.get("options") is not None and not read.options:
        desk.tell("S121", node.span, id=read.id)
    return read


def options_of(node: MappingNode, key: str, desk: Desk) -> OptionList | None:
    """What stands at ``options:``, ``rows:`` or ``reasons:``: a named list or options on the spot."""
    value = node.get(key)
    if value is None or (isinstance(value, ScalarNode) and value.broken):
        return None
    if isinstance(value, MappingNode) and value.entry("list") is not None:
        return _named_list(value, desk)
    if isinstance(value, MappingNode) and value.entry("rows") is not None:
        return None
    ordered = quiet(node).boolean("ordered") if key == "options" else False
    return OptionList("", read_options(value, desk), ordered, span=value.span)


def _named_list(value: MappingNode, desk: Desk) -> OptionList | None:
    name = quiet(value).text("list")
    if not desk.refer("list", name, value.span if not name else _span(value, "list")):
        return None
    found = desk.lists.get(name)
    only = quiet(value).scalars("only")
    if found is None or not only:
        return found
    for item in only:
        desk.refer("option", item.text.strip(), item.span, found.ids)
    kept = {item.text.strip() for item in only}
    options = tuple(option for option in found.options if option.id in kept)
    return OptionList(found.id, options, found.ordered, found.columns, found.span)


def read_options(
    value: Node | None, desk: Desk, columns: dict[str, str] | object = None
) -> tuple[Option, ...]:
    """Options written as ``id: label``, ``id: {label: ...}``, ``{id:, label:}`` items or bare ids."""
    known = columns if isinstance(columns, dict) else {}
    found: list[tuple[Option, Span]] = []
    if isinstance(value, MappingNode):
        found = [(_of_entry(entry, desk, known), entry.span) for entry in value.entries]
    elif isinstance(value, SequenceNode):
        found = [(_of_item(item, desk, known), item.span) for item in value.items]
    found = [(option, span) for option, span in found if option.id]
    desk.unique("option", ((option.id, span) for option, span in found))
    return tuple({option.id: option for option, _ in found}.values())


def _of_entry(entry: Entry, desk: Desk, columns: dict[str, str]) -> Option:
    if isinstance(entry.value, MappingNode):
        return _read(entry.key, entry.value, desk, columns)
    label = entry.value.text.strip() if isinstance(entry.value, ScalarNode) else ""
    return Option(entry.key, label or entry.key)


def _of_item(item: Node, desk: Desk, columns: dict[str, str]) -> Option:
    if isinstance(item, MappingNode):
        return _read(quiet(item).text("id"), item, desk, columns)
    if isinstance(item, ScalarNode) and not item.broken:
        bare = item.text.strip()
        means = {"means": bare} if bare in (*MEANS, *WAYS) else {}
        return Option(bare, bare.replace("_", " ").capitalize(), columns=MappingProxyType(means))
    return Option("", "")


def _read(option_id: str, node: MappingNode, desk: Desk, columns: dict[str, str]) -> Option:
    take = quiet(node)
    values = {entry.key: take.text(entry.key) for entry in node.entries if entry.key not in OPTION_KEYS}
    for entry in node.entries:
        if entry.key not in OPTION_KEYS and entry.key not in columns:
            meant = guess(entry.key, [*columns, *sorted(OPTION_KEYS)])
            known = ", ".join([*columns, *sorted(OPTION_KEYS)])
            desk.tell("Y051", entry.span, key=entry.key, guess=meant, known=known)
    _check_columns(node, columns, desk)
    means = text_node(node, "means")
    if means is not None:
        values["means"] = _means(means, desk)
    return Option(
        option_id,
        take.text("label") or option_id,
        take.text("help"),
        take.integer("privacy", least=0, most=3),
        take.boolean("silent"),
        take.boolean("opt_out"),
        take.text("icon"),
        MappingProxyType({name: value for name, value in values.items() if value}),
    )


def _check_columns(node: MappingNode, columns: dict[str, str], desk: Desk) -> None:
    for name, kind in columns.items():
        found = text_node(node, name)
        if found is None:
            continue
        text = found.text.strip()
        if kind == "contact_point":
            desk.refer("contact_point", text, found.span)
        elif kind == "number" and not text.lstrip("-").replace(".", "", 1).isdigit():
            desk.tell("Y048", found.span, key=name, text=text)


def _means(node: ScalarNode, desk: Desk) -> str:
    text = node.text.strip()
    known = (*MEANS, *WAYS)
    if text not in known:
        desk.tell("S122", node.span, text=text, guess=guess(text, known), known=", ".join(known))
    return text


def yes_no(unasked: bool) -> OptionList:
    """The built-in options ``ja``, ``nee`` and, silent, ``niet_besproken``."""
    options = [Option(word, say(f"problems_definitions.option.{word}")) for word in ("ja", "nee")]
    if unasked:
        label = say("problems_definitions.option.niet_besproken")
        options.append(Option("niet_besproken", label, silent=True, opt_out=True))
    return OptionList("", tuple(options))


def _span(node: MappingNode, key: str) -> Span:
    found = node.get(key)
    return found.span if found is not None else node.span
