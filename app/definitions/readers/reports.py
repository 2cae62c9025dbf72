"""How does a ``report:`` file become a report?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from app.definitions.expressions.scope import Named
from app.definitions.model.expressions import ValueType
from app.definitions.model.forms import FieldType, Form, FormKind
from app.definitions.model.nodes import MappingNode, ScalarNode
from app.definitions.model.reports import (
    MANY,
    By,
    Calculation,
    ChartKind,
    Compared,
    Dimension,
    PeriodLength,
    Report,
    ReportExample,
)
from app.definitions.model.workflows import Workflow
from app.definitions.readers.about import About, Known, read_about
from app.definitions.readers.counted import SOMEBODY, WITH_ROWS, Counted, counted
from app.definitions.readers.desk import Desk, Sheet, key_span, mappings, quiet, text_node, words
from app.definitions.readers.measures import read_measures
from app.definitions.vocabulary_reports import ABILITIES, WRITTEN
from app.definitions.vocabulary_workflows import MEANS
from app.definitions.yaml_nodes import plain

ONE = (FieldType.CHOICE, FieldType.YES_NO, FieldType.YES_NO_UNASKED, FieldType.SCALE)
SEVERAL = (FieldType.CHOICES, FieldType.TAGS, FieldType.AVAILABILITY)
DATES = (FieldType.DATE, FieldType.PARTIAL_DATE)
MOST_TABLES, MOST_CROSSED = 5, 2
"""So many dimensions a report has; with a crossing fewer, as every table is then shown for each of its lines."""


def read_report(sheet: Sheet, there: Known, desk: Desk) -> Report:
    """Read a whole report; ``there`` is all that could be read."""
    node, take = sheet.node, quiet(sheet.node)
    about = read_about(node, there, desk)
    known = _counted(node, about, there, desk)
    rows = None if about.row else known.named(text_node(node, "each"), WITH_ROWS, "each")
    known = known.made_of(about.row) if about.row else known.within(rows)
    dimensions = tuple(_dimensions(node, known))
    report = Report(
        id=sheet.id,
        title=take.text("title"),
        question=take.text("question"),
        audience=take.texts("audience"),
        forms=about.forms,
        workflows=about.workflows,
        rounds=about.rounds,
        campaigns=about.campaigns,
        streets=about.streets,
        each=rows.id if rows is not None else "",
        where=known.condition(text_node(node, "where")),
        measures=read_measures(node, known),
        dimensions=dimensions,
        columns=tuple(_named_dimensions(quiet(node).scalars("columns"), dimensions, desk)),
        figures=take.boolean("figures"),
        filters=tuple(_named_dimensions(quiet(node).scalars("filters"), dimensions, desk)),
        period=_period(node, about),
        compare=Compared(take.one_of("compare", [*Compared], "") if text_node(node, "compare") else ""),
        compare_by=_compare_by(node, dimensions, desk),
        chart=ChartKind(take.one_of("chart", [*ChartKind], ChartKind.BAR)),
        words=take.text("words"),
        sensitive=tuple(sorted(known.sensitive)),
        was=_was(node, known),
        page_of=_page_of(node, there.forms, desk),
        examples=tuple(_examples(node)),
        span=key_span(node, "report"),
    )
    _check(report, node, known)
    return replace(report, beside=bool(known.used & known.behind))


def _period(node: MappingNode, about: About) -> PeriodLength:
    written = PeriodLength(quiet(node).one_of("period", WRITTEN, PeriodLength.QUARTER))
    return PeriodLength.TODAY if about.streets else written


def _counted(node: MappingNode, about: About, there: Known, desk: Desk) -> Counted:
    """What conditions may name; nothing is said of names when something that was named is not there."""
    flows = (*about.workflows, *about.rounds)
    forms = (*about.forms, *([about.streets] if about.streets else []))
    mine = [] if about.campaigns else _forms(forms, flows, there.forms, there.workflows)
    processes = [there.workflows[form.workflow] for form in mine if form.workflow in there.workflows]
    return replace(_known(node, mine, processes, there.forms, desk), blind=not about.whole)


def _forms(
    names: Iterable[str], flows: Iterable[str], forms: Mapping[str, Form], workflows: Mapping[str, Workflow]
) -> list[Form]:
    """The forms whose cases count; without any named, all that open a case."""
    wanted = {*names, *(form for flow in flows for form in workflows[flow].forms)}
    return [
        form
        for name, form in sorted(forms.items())
        if form.kind is FormKind.CASE and (name in wanted or not wanted)
    ]


def _known(
    node: MappingNode, mine: list[Form], flows: list[Workflow], forms: Mapping[str, Form], desk: Desk
) -> Counted:
    named = node.get("about") is not None
    buttons = [action for flow in flows for action in _buttons(flow)] if named else []
    behind = [forms[name] for name in dict.fromkeys(buttons) if name in forms]
    marks = frozenset(mark for flow in flows for mark in _marks(flow))
    sensitive = quiet(node).scalars("sensitive")
    names = frozenset(item.text.strip() for item in sensitive)
    known = counted(desk, mine, behind, (marks, _facts(flows)), names)
    for item in sensitive:
        desk.refer("field", item.text.strip(), item.span, known.fields)
    return known


def _buttons(flow: Workflow) -> Iterator[str]:
    for state in flow.states.values():
        yield from (action.form for action in state.actions.values() if action.form)
    yield from (action.form for action in flow.anywhere.values() if action.form)


def _marks(flow: Workflow) -> Iterator[str]:
    for state in flow.states.values():
        yield from (mark for action in state.actions.values() for mark in action.marks)
    yield from (mark for action in flow.anywhere.values() for mark in action.marks)


def _facts(flows: Iterable[Workflow]) -> Mapping[str, Named]:
    """What a condition may ask of a case beside its answers: its state, why it was closed and what that means."""
    states = dict.fromkeys(state for flow in flows for state in flow.states)
    reasons = dict.fromkeys(
        option.id
        for flow in flows
        for state in flow.states.values()
        if state.reasons is not None
        for option in state.reasons.options
    )
    facts = {"state": Named(ValueType.OPTION, tuple(states))}
    if not reasons:
        return facts
    means = {"outcome": Named(ValueType.OPTION, MEANS)}
    return facts | means | {"reason": Named(ValueType.OPTION, tuple(reasons))}


def _dimensions(node: MappingNode, known: Counted) -> Iterator[Dimension]:
    items = quiet(node).items("dimensions")
    seen: list[tuple[str, object]] = []
    for item in items:
        found = None
        if isinstance(item, ScalarNode) and item.text.strip() in ABILITIES:
            by = By(item.text.strip())
            found = Dimension(by.value, by, many=by in MANY, span=item.span)
        elif isinstance(item, MappingNode):
            found = _dimension(item, known)
        if found is not None:
            seen.append((found.id, found.span))
            yield found
    known.desk.unique("dimension", seen)  # type: ignore[arg-type]


def _dimension(node: MappingNode, known: Counted) -> Dimension | None:
    written = [key for key in ("by", "field", "age") if node.entry(key) is not None]
    take = quiet(node)
    if len(written) != 1:
        known.desk.tell("S294", node.span, id=take.text("dimension"))
        return None
    ref, label, told, span = take.identifier("dimension"), take.text("label"), take.text("words"), node.span
    if written == ["by"]:
        word = take.one_of("by", ABILITIES)
        by = By(word) if word else None
        return Dimension(ref, by, label, many=by in MANY, words=told, span=span) if by else None
    if written == ["age"]:
        field = known.named(text_node(node, "age"), DATES, "age")
        bands = _bands(node, known)
        return Dimension(ref, By.AGE, label, field.id, bands, words=told, span=span) if field else None
    return _of_field(node, known, Dimension(ref, By.FIELD, label, words=told, span=span))


def _of_field(node: MappingNode, known: Counted, made: Dimension) -> Dimension | None:
    written = text_node(node, "field")
    name = written.text.strip() if written is not None else ""
    if name in known.of_row:
        return Dimension(made.id, By.FIELD, made.label, name, words=made.words, span=made.span)
    field = known.named(written, (*ONE, *SEVERAL), "field")
    if field is None or written is None:
        return None
    if field.means.startswith(SOMEBODY):
        known.desk.tell("P596", written.span, name=name)
        return None
    many = field.type in SEVERAL
    return Dimension(made.id, By.FIELD, made.label, name, (), many, made.words, made.span)


def _bands(node: MappingNode, known: Counted) -> tuple[int, ...]:
    """Ages at which a next band begins, ascending (``S295``)."""
    texts = quiet(node).texts("bands")
    found = tuple(int(text) for text in texts if text.isascii() and text.isdigit() and 0 < int(text) < 130)
    if len(found) < max(len(texts), 1) or list(found) != sorted(set(found)):
        known.desk.tell("S295", key_span(node, "bands"))
    return tuple(sorted(set(found)))


def _named_dimensions(
    written: Iterable[ScalarNode], dimensions: Iterable[Dimension], desk: Desk
) -> Iterator[str]:
    known = [item.id for item in dimensions]
    for item in written:
        if desk.refer("dimension", item.text.strip(), item.span, known):
            yield item.text.strip()


def _compare_by(node: MappingNode, dimensions: Iterable[Dimension], desk: Desk) -> str:
    compare = node.get("compare")
    by = text_node(compare, "by") if isinstance(compare, MappingNode) else None
    found = list(_named_dimensions([by], dimensions, desk)) if by is not None else []
    return found[0] if found else ""


def _was(node: MappingNode, known: Counted) -> Mapping[str, str]:
    """``now: before``; only a field that is there now can have had another name (``R209``)."""
    found = {}
    for name, before in words(node, "was").items():
        if known.blind or known.desk.refer("field", name, key_span(node, "was"), known.fields):
            found[name] = before
    return MappingProxyType(found)


def _page_of(node: MappingNode, forms: Mapping[str, Form], desk: Desk) -> str:
    written = text_node(node, "page_of")
    if written is None:
        return ""
    name = written.text.strip()
    return name if desk.refer("form", name, written.span) and name in forms else ""


def _examples(node: MappingNode) -> Iterator[ReportExample]:
    for item in mappings(node, "examples"):
        cases, expect, streets = item.get("cases"), item.get("expect"), item.get("streets")
        register = plain(streets) if streets is not None else {}
        listed = plain(cases) if cases is not None else []
        wanted = plain(expect) if expect is not None else {}
        yield ReportExample(
            quiet(item).text("name"),
            quiet(item).text("period"),
            tuple(case for case in listed if isinstance(case, Mapping)) if isinstance(listed, list) else (),
            wanted if isinstance(wanted, Mapping) else {},
            item.span,
            register if isinstance(register, Mapping) else {},
        )


def _check(report: Report, node: MappingNode, known: Counted) -> None:
    """What does not go together: a funnel without steps, too many tables to judge together, a crossing of many."""
    desk = known.desk
    steps = any(item.calculation is Calculation.STEPS for item in report.measures)
    if report.chart is ChartKind.FUNNEL and not steps and report.measures:
        desk.tell("G592", key_span(node, "chart"))
    most = MOST_CROSSED + len(report.crossing) if report.crossing else MOST_TABLES
    if len(report.dimensions) > most:
        desk.tell("G593", key_span(node, "dimensions"), most=most, found=len(report.dimensions))
    for ref in report.crossing:
        dimension = report.dimension(ref)
        if dimension is not None and dimension.many:
            desk.tell("G594", dimension.span, id=ref)
