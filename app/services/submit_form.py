"""What happens when somebody submits a filled-in form?

Judge once more, route, and write submission, case, tasks, timers, history and outbox in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.engine.judge import Given
from app.engine.policy import Actor
from app.services.case_view import Contact


@dataclass(frozen=True, slots=True)
class SubmitForm:
    """What is handed in. ``form_version`` is the ``FormVersion.id`` the page was made from; ``token`` was minted when
    the page was rendered; ``draft`` is the text id of the draft to remove. ``person``: the id of a chosen person
    record; ``make_person``: make a thin one from the answers (staff only). ``received_at``: a paper card entered later.
    """

    actor: Actor
    form_version: int
    given: Given
    token: str
    audience: str = ""
    draft: str = ""
    person: str = ""
    make_person: bool = False
    received_at: datetime | None = None
    parent: str = ""
    """Text id of the case this form was opened from (``open_form``)."""
    language: str = "nl"


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
    wake: tuple[int, ...] = ()
    again: bool = False
    prints: tuple[str, ...] = ()
    """Documents to hand over at once, by id (``ontvangstbewijs``), with the sub-case they belong to: ``id:case``."""


def submit(request: SubmitForm) -> Receipt:
    """Submit a form. Values of hidden fields are dropped; the answers are judged here and nowhere else.

    Raises Invalid (with the Judgement), Forbidden (audience), Conflict (the token was used with other answers),
    NotFound (form version).
    """
    raise NotImplementedError
