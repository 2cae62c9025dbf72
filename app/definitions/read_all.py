"""What stands in all files together, as far as it can be read?

The passes up to references: syntax, shape, names and types. What is broken is left out; the rest may be looked at,
though only what ``compiler`` passes as whole may run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from app.definitions import privacy, shape
from app.definitions.model.campaigns import Campaign
from app.definitions.model.forms import Form, OptionList
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.reports import Report
from app.definitions.model.source import Source
from app.definitions.model.workflows import ContactPoint, Workflow
from app.definitions.readers.about import Known
from app.definitions.readers.blocks import block_fields
from app.definitions.readers.campaigns import read_campaign
from app.definitions.readers.contact_points import read_contact_points
from app.definitions.readers.desk import Desk, Sheet, mappings, quiet
from app.definitions.readers.fields import read_field
from app.definitions.readers.forms import FormDraft, read_form
from app.definitions.readers.lists import read_list
from app.definitions.readers.reports import read_report
from app.definitions.readers.workflows import read_workflow, reasons_lost, reasons_of
from app.definitions.resolve import FormNames, finish_form, read_retention
from app.definitions.vocabulary_workflows import FILE_KINDS
from app.definitions.yaml_nodes import read

KIND_OF_FOLDER = {
    "blocks": "block",
    "lists": "list",
    "campaigns": "campaign",
    "reports": "report",
    "formdefs": "form",
    "workflows": "workflow",
}
GUESS_ORDER = ("form", "block", "list", "contact_points", "staffing", "campaign", "report", "workflow")

FinishedForm = tuple[FormDraft, Form, FormNames]


@dataclass(frozen=True, slots=True)
class Everything:
    """All that could be read, by id. ``complete`` are the forms with their retention; ``forms`` how they came about.
    Option lists are on the desk."""

    forms: Mapping[str, FinishedForm]
    complete: Mapping[str, Form]
    workflows: Mapping[str, Workflow]
    contact_points: Mapping[str, ContactPoint]
    campaigns: Mapping[str, Campaign]
    reports: Mapping[str, Report]


def read_all(sources: Iterable[Source], desk: Desk) -> Everything:
    """Read all files; their problems, names and lists come to lie on ``desk``."""
    _open(sources, desk)
    _read_lists_and_points(desk)
    points = _contact_points(desk)
    desk.lists.update(_lists(desk))
    _read_blocks(desk)
    forms = _forms(desk)
    known = {draft.form.id: form for draft, form, _ in forms.values()}
    workflows = _workflows(desk, known)
    campaigns = {sheet.id: read_campaign(sheet, known, desk) for sheet in _of_kind(desk, "campaign")}
    found = {name: campaign for name, campaign in campaigns.items() if campaign is not None}
    there = Known(known, workflows, found)
    reports = {sheet.id: read_report(sheet, there, desk) for sheet in _of_kind(desk, "report")}
    return Everything(forms, _complete(forms, desk), workflows, points, found, reports)


def kind_of(path: str, node: MappingNode | None) -> str:
    """What a file defines: by its first key, else by its folder, else by any key that tells; ``""`` unknown."""
    keys = node.keys if node is not None else ()
    if keys and keys[0] in FILE_KINDS:
        return keys[0]
    place = PurePosixPath(path.replace("\\", "/"))
    by_folder = KIND_OF_FOLDER.get(place.parent.name, "")
    if place.name == "contact_points.yaml":
        by_folder = "contact_points"
    if by_folder and (node is None or by_folder in keys or not set(keys) & set(GUESS_ORDER)):
        return by_folder
    return next((kind for kind in GUESS_ORDER if kind in keys), "")


def _open(sources: Iterable[Source], desk: Desk) -> None:
    """Syntax and shape of every file; the sheets that can be read on, and the names of those that cannot."""
    for source in sources:
        node, problems = read(source)
        desk.problems += problems
        kind = kind_of(source.path, node)
        if node is None or not kind:
            desk.broken.add((kind, "" if kind == "contact_points" else PurePosixPath(source.path).stem))
            if node is not None:
                desk.problems.append(shape.unknown_kind(node))
            continue
        shape.check(node, kind, desk.problems)
        _file(Sheet(kind, _own_id(node, kind, source), node, source), desk)


def _own_id(node: MappingNode, kind: str, source: Source) -> str:
    own = node.get(kind)
    if kind == "contact_points" or not isinstance(own, ScalarNode):
        return PurePosixPath(source.path).stem
    return quiet(node).identifier(kind) or PurePosixPath(source.path).stem


def _file(sheet: Sheet, desk: Desk) -> None:
    key = (sheet.kind, sheet.id)
    first = desk.sheets.get(key)
    if first is not None and sheet.kind != "contact_points":
        desk.tell("R221", sheet.node.span, kind=sheet.kind, id=sheet.id, path=first.source.path)
        return
    desk.sheets[key if first is None else (sheet.kind, sheet.source.path)] = sheet
    desk.names.setdefault(sheet.kind, set()).add(sheet.id)


def _of_kind(desk: Desk, kind: str) -> list[Sheet]:
    return [sheet for (found, _), sheet in desk.sheets.items() if found == kind]


def _read_lists_and_points(desk: Desk) -> None:
    """Contact point names first: lists and each other's owners refer to them."""
    for sheet in _of_kind(desk, "contact_points"):
        desk.names.setdefault("contact_point", set()).update(
            entry.key for entry in quiet(sheet.node).entries("contact_points")
        )
    if ("contact_points", "") in desk.broken:
        desk.broken.add(("contact_point", ""))


def _contact_points(desk: Desk) -> dict[str, ContactPoint]:
    points: dict[str, ContactPoint] = {}
    for sheet in _of_kind(desk, "contact_points"):
        found = read_contact_points(sheet, desk)
        for name in points.keys() & found.keys():
            desk.tell("R221", found[name].span, kind="contact_point", id=name, path=points[name].span.path)
        points.update(found)
    return points


def _lists(desk: Desk) -> dict[str, OptionList]:
    return {sheet.id: read_list(sheet.node, desk) for sheet in _of_kind(desk, "list")}


def _read_blocks(desk: Desk) -> None:
    """Blocks on their own, so that one that no form uses is judged too."""
    for sheet in _of_kind(desk, "block"):
        for item in mappings(sheet.node, "fields"):
            if item.entry("use") is not None:
                desk.tell("R222", item.span)
        found = [read_field(item, desk) for item in block_fields(sheet.node).values()]
        desk.unique(
            "field", ((quiet(item).text("field"), item.span) for item in mappings(sheet.node, "fields"))
        )
        for draft in found:
            if draft is not None:
                privacy.check_field(draft.field, desk)


def _forms(desk: Desk) -> dict[str, FinishedForm]:
    found: dict[str, FinishedForm] = {}
    for sheet in _of_kind(desk, "form"):
        draft = read_form(sheet, desk)
        form, names = finish_form(draft, desk)
        found[sheet.id] = (draft, form, names)
    return found


def _workflows(desk: Desk, forms: Mapping[str, Form]) -> dict[str, Workflow]:
    return {sheet.id: read_workflow(sheet, forms, desk) for sheet in _of_kind(desk, "workflow")}


def _complete(forms: Mapping[str, FinishedForm], desk: Desk) -> dict[str, Form]:
    """The forms with their retention, which may ask for the closing reasons of their workflow."""
    complete: dict[str, Form] = {}
    for draft, form, names in forms.values():
        sheet = desk.sheets.get(("workflow", form.workflow))
        reasons = reasons_of(sheet.node, desk) if sheet else None
        if form.workflow and (sheet is None or reasons_lost(sheet.node, desk)):
            names = replace(
                names, desk=Desk()
            )  # nothing is known of the reasons; the workflow is told elsewhere
        complete[form.id] = replace(form, retention=read_retention(draft, names, reasons))
    return complete
