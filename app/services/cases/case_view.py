"""What does a page of one case show?

Ids are text (base32 of the key). Dates are local to the municipality, instants aware UTC. Words are ready to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.definitions.model.forms import Form, Option
from app.services.cases.case_beside import Along, CaseFile, ConsentLine, Kept, Sharing
from app.services.cases.collect_view import Progress
from app.services.cases.referral_view import Invitation, ReferralCard
from app.services.cases.settle_referrals import Running

if TYPE_CHECKING:
    from app.services.cases.ask_view import AskLine


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to; ``account`` is empty for a name that is nobody's account."""

    account: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task. ``days`` counts from today to the due date: negative is overdue, None without a date.

    ``mine``: it is this viewer's to do (as holder or substitute). ``why`` says why it is here and why it is due then.
    ``label`` says everything to who may read the content of the case, else only what lists show. ``escalation``: the
    viewer only looks along; ``watched_by``: the colleagues who look along because it is late.
    """

    id: str
    kind: str
    label: str
    assignee: Contact
    due_on: date | None
    days: int | None
    open: bool
    mine: bool
    outcome: str = ""
    reminder: str = ""
    escalation: bool = False
    watched_by: tuple[str, ...] = ()
    urgent: bool = False
    not_before: datetime | None = None
    why: tuple[str, ...] = ()
    finishable: bool = False
    claimable: bool = False
    key: str = ""
    """Names it within its case."""


@dataclass(frozen=True, slots=True)
class RowToReason:
    """A row that needs a closing reason of its own: ``reason_each``."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """A button. When it cannot be pressed ``refusals`` says why, in the author's words.

    ``form`` is the pinned version of the action's form (id in ``form_version``); ``reasons`` are asked when not empty.
    ``leads_to`` is the label of the state it goes to, empty when the case stays where it is.
    """

    id: str
    label: str
    help: str = ""
    enabled: bool = True
    refusals: tuple[str, ...] = ()
    form: Form | None = None
    form_version: str = ""
    reasons: tuple[Option, ...] = ()
    rows: tuple[RowToReason, ...] = ()
    open_form: str = ""
    leads_to: str = ""
    ends: bool = False
    anywhere: bool = False
    """A button of every state (consent withdrawn, died): no part of the normal way."""
    again: tuple[str, ...] = ()
    """What comes after one more try: how many there were, when the next makes sense, what happens at the last."""
    merges: bool = False
    """It asks for the number of the case that goes on (``ActOnCase.into``)."""
    referrals: tuple[Running, ...] = ()
    """Referrals that still run, of which it asks what becomes of them (``ActOnCase.open_tasks`` too)."""
    invites: Invitation | None = None
    """Whom it sends the case to, for a button that invites a partner."""
    along: tuple[Along, ...] = ()
    """What it does to each case that belongs to this one."""
    open_tasks: tuple[TaskLine, ...] = ()
    """Sub-tasks still open, of which it asks whether they are done, cancelled or kept (``ActOnCase.open_tasks``)."""


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A term of the whole case: ``met`` when its mark is set."""

    id: str
    label: str
    due_on: date
    days: int
    met: bool
    statutory: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event, in words; ``who`` is empty for the system."""

    at: datetime
    text: str
    who: str = ""
    code: str = ""
    id: str = ""
    kind: str = "change"
    """``talk``, ``message`` or ``change``: what a timeline can be narrowed to."""


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One try to reach somebody; ``part`` as ``2026-11-13:am``."""

    at: datetime
    label: str
    part: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer. ``hidden``: the viewer may not read it (class 2-3), ``text`` is empty then.

    ``rows`` for a repeat or a matrix, under ``label``: a repeat's rows by number, a matrix as one row without a name.
    """

    field: str
    label: str
    text: str
    privacy: int
    hidden: bool = False
    rows: tuple[tuple[str, tuple[AnswerLine, ...]], ...] = ()
    file: str = ""
    signature: str = ""
    """An SVG path when somebody drew it."""
    type: str = ""
    """The field's type: a telephone number can be dialled. Empty inside a repeat or matrix."""


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """A titled part of a submission."""

    id: str
    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """One filled-in form: the one that opened the case, or one behind a button (``action`` is its label)."""

    id: str
    title: str
    at: datetime
    by: str
    sections: tuple[AnswerSection, ...]
    action: str = ""
    entered_at: datetime | None = None
    """When ``by`` entered what somebody else had filled in on paper; None for a form filled in by ``by`` itself."""
    warned: tuple[str, ...] = ()
    """What the form warned of when it came in."""


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """Another case that belongs to this one; ``relation``: merged (one goes on in the other), parent, child, person."""

    id: str
    number: str
    title: str
    state_label: str
    relation: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message that was or will be sent; never its text. ``state`` in words."""

    at: datetime
    to: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything of one case that this viewer may see.

    ``content`` says how much: ``full``, ``reason`` (metadata now; content after a reason is given, and logged) or
    ``metadata``. ``asks`` are the open tasks that wait for this viewer, most urgent first; ``version`` goes back with
    every action. ``title`` is the form's, ``called`` the resident's name when the content may be read.
    """

    id: str
    number: str
    version: int
    title: str
    workflow_title: str
    state: str
    state_label: str
    shown_as: str
    ended: bool
    received_at: datetime
    content: str
    relation: str
    holder: Contact
    substitutes: tuple[Contact, ...]
    contact_point: str
    neighbourhood: str
    asks: tuple[TaskLine, ...] = ()
    actions: tuple[ActionView, ...] = ()
    tasks: tuple[TaskLine, ...] = ()
    limits: tuple[LimitLine, ...] = ()
    marks: tuple[tuple[str, datetime], ...] = ()
    timeline: tuple[HistoryLine, ...] = ()
    attempts: tuple[AttemptLine, ...] = ()
    submissions: tuple[Submission, ...] = ()
    linked: tuple[LinkedCase, ...] = ()
    messages: tuple[MessageLine, ...] = ()
    why: tuple[str, ...] = ()
    called: str = ""
    person: str = ""
    blocked: bool = False
    reason_label: str = ""
    absence_notice: str = ""
    """'Joris is er tot 13/11 niet, Nele vervangt': shown and said to residents."""
    may_hand_over: bool = False
    may_share: bool = False
    may_keep_from: bool = False
    may_add_task: bool = False
    may_release: bool = False
    """It came out of a group queue and can go back there."""
    shares: tuple[Sharing, ...] = ()
    kept_from: tuple[Kept, ...] = ()
    files: tuple[CaseFile, ...] = ()
    consents: tuple[ConsentLine, ...] = ()
    """What the person agreed to, and until when."""
    may_record_consent: bool = False
    pinned: HistoryLine | None = None
    """The note that whoever opens the case reads first."""
    leave_message: bool | None = None
    """Whether the resident lets us leave a message on voicemail; None where that was not asked."""
    asked: tuple[AskLine, ...] = ()
    """What was asked of others, the newest first."""
    collects: Progress | None = None
    """How far it is with what is collected for it."""
    prints: tuple[str, ...] = ()
    referral: ReferralCard | None = None
    """To which partner it went, where the case is a referral."""
