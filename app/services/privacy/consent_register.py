"""Who agreed to what, in which case, until when? The register of consents, without opening what was sent.

Names stand only beside one's own cases. Of a contact point that keeps its cases to itself nothing shows but to their
responsible person and to who looks after privacy; a consent of class 2 or 3 is not named. Every reading is written
down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.definitions.model.forms import Field, Form
from app.engine.consents import called
from app.engine.facts_of import SHOWN_CLASS
from app.engine.policy import Act, Actor, may
from app.services import spreadsheets
from app.services.cases.load_case import Desk, desk_of
from app.services.permission import demand
from app.services.tasks import queue_names
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import consent_rows, event_rows
from app.storage.repositories.consent_rows import STATES, Wanted
from app.texts import say

SOON = timedelta(days=30)
PAGE = 50
STANDINGS = STATES
"""What can be chosen: holds, ends soon, withdrawn, expired."""
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One consent. ``name`` is empty where it is not for this reader; ``how`` and ``ended_how`` are codes."""

    case: str
    number: str
    form: str
    consent: str
    given_on: date
    how: str
    until: date | None
    state: str
    ended_on: date | None
    ended_how: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A consent to choose: form and field as ``key``, in words."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Register:
    """One page of lines; ``counts`` by state of all that was chosen; ``more``: there is a next page."""

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    kinds: tuple[Kind, ...]
    page: int
    more: bool


def read(actor: Actor, *, kind: str = "", state: str = "", page: int = 1) -> Register:
    """A page of the register; ``kind`` is that of a ``Kind``, ``state`` one of ``STATES``, each empty for all. Writes
    down that it was read. Raises ``Forbidden``."""
    demand(actor, Act.CONSENTS_READ)
    desk = desk_of(actor.municipality)
    page = max(1, page)
    with transaction(actor.municipality) as tx:
        wanted = _wanted(tx, desk, actor, kind, state)
        rows = consent_rows.listed(tx, wanted, most=PAGE + 1, skip=(page - 1) * PAGE)
        lines = _lines(tx, desk, actor, rows[:PAGE])
        kinds = tuple(
            Kind(f"{form}/{field}", f"{_form(desk, form)}: {_called(desk, form, field)}")
            for form, field in consent_rows.kinds(tx, wanted)
        )
        counts = consent_rows.counted(tx, wanted)
        event_rows.log_read(tx, account=actor.account, act=str(Act.CONSENTS_READ))
    return Register(lines, counts, kinds, page, len(rows) > PAGE)


def as_csv(actor: Actor, *, kind: str = "", state: str = "", language: str = "nl") -> str:
    """The same as a file for a spreadsheet, all pages. Raises ``Forbidden``."""
    demand(actor, Act.CONSENTS_READ)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        rows = consent_rows.listed(tx, _wanted(tx, desk, actor, kind, state), most=MOST)
        lines = _lines(tx, desk, actor, rows)
        event_rows.log_read(tx, account=actor.account, act=str(Act.CONSENTS_READ))
    head = [say(f"consents.register.{name}", language) for name in HEAD]
    return spreadsheets.written([head, *(_cells(line, language) for line in lines)])


HEAD = ("number", "name", "form", "consent", "given", "how", "until", "state", "ended", "ended_how")


def _cells(line: Line, language: str) -> Sequence[str]:
    return (
        line.number,
        line.name,
        line.form,
        line.consent,
        line.given_on.isoformat(),
        say(f"consents.how.{line.how}", language),
        line.until.isoformat() if line.until else "",
        say(f"consents.state.{line.state}", language),
        line.ended_on.isoformat() if line.ended_on else "",
        say(f"consents.how.{line.ended_how}", language) if line.ended_how else "",
    )


def _wanted(tx: Transaction, desk: Desk, actor: Actor, kind: str, state: str) -> Wanted:
    today = tx.now.astimezone(desk.world.calendar.zone).date()
    form, _, field = kind.partition("/")
    closed = {point.id for point in desk.catalog.contact_points.values() if point.restricted}
    return Wanted(
        today=today,
        soon=today + SOON,
        form=form,
        consent=field,
        state=state if state in STATES else "",
        viewer=actor.account,
        hidden=() if may(actor, Act.AUDIT_READ) else sorted(closed),
    )


def _lines(tx: Transaction, desk: Desk, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> tuple[Line, ...]:
    own = [{**row, "onlooker": False} for row in rows if row["holder"] == actor.account]
    names = queue_names.names(tx, desk, actor, own, "mine") if own else {}
    return tuple(
        Line(
            case=ids.to_text(row["case"]),
            number=row["number"],
            form=_form(desk, row["form"]),
            consent=_called(desk, row["form"], row["field"]),
            given_on=row["given_on"],
            how=row["how"],
            until=row["until"],
            state=row["standing"],
            ended_on=row["ended_on"],
            ended_how=row["ended_how"],
            name=names.get(row["case"], ""),
        )
        for row in rows
    )


def _form(desk: Desk, form: str) -> str:
    found = _of(desk, form)
    return found.title if found is not None else form


def _of(desk: Desk, form: str) -> Form | None:
    version = desk.catalog.forms.get(form)
    return version.form if version is not None else None


def _called(desk: Desk, form: str, name: str) -> str:
    """What a consent is called in the version that runs now; of class 2 or 3 not at all."""
    found = _of(desk, form)
    field = _field(found, name) if found is not None else None
    if field is None:
        return name
    return called(field) if field.privacy <= SHOWN_CLASS else say("consents.one")


def _field(form: Form, name: str) -> Field | None:
    own = form.field(name)
    if own is not None:
        return own
    repeat, _, child = name.rpartition(".")
    top = form.field(repeat)
    return next((item for item in top.fields if item.id == child), None) if top is not None else None
