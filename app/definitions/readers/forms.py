"""How does a ``form:`` file become a draft: all of it but its expressions?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.definitions.model.forms import Example, FieldType, Form, FormKind, Section
from app.definitions.model.nodes import MappingNode, Node, ScalarNode
from app.definitions.model.source import Span
from app.definitions.model.workflows import Unit
from app.definitions.readers.blocks import Placed, lay_out
from app.definitions.readers.desk import Desk, Sheet, key_span, mappings, quiet, text_node, words
from app.definitions.readers.fields import WITH_OPTIONS, Draft, read_field
from app.definitions.readers.openings import read_opens
from app.definitions.readers.tags import not_of_an_action, read_offered, read_tags
from app.definitions.yaml_nodes import plain

MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?")
NUMBER_PARTS = frozenset({"year", "seq"})
BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A section with the drafts of its fields and the node of its ``show_if``."""

    section: Section
    fields: tuple[Draft, ...]
    show_if: ScalarNode | None


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form as far as it can be known without its expressions; ``form`` has no conditions, rules or retention."""

    sheet: Sheet
    form: Form
    sections: tuple[SectionDraft, ...]

    def fields(self) -> tuple[Draft, ...]:
        """All drafts of top-level fields in page order."""
        return tuple(draft for section in self.sections for draft in section.fields)


def read_form(sheet: Sheet, desk: Desk) -> FormDraft:
    """Read a form; tells unknown blocks and lists, double ids, numbers and examples that do not fit."""
    node, take = sheet.node, quiet(sheet.node)
    sections = tuple(_section(item, desk) for item in mappings(node, "sections"))
    sections = _with_meaning(sections)
    drafts = [draft for section in sections for draft in section.fields]
    desk.unique("section", ((draft.section.id, draft.section.span) for draft in sections))
    desk.unique("field", ((draft.field.id, draft.field.span) for draft in drafts))
    remind, delete = _draft_terms(node, desk)
    if _kind(node) is FormKind.ACTION:
        not_of_an_action(node, desk)
    form = Form(
        id=sheet.id,
        title=take.text("title"),
        sections=tuple(draft.section for draft in sections),
        kind=_kind(node),
        intro=take.text("intro"),
        audience=take.texts("audience"),
        address_form=take.one_of("address_form", ["je", "u"], "je"),
        controller=take.text("controller"),
        legal_basis=MappingProxyType(dict(words(node, "legal_basis"))),
        workflow=take.text("workflow"),
        number=read_number(node, desk),
        draft_remind_working_days=remind,
        draft_delete_days=delete,
        examples=tuple(_example(item, desk) for item in mappings(node, "examples")),
        tags=read_tags(node, desk),
        offered=read_offered(node),
        opens=read_opens(node, _kind(node), desk),
        span=key_span(node, "form"),
    )
    return FormDraft(sheet, form, sections)


def _kind(node: MappingNode) -> FormKind:
    if node.entry("unlinked") is not None:
        return FormKind.SHEET
    return FormKind.ACTION if quiet(node).text("kind") == "action" else FormKind.CASE


def _section(node: MappingNode, desk: Desk) -> SectionDraft:
    take = quiet(node)
    placed: list[Placed] = lay_out(node, desk)
    found = [(item, _read_placed(item, desk)) for item in placed]
    drafts = tuple(draft for _, draft in found if draft is not None)
    desk.lost.update(name for item, draft in found for name in _lost_names(item, draft))
    section = Section(
        take.text("section"),
        take.text("title"),
        tuple(draft.field for draft in drafts),
        take.text("help"),
        span=key_span(node, "section"),
    )
    return SectionDraft(section, drafts, text_node(node, "show_if"))


def _read_placed(item: Placed, desk: Desk) -> Draft | None:
    draft = read_field(item.node, desk, prefix=item.prefix, block=item.block)
    return replace(draft, left_out=item.left_out, used_at=item.used_at) if draft is not None else None


def _lost_names(item: Placed, draft: Draft | None) -> tuple[str, ...]:
    """The names that a field would have had, if its type or rows had been readable."""
    bare = quiet(item.node).text("field")
    full = f"{item.prefix}.{bare}" if item.prefix else bare
    if draft is None:
        return tuple({bare, full, f"{full}."} - {"", "."})
    if _options_lost(draft):
        return (bare, full, f"{full}.", "row.score")
    rows_lost = draft.field.type is FieldType.MATRIX and draft.field.rows is None
    return (bare, full, f"{full}.") if rows_lost else ()


def _options_lost(draft: Draft) -> bool:
    field = draft.field
    written = draft.node.entry("options") is not None and field.type in WITH_OPTIONS
    return written and field.options is None and not field.options_from_rows


def _with_meaning(sections: tuple[SectionDraft, ...]) -> tuple[SectionDraft, ...]:
    """The first neighbourhood field means ``case.neighbourhood`` unless a field says that already."""
    fields = [draft.field for section in sections for draft in section.fields]
    if any(item.means == "case.neighbourhood" for item in fields):
        return sections
    places = (item.id for item in fields if item.type is FieldType.NEIGHBOURHOOD and not item.means)
    first = next(places, None)
    return tuple(
        replace(
            section,
            fields=tuple(
                replace(draft, field=replace(draft.field, means="case.neighbourhood"))
                if draft.field.id == first
                else draft
                for draft in section.fields
            ),
        )
        for section in sections
    )


def read_number(node: MappingNode, desk: Desk) -> str:
    """``number:`` of a form or workflow, such as ``BI-{year}-{seq}``; ``S140`` when it cannot tell cases apart."""
    found = text_node(node, "number")
    if found is None:
        return ""
    parts = BRACES.findall(found.text)
    if "seq" not in parts or set(parts) - NUMBER_PARTS:
        desk.tell("S140", found.span, text=found.text)
    return found.text.strip()


def _draft_terms(node: MappingNode, desk: Desk) -> tuple[int | None, int]:
    written = node.get("draft")
    if not isinstance(written, MappingNode):
        return None, 30
    take = quiet(written)
    remind, delete = take.duration("remind"), take.duration("delete")
    for key, found, unit in (("remind", remind, Unit.WORKING_DAYS), ("delete", delete, Unit.CALENDAR_DAYS)):
        scalar = text_node(written, key)
        if scalar is not None and (found is None or found.unit is not unit):
            desk.tell("S141", scalar.span, key=key, unit=unit.value, text=scalar.text)
    return remind.amount if remind else None, delete.amount if delete else 30


def _example(node: MappingNode, desk: Desk) -> Example:
    take = quiet(node)
    at = text_node(node, "at")
    if at is not None and not MOMENT.fullmatch(at.text.strip()):
        desk.tell("S142", at.span, text=at.text)
    acts = node.get("act")
    listed = plain(acts) if acts is not None else []
    return Example(
        take.text("name"),
        _free(node.get("answers")),
        at.text.strip() if at else "",
        _free(node.get("expect")),
        take.text("municipality") or "zandlede",
        tuple(MappingProxyType(item) for item in listed if isinstance(item, dict))
        if isinstance(listed, list)
        else (),
        key_span(node, "name"),
    )


def _free(node: Node | None) -> MappingProxyType[str, object]:
    found = plain(node) if isinstance(node, MappingNode) else {}
    return MappingProxyType(found if isinstance(found, dict) else {})


def judged_nodes(node: MappingNode, key: str, asks: str) -> tuple[tuple[MappingNode, ScalarNode], ...]:
    """The ``rules:`` or ``warn:`` (``key``) of a form that have a condition to read, under ``asks``."""
    found = ((item, text_node(item, asks)) for item in mappings(node, key))
    return tuple((item, condition) for item, condition in found if condition is not None)


def place_of(node: MappingNode) -> Span:
    """Where a rule says its message should stand."""
    return key_span(node, "at")
