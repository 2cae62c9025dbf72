"""What does somebody read in an emergency, and who asked what? Reading is written down each time, with the request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.engine.policy import Act, Actor, Relation, may, may_ever
from app.services.cases import case_page
from app.services.cases.case_page import Viewer
from app.services.cases.case_view import CasePage
from app.services.cases.emergencies import VOICES, approvers
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load
from app.services.cases.readable import FULL
from app.services.errors import NotFound
from app.services.permission import demand
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import emergency_rows, event_rows
from app.storage.repositories.emergency_rows import ASKED, OPEN, Kept

GROUND = "emergency"
MOST = 200
LAPSED, OVER = "lapsed", "over"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as its page and the lists show it; names are ready to show.

    ``state``: asked, open, over (the hour passed), ended (by hand), refused or lapsed (nobody answered in time).
    ``title`` and ``holder`` are what may be known of a case without reading it. ``mine``: who looks asked it;
    ``answerable``: they can agree or refuse; ``endable``: they can end it;
    ``reviewable``: they can write what was found.
    """

    id: str
    number: str
    title: str
    holder: str
    who: str
    ground: str
    reason: str
    state: str
    asked_at: datetime
    lapses_at: datetime
    opened_at: datetime | None
    until: datetime | None
    voices: tuple[tuple[str, bool, datetime], ...]
    needed: int
    mine: bool
    answerable: bool
    endable: bool
    reviewable: bool
    reviewed_by: str
    review: str

    @property
    def is_open(self) -> bool:
        """Whether the case can be read now."""
        return self.state == OPEN


@dataclass(frozen=True, slots=True)
class Running:
    """What somebody may read now because of an emergency, for the banner."""

    id: str
    number: str
    until: datetime
    minutes: int


def listed(actor: Actor) -> list[Request]:
    """What somebody asked themselves and, for who approves or looks after it, what others asked; the last first."""
    demand(actor, Act.EMERGENCY_SEE)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        others = may_ever(actor, Act.EMERGENCY_APPROVE) or may_ever(actor, Act.AUDIT_READ)
        rows = emergency_rows.latest if others else _of(actor)
        shown = (_shown(tx, desk, actor, kept) for kept in rows(tx, most=MOST))
        return [request for request in shown if request is not None]


def show(actor: Actor, request: str) -> Request:
    """One request. Raises ``Forbidden``, ``NotFound`` for one that is not theirs to know of."""
    demand(actor, Act.EMERGENCY_SEE)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        kept = emergency_rows.get(tx, key_of(request))
        found = _shown(tx, desk, actor, kept) if kept is not None else None
    if found is None:
        raise NotFound
    return found


def read(actor: Actor, request: str, *, language: str = "nl") -> tuple[Running, CasePage]:
    """The case, to read and nothing else. Raises ``Forbidden``, ``NotFound`` for who did not ask it, and once it is
    over."""
    demand(actor, Act.EMERGENCY_READ, Relation.OWN)
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality) as tx:
        kept = emergency_rows.get(tx, key_of(request))
        if kept is None or kept.asked_by != actor.account or _state(kept, tx.now) != OPEN:
            raise NotFound
        loaded = load(tx, desk, kept.case)
        if actor.account in loaded.kept_from or loaded.row["blocked"]:
            raise NotFound
        viewer = Viewer(actor, frozenset({Relation.NONE}), FULL, language)
        page = case_page.page_for(tx, desk, loaded, history.entries(tx, kept.case), viewer)
        event_rows.log_read(
            tx,
            account=actor.account,
            case=kept.case,
            act=str(Act.EMERGENCY_READ),
            reason=f"{request} {kept.reason}",
            ground=GROUND,
        )
        return _running(kept, tx.now), page


def running(actor: Actor) -> list[Running]:
    """What somebody may read now, the first to end first."""
    if not may(actor, Act.EMERGENCY_READ, Relation.OWN):
        return []
    with transaction(actor.municipality, readonly=True) as tx:
        return [_running(kept, tx.now) for kept in emergency_rows.running(tx, actor.account)]


def _of(actor: Actor) -> Callable[..., list[Kept]]:
    return lambda tx, *, most: emergency_rows.of_account(tx, actor.account, most=most)


def _running(kept: Kept, now: datetime) -> Running:
    until = kept.until or now
    left = max(1, -(-(until - now) // timedelta(minutes=1)))
    return Running(ids.to_text(kept.id), kept.number, until, left)


def _state(kept: Kept, now: datetime) -> str:
    if kept.state == ASKED and now >= kept.lapses_at:
        return LAPSED
    return OVER if kept.state == OPEN and kept.until is not None and now >= kept.until else kept.state


def _shown(tx: Transaction, desk: Desk, actor: Actor, kept: Kept) -> Request | None:
    """None for who may not know of it."""
    mine = kept.asked_by == actor.account
    loaded = load(tx, desk, kept.case)
    approves = actor.account in approvers(desk, loaded, kept.asked_by)
    audits = may(actor, Act.AUDIT_READ) and actor.account not in loaded.kept_from
    if not (mine or approves or audits):
        return None
    return _request(desk, loaded, kept, _state(kept, tx.now), (actor.account, approves, audits))


def _request(desk: Desk, loaded: Loaded, kept: Kept, state: str, viewer: tuple[str, bool, bool]) -> Request:
    account, approves, audits = viewer
    said = any(voice.account == account for voice in kept.voices)
    mine = kept.asked_by == account

    def name(of: str) -> str:
        worker = desk.world.staffing.workers.get(of)
        return worker.name if worker else ""

    return Request(
        id=ids.to_text(kept.id),
        number=kept.number,
        title="" if mine else loaded.pin.title,
        holder="" if mine else name(loaded.row["holder"]),
        who=name(kept.asked_by),
        ground=kept.ground,
        reason=kept.reason,
        state=state,
        asked_at=kept.asked_at,
        lapses_at=kept.lapses_at,
        opened_at=kept.opened_at,
        until=kept.until,
        voices=tuple((name(voice.account), voice.agreed, voice.at) for voice in kept.voices),
        needed=VOICES,
        mine=mine,
        answerable=state == ASKED and approves and not said,
        endable=(mine and state in (ASKED, OPEN)) or (approves and state == OPEN),
        reviewable=audits and kept.opened_at is not None and state != OPEN and kept.reviewed_at is None,
        reviewed_by=name(kept.reviewed_by),
        review=kept.review if audits else "",
    )
