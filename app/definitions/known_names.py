"""Which names has an author given so far, in all files together, whether or not those can be compiled?

From outlines, so that a file with a mistake still lends its names to completion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from app.definitions import outline
from app.definitions.outline import Branch, Leaf, Limb, Row, Twig

YES_NO = ("ja", "nee")
WITH_YES_NO = {"yes_no": YES_NO, "yes_no_unasked": (*YES_NO, "niet_besproken")}
MOST_FIELDS = 2_000


@dataclass(frozen=True, slots=True)
class Name:
    """An id and what it is called."""

    id: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field under its full id. ``options`` are what may stand beside it, ``children`` what a row of it has."""

    id: str
    label: str = ""
    type: str = ""
    options: tuple[Name, ...] = ()
    children: tuple[FieldName, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """All outlines by kind and id; every name below is looked up when it is asked for."""

    files: Mapping[tuple[str, str], Branch] = field(default_factory=dict)

    def of_kind(self, kind: str) -> tuple[Name, ...]:
        """The forms, workflows, blocks or lists there are."""
        return tuple(
            Name(ref, found.text("title")) for (one, ref), found in sorted(self.files.items()) if one == kind
        )

    def contact_points(self) -> tuple[Name, ...]:
        """The names a route may end at."""
        found = self.files.get(("contact_points", "contact_points"))
        return _named(found.get("contact_points")) if found else ()

    def options(self, list_id: str) -> tuple[Name, ...]:
        """The options of a list."""
        found = self.files.get(("list", list_id))
        return _options(found.get("options")) if found else ()

    def fields(self, form_id: str) -> tuple[FieldName, ...]:
        """The fields of a form, those of its blocks laid in."""
        found = self.files.get(("form", form_id))
        return self.fields_in(found) if found else ()

    def block_fields(self, block_id: str) -> tuple[FieldName, ...]:
        """The fields of a block, by their bare ids."""
        found = self.files.get(("block", block_id))
        return tuple(self._listed(found.get("fields"))) if found else ()

    def fields_in(self, form: Branch) -> tuple[FieldName, ...]:
        """The same of an outline at hand, of a form or a block."""
        found: list[FieldName] = []
        for section in branches(form.get("sections")):
            found += self._listed(section.get("fields"))
        found += self._listed(form.get("fields"))
        return tuple(self._with_rows(item, found) for item in found[:MOST_FIELDS])

    def _with_rows(self, item: FieldName, others: list[FieldName]) -> FieldName:
        """``options: {rows: domeinen}`` lends the rows of that matrix."""
        if len(item.options) == 1 and item.options[0].id.startswith(":"):
            wanted = item.options[0].id[1:]
            rows = next((other.children for other in others if other.id == wanted), ())
            names = tuple(Name(row.id, row.label) for row in rows)
            return FieldName(item.id, item.label, item.type, names, item.children)
        return item

    def _listed(self, twig: Twig | None) -> Iterator[FieldName]:
        for item in branches(twig):
            block = item.text("use")
            if block:
                yield from self._laid_in(block, item)
            elif item.text("field"):
                yield self._field(item)

    def _laid_in(self, block: str, use: Branch) -> Iterator[FieldName]:
        prefix = use.text("as") or block
        only = _texts(use.get("fields"))
        for item in self.block_fields(block):
            if not only or item.id in only:
                yield FieldName(f"{prefix}.{item.id}", item.label, item.type, item.options, item.children)

    def _field(self, item: Branch) -> FieldName:
        kind = item.text("type")
        options = tuple(Name(word) for word in WITH_YES_NO.get(kind, ())) or self._choices(item, "options")
        children = tuple(self._listed(item.get("each"))) + tuple(self._listed(item.get("fields")))
        if kind == "matrix":
            children += tuple(FieldName(row.id, row.label) for row in self._choices(item, "rows"))
        return FieldName(item.text("field"), item.text("label"), kind, options, children)

    def _choices(self, item: Branch, key: str) -> tuple[Name, ...]:
        found = item.get(key)
        if isinstance(found, Branch) and (found.text("list") or found.text("rows")):
            only = _texts(found.get("only"))
            if found.text("rows"):
                return (Name(f":{found.text('rows')}"),)
            return tuple(name for name in self.options(found.text("list")) if not only or name.id in only)
        return _options(found)


@dataclass(frozen=True, slots=True)
class FlowNames:
    """The names a workflow gives itself."""

    states: tuple[Name, ...]
    messages: tuple[Name, ...]
    marks: tuple[Name, ...]
    actions: tuple[Name, ...]
    forms: tuple[str, ...]


def flow_names(workflow: Branch) -> FlowNames:
    """Of the outline of a workflow."""
    states = workflow.get("states")
    actions = [workflow.get("anywhere")]
    if isinstance(states, Branch):
        actions += [limb.value.get("actions") for limb in states.limbs if isinstance(limb.value, Branch)]
    buttons = [limb for found in actions if isinstance(found, Branch) for limb in found.limbs]
    marks = dict.fromkeys(
        mark for limb in buttons if isinstance(limb.value, Branch) for mark in _texts(limb.value.get("marks"))
    )
    return FlowNames(
        states=_named(states),
        messages=_named(workflow.get("messages")),
        marks=tuple(Name(mark) for mark in marks),
        actions=tuple(dict.fromkeys(_name(limb) for limb in buttons)),
        forms=_texts(workflow.get("forms")),
    )


def names_of(texts: Mapping[str, str]) -> Names:
    """Of a whole set of files (path -> text); the file that defines something twice counts once."""
    files: dict[tuple[str, str], Branch] = {}
    for path in sorted(texts):
        kind, ref, found = _file(path, texts[path])
        if kind:
            files.setdefault((kind, ref), found)
    return Names(files)


@lru_cache(maxsize=512)
def _file(path: str, text: str) -> tuple[str, str, Branch]:
    found = outline.read(text)
    kind = kind_in(found, path)
    ref = "contact_points" if kind == "contact_points" else found.text(kind) or path.rpartition("/")[2][:-5]
    return kind, ref, found


def kind_in(found: Branch, path: str) -> str:
    """What a file defines: by its keys, else by its folder; ``""`` unknown."""
    kinds = ("form", "workflow", "block", "list", "contact_points", "campaign", "report")
    written = next((kind for kind in kinds if found.keys()[:1] == (kind,)), "")
    if written:
        return written
    if path.endswith("contact_points.yaml"):
        return "contact_points"
    folders = {
        "formdefs/blocks": "block",
        "formdefs/lists": "list",
        "formdefs": "form",
        "workflows/campaigns": "campaign",
        "workflows/reports": "report",
    }
    return {**folders, "workflows": "workflow"}.get(path.rpartition("/")[0], "")


def branches(twig: Twig | None) -> tuple[Branch, ...]:
    """The mappings in a list, or the one alone."""
    items = twig.items if isinstance(twig, Row) else [twig]
    return tuple(item for item in items if isinstance(item, Branch))


def _texts(twig: Twig | None) -> tuple[str, ...]:
    items = twig.items if isinstance(twig, Row) else [twig]
    return tuple(
        item.text
        for item in items
        if isinstance(item, Leaf) and item.text and outline.CURSOR not in item.text
    )


def _named(twig: Twig | None) -> tuple[Name, ...]:
    return tuple(_name(limb) for limb in twig.limbs if limb.done) if isinstance(twig, Branch) else ()


def _name(limb: Limb) -> Name:
    return Name(limb.key, limb.value.text("label") if isinstance(limb.value, Branch) else "")


def _options(twig: Twig | None) -> tuple[Name, ...]:
    """Options as a list of mappings, of words, or as ``id: label``."""
    if isinstance(twig, Row):
        found = (
            Name(item.text("id"), item.text("label"))
            if isinstance(item, Branch)
            else Name(item.text if isinstance(item, Leaf) else "")
            for item in twig.items
        )
        return tuple(name for name in found if name.id and outline.CURSOR not in name.id)
    if isinstance(twig, Branch):
        return tuple(
            Name(limb.key, limb.value.text) if isinstance(limb.value, Leaf) else _name(limb)
            for limb in twig.limbs
            if limb.done and outline.CURSOR not in limb.key
        )
    return ()
