"""What could come next in a condition?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.definitions.expressions.functions import FUNCTIONS
from app.definitions.known_names import FieldName, Name
from app.definitions.spots import Sort, Suggestion, prefix_of

COMPARED = re.compile(r"([a-z_][\w.]*)\s+(?:is not|is|>=|<=|>|<)\s*$")
LISTED = re.compile(r"([a-z_][\w.]*)\s+(?:not in|in)\s*\[[^\]]*$")
WITHIN = re.compile(r"\bin\s+$")
MARK = re.compile(r"\bmarked\(\s*$")
OVER_ROWS = re.compile(r"\b(?:any|all|count|sum)\(\s*([a-z_][\w.]*)\s*,[^()]*$")
FRESH = re.compile(r"(?:^|[(\[,+*/-]|\b(?:and|or|not))\s*$")
MANY = frozenset({"choices", "tags"})
DATES = frozenset({"date", "partial_date"})
OPERATORS = ("is", "is not", "in", "not in", ">=", "<=", ">", "<", "and", "or")


@dataclass(frozen=True, slots=True)
class Terms:
    """All that may be named. ``rows``: what ``row.`` may be followed by here."""

    fields: tuple[FieldName, ...] = ()
    rows: tuple[FieldName, ...] = ()
    marks: tuple[Name, ...] = ()

    def field(self, name: str) -> FieldName | None:
        """A field by the name it goes by in conditions."""
        if name.startswith("row."):
            return next((item for item in self.rows if item.id == name[4:]), None)
        return next((item for item in self.fields if item.id == name), None)


def conditions(typed: str, terms: Terms) -> Iterator[Suggestion]:
    """Suggestions behind ``typed``, the condition up to the cursor; most likely first."""
    before = typed.lstrip("\"'")
    before = before[: len(before) - len(prefix_of(before))]
    terms = _within_rows(before, terms)
    beside = COMPARED.search(before) or LISTED.search(before)
    if beside is not None:
        yield from _beside(terms.field(beside[1]), terms)
    elif MARK.search(before):
        yield from (Suggestion(name.id, name.id, Sort.NAME) for name in terms.marks)
    elif WITHIN.search(before):
        yield from _fields(terms, only=MANY)
    elif FRESH.search(before):
        yield from _operands(terms)
    else:
        yield from (Suggestion(word, f"{word} ", Sort.WORD) for word in OPERATORS)


def _within_rows(before: str, terms: Terms) -> Terms:
    """Inside ``any(afspraken, …`` a row is one of those."""
    over = OVER_ROWS.search(before)
    owner = terms.field(over[1]) if over else None
    if owner is None:
        return terms
    score = (FieldName("score", type="choice", options=owner.options),) if owner.type == "matrix" else ()
    children = tuple(item for item in owner.children if item.type)
    return Terms(terms.fields, (*score, *children), terms.marks)


def _beside(field: FieldName | None, terms: Terms) -> Iterator[Suggestion]:
    """What may stand beside a field: its options, else what could be compared with it."""
    if field is not None and field.options:
        for option in field.options:
            yield Suggestion(option.id, option.id, Sort.OPTION, about=option.label)
        return
    if field is not None and field.type in DATES:
        yield Suggestion("today", "today", Sort.WORD)
        yield _function("date")
    yield from _fields(terms)


def _operands(terms: Terms) -> Iterator[Suggestion]:
    for item in terms.rows:
        yield Suggestion(f"row.{item.id}", f"row.{item.id}", Sort.FIELD, about=item.label)
    yield from _fields(terms)
    yield from (_function(name) for name in FUNCTIONS)
    yield Suggestion("not", "not ", Sort.WORD)
    for item in terms.fields:
        for option in item.options if item.type in MANY else ():
            inside = f"{option.id} in {item.id}"
            yield Suggestion(inside, inside, Sort.OPTION, about=option.label)


def _fields(terms: Terms, only: frozenset[str] = frozenset()) -> Iterator[Suggestion]:
    for item in terms.fields:
        if item.type != "info" and (not only or item.type in only):
            yield Suggestion(item.id, item.id, Sort.FIELD, about=item.label)


def _function(name: str) -> Suggestion:
    known = FUNCTIONS[name]
    return Suggestion(name, f"{name}(", Sort.FUNCTION, known.doc, known.usage)
