"""Which keys may an author write in a report? Importing it completes ``NODES``."""

from __future__ import annotations

from app.definitions.model.reports import TIMES, By, Calculation, ChartKind, Compared, PeriodLength
from app.definitions.vocabulary import ROLES, K, key, must, node

ABILITIES = tuple(by.value for by in By if by not in (By.FIELD, By.AGE))
"""What a dimension may be called without saying more."""
WRITTEN = tuple(length.value for length in PeriodLength if length is not PeriodLength.TODAY)
COUNTED = ("cases", "rows")
CALCULATIONS = tuple(calculation.value for calculation in Calculation)

node(
    "report",
    must("report", K.ID),
    must("title", K.TEXT),
    must("question", K.TEXT),
    must("audience", K.TEXTS, choices=ROLES),
    key("about", K.NODE, of="report_about"),
    key("each", K.ID),
    key("where", K.CONDITION),
    must("measures", K.NODES, of="measure"),
    key("dimensions", K.NODES, K.TEXTS, of="dimension", choices=ABILITIES),
    key("columns", K.IDS),
    key("filters", K.IDS),
    key("period", K.TEXT, choices=WRITTEN),
    key(
        "compare",
        K.TEXT,
        K.NODE,
        of="report_compare",
        choices=tuple(item.value for item in Compared if item),
    ),
    key("chart", K.TEXT, choices=tuple(kind.value for kind in ChartKind)),
    key("figures", K.FLAG),
    key("words", K.TEXT),
    key("sensitive", K.IDS),
    key("was", K.WORDS),
    key("page_of", K.ID),
    key("examples", K.NODES, of="report_example"),
)
node(
    "report_about",
    key("forms", K.IDS),
    key("workflows", K.IDS),
    key("rounds", K.IDS),
    key("campaigns", K.IDS),
    key("streets", K.ID),
)
node("report_compare", must("by", K.ID))
node(
    "measure",
    must("measure", K.ID),
    must("label", K.TEXT),
    key("count", K.TEXT, choices=COUNTED),
    key("share", K.CONDITION),
    key("steps", K.NODES, of="step"),
    key("sum", K.ID),
    key("mean", K.ID),
    key("median", K.ID),
    key("percentile", K.ID),
    key("rows", K.ID),
    key("options", K.ID),
    key("at", K.COUNT),
    key("from", K.ID),
    key("to", K.ID),
    key("within", K.DURATION),
    key("if", K.CONDITION),
    key("words", K.TEXT),
)
node("step", must("step", K.ID), must("label", K.TEXT), key("if", K.CONDITION))
node(
    "dimension",
    must("dimension", K.ID),
    key("label", K.TEXT),
    key("by", K.TEXT, choices=ABILITIES),
    key("field", K.ID),
    key("age", K.ID),
    key("bands", K.TEXTS),
    key("words", K.TEXT),
)
node(
    "report_example",
    must("name", K.TEXT),
    must("period", K.TEXT),
    must("cases", K.FREE),
    key("streets", K.FREE),
    must("expect", K.FREE),
)

__all__ = ["ABILITIES", "CALCULATIONS", "COUNTED", "TIMES"]
