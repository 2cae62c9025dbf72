"""The sheet of an attempt is handed in: after a talk it opens a case where its form does, in one transaction with the
attempt; nothing else keeps the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.definitions.model.forms import Form, FormKind
from app.engine import calendar, values
from app.engine.judge import Given, judge
from app.engine.model.answers import Answers, Value
from app.engine.policy import Act, Actor, may_ever
from app.services import once
from app.services.campaigns import noting
from app.services.campaigns.batches import demand_own
from app.services.campaigns.contacting import demand_now, hold
from app.services.cases.load_case import Desk, desk_of
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.intake.submit_form import SubmitForm, submit
from app.storage import clock, ids
from app.storage.database import Transaction, transaction

_AUDIENCES: Mapping[str, Act] = {"volunteer": Act.FORM_FILL_VOLUNTEER, "reception": Act.FORM_FILL_RECEPTION}


@dataclass(frozen=True, slots=True)
class Talk:
    """What is handed in. ``version`` is that of the contact as the page showed it, ``form_version`` of the sheet."""

    actor: Actor
    contact: str
    version: int
    form_version: int
    given: Given
    token: str
    shown: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """Where one goes on: the batch, and outbox ids that are due."""

    batch: str
    wake: tuple[int, ...] = ()


def talk(request: Talk) -> Noted:
    """Hand the sheet in. The same press twice counts once.

    Raises ``Forbidden``, ``NotFound``, ``Conflict`` (``contact_changed``, ``token_used``), ``Invalid`` (with the
    judgement, or ``contact_not_now``).
    """
    demand_own(request.actor)
    desk = desk_of(request.actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        held = hold(tx, desk, request.actor, request.contact)
    form = catalogs.form_version(desk.municipality, request.form_version).form
    campaign = held.run.campaign
    if form.id != campaign.sheet:
        raise Invalid("sheet_other")
    request = replace(request, given=_fixed(form, request.given, campaign.sets))
    answers = _judged(desk, request, form)
    batch = ids.to_text(held.batch)
    if form.kind is not FormKind.CASE or answers.get(campaign.outcome) not in campaign.talk:
        with transaction(desk.municipality) as tx:
            said = [str(answers.get(campaign.outcome)), values.to_json(form, answers)]
            if once.first(tx, request.actor, request.token, "talk", request.contact, *said) is None:
                _note(tx, desk, request, form, answers)
        return Noted(batch)

    def beside(tx: Transaction, judged: Answers) -> None:
        _note(tx, desk, request, form, judged)

    receipt = submit(
        SubmitForm(
            request.actor,
            request.form_version,
            request.given,
            request.token,
            audience=audience_of(request.actor, form),
            make_person=True,
            shown=request.shown,
            notice=request.notice,
        ),
        beside,
    )
    return Noted(batch, receipt.wake)


def audience_of(actor: Actor, form: Form) -> str:
    """As whom somebody fills the sheet in. Raises ``Forbidden``."""
    found = next(
        (name for name, act in _AUDIENCES.items() if name in form.audience and may_ever(actor, act)), ""
    )
    if not found and form.kind is FormKind.CASE:
        raise Forbidden("audience")
    return found


def _fixed(form: Form, given: Given, sets: Mapping[str, str]) -> Given:
    """What always is so in this campaign, whatever came in."""
    fixed: dict[str, Value] = {}
    for name, option in sets.items():
        item = form.field(name)
        value = values.coerce(item, [option]) if item is not None else None
        if value is not None:
            fixed[name] = value
    return replace(
        given,
        values={**given.values, **fixed},
        errors=tuple(item for item in given.errors if item.field not in fixed),
        blank=given.blank - fixed.keys(),
    )


def _judged(desk: Desk, request: Talk, form: Form) -> Answers:
    judgement = judge(
        form,
        request.given,
        calendar.local(desk.world.calendar, clock.now()),
        audience=audience_of(request.actor, form),
        roles=request.actor.roles,
        neighbourhoods=desk.world.staffing.neighbourhoods,
    )
    if not judgement.ok:
        raise Invalid(errors=judgement.errors, judgement=judgement)
    return judgement.answers


def _note(tx: Transaction, desk: Desk, request: Talk, form: Form, answers: Answers) -> None:
    held = hold(tx, desk, request.actor, request.contact, lock=True)
    outcome = str(answers.get(held.run.campaign.outcome) or "")
    demand_now(tx, desk, held, outcome, request.version)
    if not outcome:
        raise Conflict("contact_changed")
    noting.add(tx, desk, held.run, held.contact, answers, form)
