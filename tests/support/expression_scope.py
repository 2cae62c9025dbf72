"""A scope with a field of every kind, for trying expressions."""

from __future__ import annotations

from app.definitions.expressions import Scope, read, scope_of
from app.definitions.model.expressions import Condition, ValueType
from app.definitions.model.forms import Field, FieldType, Option, OptionList
from app.definitions.model.nodes import ScalarNode
from app.definitions.model.source import Problem, Span


def options(*ids: str, ordered: bool = False) -> OptionList:
    """A list of options whose label is their id; niet_besproken is silent."""
    return OptionList("", tuple(Option(id_, id_, silent=id_ == "niet_besproken") for id_ in ids), ordered)


def field(
    field_id: str,
    kind: FieldType,
    choices: OptionList | None = None,
    rows: OptionList | None = None,
    *below: Field,
) -> Field:
    """A field with only what a scope looks at."""
    each, children = (below, ()) if kind is FieldType.MATRIX else ((), below)
    return Field(field_id, kind, field_id, 1, options=choices, rows=rows, each=each, fields=children)


SCORES = options("niet_besproken", "goed", "kan_beter", "zorgen", "dringend", ordered=True)
ROWS = OptionList(
    "", (Option("wonen", "Wonen", columns={"contact_point": "woonloket"}), Option("gezin", "Gezin"))
)
WHEN = options("ja", "deze_week", "vandaag")
FIELDS = (
    field("dringend", FieldType.CHOICE, WHEN),
    field("tweede", FieldType.CHOICE, WHEN),
    field("hulp", FieldType.CHOICE, options("hulp", "geen")),
    field("geldvraag", FieldType.CHOICE, options("hulp", "nee")),
    field("kort", FieldType.YES_NO),
    field("zorgen", FieldType.CHOICES, options("wonen", "eenzaam", "inkomen")),
    field("persoon.geboorte", FieldType.PARTIAL_DATE),
    field("datum", FieldType.DATE),
    field("bedrag", FieldType.DECIMAL),
    field("naam", FieldType.TEXT),
    field("uur", FieldType.TIME),
    field("akkoord", FieldType.CONSENT),
    field("buurt", FieldType.NEIGHBOURHOOD),
    field("bijlage", FieldType.FILE),
    field("adres", FieldType.ADDRESS),
    field("domeinen", FieldType.MATRIX, SCORES, ROWS, field("nota", FieldType.LONG_TEXT)),
    field(
        "afspraken",
        FieldType.REPEAT,
        None,
        None,
        field("wat", FieldType.TEXT),
        field("klaar", FieldType.YES_NO),
        field("bedrag", FieldType.DECIMAL),
    ),
)
SCOPE = scope_of(FIELDS, ["gesproken"], options("onbereikbaar", "verhuisd"))


def tried(
    text: str, expected: ValueType | None = ValueType.BOOLEAN, scope: Scope = SCOPE
) -> tuple[Condition | None, list[Problem]]:
    """Read an expression that stands alone on a line."""
    problems: list[Problem] = []
    return read(ScalarNode(text, Span("a.yaml", 1, 1), exact=True), scope, expected, problems), problems
