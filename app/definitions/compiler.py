"""How do files become a catalog, or all their problems at once?

Passes: syntax (``yaml_nodes``), shape (``shape``), references and types (``readers``, ``resolve``), graph
(``graph``), proofs (``proofs``), privacy, advice. Each tells all it finds. What is broken is left out of the catalog,
and whatever refers to it is not blamed.

The content hash of a form or workflow is the sha256 of the normalised JSON of its frozen type without places: blocks
and lists are laid in, comments and blank lines do not count, and equal hashes mean equal meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType

from app.definitions import privacy, shape
from app.definitions.content_hash import content_hash
from app.definitions.cycles import check_cycles
from app.definitions.graph import check_workflow
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.forms import Form, OptionList
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.source import Problem, Severity, Source, Span
from app.definitions.model.staffing_file import StaffingFile
from app.definitions.model.workflows import ContactPoint, Workflow
from app.definitions.names import check_dates, check_names
from app.definitions.placeholders import check_form_texts, check_workflow_texts
from app.definitions.proofs import check_form_conditions, check_workflow_conditions
from app.definitions.readers.blocks import block_fields
from app.definitions.readers.contact_points import read_contact_points
from app.definitions.readers.desk import Desk, Sheet, mappings, quiet
from app.definitions.readers.fields import read_field
from app.definitions.readers.forms import FormDraft, read_form
from app.definitions.readers.lists import read_list
from app.definitions.readers.staffing import read_staffing
from app.definitions.readers.workflows import read_workflow, reasons_lost, reasons_of, walk
from app.definitions.resolve import FormNames, finish_form, read_retention
from app.definitions.vocabulary_workflows import FILE_KINDS
from app.definitions.yaml_nodes import read

KIND_OF_FOLDER = {"blocks": "block", "lists": "list", "formdefs": "form", "workflows": "workflow"}
GUESS_ORDER = ("form", "block", "list", "contact_points", "staffing", "workflow")


def compile_sources(sources: Iterable[Source]) -> Compiled:
    """Compile all files together: the catalog of everything without errors, and all problems sorted by place.

    Staffing files among them are checked for shape only; :func:`compile_staffing` proves them against a catalog.
    """
    desk = Desk()
    _open(sources, desk)
    _read_lists_and_points(desk)
    points = _contact_points(desk)
    desk.lists.update(_lists(desk))
    _read_blocks(desk)
    forms = _forms(desk)
    workflows = _workflows(desk, {draft.form.id: form for draft, form, _ in forms.values()})
    complete = _complete(forms, desk)
    _check(complete, workflows, forms, desk)
    problems = tuple(sorted(set(desk.problems)))
    return Compiled(_catalog(complete, workflows, points, desk, problems), problems)


def compile_staffing(source: Source, catalog: Catalog) -> tuple[StaffingFile, tuple[Problem, ...]]:
    """One staffing file against the contact points of ``catalog``."""
    node, problems = read(source)
    desk = Desk(problems, {"contact_point": set(catalog.contact_points)})
    if node is None:
        return StaffingFile(""), tuple(problems)
    shape.check(node, "staffing", desk.problems)
    staffing = read_staffing(node, catalog.contact_points, desk)
    return staffing, tuple(sorted(set(desk.problems)))


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
                desk.tell("S100", node.span, kinds=", ".join(FILE_KINDS))
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
            "veld", ((quiet(item).text("field"), item.span) for item in mappings(sheet.node, "fields"))
        )
        for draft in found:
            if draft is not None:
                privacy.check_field(draft.field, desk)


FinishedForm = tuple[FormDraft, Form, FormNames]


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


def _check(
    forms: Mapping[str, Form],
    workflows: Mapping[str, Workflow],
    finished: Mapping[str, FinishedForm],
    desk: Desk,
) -> None:
    """Graph, proofs, privacy and advice over all that could be read."""
    for form in forms.values():
        sheet = finished[form.id][0].sheet
        privacy.check_form(form, sheet.node, desk)
        check_form_texts(form, desk)
        check_form_conditions(form, desk)
        check_cycles(form, desk)
        check_names(form, desk)
        _check_form_and_workflow(form, sheet, workflows, desk)
    sub_cases = {rule.case for workflow in workflows.values() for rule in workflow.also if rule.case}
    for workflow in workflows.values():
        node = desk.sheets[("workflow", workflow.id)].node
        mine = [forms[name] for name in workflow.forms if name in forms]
        check_workflow(workflow, node, desk, sub_case=workflow.id in sub_cases)
        check_workflow_texts(workflow, node, mine, desk)
        check_workflow_conditions(workflow, desk)
        check_dates(workflow, node, mine, desk)


def _check_form_and_workflow(form: Form, sheet: Sheet, workflows: Mapping[str, Workflow], desk: Desk) -> None:
    span = _span(sheet.node, "workflow")
    if not form.workflow:
        if form.kind == "case":
            desk.tell("G440", form.span, form=form.id)
        return
    if not desk.refer("workflow", form.workflow, span):
        return
    workflow = workflows.get(form.workflow)
    listed = quiet(desk.sheets[("workflow", form.workflow)].node).texts("forms") if workflow else (form.id,)
    if listed and form.id not in listed:
        desk.tell("G441", span, form=form.id, workflow=form.workflow)


def _span(node: MappingNode, key: str) -> Span:
    found = node.get(key)
    return found.span if found is not None else node.span


def _catalog(
    forms: Mapping[str, Form],
    workflows: Mapping[str, Workflow],
    points: Mapping[str, ContactPoint],
    desk: Desk,
    problems: tuple[Problem, ...],
) -> Catalog:
    """All definitions of which neither their own file nor one they lay in has an error."""
    bad = {found.span.path for found in problems if found.severity is Severity.ERROR}
    sources = {("form", name): _sources_of(("form", name), desk) for name in forms}
    sources |= {("workflow", name): _sources_of(("workflow", name), desk) for name in workflows}
    good = {key for key, used in sources.items() if not any(source.path in bad for source in used)}
    kept_forms = {name: form for name, form in forms.items() if ("form", name) in good}
    kept_workflows = {
        name: workflow
        for name, workflow in workflows.items()
        if ("workflow", name) in good and forms_used(workflow, desk) <= set(kept_forms)
    }
    lists = {name: found for name, found in desk.lists.items() if found.span.path not in bad}
    hashes = {("form", name): content_hash(form) for name, form in kept_forms.items()}
    hashes |= {("workflow", name): content_hash(workflow) for name, workflow in kept_workflows.items()}
    return Catalog(
        MappingProxyType(kept_forms),
        MappingProxyType(kept_workflows),
        MappingProxyType(lists),
        MappingProxyType({name: point for name, point in points.items() if point.span.path not in bad}),
        MappingProxyType(hashes),
        MappingProxyType({key: used for key, used in sources.items() if key in hashes}),
    )


def forms_used(workflow: Workflow, desk: Desk) -> set[str]:
    """The forms that a workflow's file names: those it is about and those behind its buttons."""
    node = desk.sheets[("workflow", workflow.id)].node
    buttons = {quiet(item).text(key) for item in walk(node) for key in ("form", "open_form")}
    return (buttons - {""}) | set(quiet(node).texts("forms"))


def _sources_of(key: tuple[str, str], desk: Desk) -> tuple[Source, ...]:
    """The file of a definition, then the blocks and lists laid into it, each once."""
    found: dict[str, Source] = {}
    waiting = [key]
    while waiting:
        sheet = desk.sheets.get(waiting.pop(0))
        if sheet is None or sheet.source.path in found:
            continue
        found[sheet.source.path] = sheet.source
        waiting += _laid_in(sheet.node)
    return tuple(found.values())


def _laid_in(node: MappingNode) -> list[tuple[str, str]]:
    laid: list[tuple[str, str]] = []
    for item in walk(node):
        for key, kind in (("use", "block"), ("list", "list")):
            if item is not node and item.entry(key) is not None:
                laid.append((kind, quiet(item).text(key)))
    return laid
