"""What does a partner see of a case, and how do they answer? One case behind one link, and only after the code.

The link comes by mail and says nothing; the code is read out by telephone (domain.md 3.3). Whoever has both sees what
the resident agreed to share, until the link is fourteen days old, renewed or taken back, or the referral ends. Somebody
of the partner with an account here sees the same without a code.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from app.engine.decide import Presser, offers
from app.engine.judge import Given
from app.engine.policy import Act, Actor, by_link, may
from app.services.cases import act_on_case, case_answers, referrals
from app.services.cases.act_on_case import NOTHING_GIVEN, ActOnCase, ActOutcome
from app.services.cases.apply_decision import VERSION
from app.services.cases.case_view import AnswerSection, Contact
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import Desk, Loaded, action_form, desk_of, key_of, load
from app.services.cases.referrals import MOST_WRONG, Referral
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up.sending_limits import network_of
from app.services.municipality import municipalities
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, referral_rows, resident_rows
from app.storage.repositories.event_rows import NewEvent

ROLE = "partner"
OPENED = "partner_opened"
SITTING = timedelta(hours=1)
"""How long the page stays open after the code; on the real clock."""
MOST_FROM_HERE = 20
"""Wrong codes an hour from one origin."""
NO_TEXTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Door:
    """What anybody with the link sees: ``state`` is open, expired, locked (too many wrong codes) or ended."""

    number: str
    municipality: str
    contact: Contact
    state: str


@dataclass(frozen=True, slots=True)
class Button:
    """An answer the partner can give; ``form`` is asked with it where there is one."""

    id: str
    label: str
    help: str
    form: FormVersion | None


@dataclass(frozen=True, slots=True)
class PartnerView:
    """The page: what was shared, who follows the resident up, and what the partner can answer. Nothing is shown any
    more once there is nothing to answer: who refused or finished needs it no longer."""

    case: str
    number: str
    version: int
    municipality: str
    partner: str
    state_label: str
    ended: bool
    contact: Contact
    sections: tuple[AnswerSection, ...]
    buttons: tuple[Button, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Visit:
    """Who comes: by ``token`` with the ``sitting`` that the code gave, or ``actor`` with an account to a ``case``."""

    municipality: str
    token: str = ""
    sitting: str = ""
    actor: Actor | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A press of a button of the page in ``version``; ``shown``: words of consents as that page showed them."""

    action: str
    version: int
    token: str
    given: Given = NOTHING_GIVEN
    shown: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral in the list of somebody of the partner."""

    case: str
    number: str
    title: str
    state_label: str


def door(municipality: str, token: str) -> Door:
    """What stands on the page before the code. Raises ``NotFound`` for a link that is unknown, renewed or recalled."""
    desk = desk_of(municipality)
    with transaction(municipality, readonly=True) as tx:
        loaded, referral = _behind(tx, desk, token)
        state = "open" if referral.live else "locked" if referral.wrong >= MOST_WRONG else "expired"
        state = "ended" if loaded.row["closed_at"] is not None else state
        return Door(loaded.row["number"], municipalities.name_of(municipality), _contact(loaded), state)


def enter(municipality: str, token: str, code: str, *, origin: str = "") -> str:
    """Give the code: what the browser keeps for this sitting. The opening is written in the history.

    Raises ``NotFound`` for a dead link, ``Invalid``: partner_code (wrong), partner_wait (too many).
    """
    desk = desk_of(municipality)
    given = "".join(sign for sign in code if sign.isdigit())
    with transaction(municipality) as tx:
        loaded, referral = _behind(tx, desk, token, lock=True)
        network = network_of(origin)
        problem = _refused(tx, loaded, referral, given, network)
        if not problem:
            referral_rows.opened(tx, referral.case)
            _tell(tx, loaded, referral)
            return _sitting(tx, referral, f"{int(tx.instant.timestamp()):x}")
        if problem == "partner_code":
            referral_rows.wrong_code(tx, referral.case)
            resident_rows.count_wrong(tx, f"partner:{network}")
    raise Invalid(problem)


def show(visit: Visit, *, language: str = "nl") -> PartnerView:
    """What was shared. Raises ``NotFound``, ``Forbidden`` (``partner_code``) when the code is asked (again)."""
    desk = desk_of(visit.municipality)
    with transaction(visit.municipality, readonly=True) as tx:
        loaded, referral = _visited(tx, desk, visit)
        page = _view(tx, loaded, referral, language)
    if visit.actor is not None:
        with transaction(visit.municipality) as tx:
            act = str(Act.REFERRAL_ANSWER)
            event_rows.log_read(tx, account=visit.actor.account, case=referral.case, act=act)
    return page


def answer(visit: Visit, told: Answer) -> ActOutcome:
    """Press a button. Raises what ``show`` raises, and what ``act_on_case.act`` raises."""
    desk = desk_of(visit.municipality)
    with transaction(visit.municipality, readonly=True) as tx:
        _, referral = _visited(tx, desk, visit)
    actor = by_link(visit.municipality, ROLE, referral.name)
    request = ActOnCase(
        actor=actor,
        case=ids.to_text(referral.case),
        action=told.action,
        version=told.version,
        token=told.token,
        given=told.given,
        shown=told.shown,
    )
    return act_on_case.act(request, demand=lambda tx, loaded: _still(tx, desk, visit, loaded))


def listed(actor: Actor) -> list[Waiting]:
    """What was sent to the organisations that somebody with an account speaks for. Raises ``Forbidden``."""
    if not may(actor, Act.REFERRAL_OWN):
        raise Forbidden(str(Act.REFERRAL_OWN))
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        rows = referral_rows.sent_to(tx, _speaks_for(tx, desk, actor))
    return [
        Waiting(
            ids.to_text(row["id"]), row["number"], row["label"].get("form", ""), row["label"].get("state", "")
        )
        for row in rows
    ]


# Who may come in -----------------------------------------------------------------------------------------------------


def _behind(tx: Transaction, desk: Desk, token: str, *, lock: bool = False) -> tuple[Loaded, Referral]:
    row = referral_rows.behind(tx, referrals.hash_of(token))
    if row is None:
        raise NotFound
    referral = referrals.of_row(tx, row)
    loaded = load(tx, desk, referral.case, lock=lock)
    if not referrals.agreed(tx, desk, loaded, referral) or not _active(referral):
        raise NotFound
    return loaded, referral


def _active(referral: Referral) -> bool:
    return referral.partner is not None and referral.partner.active


def _visited(tx: Transaction, desk: Desk, visit: Visit) -> tuple[Loaded, Referral]:
    if visit.actor is not None:
        return _of_account(tx, desk, visit.actor, key_of(visit.case))
    loaded, referral = _behind(tx, desk, visit.token)
    stamp = visit.sitting.partition(".")[0]
    good = hmac.compare_digest(visit.sitting.encode(), _sitting(tx, referral, stamp).encode())
    if not good or not _fresh(tx, stamp) or not referral.live:
        raise Forbidden("partner_code")
    return loaded, referral


def _of_account(tx: Transaction, desk: Desk, actor: Actor, case: int) -> tuple[Loaded, Referral]:
    """Somebody with an account sees what their organisation can see by its link."""
    row = referral_rows.get(tx, case)
    if row is None or not may(actor, Act.REFERRAL_OWN) or row["partner"] not in _speaks_for(tx, desk, actor):
        raise NotFound
    referral = referrals.of_row(tx, row)
    loaded = load(tx, desk, case)
    if not referral.live or not _active(referral) or not referrals.agreed(tx, desk, loaded, referral):
        raise NotFound
    return loaded, referral


def _speaks_for(tx: Transaction, desk: Desk, actor: Actor) -> frozenset[str]:
    """The partners that name the address of this account among their people."""
    worker = desk.world.staffing.workers.get(actor.account)
    if worker is None or not worker.active or not worker.email:
        return frozenset()
    return referrals.naming(tx, worker.email)


def _still(tx: Transaction, desk: Desk, visit: Visit, loaded: Loaded) -> None:
    """The same case may still be answered, now that it is locked."""
    found, _ = _visited(tx, desk, visit)
    if found.row["id"] != loaded.row["id"]:
        raise NotFound


def _refused(tx: Transaction, loaded: Loaded, referral: Referral, given: str, network: str) -> str:
    if loaded.row["closed_at"] is not None or not referral.live:
        return "partner_over"
    if resident_rows.wrong(tx, f"partner:{network}") >= MOST_FROM_HERE:
        return "partner_wait"
    known = referrals.code_of(tx, referral.case, referral.round)
    return "" if hmac.compare_digest(known.encode(), given.encode()) else "partner_code"


def _sitting(tx: Transaction, referral: Referral, stamp: str) -> str:
    """Ties an hour of one browser to this round of this link."""
    return f"{stamp}.{tx.sealer.index('referral_sitting', f'{referral.case}:{referral.round}:{stamp}')}"


def _fresh(tx: Transaction, stamp: str) -> bool:
    try:
        since = int(stamp, 16)
    except ValueError:
        return False
    return 0 <= tx.instant.timestamp() - since < SITTING.total_seconds()


# What they see -------------------------------------------------------------------------------------------------------


def _view(tx: Transaction, loaded: Loaded, referral: Referral, language: str) -> PartnerView:
    row, pinned = loaded.row, loaded.pin
    state = pinned.workflow.states[row["state"]]
    (sent,) = case_rows.submissions(tx, [row["submission"]])
    places = pinned.world.staffing.neighbourhoods
    actor = by_link(pinned.municipality, ROLE)
    sections = case_answers.sections(pinned.form, opened(tx, sent, pinned.form), actor, language, places)
    buttons = _buttons(tx, loaded)
    return PartnerView(
        case=ids.to_text(row["id"]),
        number=row["number"],
        version=row["version"],
        municipality=municipalities.name_of(pinned.municipality),
        partner=referral.name,
        state_label=state.label,
        ended=state.end,
        contact=_contact(loaded),
        sections=sections if buttons else (),
        buttons=buttons,
        until=referral.expires_at,
    )


def _buttons(tx: Transaction, loaded: Loaded) -> tuple[Button, ...]:
    pinned = loaded.pin
    offered = offers(
        pinned.workflow,
        pinned.form,
        loaded.case,
        Presser("", ROLE),
        now=tx.now,
        world=pinned.world,
        contact_points=pinned.contact_points,
    )
    return tuple(
        Button(
            item.action.id,
            item.action.label,
            item.action.help,
            action_form(tx, pinned, item.action.form) if item.action.form else None,
        )
        for item in offered
        if item.refusal is None and ROLE in item.action.by
    )


def _contact(loaded: Loaded) -> Contact:
    worker = loaded.pin.world.staffing.workers.get(loaded.row["holder"])
    phone = (worker.phone if worker else "") or loaded.pin.world.settings.get("phone", "")
    return Contact(loaded.row["holder"], worker.name if worker else "", phone)


def _tell(tx: Transaction, loaded: Loaded, referral: Referral) -> None:
    params = {"partner": referral.name, VERSION: str(loaded.row["version"])}
    event_rows.append_all(tx, loaded.row["id"], [NewEvent(OPENED, params)])
