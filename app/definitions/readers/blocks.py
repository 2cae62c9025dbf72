"""How is a block laid into a form: its fields, under a prefix, with the changes the form makes?"""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.model.nodes import Entry, MappingNode
from app.definitions.model.source import NOWHERE, Span
from app.definitions.readers.desk import Desk, mappings, named, quiet, text_node
from app.definitions.shape import check_changes


@dataclass(frozen=True, slots=True)
class Placed:
    """One field node where it will stand; ``prefix`` and ``block`` are empty for a field of the form itself."""

    node: MappingNode
    prefix: str = ""
    block: str = ""
    left_out: frozenset[str] = frozenset()
    used_at: Span = NOWHERE


def lay_out(section: MappingNode, desk: Desk) -> list[Placed]:
    """The fields of a section in page order, blocks laid in."""
    placed: list[Placed] = []
    for item in mappings(section, "fields"):
        placed += _lay_block(item, desk) if item.entry("use") is not None else [Placed(item)]
    return placed


def block_fields(node: MappingNode) -> dict[str, MappingNode]:
    """The fields of a ``block:`` file by bare id."""
    found = {quiet(item).text("field"): item for item in mappings(node, "fields")}
    return {name: item for name, item in found.items() if name}


def _lay_block(use: MappingNode, desk: Desk) -> list[Placed]:
    name = quiet(use).text("use")
    prefix = quiet(use).identifier("as") or name
    found = text_node(use, "use")
    sheet = desk.sheets.get(("block", name))
    if sheet is None:
        if found is not None:
            desk.refer("block", name, found.span)
            desk.lost.add(f"{prefix}.")
        return []
    fields = block_fields(sheet.node)
    changes = _changes(use, fields, desk)
    wanted = _wanted(use, fields, desk)
    left_out = frozenset(fields) - set(wanted)
    used_at = found.span if found is not None else use.span
    return [
        Placed(_changed(fields[bare], changes.get(bare)), prefix, prefix, left_out, used_at)
        for bare in wanted
    ]


def _wanted(use: MappingNode, fields: dict[str, MappingNode], desk: Desk) -> list[str]:
    """The bare ids to lay in, in the order of ``fields:`` when that is written."""
    listed = quiet(use).scalars("fields")
    for item in listed:
        desk.refer("field", item.text.strip(), item.span, fields)
    desk.unique("field", ((item.text.strip(), item.span) for item in listed))
    kept = [item.text.strip() for item in listed if item.text.strip() in fields]
    return list(dict.fromkeys(kept)) if use.get("fields") is not None else list(fields)


def _changes(use: MappingNode, fields: dict[str, MappingNode], desk: Desk) -> dict[str, MappingNode]:
    changes: dict[str, MappingNode] = {}
    for bare, span, change in named(use, "change"):
        if desk.refer("field", bare, span, fields):
            changes[bare] = change
            check_changes(fields[bare], change, desk.problems)
    return changes


def _changed(node: MappingNode, change: MappingNode | None) -> MappingNode:
    """The field with the changed keys replaced in place, new ones behind."""
    if change is None:
        return node
    new = {entry.key: entry for entry in change.entries}
    entries: list[Entry] = [new.pop(entry.key, entry) for entry in node.entries]
    return MappingNode((*entries, *new.values()), node.span, node.flow)
