"""What are the lines of each table of a report called? From definitions and settings, never from the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel.dates import format_date

from app.definitions.expressions.scope import NO, YES
from app.definitions.model.forms import Field, FieldType, Form
from app.definitions.model.reports import (
    LABELS,
    MANY,
    QUESTION,
    ROW,
    STAGE,
    STAGES,
    TIMES,
    By,
    Dimension,
    Report,
)
from app.definitions.model.tags import TAGS
from app.definitions.model.workflows import Workflow
from app.definitions.vocabulary_workflows import MEANS
from app.engine.domains import DOMAINS
from app.engine.model.people import World
from app.engine.reported import band_of, concerns, options_of
from app.reporting import of_campaigns, of_rounds
from app.reporting.results import Axis, Period
from app.services.definitions.catalogs import LiveCatalog
from app.services.reports.periods import first_of, keys_between
from app.texts import has, say

WHY = f"{ROW}reason"
ELSEWHERE = ("geen_vast_adres", "andere_gemeente", "")
"""What a neighbourhood may be besides a neighbourhood."""


@dataclass(frozen=True, slots=True)
class Room:
    """What lends its words: the definitions and people of a municipality, and a language."""

    catalog: LiveCatalog
    world: World
    language: str

    def forms(self, report: Report) -> list[Form]:
        """The forms whose cases count."""
        every = (version.form for version in self.catalog.forms.values())
        return [form for form in every if form.workflow and concerns(report, form.id, form.workflow)]

    def flows(self, report: Report) -> list[Workflow]:
        """The processes of those."""
        wanted = dict.fromkeys(form.workflow for form in self.forms(report))
        return [self.catalog.workflows[ref].workflow for ref in wanted if ref in self.catalog.workflows]

    def field(self, report: Report, name: str) -> Field | None:
        """The field a report names: of a form it is about, of a row, or of a form behind a button."""
        forms = [*self.forms(report), *(version.form for version in self.catalog.forms.values())]
        if not name.startswith(ROW):
            return next((found for form in forms if (found := form.field(name)) is not None), None)
        each = next((found for form in forms if (found := form.field(report.each)) is not None), None)
        below = (*each.each, *each.fields) if each is not None else ()
        if name == f"{ROW}score":
            return each
        return next((child for child in below if child.id == name.removeprefix(ROW)), None)


def axes_of(report: Report, room: Room, period: Period) -> dict[str, Axis]:
    """The axis of each dimension, in the order of the report."""
    return {
        item.id: Axis(
            item.id, _label(item, report, room), dict(_keys(item, report, room, period)), item.words
        )
        for item in report.dimensions
    }


def _label(item: Dimension, report: Report, room: Room) -> str:
    if item.label:
        return item.label
    code = f"reports.by.{item.by.value}"
    if has(code):
        return say(code, room.language)
    field = room.field(report, item.field)
    return field.label if field is not None and field.label else item.id


def _keys(item: Dimension, report: Report, room: Room, period: Period) -> Iterator[tuple[str, str]]:
    if item.by in TIMES:
        yield from ((key, _time(key, room.language)) for key in keys_between(item.by.value, period))
    elif item.by is By.FIELD:
        yield from _options(item, report, room)
    elif item.by in LABELS:
        words = TAGS[item.by.value]
        yield from ((word, say(f"tags.{item.by.value}.{word}", room.language)) for word in words)
    elif item.by is By.AGE:
        yield from ((band, band) for band in (band_of(item, age) for age in (0, *item.bands)))
    else:
        yield from _KNOWN[item.by](report, room)
    if _may_be_blank(item, report):
        code = "open" if item.by in (By.REASON, By.OUTCOME) or item.field == WHY else "unanswered"
        yield "", say(f"reports.line.{code}", room.language)


def _may_be_blank(item: Dimension, report: Report) -> bool:
    """Whether a case may stand on no line: then there is one for those. Times and rows themselves are always known."""
    known = item.by in (*TIMES, By.NEIGHBOURHOOD) or item.by in MANY or item.many
    return not known and item.field != f"{ROW}id" and (report.of_cases or not item.field.startswith(ROW))


def _time(key: str, language: str) -> str:
    if len(key) == len("2026"):
        return key
    year, _, rest = key.partition("-")
    if rest.startswith("Q"):
        return say("reports.quarter", language, number=rest[1:], year=year)
    return format_date(first_of(int(year) * 12 + int(rest) - 1), "MMMM y", locale=language)


def _options(item: Dimension, report: Report, room: Room) -> Iterator[tuple[str, str]]:
    if item.field == f"{ROW}id":
        each = room.field(report, report.each)
        rows = each.rows.options if each is not None and each.rows is not None else ()
        yield from ((row.id, row.label) for row in rows)
        return
    if report.rounds and item.field == f"{ROW}{QUESTION}":
        forms = {ref: version.form for ref, version in room.catalog.forms.items()}
        yield from of_rounds.questions(room.flows(report), forms).items()
        return
    if report.campaigns and item.field.startswith(ROW):
        yield from _of_campaigns(item, report, room)
        return
    if report.streets and item.field.startswith(ROW):
        yield from ((word, say(f"reports.streets.{word}", room.language)) for word in (YES, NO))
        return
    if item.field == WHY:
        yield from _reasons(report, room)
        return
    field = room.field(report, item.field)
    if field is None:
        return
    if field.options is not None:
        yield from ((option.id, option.label) for option in field.options.options)
    else:
        yield from ((word, _word(field, word, room.language)) for word in sorted(options_of(field)))


def _of_campaigns(item: Dimension, report: Report, room: Room) -> Iterator[tuple[str, str]]:
    if item.field == f"{ROW}{STAGE}":
        yield from ((stage, say(f"reports.stage.{stage}", room.language)) for stage in STAGES)
        return
    catalog = room.catalog.catalog
    for campaign in (catalog.campaigns[ref] for ref in report.campaigns if ref in catalog.campaigns):
        yield from of_campaigns.outcomes(campaign, catalog.forms.get(campaign.sheet)).items()


def _word(field: Field, word: str, language: str) -> str:
    if field.type is FieldType.AVAILABILITY:
        day, _, part = word.partition(".")
        return f"{say(f'values.day.{day}', language)} {say(f'values.part.{part}', language)}"
    return say(f"values.{word}", language) if has(f"values.{word}") else word.replace("_", " ")


def _neighbourhoods(report: Report, room: Room) -> Iterator[tuple[str, str]]:
    yield from room.world.staffing.neighbourhoods.items()
    if report.streets:
        return
    yield from ((ref, say(f"reports.neighbourhood.{ref or 'unknown'}", room.language)) for ref in ELSEWHERE)


def _forms(report: Report, room: Room) -> Iterable[tuple[str, str]]:
    return ((form.id, form.title) for form in room.forms(report))


def _flows(report: Report, room: Room) -> Iterable[tuple[str, str]]:
    return ((flow.id, flow.title) for flow in room.flows(report))


def _states(report: Report, room: Room) -> Iterable[tuple[str, str]]:
    found: dict[str, str] = {}
    for flow in room.flows(report):
        for state in flow.states.values():
            found.setdefault(state.id, state.label)
    return found.items()


def _reasons(report: Report, room: Room) -> Iterable[tuple[str, str]]:
    found: dict[str, str] = {}
    for flow in room.flows(report):
        for state in flow.states.values():
            for option in state.reasons.options if state.reasons is not None else ():
                found.setdefault(option.id, option.label)
    return found.items()


def _outcomes(report: Report, room: Room) -> Iterable[tuple[str, str]]:
    return ((means, say(f"reports.outcome.{means}", room.language)) for means in MEANS)


def _points(report: Report, room: Room) -> Iterable[tuple[str, str]]:
    return ((ref, point.label) for ref, point in room.catalog.contact_points.items())


def domains(report: Report, room: Room) -> Iterable[tuple[str, str]]:
    """Label of each life domain, from the matrix that means the domains; else what options say of themselves."""
    labels: dict[str, str] = {}
    fields = [field for form in room.forms(report) if (field := form.meaning(DOMAINS)) is not None]
    for field in fields:
        if field.rows is not None:
            labels |= {row.id: row.label for row in field.rows.options}
    for field in fields:
        if field.rows is None and field.options is not None:
            for option in field.options.options:
                if not option.opt_out:
                    labels.setdefault(option.columns.get("domain", option.id), option.label)
    return labels.items()


_KNOWN: Mapping[By, Callable[[Report, Room], Iterable[tuple[str, str]]]] = {
    By.NEIGHBOURHOOD: _neighbourhoods,
    By.FORM: _forms,
    By.WORKFLOW: _flows,
    By.STATE: _states,
    By.REASON: _reasons,
    By.OUTCOME: _outcomes,
    By.CONTACT_POINT: _points,
    By.DOMAIN: domains,
}
