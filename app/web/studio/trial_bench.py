"""With which definitions, which staff and at what time is a form tried out, and what was typed into it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import request

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Form
from app.engine import calendar
from app.engine.judge import judge
from app.engine.model.answers import FieldError
from app.engine.model.people import World
from app.engine.policy import Act, may
from app.engine.values import Given
from app.services.definitions import try_out
from app.services.errors import NotFound
from app.web import visitor
from app.web.forms import rows
from app.web.forms.pages import FormPage, form_page
from app.web.forms.parts import Raw
from app.web.forms.showing import Button, ShownForm, filling_of, kept_fields, minted, summary_of
from app.web.lending import choices_for

NO_FORM = Form(id="", title="", sections=())


@dataclass(frozen=True, slots=True)
class Bench:
    """With what a form is tried out."""

    catalog: Catalog
    world: World
    form: Form
    working: bool
    made_up: bool

    @property
    def audience(self) -> str:
        """For whom the form is, first of all."""
        return self.form.audience[0] if self.form.audience else ""

    def hash_of(self, form: Form) -> str:
        """Names this version of a form."""
        return self.catalog.hashes.get(("form", form.id), "")


def bench_of(form_id: str, *, working: bool, made_up: bool) -> Bench:
    """Raises ``NotFound`` for a form that is not there or opens no case."""
    who = visitor.actor()
    catalog = try_out.catalog(who, working=working)
    form = catalog.forms.get(form_id)
    if form is None or form.workflow not in catalog.workflows:
        raise NotFound
    return Bench(catalog, try_out.world(who, catalog, made_up=made_up), form, working, made_up)


def page_of(bench: Bench, form: Form | None, audience: str = "") -> FormPage:
    """The page of a form of this bench; of none an empty one."""
    return form_page(bench.hash_of(form) if form else "no form", form or NO_FORM, "nl", audience)


def shown_form(
    page: FormPage,
    filled: tuple[Raw, Sequence[FieldError]],
    action: str,
    buttons: tuple[Button, ...],
    hidden: tuple[tuple[str, str], ...],
) -> ShownForm:
    """What the template shows, with what was typed and what is wrong with it."""
    who = visitor.actor()
    filling = replace(filling_of(*filled), choices=choices_for(page, who), roles=who.roles)
    return ShownForm(
        page=page,
        body=page.render(filling),
        action=action,
        token=minted(),
        summary=summary_of(filled[1]),
        buttons=buttons,
        hidden=hidden,
        today=visitor.moment().today.isoformat(),
    )


def may_keep() -> bool:
    """Whether the visitor may put examples in the working copy."""
    return may(visitor.actor(), Act.DEFINITIONS_EDIT)


def rows_changed() -> bool:
    """Whether a row was added or removed."""
    return "_add" in request.form or "_remove" in request.form


def posted(form: Form) -> dict[str, Sequence[str]]:
    """What was typed; buttons that add or remove a row are carried out. Files are not taken in a trial."""
    raw: dict[str, Sequence[str]] = kept_fields(dict(request.form.lists()))
    if add := request.form.get("_add", ""):
        raw = rows.with_row(form, raw, add)
    if remove := request.form.get("_remove", ""):
        raw = rows.renumbered(form, raw, without=remove)
    return raw


def errors_in(bench: Bench, form: Form, given: Given, at: datetime, audience: str) -> tuple[FieldError, ...]:
    """What the judge has against it at that local time."""
    moment = calendar.local(bench.world.calendar, at.replace(tzinfo=bench.world.calendar.zone))
    return judge(form, given, moment, audience=audience, roles=visitor.actor().roles).errors


def now_in(bench: Bench) -> datetime:
    """The local time it really is."""
    return (
        visitor.moment()
        .now.astimezone(bench.world.calendar.zone)
        .replace(tzinfo=None, second=0, microsecond=0)
    )


def moment_in(day: str, at: str) -> datetime | None:
    """A local day and time as somebody typed them; ``None`` when they are none."""
    try:
        found = datetime.fromisoformat(f"{day}T{at or '10:00'}")
    except ValueError:
        return None
    return found.replace(tzinfo=None, second=0, microsecond=0) if 1900 < found.year < 3000 else None


def text_of(at: datetime) -> str:
    """A local time as a trial keeps it."""
    return at.strftime("%Y-%m-%dT%H:%M")
