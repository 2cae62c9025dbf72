"""What happens when somebody presses a button of a case?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.definitions.model.workflows import Action
from app.engine import calendar, values
from app.engine.judge import Given, judge
from app.engine.model.answers import Answers
from app.engine.model.cases import Acted
from app.engine.policy import Act, Actor
from app.services import once, second_look
from app.services.campaigns import silence
from app.services.cases import (
    bonds,
    consents,
    match_links,
    merge_cases,
    move_case,
    privacy_told,
    referrals,
    relation,
    settle_referrals,
)
from app.services.cases.apply_decision import VERSION
from app.services.cases.kept_answers import FORM_FILLED
from app.services.cases.load_case import Desk, Loaded, action_form, desk_of, key_of, load
from app.services.cases.meanwhile import changed
from app.services.cases.move_case import Moved, move
from app.services.cases.open_case import submission_row
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Conflict, Forbidden, Invalid
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, token_rows
from app.storage.repositories.event_rows import NewEvent

NOTHING_GIVEN = Given(MappingProxyType({}), ())
PARTNER = "partner"
_OUTSIDE = ("resident", "referrer", PARTNER)
Demand = Callable[[Transaction, Loaded], None]
"""Raises when the case may not be acted on."""


@dataclass(frozen=True, slots=True)
class ActOnCase:
    """A press. ``version`` is that of the page it was pressed on; ``token`` was minted with that page."""

    actor: Actor
    case: str
    action: str
    version: int
    token: str
    given: Given = NOTHING_GIVEN
    reason: str = ""
    row_reasons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    open_tasks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What becomes of each open sub-task when the case ends: ``TaskLine.key`` -> done, cancelled or kept."""
    shown: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Flat id of a consent of the form -> the words its page showed, where they were not those by default."""
    into: str = ""
    """The number of the case that goes on, for a button that merges (``ActionView.merges``)."""
    match: str = ""
    """The id of the case that is proposed, for the button of a matching."""
    sure: bool = False
    """They were told what may tell who somebody is, and send it all the same."""


@dataclass(frozen=True, slots=True)
class ActOutcome:
    """Where the case is now. ``again``: this token was used before, this is what it did then."""

    case: str
    number: str
    version: int
    state: str
    state_label: str
    ended: bool
    said: tuple[str, ...] = ()
    """What happened, in words, for the message on the next page."""
    wake: tuple[int, ...] = ()
    again: bool = False
    open_form: str = ""
    prints: tuple[str, ...] = ()


def act(request: ActOnCase, *, demand: Demand | None = None) -> ActOutcome:
    """Press a button. ``demand``: who else than staff may, asked of the locked case.

    Raises Forbidden, NotFound, Invalid (the action's form, a missing reason, a need that does not hold, an open task of
    which nothing was said, a case that cannot be merged into), Conflict with a ``Changed`` when the case moved on since
    ``version``.
    """
    desk = desk_of(request.actor.municipality)
    key = key_of(request.case)
    with transaction(desk.municipality) as tx:
        other = merge_cases.lock_both(tx, key, request.into)
        loaded = load(tx, desk, key, lock=True)
        _demand(tx, request, loaded, demand)
        first = token_rows.find(tx, request.token)
        if first is not None:
            return _repeat(tx, request, loaded, first)
        if loaded.row["version"] != request.version:
            raise Conflict("case_changed", current=changed(tx, loaded, request.version))
        action = _action(loaded, request.action)
        referrals.demand_ready(tx, desk, loaded, action)
        form, answers = _judged(tx, request, loaded, action)
        wanted = merge_cases.Wanted(request.actor, action, request.into, other)
        beside = merge_cases.beside(tx, desk, loaded, wanted)
        link = match_links.proposed(tx, desk, request.actor, loaded, (action, request.match))
        return _act(tx, desk, loaded, request, _Press(action, form, answers, beside, link))


@dataclass(frozen=True, slots=True)
class _Press:
    """The button, its form as it was judged, and what merging and matching write beside the decision."""

    action: Action
    form: FormVersion | None
    answers: Answers
    beside: merge_cases.Beside
    link: match_links.Proposed


def _act(tx: Transaction, desk: Desk, loaded: Loaded, request: ActOnCase, press: _Press) -> ActOutcome:
    beside = press.beside
    event = Acted(
        action=request.action,
        by=request.actor.account,
        role=role_of(request.actor),
        answers=press.answers,
        reason=request.reason,
        row_reasons=request.row_reasons,
        open_tasks=merge_cases.settled(loaded, press.action.does, dict(request.open_tasks)),
    )
    events = _keep(tx, loaded, request, press.form, press.answers) if press.form else []
    ending = (press.action, request.open_tasks, request.actor.account)
    wake = settle_referrals.settle(tx, desk, loaded, ending, move_case.beside)
    moved = move(
        tx,
        desk,
        loaded,
        event,
        by=request.actor.account,
        events=[*events, *beside.events, *press.link.events, *_by_partner(request.actor, loaded)],
        columns=beside.columns,
    )
    wake += bonds.press_along(tx, desk, loaded, press.action, request.actor)
    merge_cases.after(tx, loaded, beside)
    match_links.keep(tx, loaded, press.link, request.actor)
    if "stop_messages" in press.action.does and loaded.row["person"] is not None:
        silence.of_record(tx, desk.world, loaded.row["person"])
    if press.form:
        privacy_told.from_answers(tx, loaded, press.form.form, press.answers, request.actor.account)
    result = outcome(loaded, replace(moved, wake=wake + moved.wake), open_form=press.action.open_form)
    token_rows.keep(
        tx,
        token=request.token,
        body_hash=once.body_hash(tx, *_body(request)),
        account=request.actor.account,
        result={"version": result.version, "state": result.state, "open_form": result.open_form},
    )
    return result


def outcome(loaded: Loaded, moved: Moved, *, open_form: str = "") -> ActOutcome:
    """What to tell after a case was moved."""
    state = loaded.pin.workflow.states[moved.case.state]
    return ActOutcome(
        case=ids.to_text(loaded.row["id"]),
        number=loaded.row["number"],
        version=loaded.row["version"] + (0 if moved.nothing else 1),
        state=moved.case.state,
        state_label=state.label,
        ended=state.end,
        said=(state.label,),
        wake=moved.wake,
        open_form=open_form,
        prints=moved.prints,
    )


def _demand(tx: Transaction, request: ActOnCase, loaded: Loaded, demand: Demand | None) -> None:
    if demand is not None:
        demand(tx, loaded)
        return
    actor = request.actor
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now)
    try:
        relation.demand_seen(actor, Act.CASE_ACT, found)
    except Forbidden:
        if loaded.row["version"] == request.version:
            raise
        # it was theirs on the page they pressed on: who took it, and when, says more than that they may not
        raise Conflict("case_changed", current=changed(tx, loaded, request.version, follows=False)) from None


def _action(loaded: Loaded, name: str) -> Action:
    """The button; an unknown one (or that to reopen) has no form, and the engine says what it thinks of it."""
    return loaded.pin.workflow.actions_of(loaded.row["state"]).get(name) or Action(name, "")


def _judged(
    tx: Transaction, request: ActOnCase, loaded: Loaded, action: Action
) -> tuple[FormVersion | None, Answers]:
    if not action.form:
        return None, {}
    version = action_form(tx, loaded.pin, action.form)
    judgement = judge(
        version.form,
        consents.with_texts(version.form, request.given, request.shown),
        calendar.local(loaded.pin.world.calendar, tx.now),
        roles=request.actor.roles,
        neighbourhoods=loaded.pin.world.staffing.neighbourhoods,
    )
    if not judgement.ok:
        raise Invalid(judgement=judgement)
    second_look.demand(judgement, sure=request.sure)
    return version, judgement.answers


def _keep(
    tx: Transaction, loaded: Loaded, request: ActOnCase, version: FormVersion, answers: Answers
) -> list[NewEvent]:
    """The form behind the button becomes a submission of its own, named in the history."""
    key = ids.new_id()
    row = submission_row(tx, key, version.id, values.to_json(version.form, answers))
    row.update(token=f"act:{ids.to_text(key)}", by=request.actor.account or None, audience="action")
    case_rows.insert_submission(tx, row)
    params = {
        "submission": ids.to_text(key),
        "action": request.action,
        VERSION: str(loaded.row["version"] + 1),
    }
    return [NewEvent(FORM_FILLED, params, by=request.actor.account)]


def _by_partner(actor: Actor, loaded: Loaded) -> list[NewEvent]:
    """Which organisation answered; what they answered stands behind it."""
    if role_of(actor) != PARTNER:
        return []
    return [NewEvent("partner_answered", {"partner": actor.name, VERSION: str(loaded.row["version"] + 1)})]


def _repeat(tx: Transaction, request: ActOnCase, loaded: Loaded, first: token_rows.Used) -> ActOutcome:
    """The same token again: what it did the first time, or a conflict when the request differs."""
    if not once.is_same(tx, first.body_hash, *_body(request)):
        raise Conflict("token_used")
    return first_outcome(request.case, loaded, first)


def first_outcome(case: str, loaded: Loaded, first: token_rows.Used) -> ActOutcome:
    """What a token did the first time."""
    state = loaded.pin.workflow.states[first.result["state"]]
    return ActOutcome(
        case=case,
        number=loaded.row["number"],
        version=first.result["version"],
        state=state.id,
        state_label=state.label,
        ended=state.end,
        said=(state.label,),
        again=True,
        open_form=first.result["open_form"],
    )


def _body(request: ActOnCase) -> tuple[object, ...]:
    return (
        request.case,
        request.action,
        request.reason,
        dict(request.row_reasons),
        dict(request.open_tasks),
        request.into,
        request.match,
        request.given.values,
    )


def role_of(actor: Actor) -> str:
    """The role of somebody outside, or the DPO; staff act as holder or substitute by their account."""
    return next((role for role in (*_OUTSIDE, "dpo") if role in actor.roles), "")
