"""What will this file look like, as far as it can be read, whatever is still wrong with it or with others?

A block and a list show themselves in a made-up form. Nothing here may run: only to be looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.definitions.model.forms import Form
from app.definitions.model.reports import Report
from app.definitions.model.source import Problem, Source
from app.definitions.model.workflows import ContactPoint, Workflow
from app.definitions.read_all import read_all
from app.definitions.readers.desk import Desk
from app.definitions.yaml_nodes import read
from app.texts import say

MADE_UP = "zz_voorbeeld"
MADE_UP_PATH = f"formdefs/{MADE_UP}.yaml"


def _nothing() -> Mapping[str, Form]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sketch:
    """``form``: what a form, block or list looks like; ``workflow``; or ``contact_points``. ``forms`` lends titles.

    ``problems`` are those of the file that reading told; the judging passes may find more.
    """

    kind: str
    form: Form | None = None
    workflow: Workflow | None = None
    contact_points: Mapping[str, ContactPoint] = field(default_factory=lambda: MappingProxyType({}))
    forms: Mapping[str, Form] = field(default_factory=_nothing)
    problems: tuple[Problem, ...] = ()
    report: Report | None = None


def sketch(texts: Mapping[str, str], path: str) -> Sketch | None:
    """What the file at ``path`` looks like among ``texts`` (path -> text); ``None`` when its YAML cannot be read."""
    node, _ = read(Source(path, texts[path]))
    if node is None:
        return None
    desk = Desk()
    made_up = _made_up(texts[path], path)
    sources = [Source(name, text) for name, text in sorted(texts.items())]
    everything = read_all([*sources, *made_up], desk)
    here = next((key for key, sheet in desk.sheets.items() if sheet.source.path == path), None)
    if here is None:
        return None
    kind, ref = here
    problems = tuple(sorted({found for found in desk.problems if found.span.path == path}))
    return Sketch(
        kind,
        form=everything.complete.get(ref if kind == "form" else MADE_UP),
        workflow=everything.workflows.get(ref) if kind == "workflow" else None,
        contact_points=everything.contact_points,
        forms=everything.complete,
        problems=problems,
        report=everything.reports.get(ref) if kind == "report" else None,
    )


def _made_up(text: str, path: str) -> list[Source]:
    """A form around a block or a list; nothing for other kinds."""
    desk = Desk()
    read_all([Source(path, text)], desk)
    kind, ref = next(iter(desk.sheets), ("", ""))
    sheet = desk.sheets.get((kind, ref))
    if sheet is None or kind not in ("block", "list"):
        return []
    title = json.dumps(_title(sheet.node.get("title")) or ref, ensure_ascii=False)
    fields = (
        f"[{{use: {ref}}}]"
        if kind == "block"
        else f"[{_choosing('choice', ref)}, {_choosing('choices', ref)}]"
    )
    section = f"sections:\n  - {{section: een, title: {title}, fields: {fields}}}\n"
    return [Source(MADE_UP_PATH, f"form: {MADE_UP}\ntitle: {title}\nkind: action\n{section}")]


def _choosing(kind: str, ref: str) -> str:
    label = json.dumps(say(f"guide.type.{kind}"), ensure_ascii=False)
    return f"{{field: {kind}_van, type: {kind}, options: {{list: {ref}}}, label: {label}, privacy: 0}}"


def _title(node: object) -> str:
    return str(getattr(node, "text", ""))
