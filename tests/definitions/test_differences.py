"""Is everything that changes in a definition told, in words an administrator uses, and nothing else?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest

from app.definitions.compiler import compile_sources
from app.definitions.content_hash import normalised
from app.definitions.differences import (
    catalog_differences,
    differences,
    text_of,
)
from app.definitions.model.catalog import Catalog
from app.definitions.model.source import Source
from app.definitions.model.workflows import ContactPoint
from tests.support.shipped import catalog, sources


def _edited(path: str = "", old: str = "", new: str = "") -> Catalog:
    """The shipped set with words of one file replaced."""
    texts = {source.path: str(source.text) for source in sources()}
    if path:
        assert old in texts[path]
        texts[path] = texts[path].replace(old, new, 1)
    compiled = compile_sources([Source(name, text) for name, text in texts.items()])
    assert compiled.ok, compiled.problems
    return compiled.catalog


def told(kind: str, ref: str, after: Catalog) -> list[str]:
    before, new = getattr(catalog(), kind)[ref], getattr(after, kind)[ref]
    return [text_of(found) for found in differences(before, new)]


def test_a_set_beside_itself_has_no_differences() -> None:
    assert catalog_differences(catalog(), _edited()) == ()


def test_what_the_issue_asks_for_is_said_in_those_words() -> None:
    card = catalog().forms["doorverwijskaart"]
    field = card.field("toelichting")
    assert field is not None
    section = next(item for item in card.sections if field in item.fields)
    stricter = replace(field, required=True, privacy=field.privacy + 1)
    swapped = tuple(stricter if item is field else item for item in section.fields)
    sections = tuple(replace(item, fields=swapped) if item is section else item for item in card.sections)
    lines = [text_of(item) for item in differences(card, replace(card, sections=sections))]
    assert lines == [
        f"veld 'toelichting': privacyklasse van {field.privacy} naar {field.privacy + 1} (strenger)",
        "veld 'toelichting' is nu verplicht",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "deadline: 3 working days",
            "deadline: 5 working days",
            "stap 'toegewezen': termijn van 3 naar 5 werkdagen",
        ),
        (
            "label: Toegewezen",
            "label: Bij jou",
            "stap 'toegewezen': heette “Toegewezen” en heet nu “Bij jou”",
        ),
    ],
)
def test_a_change_in_a_file_is_said(old: str, new: str, line: str) -> None:
    assert told(
        "workflows", "warme_doorverwijzing", _edited("workflows/warme_doorverwijzing.yaml", old, new)
    ) == [line]


def test_a_rule_that_comes_first_is_one_difference() -> None:
    flow = catalog().workflows["warme_doorverwijzing"]
    first = flow.route[0]
    copied = replace(first, target=replace(first.target, name="onthaal"))
    shifted = tuple(replace(rule, number=rule.number + 1) for rule in flow.route)
    lines = [text_of(item) for item in differences(flow, replace(flow, route=(copied, *shifted)))]
    assert len(lines) == 1
    assert lines[0].startswith("route, regel 1: regel erbij: ")


def test_rules_that_change_places_are_told_as_moved() -> None:
    flow = catalog().workflows["warme_doorverwijzing"]
    one, two, *others = flow.route
    swapped = (replace(two, number=1), replace(one, number=2), *others)
    found = differences(flow, replace(flow, route=swapped))
    assert [item.code for item in found] == ["moved"]


def test_a_field_that_goes_to_another_section_is_told_once() -> None:
    card = catalog().forms["doorverwijskaart"]
    first, second, *others = card.sections
    moved = second.fields[0]
    sections = (
        replace(first, fields=(*first.fields, moved)),
        replace(second, fields=second.fields[1:]),
        *others,
    )
    (line,) = [text_of(item) for item in differences(card, replace(card, sections=sections))]
    assert line == f"veld '{moved.id}' verhuist van onderdeel ‘{second.id}’ naar ‘{first.id}’"


def test_options_that_come_go_and_change_name_are_told_by_their_label() -> None:
    card = catalog().forms["doorverwijskaart"]
    field = card.field("dringend")
    assert field is not None
    assert field.options is not None
    first, second, *others = field.options.options
    options = (replace(first, label="Zeker"), replace(second, id="anders", label="Anders"), *others)
    swapped = replace(field, options=replace(field.options, options=options))
    sections = tuple(
        replace(part, fields=tuple(swapped if item is field else item for item in part.fields))
        for part in card.sections
    )
    lines = [text_of(item) for item in differences(card, replace(card, sections=sections))]
    assert lines == [
        f"veld 'dringend': antwoord weg: {second.label} ({second.id})",
        f"veld 'dringend', antwoord '{first.id}': heette “{first.label}” en heet nu “Zeker”",
        "veld 'dringend': antwoord erbij: Anders (anders)",
    ]


def test_contact_points_and_what_came_or_went_are_told_for_a_set() -> None:
    before = catalog()
    points = {**before.contact_points, "nieuw": ContactPoint("nieuw", "Nieuw punt")}
    forms = {name: form for name, form in before.forms.items() if name != "contactpoging"}
    after = replace(before, forms=forms, contact_points=points)
    found = [(item.kind, item.ref, item.code) for item in catalog_differences(before, after)]
    assert found == [("form", "contactpoging", "removed"), ("contact_point", "nieuw", "added")]


# Complete over the model -------------------------------------------------------------------------------------

Build = Callable[[Any], Any]


def _leaves(value: Any, build: Build) -> Iterator[tuple[str, Any, Build]]:
    """Every attribute at any depth: what it is called, its value, and how to make the whole with another value."""
    if is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            if part.name != "span":
                own = getattr(value, part.name)
                into = _into_attribute(build, value, part.name)
                yield f"{type(value).__name__}.{part.name}", own, into
                yield from _leaves(own, into)
    elif isinstance(value, Mapping):
        for key in value:
            yield from _leaves(value[key], _into_key(build, value, key))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _leaves(item, _into_place(build, value, place))


def _into_attribute(build: Build, value: Any, name: str) -> Build:
    return lambda new: build(replace(value, **{name: new}))


def _into_key(build: Build, value: Mapping[Any, Any], key: Any) -> Build:
    return lambda new: build(MappingProxyType({**value, key: new}))


def _into_place(build: Build, value: tuple[Any, ...], place: int) -> Build:
    return lambda new: build((*value[:place], new, *value[place + 1 :]))


def _others(value: Any, known: list[Any]) -> Iterator[Any]:
    """Other values an attribute could have: a neighbour of this one, and what it is elsewhere."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Enum):
        yield next(item for item in type(value) if item is not value)
    elif isinstance(value, int | Decimal):
        yield value + 1
    elif isinstance(value, str):
        yield f"{value}x"
    elif isinstance(value, tuple) and value:
        yield value[1:]
        yield value[::-1]
        if not hasattr(value[0], "id"):
            yield (*value, value[0])
    elif isinstance(value, Mapping) and value:
        yield MappingProxyType(dict(list(value.items())[1:]))
        yield MappingProxyType(dict(list(value.items())[::-1]))
    yield from [item for item in known if item != value][:2]


def _definitions() -> list[tuple[str, Any]]:
    shipped = catalog()
    return [
        *((f"form {name}", form) for name, form in shipped.forms.items()),
        *((f"workflow {name}", flow) for name, flow in shipped.workflows.items()),
        *((f"point {name}", point) for name, point in shipped.contact_points.items()),
    ]


@cache
def _pool() -> dict[str, list[Any]]:
    """What each attribute is anywhere in the shipped definitions: some of it, nothing too."""
    pool: dict[str, list[Any]] = defaultdict(list)
    for _, definition in _definitions():
        for name, value, _ in _leaves(definition, lambda new: new):
            if len(pool[name]) < 4 and value not in pool[name]:
                pool[name].append(value)
    return pool


@pytest.mark.parametrize("name", [name for name, _ in _definitions()])
def test_whatever_attribute_changes_is_told(name: str) -> None:
    definition = dict(_definitions())[name]
    pool = _pool()
    untold = []
    for subject, value, build in _leaves(definition, lambda new: new):
        for other in _others(value, pool[subject]):
            changed = build(other)
            if changed == definition or normalised(other) == normalised(value):
                continue  # nothing, or nothing but a place in a file
            found = differences(definition, changed)
            if not found or not all(text_of(item) for item in found):
                untold.append((subject, value, other))
    assert untold == []
