"""What is in the table that both evaluators must agree with, and how does each case read?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.definitions.expressions import Named, Scope, case_facts, fields_of, named, read
from app.definitions.model.expressions import Condition, ValueType
from app.definitions.model.forms import FieldType, Option, OptionList
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import Problem, Span
from app.definitions.problems import show
from app.engine.model.answers import Consent, PartialDate

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "conformance" / "expressions.json").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table; ``answers`` as canonical JSON, ``expect`` with numbers and dates as text."""

    number: int
    why: str
    expr: str
    answers: Mapping[str, Any]
    expect: object
    today: str
    marks: tuple[str, ...]
    facts: Mapping[str, str]
    inside: str
    row: Mapping[str, Any] | None

    @property
    def name(self) -> str:
        """What the test is called."""
        return f"{self.number}: {self.expr} [{self.why}]"

    def condition(self) -> Condition:
        """The checked expression."""
        problems: list[Problem] = []
        scope = SCOPE.inside(self.inside) if self.inside else SCOPE
        expected = ValueType.BOOLEAN if isinstance(self.expect, bool) else None
        found = read(
            ScalarNode(self.expr, Span("table", self.number, 1), exact=True), scope, expected, problems
        )
        assert found is not None, [show(problem) for problem in problems]
        return found

    def values(self) -> dict[str, object]:
        """The answers as the engine holds them."""
        return {name: value_of(KINDS.get(name), value) for name, value in self.answers.items()}


def value_of(kind: FieldType | None, value: Any) -> Any:
    """A canonical JSON value as the engine's own type."""
    if isinstance(value, list):
        return tuple(_row(item) if isinstance(item, dict) else item for item in value)
    if kind is FieldType.CONSENT:
        return Consent(bool(value), "tekst")
    if kind in (FieldType.DECIMAL, FieldType.INTEGER):
        return Decimal(value)
    if kind in (FieldType.DATE, FieldType.PARTIAL_DATE):
        return PartialDate(*(int(part) for part in value.split("-")))
    return value


def _row(row: dict[str, Any]) -> dict[str, object]:
    children = TABLE["fields"]["afspraken"]["children"]
    return {name: value_of(FieldType(children[name]["type"]), value) for name, value in row.items()}


def _options(spec: Mapping[str, Any]) -> OptionList | None:
    if "options" not in spec:
        return None
    silent, opt_out = spec.get("silent", ()), spec.get("opt_out", ())
    options = tuple(
        Option(option, option, silent=option in silent, opt_out=option in opt_out)
        for option in spec["options"]
    )
    return OptionList("", options, ordered=spec.get("ordered", False))


def _named(spec: Mapping[str, Any]) -> Named:
    rows = tuple(Option(row["id"], row["label"], columns=row["columns"]) for row in spec.get("rows", ()))
    children = {name: _named(child) for name, child in spec.get("children", {}).items()}
    return named(FieldType(spec["type"]), _options(spec), OptionList("", rows) if rows else None, children)


def _scope() -> Scope:
    fields: dict[str, Named] = {}
    for name, spec in TABLE["fields"].items():
        fields.update(fields_of(name, _named(spec)))
    reasons = OptionList("", tuple(Option(reason, reason) for reason in TABLE["reasons"]))
    return Scope(fields, frozenset(TABLE["marks"]), case_facts(reasons))


def _case(number: int, line: Mapping[str, Any]) -> Case:
    return Case(
        number,
        line["why"],
        line["expr"],
        line["answers"],
        line["expect"],
        line.get("today", TABLE["today"]),
        tuple(line.get("marks", ())),
        line.get("facts", {}),
        line.get("inside", ""),
        line.get("row"),
    )


KINDS = {name: FieldType(spec["type"]) for name, spec in TABLE["fields"].items()}
SCOPE = _scope()
CASES = tuple(_case(number, line) for number, line in enumerate(TABLE["cases"], 1))
