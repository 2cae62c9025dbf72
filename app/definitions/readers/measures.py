"""How do the ``measures:`` of a report become numbers that can be calculated?"""

from __future__ import annotations

from collections.abc import Iterator

from app.definitions.durations import as_duration
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import FieldType
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.reports import DAYS, Calculation, Measure, Step
from app.definitions.model.workflows import Unit
from app.definitions.readers.counted import Counted
from app.definitions.readers.desk import key_span, mappings, quiet, text_node

NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.SCALE)
FITS = {
    Calculation.ROWS: (FieldType.REPEAT,),
    Calculation.OPTIONS: (FieldType.CHOICES, FieldType.TAGS, FieldType.AVAILABILITY),
}
HALF, MOST = 50, 99


def read_measures(node: MappingNode, counted: Counted) -> tuple[Measure, ...]:
    """All measures; one that does not say what it calculates is told (``S290``) and left out."""
    items = mappings(node, "measures")
    counted.desk.unique("measure", ((quiet(item).text("measure"), item.span) for item in items))
    return tuple(found for item in items if (found := _measure(item, counted)) is not None)


def _measure(node: MappingNode, counted: Counted) -> Measure | None:
    written = [item for item in Calculation if node.entry(item.value) is not None]
    if len(written) != 1:
        counted.desk.tell("S290", node.span, id=quiet(node).text("measure"))
        return None
    calculation, take = written[0], quiet(node)
    of = _of(node, calculation, counted)
    start, end = _between(node, of, counted)
    part = None if of == DAYS else counted.condition(_share(node, calculation))
    condition = counted.condition(text_node(node, "if"))
    if _lost(node, calculation, part, of) or (node.entry("if") is not None and condition is None):
        return None
    return Measure(
        take.identifier("measure"),
        take.text("label"),
        calculation,
        condition,
        part,
        of,
        start,
        end,
        _within(node, of, counted),
        _percentile(node, calculation, counted),
        tuple(_steps(node, counted)),
        take.text("words"),
        key_span(node, "measure"),
    )


def _share(node: MappingNode, calculation: Calculation) -> ScalarNode | None:
    return text_node(node, "share") if calculation is Calculation.SHARE else None


def _lost(node: MappingNode, calculation: Calculation, part: Condition | None, of: str) -> bool:
    """Whether what is calculated was written but could not be read."""
    if calculation is Calculation.SHARE:
        return part is None and of != DAYS
    return calculation not in (Calculation.COUNT, Calculation.STEPS) and not of


def _of(node: MappingNode, calculation: Calculation, counted: Counted) -> str:
    """The field that is measured, or ``days``."""
    if calculation in (Calculation.COUNT, Calculation.STEPS):
        return ""
    written = text_node(node, calculation.value)
    if written is None:
        return ""
    if written.text.strip() == DAYS and calculation not in FITS:
        return DAYS
    if calculation is Calculation.SHARE:
        return ""
    if written.text.strip() in counted.numbers and calculation not in FITS:
        return written.text.strip()
    field = counted.named(written, FITS.get(calculation, NUMBERS), calculation.value)
    if field is not None and field.type is FieldType.SCALE and field.options is not None:
        what = field.type.value
        fits = ", ".join(item.value for item in NUMBERS[:2])
        counted.desk.tell("G591", written.span, part=calculation.value, name=field.id, type=what, fits=fits)
        return ""
    return written.text.strip() if field is not None else ""


def _between(node: MappingNode, of: str, counted: Counted) -> tuple[str, str]:
    """Both moments of ``days``; ``S291`` when one is missing, or stands with something else."""
    ends = [text_node(node, key) for key in ("from", "to")]
    if of != DAYS:
        if any(ends):
            counted.desk.tell("S291", node.span, id=quiet(node).text("measure"))
        return "", ""
    if not all(ends):
        counted.desk.tell("S291", node.span, id=quiet(node).text("measure"))
        return "", ""
    names = [item.text.strip() for item in ends if item is not None]
    for item in ends:
        if item is not None and not counted.blind:
            counted.desk.refer("moment", item.text.strip(), item.span, counted.moments)
    return names[0], names[1]


def _within(node: MappingNode, of: str, counted: Counted) -> int | None:
    """Working days; a share of days needs them (``S292``), and nothing else takes them."""
    written = text_node(node, "within")
    wanted = of == DAYS and node.entry(Calculation.SHARE.value) is not None
    found = as_duration(written, []) if written is not None else None
    if wanted is not (written is not None) or (found is not None and found.unit is not Unit.WORKING_DAYS):
        counted.desk.tell("S292", key_span(node, "within"), id=quiet(node).text("measure"))
    return found.amount if found is not None else None


def _percentile(node: MappingNode, calculation: Calculation, counted: Counted) -> int | None:
    if calculation is Calculation.MEDIAN:
        return HALF
    found = quiet(node).integer("at", least=1, most=MOST)
    if (calculation is Calculation.PERCENTILE) is not (found is not None):
        counted.desk.tell("S293", key_span(node, "at"), id=quiet(node).text("measure"))
    return found


def _steps(node: MappingNode, counted: Counted) -> Iterator[Step]:
    items = mappings(node, "steps")
    counted.desk.unique("step", ((quiet(item).text("step"), item.span) for item in items))
    for item in items:
        condition = counted.condition(text_node(item, "if"))
        if condition is not None or item.entry("if") is None:
            yield Step(quiet(item).identifier("step"), quiet(item).text("label"), condition)
