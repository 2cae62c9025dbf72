"""What happens when somebody sends a sheet that belongs to nobody?

Nothing is written but the sheet, mixed among those that wait, and for an hour or two that its token was used. No case,
no event, no author, no moment, no mail. Who reads the database, and the logs beside it, finds no sheet to put beside a
visit (ADR 34).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.definitions.model.forms import Form
from app.engine import calendar, values
from app.engine.judge import Given, judge
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor, may_ever
from app.services import second_look
from app.services.definitions.catalogs import FormVersion, form_version
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up import sending_limits
from app.services.staff import staffing
from app.storage import clock
from app.storage.database import Transaction, transaction
from app.storage.repositories import sheet_rows
from app.storage.repositories.sheet_rows import Kept

_BY_ACT: Mapping[str, Act] = {
    "reception": Act.FORM_FILL_RECEPTION,
    "volunteer": Act.FORM_FILL_VOLUNTEER,
    "referrer": Act.FORM_FILL_REFERRER,
}


@dataclass(frozen=True, slots=True)
class HandIn:
    """A sheet. ``token`` was minted with its page; ``origin`` is the address a stranger sends from."""

    actor: Actor
    form_version: int
    given: Given
    token: str
    sure: bool = False
    origin: str = ""


def audience_of(actor: Actor, form: Form) -> str:
    """As whom somebody fills in the sheet. Raises ``Forbidden`` when it is not for them, ``NotFound`` for another
    form."""
    if form.unlinked is None:
        raise NotFound
    for audience in form.audience:
        act = _BY_ACT.get(audience)
        if audience == "public" or audience in actor.roles or (act is not None and may_ever(actor, act)):
            return audience
    raise Forbidden("audience")


def hand_in(request: HandIn) -> None:
    """Keep a sheet; sent twice it lies there once. Raises ``Invalid`` (with the Judgement), ``Forbidden``,
    ``NotFound``."""
    town = request.actor.municipality
    version = form_version(town, request.form_version)
    audience = audience_of(request.actor, version.form)
    if not request.token or len(request.token) > 64:
        raise Invalid("token_missing")
    answers = _judged(request, version, audience)
    with transaction(town) as tx:
        if not sheet_rows.first_use(tx, request.token):
            return
        sending_limits.count(tx, request.actor, link="", origin=request.origin)
        _lay_in(tx, version.form, values.to_json(version.form, answers))


def _judged(request: HandIn, version: FormVersion, audience: str) -> Answers:
    world = staffing.world(request.actor.municipality)
    judgement = judge(
        version.form,
        request.given,
        calendar.local(world.calendar, clock.now()),
        audience=audience,
        roles=request.actor.roles,
        neighbourhoods=world.staffing.neighbourhoods,
    )
    if not judgement.ok:
        raise Invalid(judgement=judgement)
    second_look.demand(judgement, sure=request.sure)
    return judgement.answers


def _lay_in(tx: Transaction, form: Form, data: Mapping[str, Any]) -> None:
    """Among those that wait; those that are enough for their place are released together."""
    rules = form.unlinked
    assert rules is not None  # noqa: S101 - audience_of saw to it
    sheets = [*sheet_rows.waiting(tx, form.id), Kept(dict(data), until(form, tx))]
    by_place: dict[object, list[Kept]] = defaultdict(list)
    for sheet in sheets:
        by_place[sheet.data.get(rules.per)].append(sheet)
    for found in by_place.values():
        if len(found) >= rules.at_least:
            sheet_rows.release(tx, form.id, found)
    waits = [sheet for found in by_place.values() if len(found) < rules.at_least for sheet in found]
    sheet_rows.keep_waiting(tx, form.id, waits)


def until(form: Form, tx: Transaction) -> date:
    """The first day of the month in which a sheet of this month has to go: never later than its form promises."""
    today = calendar.local(staffing.world(tx.municipality).calendar, tx.now).today
    months = today.year * 12 + today.month - 1 + min(_months(form.retention), default=0)
    return date(months // 12, months % 12 + 1, 1)


def _months(retention: Sequence[Any]) -> list[int]:
    return [rule.months for rule in retention]
