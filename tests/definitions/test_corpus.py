"""Does nothing sound raise an alarm, and does the corpus of sound definitions use the whole language?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache

import pytest

from app.definitions.compiler import compile_sources
from app.definitions.expressions.functions import FUNCTIONS
from app.definitions.expressions.parser import ALLOWED
from app.definitions.model.expressions import ArithOp, CompareOp, Condition, RowFunction, ValueType
from app.definitions.model.forms import FieldType, FormKind
from app.definitions.model.workflows import DeadlineKind, Per, TargetKind, Unit
from app.definitions.problems import show
from app.definitions.vocabulary import ROLES
from app.definitions.vocabulary_workflows import NODES
from tests.definitions.corpus import sets
from tests.support.definition_sets import problems_of
from tests.support.vocabulary_used import used_in

SETS = sets()
AT_LEAST = 60
LISTS_OF_PEOPLE = {
    ("worker", "roles"),
    ("form", "audience"),
    ("report", "audience"),
    ("field", "required_for"),
    ("change", "required_for"),
    ("session_list", "audience"),
    ("campaign_batches", "to"),
}
"""Closed lists of roles: which of them somebody names says nothing about the language."""
ENUMS = (ArithOp, CompareOp, DeadlineKind, FieldType, FormKind, Per, RowFunction, TargetKind, Unit)


@pytest.mark.parametrize("name", SETS)
def test_what_is_sound_raises_no_alarm(name: str) -> None:
    assert [show(found) for found in problems_of(SETS[name])] == []


def test_the_corpus_is_large_enough() -> None:
    assert len(SETS) >= AT_LEAST


def test_the_corpus_uses_every_key() -> None:
    every = {(name, key) for name, words in NODES.items() for key in words.keys}
    assert sorted(every - {(node, key) for node, key, _ in _used()}) == []


def test_the_corpus_uses_every_word_of_every_closed_list() -> None:
    every = {
        (name, key.name, word)
        for name, words in NODES.items()
        for key in words.keys.values()
        for word in key.choices
        if (name, key.name) not in LISTS_OF_PEOPLE and name != "change"
    }
    assert sorted(every - _used()) == []
    assert {word for _, _, word in _used()} & set(ROLES)


def test_the_corpus_uses_every_function_and_operator() -> None:
    trees = [ast.parse(f"({found.source}\n)", mode="eval") for found in _conditions()]
    parts = [part for tree in trees for part in ast.walk(tree)]
    called = {ast.unparse(part.func) for part in parts if isinstance(part, ast.Call)}
    assert sorted(set(FUNCTIONS) - called) == []
    assert [kind.__name__ for kind in ALLOWED if not any(isinstance(part, kind) for part in parts)] == []


def test_the_corpus_compares_every_type_of_value() -> None:
    types = {found.type for found in _conditions()} | {
        part for part in _seen() if isinstance(part, ValueType)
    }
    assert sorted(set(ValueType) - types) == []


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_the_corpus_has_one_of_each(kind: type[Enum]) -> None:
    assert [one for one in kind if one not in _seen()] == []


@cache
def _used() -> frozenset[tuple[str, str, str]]:
    return frozenset(found for files in SETS.values() for source in files for found in used_in(source))


@cache
def _conditions() -> tuple[Condition, ...]:
    return tuple(part for part in _parts() if isinstance(part, Condition))


@cache
def _seen() -> frozenset[Enum]:
    return frozenset(part for part in _parts() if isinstance(part, Enum))


@cache
def _parts() -> tuple[object, ...]:
    """Everything in the compiled corpus: dataclasses, their parts, and what those hold."""
    found: list[object] = []
    for files in SETS.values():
        catalog = compile_sources(files, prove=False).catalog
        for group in (catalog.forms, catalog.workflows, catalog.contact_points, catalog.reports):
            for definition in group.values():
                found += _within(definition)
    return tuple(found)


def _within(part: object) -> Iterator[object]:
    yield part
    if is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from _within(getattr(part, field.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _within(item)
    elif hasattr(part, "values"):
        for item in part.values():
            yield from _within(item)
