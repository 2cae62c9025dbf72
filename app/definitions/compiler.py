"""How do files become a catalog, or all their problems at once?

Passes: syntax (``yaml_nodes``), shape (``shape``), references and types (``readers``, ``resolve``), graph
(``graph``), proofs (``proofs``), privacy, advice. Each tells all it finds. What is broken is left out of the catalog,
and whatever refers to it is not blamed.

The content hash of a form or workflow is the sha256 of the normalised JSON of its frozen type without places: blocks
and lists are laid in, comments and blank lines do not count, and equal hashes mean equal meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.definitions import privacy, shape
from app.definitions.content_hash import content_hash
from app.definitions.cycles import check_cycles, has_cycle
from app.definitions.graph import check_workflow
from app.definitions.model.catalog import Catalog, Compiled
from app.definitions.model.forms import Form
from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Problem, Severity, Source, Span
from app.definitions.model.staffing_file import StaffingFile
from app.definitions.model.workflows import Workflow
from app.definitions.names import check_dates, check_names
from app.definitions.placeholders import check_form_texts, check_workflow_texts
from app.definitions.proofs.conditions import (
    check_form_conditions,
    check_retention,
    check_workflow_conditions,
)
from app.definitions.proofs.spaces import spaces_of
from app.definitions.reached import check_addresses
from app.definitions.read_all import Everything, FinishedForm, kind_of, read_all
from app.definitions.readers.bonds import check_bonds
from app.definitions.readers.desk import Desk, Sheet, quiet
from app.definitions.readers.holding import check_holding
from app.definitions.readers.staffing import read_staffing
from app.definitions.readers.workflows import walk
from app.definitions.sessions_named import check_sessions
from app.definitions.staffing_checks import prove_staffing
from app.definitions.yaml_nodes import read

__all__ = ["compile_sources", "compile_staffing", "forms_used", "kind_of"]


def compile_sources(sources: Iterable[Source], *, prove: bool = True) -> Compiled:
    """Compile all files together: the catalog of everything without errors, and all problems sorted by place.

    Staffing files among them are checked for shape only; :func:`compile_staffing` proves them against a catalog.
    ``prove=False`` is for what was proved when it was published: it is only read, so that a running case never depends
    on a proof that was sharpened since.
    """
    desk = Desk()
    everything = read_all(sources, desk)
    if prove:
        _check(everything.complete, everything.workflows, everything.forms, desk)
    problems = tuple(sorted(set(desk.problems)))
    return Compiled(_catalog(everything, desk, problems), problems)


def compile_staffing(source: Source, catalog: Catalog) -> tuple[StaffingFile, tuple[Problem, ...]]:
    """One staffing file against the contact points of ``catalog``."""
    node, problems = read(source)
    desk = Desk(problems, {"contact_point": set(catalog.contact_points)})
    if node is None:
        return StaffingFile(""), tuple(problems)
    shape.check(node, "staffing", desk.problems)
    staffing = read_staffing(node, catalog.contact_points, desk)
    return staffing, tuple(sorted(set(prove_staffing(staffing, catalog, desk))))


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
        if not check_cycles(form, desk):
            check_form_conditions(form, desk)
            check_retention(form, sheet.node, desk)
        check_names(form, desk)
        check_holding(form, desk)
        _check_form_and_workflow(form, sheet, workflows, desk)
    sub_cases = {rule.case for workflow in workflows.values() for rule in workflow.also if rule.case}
    for workflow in workflows.values():
        node = desk.sheets[("workflow", workflow.id)].node
        mine = [forms[name] for name in workflow.forms if name in forms]
        sub_case = workflow.id in sub_cases
        spaces = spaces_of(workflow, [form for form in mine if not has_cycle(form)], sub_case=sub_case)
        check_workflow(workflow, node, spaces, desk, sub_case=sub_case)
        check_workflow_texts(workflow, node, mine, spaces, desk)
        check_workflow_conditions(workflow, spaces, desk)
        check_dates(workflow, node, mine, desk)
    check_sessions(forms, workflows, desk)
    check_bonds(forms, workflows, desk)
    check_addresses(workflows, {name: desk.sheets[("workflow", name)].node for name in workflows}, desk)


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


def _catalog(everything: Everything, desk: Desk, problems: tuple[Problem, ...]) -> Catalog:
    """All definitions of which neither their own file nor one they lay in has an error."""
    forms, workflows, points = everything.complete, everything.workflows, everything.contact_points
    campaigns = everything.campaigns
    bad = {found.span.path for found in problems if found.severity is Severity.ERROR}
    sources = {("form", name): _sources_of(("form", name), desk) for name in forms}
    sources |= {("workflow", name): _sources_of(("workflow", name), desk) for name in workflows}
    sources |= {("campaign", name): _sources_of(("campaign", name), desk) for name in campaigns}
    sources |= {("report", name): _sources_of(("report", name), desk) for name in everything.reports}
    good = {key for key, used in sources.items() if not any(source.path in bad for source in used)}
    kept_forms = {name: form for name, form in forms.items() if ("form", name) in good}
    kept_workflows = {
        name: workflow
        for name, workflow in workflows.items()
        if ("workflow", name) in good and forms_used(workflow, desk) <= set(kept_forms)
    }
    kept_campaigns = {
        name: campaign
        for name, campaign in campaigns.items()
        if ("campaign", name) in good and {campaign.sheet, *campaign.opens} <= set(kept_forms)
    }
    lists = {name: found for name, found in desk.lists.items() if found.span.path not in bad}
    kept_reports = {
        name: report
        for name, report in everything.reports.items()
        if ("report", name) in good
        and {*report.forms} <= set(kept_forms)
        and {*report.workflows} <= set(kept_workflows)
    }
    hashes = {("form", name): content_hash(form) for name, form in kept_forms.items()}
    hashes |= {("workflow", name): content_hash(workflow) for name, workflow in kept_workflows.items()}
    hashes |= {("campaign", name): content_hash(campaign) for name, campaign in kept_campaigns.items()}
    hashes |= {("report", name): content_hash(report) for name, report in kept_reports.items()}
    return Catalog(
        MappingProxyType(kept_forms),
        MappingProxyType(kept_workflows),
        MappingProxyType(lists),
        MappingProxyType({name: point for name, point in points.items() if point.span.path not in bad}),
        MappingProxyType(hashes),
        MappingProxyType({key: used for key, used in sources.items() if key in hashes}),
        MappingProxyType(kept_campaigns),
        MappingProxyType(kept_reports),
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
