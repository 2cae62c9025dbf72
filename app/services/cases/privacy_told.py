"""Was the person told what is done with their data? At the first contact, within a month when others told us of them.

Whoever fills a form in themselves reads it there. For everybody else it stays due on the page of the case until
somebody says how it was told: with the button there, or with a field that ``means: case.privacy_told``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.definitions.model.forms import Field, Form
from app.engine.durations import add_months
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor
from app.services.cases import relation
from app.services.cases.apply_decision import VERSION
from app.services.cases.load_case import Loaded, desk_of, key_of, load
from app.services.errors import Invalid
from app.services.municipality import notices
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, event_rows, notice_rows
from app.storage.repositories.event_rows import NewEvent
from app.texts import say

MEANS = "case.privacy_told"
EVENT = "privacy_told"
WAYS = ("spoken", "sheet", "pictures", "link", "letter")
PAGE = "page"
_SELF = "public"
_DESK = "reception"


@dataclass(frozen=True, slots=True)
class Telling:
    """``how`` and ``at`` once it was done; before, the last day ``due_on`` and how many ``days`` away that is.

    ``direct``: the person told us at the desk, so it is due at once. ``form`` is the form it is about.
    """

    form: str
    due_on: date
    days: int
    direct: bool = False
    how: str = ""
    at: date | None = None


def of_case(actor: Actor, case_id: str) -> Telling | None:
    """How it stands; ``None`` where nobody is to be told: a form about nobody, a part of another case. Raises
    ``NotFound``, ``Forbidden``."""
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = load(tx, desk, key_of(case_id))
        _demand(tx, actor, loaded, Act.CASE_FIND)
        return _telling(tx, loaded)


def record(actor: Actor, case_id: str, way: str) -> None:
    """Somebody told the person, in one of ``WAYS``. Raises ``Invalid`` (``privacy_way``), ``NotFound``,
    ``Forbidden``."""
    if way not in WAYS:
        raise Invalid("privacy_way")
    desk = desk_of(actor.municipality)
    with transaction(desk.municipality) as tx:
        loaded = load(tx, desk, key_of(case_id), lock=True)
        _demand(tx, actor, loaded, Act.CASE_NOTE)
        how = say(f"privacy.way.{way}")
        if notice_rows.tell(tx, loaded.row["id"], how, actor.account):
            params = {"how": how, VERSION: str(loaded.row["version"])}
            event_rows.append_all(tx, loaded.row["id"], [NewEvent(EVENT, params, by=actor.account)])


def from_answers(tx: Transaction, loaded: Loaded, form: Form, answers: Answers, by: str) -> None:
    """Keep what the form behind a button says of it, when it has a field for that; the answer itself is in the
    history already."""
    field = form.meaning(MEANS)
    label = _said(field, answers) if field is not None else ""
    if label:
        notice_rows.tell(tx, loaded.row["id"], label, by)


def at_submission(tx: Transaction, keys: tuple[int, int], form: Form, audience: str, *, notice: str) -> None:
    """Keep the ``notice`` that stood on the page, with the submission (``keys``: of it and of its case). Whoever filled
    it in about themselves was told by it."""
    if not notice:
        return
    submission, case = keys
    digest = notices.digest_of(notice)
    notice_rows.keep_notice(tx, digest, notice)
    notice_rows.shown(tx, submission, digest)
    if audience == _SELF and not _referred(form):
        notice_rows.tell(tx, case, say(f"privacy.way.{PAGE}"))


def _said(field: Field, answers: Answers) -> str:
    """The words of the answer; empty for one that says it was not done: a silent option, or a way not to tell."""
    option = field.options.get(str(answers.get(field.id) or "")) if field.options else None
    return "" if option is None or option.silent or option.opt_out else option.label


def _telling(tx: Transaction, loaded: Loaded) -> Telling | None:
    row, form = loaded.row, loaded.pin.form
    if row["parent"] is not None or not any(item.means.startswith("resident.") for item in form.fields()):
        return None
    received = relation.local_day(loaded.pin, row["received_at"])
    (submission,) = case_rows.submissions(tx, [row["submission"]])
    direct = submission["audience"] == _DESK and not _referred(form)
    due = received if direct else add_months(received, 1)
    days = (due - relation.local_day(loaded.pin, tx.now)).days
    done = notice_rows.told(tx, row["id"])
    if done is not None:
        return Telling(form.id, due, days, direct, done.how, relation.local_day(loaded.pin, done.at))
    return None if loaded.pin.workflow.states[row["state"]].end else Telling(form.id, due, days, direct)


def _referred(form: Form) -> bool:
    return any(item.means.startswith("referrer.") for item in form.fields())


def _demand(tx: Transaction, actor: Actor, loaded: Loaded, act: Act) -> None:
    shared = relation.shared_with(
        history.entries(tx, loaded.row["id"]), relation.local_day(loaded.pin, tx.now)
    )
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)
    relation.demand_seen(actor, act, found)
