"""What happens when somebody submits a filled-in form?

Judge once more, route, and write submission, case, tasks, timers, history and outbox in one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from app.definitions.model.forms import Form
from app.engine import calendar, values
from app.engine.judge import Given, judge
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor
from app.engine.warning import WARNED
from app.services import once, second_look
from app.services.cases import agreeing, bonds, collecting, consents, lending, privacy_told
from app.services.cases.case_view import Contact
from app.services.cases.load_case import Desk, Pinned, desk_of, key_of, pin
from app.services.cases.open_case import NOTHING, Opened, Opening, open_case, submission_row
from app.services.cases.relation import demand_ever
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.follow_up import sending_limits
from app.services.gatherings import registering
from app.services.intake import re_entered, uploads
from app.services.intake.re_entered import CameIn
from app.services.municipality import openings
from app.services.people import keying, link_case, resident_codes, residents, sight
from app.services.staff import named_people
from app.storage import clock, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, draft_rows, link_rows

_ACTS: Mapping[str, Act] = {
    "public": Act.FORM_FILL_PUBLIC,
    "referrer": Act.FORM_FILL_REFERRER,
    "reception": Act.FORM_FILL_RECEPTION,
    "volunteer": Act.FORM_FILL_VOLUNTEER,
}
_REFERRER = ("name", "email", "phone", "function", "wish")
_CODE_BITS = 65
"""As many as fill thirteen signs: nobody finds one by trying, and it can still be copied from paper."""
_STAFF_AUDIENCE = "reception"


@dataclass(frozen=True, slots=True)
class SubmitForm:
    """What is handed in. ``form_version`` is the ``FormVersion.id`` the page was made from; ``token`` was minted when
    the page was rendered; ``draft`` is the text id of the draft to remove. ``person``: the id of a chosen person
    record; ``make_person``: make a thin one from the answers (staff only). ``received_on``: the local day on which a
    paper card came in that staff enter later.
    """

    actor: Actor
    form_version: int
    given: Given
    token: str
    audience: str = ""
    draft: str = ""
    person: str = ""
    make_person: bool = False
    received_on: date | None = None
    parent: str = ""
    """Text id of the case this form was opened from (``open_form``)."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """Flat id of a consent -> the words its page showed, where they were not those that stand there by default."""
    link: str = ""
    """Text id of the personal link somebody without an account came by."""
    visitor: str = ""
    """The secret of their browser: whose uploads these are."""
    origin: str = ""
    """The address they send from; kept for an hour as a keyed hash, to see who sends far too much."""
    card: str = ""
    """The number of the card on paper that they hold, proved by its link."""
    sure: bool = False
    """They were told what may tell who somebody is, and send it all the same."""
    suspect: bool = False
    """Something was filled in that no person sees."""
    language: str = "nl"
    notice: str = ""
    """What its page told about the data, word for word."""
    began: datetime | None = None
    """When its page was opened, as far as that can be trusted."""
    walks_in: bool = False
    """They stand at the door of the session without having registered: there is room, and they are present."""
    learnt: tuple[int, int] | None = None
    """Numbers of the live definitions and staff as the session of this request read them; else they are looked up."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the submitter is told. ``again``: this token was used before; this is the first receipt.

    ``status_code`` goes with ``number`` on the referrer's page (referrers only, else empty); ``contact_by`` is the
    last day on which the resident is contacted; ``wake`` are outbox ids to hint to the relay.
    """

    case: str
    number: str
    form_title: str
    received_at: datetime
    contact: Contact
    contact_by: date | None
    status_code: str = ""
    resident_code: str = ""
    """With ``number`` it opens the resident's own page; empty for a form that is about nobody."""
    wake: tuple[int, ...] = ()
    again: bool = False
    prints: tuple[str, ...] = ()
    """Documents to hand over at once, by id (``ontvangstbewijs``), with the sub-case they belong to: ``id:case``."""
    seat: str = ""
    """For a session: ``placed`` or ``waiting``; empty for anything else."""
    warned: tuple[str, ...] = ()
    """What the form warned of."""
    read_on: date | None = None
    """The working day on which somebody reads it, when that is not the day it came in."""


Beside = Callable[[Transaction, Answers], None]
"""What somebody else writes in the transaction of a submission, with the answers as they were judged."""


def submit(request: SubmitForm, beside: Beside | None = None) -> Receipt:
    """Submit a form. Values of hidden fields are dropped; the answers are judged here and nowhere else. ``beside`` is
    called once, not for the same token again.

    Raises Invalid (with the Judgement, or ``form_closed``), Forbidden (audience), Conflict (the token was used with
    other answers), NotFound (form version).
    """
    desk = desk_of(request.actor.municipality, request.learnt)
    version = desk.catalog.form_version(request.form_version)
    _demand_audience(request, version.form)
    pinned = pin(desk, version.id, desk.catalog.workflow_for(version).id)
    answers, warnings = _judged(request, pinned)
    answers = registering.named(desk, pinned, answers)
    with transaction(desk.municipality) as tx:
        receipt = _submit(tx, desk, pinned, request, answers)
        if beside is not None and not receipt.again:
            beside(tx, answers)
        return replace(receipt, warned=warnings)


def _submit(tx: Transaction, desk: Desk, pinned: Pinned, request: SubmitForm, answers: Answers) -> Receipt:
    key = ids.new_id()
    data = values.to_json(pinned.form, answers)
    row = submission_row(tx, key, request.form_version, data)
    row.update(token=request.token, by=request.actor.account or None, audience=request.audience)
    if request.link:
        row["referrer_link"] = key_of(request.link)
    if not case_rows.insert_submission(tx, row):
        return _repeat(tx, pinned, request, data)
    if request.link:
        link_rows.link_used(tx, key_of(request.link))
    sending_limits.count(tx, request.actor, link=request.link, origin=request.origin)
    received_at = re_entered.received_at(
        pinned, request.received_on if request.actor.account else None, tx.now
    )
    _demand_room(tx, pinned, request, answers, received_at)
    seat = registering.seat(tx, desk, pinned, answers, walks_in=request.walks_in)
    person, follows, fresh = _person(tx, desk, request, pinned, answers)
    opening = Opening(
        pinned=pinned,
        submission=key,
        answers=answers,
        number=re_entered.number(tx, pinned, CameIn(request.actor, received_at, request.card), answers),
        received_at=received_at,
        by=request.actor.account,
        person=person,
        new_person=fresh,
        follows=follows,
        parent=key_of(request.parent) if request.parent else None,
        referrer=_referrer(pinned.form, answers),
        review=request.suspect,
    )
    opened = open_case(tx, desk, opening)
    _agreed(tx, (key, opened), pinned, request)
    _tie(tx, desk, request.actor, opening, opened.key)
    if person is not None and opening.parent is not None:
        link_case.adopt(tx, desk, request.actor, opening.parent, person)
    if person is not None:
        keying.keep(tx, person, pinned.form, answers, fresh=bool(fresh))
    if person is not None and not fresh:
        case_rows.set_contact_person(tx, person, opened.case.holder)
    uploads.attach(tx, request.actor, answers, key, visitor=request.visitor)
    if request.draft and request.actor.account:
        case_rows.drop_draft(tx, key_of(request.draft), request.actor.account)
    facts = {
        "id": opened.key,
        "number": opening.number,
        "received_at": received_at,
        "holder": opened.case.holder,
        "limits": {name: day.isoformat() for name, day in opened.case.limits.items()},
        "marks": opened.case.marks,
    }
    receipt = replace(_receipt(pinned, facts, opening.referrer), seat=seat.standing if seat else "")
    opened = registering.enter(tx, desk, pinned, opened, seat, by=request.actor.account)
    return replace(
        receipt,
        wake=opened.wake,
        prints=opened.prints,
        resident_code=resident_codes.first(tx, opened.key, pinned.form),
    )


def _tie(tx: Transaction, desk: Desk, actor: Actor, opening: Opening, key: int) -> None:
    """It belongs to what was chosen in it, and to what collects such as it, and holds what it lends."""
    bonds.keep(tx, desk, actor, (key, opening.number), opening.answers)
    collecting.join(tx, desk, opening.pinned.form, key, opening.answers)
    lending.keep(tx, key, opening.pinned.form, opening.answers)


def _demand_room(
    tx: Transaction, pinned: Pinned, request: SubmitForm, answers: Answers, received_at: datetime
) -> None:
    """The form is open, and there is enough left of what they want to lend. Raises Invalid."""
    openings.demand_open(pinned.world, pinned.form, lambda: _began(tx, request, received_at))
    lending.demand(tx, pinned.form, answers)


def _began(tx: Transaction, request: SubmitForm, received_at: datetime) -> datetime | None:
    """When somebody was first busy with it: a paper card that came in, a draft, the page that was opened."""
    draft = request.draft and request.actor.account
    row = draft_rows.get(tx, request.actor.account, key_of(request.draft)) if draft else None
    known = [row.created_at if row else None, request.began, received_at if request.received_on else None]
    return min((moment for moment in known if moment is not None), default=None)


def _agreed(tx: Transaction, begun: tuple[int, Opened], pinned: Pinned, request: SubmitForm) -> None:
    """What they agreed to, and what they were told of their privacy."""
    submission, opened = begun
    agreeing.began(tx, opened.key, pinned, opened.case, audience=request.audience)
    privacy_told.at_submission(
        tx, (submission, opened.key), pinned.form, request.audience, notice=request.notice
    )


def _demand_audience(request: SubmitForm, form: Form) -> None:
    act = _ACTS.get(request.audience)
    if act is None or request.audience not in form.audience or form.unlinked:
        raise Forbidden("audience")
    demand_ever(request.actor, act)
    if (request.person or request.make_person) and not request.actor.account:
        raise Forbidden("person")
    if not request.token or len(request.token) > 64:
        raise Invalid("token_missing")


def _judged(request: SubmitForm, pinned: Pinned) -> tuple[Answers, tuple[str, ...]]:
    """The answers as they count, and what was warned of."""
    own = uploads.own(request.actor, request.given, visitor=request.visitor, token=request.token)
    given = consents.with_texts(pinned.form, own, request.shown)
    judgement = judge(
        pinned.form,
        given,
        calendar.local(pinned.world.calendar, clock.now()),
        audience=request.audience,
        roles=request.actor.roles,
        neighbourhoods=pinned.world.staffing.neighbourhoods,
    )
    changed = consents.changed(pinned, given, judgement, roles=request.actor.roles, person=request.person)
    if changed or not judgement.ok:
        raise Invalid(errors=judgement.errors + changed, judgement=judgement)
    second_look.demand(judgement, sure=request.sure)
    told = tuple(warning.message for warning in judgement.warnings if warning.code == WARNED)
    return named_people.known(judgement.answers, pinned), told


def _repeat(tx: Transaction, pinned: Pinned, request: SubmitForm, data: Mapping[str, Any]) -> Receipt:
    """The same token again: the first receipt for the same answers, else a conflict."""
    first = case_rows.submission_by_token(tx, request.token)
    if first is None or not once.is_same(tx, first["body_hash"], request.form_version, data):
        raise Conflict("token_used")
    row = case_rows.by_submission(tx, first["id"])
    if row is None:
        raise NotFound
    code = resident_codes.given(tx, row, pinned.form)
    return replace(_receipt(pinned, row, residents.referrer_of(tx, row)), again=True, resident_code=code)


def _person(
    tx: Transaction, desk: Desk, request: SubmitForm, pinned: Pinned, answers: Answers
) -> tuple[int | None, str, Mapping[str, Any]]:
    """The person record of this case, who follows that resident, and the row when it is not written yet.

    ``None`` and nothing for an anonymous case.
    """
    if request.person:
        row = case_rows.person(tx, key_of(request.person))
        while row is not None and row["merged_into"] is not None:
            row = case_rows.person(tx, row["merged_into"])
        if row is None:
            raise NotFound
        follows = sight.follower(tx, desk, row["id"], row["contact_person"] or "")
        return row["id"], follows, NOTHING
    wanted = request.make_person or request.audience == _STAFF_AUDIENCE
    if wanted and request.actor.account and residents.is_named(pinned.form, answers):
        fresh = residents.record(tx, pinned.form, answers, keyed=keying.RULES)
        return fresh["id"], "", fresh
    return None, "", NOTHING


def _referrer(form: Form, answers: Answers) -> dict[str, str]:
    """Who sent it and the code of its page, for a form that asks; empty for another."""
    if not any(field.means.startswith("referrer.") for field in form.fields()):
        return {}
    found = {
        name: text for name in _REFERRER if (text := residents.meaning(form, answers, f"referrer.{name}"))
    }
    return {**found, "code": status_code()}


def status_code() -> str:
    """A code nobody can guess, in letters and digits that are told apart on paper."""
    number = secrets.randbits(_CODE_BITS)
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    return "".join(alphabet[(number >> shift) & 31] for shift in range(0, _CODE_BITS, 5))


def _receipt(pinned: Pinned, row: Mapping[str, Any], referrer: Mapping[str, str]) -> Receipt:
    """``row`` has the id, number, received_at, holder, limits and marks of the case."""
    worker = pinned.world.staffing.workers.get(row["holder"])
    return Receipt(
        case=ids.to_text(row["id"]),
        number=row["number"],
        form_title=pinned.form.title,
        received_at=row["received_at"],
        contact=Contact(row["holder"], worker.name if worker else "", worker.phone if worker else ""),
        contact_by=contact_by(pinned, row),
        status_code=referrer.get("code", ""),
        read_on=calendar.waits_until(pinned.world.calendar, row["received_at"]),
    )


def contact_by(pinned: Pinned, row: Mapping[str, Any]) -> date | None:
    """The last day on which the case promises something: its first running limit."""
    running = [
        date.fromisoformat(row["limits"][limit.id])
        for limit in pinned.workflow.limits
        if limit.id in row["limits"] and limit.until not in row["marks"]
    ]
    return min(running, default=None)


__all__ = ["Receipt", "SubmitForm", "contact_by", "status_code", "submit"]
