"""What stands on a list for the kitchen, or for who drives, and for whom?

Who reads the session reads its lists; a role in ``audience:`` only at a session at which they help. An answer of class
2 or 3 beside a name is for who may read that registration, and is written down as read; numbers without names are for
everybody who gets the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.definitions.model.forms import Field, FieldType, Option
from app.definitions.model.sessions import PrintList
from app.documents.report import Report, ReportPart, report_pdf
from app.engine import sessions, values
from app.engine.facts_of import SHOWN_CLASS, Reading
from app.engine.model.answers import Moment, Value
from app.engine.policy import Act, Actor
from app.services.cases import readable
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load, snapshot
from app.services.errors import NotFound
from app.services.gatherings import called, people, roster
from app.services.gatherings.people import Registered
from app.services.municipality.letterhead import house_of
from app.services.permission import demand
from app.storage import clock
from app.storage.database import Transaction, transaction
from app.storage.repositories import event_rows, moment_rows
from app.texts import say

PLACED = "placed"
YES_NO = ("ja", "nee", "niet_besproken")


@dataclass(frozen=True, slots=True)
class Printed:
    """A list as it is printed: ``head`` and ``rows`` of text. ``people``: over how many it is told. ``hidden``: how
    many lines lack what this reader may not read. ``counts``: it counts, without names."""

    id: str
    session: str
    label: str
    title: str
    told: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    people: int
    counts: bool
    hidden: int = 0


def show(actor: Actor, session: str, name: str) -> Printed:
    """One list. Raises ``Forbidden``, and ``NotFound`` for who may not have it."""
    demand(actor, Act.SESSIONS_HELP)
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:  # what is read is written down
        return _show(tx, desk, actor, session, name)


def as_pdf(actor: Actor, session: str, name: str) -> bytes:
    """The same on paper. Raises as ``show``."""
    demand(actor, Act.SESSIONS_HELP)
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        found = _show(tx, desk, actor, session, name)
        house = house_of(tx, desk.world, "")
    parts = (ReportPart(found.label, lines=_remarks(found), head=found.head, rows=found.rows),)
    paper = Report(found.label, found.title, (), parts, say("sessions.list.foot"))
    return report_pdf(paper, house, clock.now())


def _remarks(found: Printed) -> tuple[str, ...]:
    lines = [*found.told, say("sessions.list.people", n=found.people)]
    if found.hidden:
        lines.append(say("sessions.list.hidden", n=found.hidden))
    return tuple(lines)


def _show(tx: Transaction, desk: Desk, actor: Actor, session: str, name: str) -> Printed:
    loaded = load(tx, desk, key_of(session))
    row, rules = moment_rows.get(tx, loaded.row["id"]), loaded.pin.workflow.sessions
    item = rules.lists.get(name) if rules is not None else None
    if row is None or item is None or not _may(tx, actor, loaded, item):
        raise NotFound
    everybody = people.everybody(tx, desk, actor, loaded.row["id"])
    placed = [one for one in everybody if one.entry["standing"] == PLACED and _on_it(tx, desk, one, item)]
    head, rows, hidden = _counted(placed, item) if item.count else _lines(tx, actor, desk, placed, item)
    return Printed(
        id=name,
        session=session,
        label=item.label,
        title=called.title_of(row),
        told=tuple(row["told"].splitlines()),
        head=head,
        rows=rows,
        people=len(placed),
        counts=bool(item.count),
        hidden=hidden,
    )


def _may(tx: Transaction, actor: Actor, loaded: Loaded, item: PrintList) -> bool:
    if readable.reads(tx, actor, loaded):
        return True
    helps = roster.helps(loaded.pin, loaded.case.answers, actor.account)
    return helps and bool(actor.roles & set(item.audience))


def _on_it(tx: Transaction, desk: Desk, one: Registered, item: PrintList) -> bool:
    today = tx.now.astimezone(desk.world.calendar.zone).date()
    reading = Reading(one.pinned.form, snapshot(one.row, (), one.answers, ""), Moment(tx.now, today))
    return reading.holds(item.condition)


def _counted(
    placed: Sequence[Registered], item: PrintList
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], int]:
    """How many gave each answer, in the order of the options, and how many gave none."""
    field = placed[0].pinned.form.field(item.count) if placed else None
    chosen = [_options(one.answers.get(item.count)) for one in placed]
    times = sessions.tally(chosen)
    rows = [(label, str(times[option])) for option, label in _labels(field, times) if option in times]
    silent = sum(not options for options in chosen)
    if silent:
        rows.append((say("sessions.list.no_answer"), str(silent)))
    head = (field.label if field is not None else item.label, say("sessions.list.count"))
    return head, tuple(rows), 0


def _labels(field: Field | None, times: Iterable[str]) -> list[tuple[str, str]]:
    if field is None:
        return []
    own = field.options.options if field.options is not None else ()
    known = own or tuple(Option(name, say(f"forms.option.{name}")) for name in YES_NO if name in times)
    named = [(option.id, option.label) for option in known]
    return [*named, *((option, option) for option in times if option not in dict(named))]


def _options(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()


def _lines(
    tx: Transaction, actor: Actor, desk: Desk, placed: Sequence[Registered], item: PrintList
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], int]:
    """A line each, in the order of what stands first."""
    rows: list[tuple[str, ...]] = []
    hidden, head = 0, tuple(_heads(placed, item))
    for one in placed:
        fields = [one.pinned.form.field(name) for name in item.shows]
        guarded = any(field is not None and field.privacy > SHOWN_CLASS for field in fields)
        if guarded and one.reads:
            key = one.row["id"]
            event_rows.log_read(tx, account=actor.account, case=key, act=str(Act.CASE_READ), ground="session")
        hidden += guarded and not one.reads
        rows.append(tuple(_cell(desk, one, field) for field in fields))
    return head, tuple(sorted(rows, key=lambda row: tuple(cell.casefold() for cell in row))), hidden


def _heads(placed: Sequence[Registered], item: PrintList) -> Iterable[str]:
    for name in item.shows:
        field = placed[0].pinned.form.field(name) if placed else None
        yield field.label if field is not None else name


def _cell(desk: Desk, one: Registered, field: Field | None) -> str:
    value = one.answers.get(field.id) if field is not None else None
    if field is None or value is None:
        return ""
    if field.privacy > SHOWN_CLASS and not one.reads:
        return say("sessions.list.not_yours")
    text = values.show(field, value)
    if field.type is FieldType.NEIGHBOURHOOD:
        return desk.world.staffing.neighbourhoods.get(text, text)
    return text
