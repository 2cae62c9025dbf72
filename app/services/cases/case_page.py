"""What may this person see of this case, and do with it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.engine.policy import Act, Actor, Relation
from app.services.cases import (
    ask_work,
    case_answers,
    case_files,
    case_work,
    collecting,
    hand_over,
    keep_from,
    pin_note,
    record_consent,
    referral_view,
    relation,
    share_case,
    told,
)
from app.services.cases.apply_decision import MAIL
from app.services.cases.case_view import CasePage, LinkedCase, MessageLine, TaskLine
from app.services.cases.load_case import Desk, Loaded, desk_of, key_of, load
from app.services.cases.readable import FULL, content_of
from app.services.errors import NotFound
from app.services.people import residents, sight
from app.storage import history, ids
from app.storage.database import Transaction, transaction
from app.storage.history import Entry
from app.storage.repositories import case_rows, event_rows, outbox_rows
from app.texts import say


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, what the case is to them, and how much of it they see."""

    actor: Actor
    found: frozenset[Relation]
    content: str
    language: str

    @property
    def full(self) -> bool:
        """Whether answers and notes are shown."""
        return self.content == FULL

    @property
    def named(self) -> Act:
        """By which act the content is read: with a reason only where nothing else allows it."""
        plain = (Act.CASE_READ, Act.CASE_READ_RESTRICTED)
        own = any(relation.allowed(self.actor, act, self.found) for act in plain)
        return Act.CASE_READ if own else Act.CASE_READ_WITH_REASON

    @property
    def follows(self) -> bool:
        """Whether tasks and history are shown: to who reads the content, and to who looks after the work."""
        leads = relation.allowed(self.actor, Act.OVERVIEW_READ, self.found - {Relation.NONE})
        return self.full or leads


def show(actor: Actor, case_id: str, *, reason: str = "", language: str = "nl") -> CasePage:
    """The page of one case. Reading its content writes a line in the read log.

    ``reason``: why somebody without a relation to the case (team lead, coordinator) opens its content. Raises NotFound
    for a case that is not there or may not be known of.
    """
    desk = desk_of(actor.municipality)
    key = key_of(case_id)
    with transaction(desk.municipality, readonly=True) as tx:
        loaded = load(tx, desk, key)
        entries = history.entries(tx, key)
        viewer = _viewer(tx, actor, loaded, entries, reason.strip(), language)
        page = page_for(tx, desk, loaded, entries, viewer)
    if viewer.full:
        with transaction(desk.municipality) as tx:
            event_rows.log_read(
                tx,
                account=actor.account,
                case=key,
                act=str(viewer.named),
                reason=reason.strip(),
                ground=page.relation,
            )
    return page


def holder(municipality: str, case_id: str) -> str:
    """The account that is responsible for a case. Raises NotFound."""
    with transaction(municipality, readonly=True) as tx:
        row = case_rows.get(tx, key_of(case_id))
    if row is None:
        raise NotFound
    return str(row["holder"])


def _viewer(  # noqa: PLR0917 - everything an answer depends on
    tx: Transaction, actor: Actor, loaded: Loaded, entries: list[Entry], reason: str, language: str
) -> Viewer:
    shared = relation.shared_with(entries, relation.local_day(loaded.pin, tx.now))
    found = relation.relations(actor, loaded.row, loaded.tasks, loaded.pin, tx.now, shared=shared)
    if not relation.allowed(actor, Act.CASE_FIND, found):
        raise NotFound
    return Viewer(actor, found, content_of(actor, loaded, found, reason), language)


def page_for(tx: Transaction, desk: Desk, loaded: Loaded, entries: list[Entry], viewer: Viewer) -> CasePage:
    """The page as this viewer sees it; who calls writes down that it was read."""
    row, pinned, language = loaded.row, loaded.pin, viewer.language
    state = pinned.workflow.states[row["state"]]
    today = tx.now.astimezone(pinned.world.calendar.zone).date()
    labels = case_work.labels_of(pinned, language, content=viewer.full)
    lines = case_work.tasks(tx, loaded, viewer.actor, viewer.found, labels)
    point = pinned.contact_points.get(row["contact_point"])
    base: dict[str, Any] = {
        "id": ids.to_text(row["id"]),
        "number": row["number"],
        "version": row["version"],
        "title": pinned.title,
        "workflow_title": pinned.workflow.title,
        "state": state.id,
        "state_label": state.label,
        "shown_as": state.shown_as,
        "ended": state.end,
        "received_at": row["received_at"],
        "content": viewer.content,
        "relation": str(relation.strongest(viewer.found)),
        "holder": case_work.contact(row["holder"], pinned),
        "substitutes": tuple(
            case_work.contact(account, pinned) for account in sorted(relation.stands_in(row, pinned, tx.now))
        ),
        "contact_point": point.label if point else row["contact_point"],
        "neighbourhood": pinned.world.staffing.neighbourhoods.get(row["neighbourhood"], ""),
        "asks": _asks(lines) if viewer.follows else (),
        "tasks": lines if viewer.follows else (),
        "limits": case_work.limits(loaded, today),
        "blocked": row["blocked"],
        "reason_label": _reason_label(loaded),
        "absence_notice": case_work.absence_notice(loaded, tx.now, language),
        "may_hand_over": not state.end and relation.allowed(viewer.actor, Act.CASE_HAND_OVER, viewer.found),
        "may_share": relation.allowed(viewer.actor, Act.CASE_SHARE, viewer.found),
        "may_release": hand_over.releasable(loaded) and Relation.OWN in viewer.found,
        "may_keep_from": not state.end and relation.allowed(viewer.actor, Act.CASE_KEEP_FROM, viewer.found),
        "may_add_task": not state.end and relation.allowed(viewer.actor, Act.TASK_ADD, viewer.found),
        "actions": case_work.actions(tx, loaded, viewer.actor, viewer.found, lines),
    }
    return CasePage(**base, **_followed(tx, desk, loaded, entries, viewer))


def _followed(
    tx: Transaction, desk: Desk, loaded: Loaded, entries: list[Entry], viewer: Viewer
) -> dict[str, Any]:
    """What only those see who do the work or look after it; answers only with the content."""
    if not viewer.follows:
        return {}
    row, pinned = loaded.row, loaded.pin
    found: dict[str, Any] = {
        "marks": tuple(sorted(loaded.case.marks.items(), key=lambda item: item[1])),
        "timeline": told.lines(entries, loaded, viewer.language, content=viewer.full),
        "attempts": case_work.attempts(loaded),
        "messages": _messages(tx, loaded, viewer.language),
        "why": case_work.why(loaded, case_work.labels_of(pinned, viewer.language, content=viewer.full)),
        "shares": share_case.listed(entries, loaded, relation.local_day(pinned, tx.now), content=viewer.full),
    }
    if viewer.full:
        found["submissions"] = case_answers.submissions(tx, viewer.actor, row, pinned, viewer.language)
        found["called"] = residents.listed(pinned.form, loaded.case.answers)
        found["person"] = ids.to_text(row["person"]) if row["person"] is not None else ""
        found["asked"] = ask_work.listed(tx, loaded, viewer.actor, viewer.language)
        found["collects"] = collecting.progress(tx, desk, loaded)
        found["linked"] = tuple(_linked(tx, desk, loaded, viewer.actor))
        found["kept_from"] = keep_from.listed(loaded)
        found["files"] = case_files.listed(tx, loaded)
        found["consents"] = record_consent.listed(tx, loaded)
        open_case = not pinned.workflow.states[row["state"]].end and not row["blocked"]
        found["may_record_consent"] = open_case and relation.allowed(viewer.actor, Act.CASE_ACT, viewer.found)
        note = pin_note.pinned(entries)
        found["pinned"] = next((line for line in found["timeline"] if note and line.id == note), None)
        found["leave_message"] = _leave_message(loaded)
        found["referral"] = referral_view.card(tx, loaded, viewer.actor, viewer.found)
    return found


def _leave_message(loaded: Loaded) -> bool | None:
    """Whether a message on voicemail is welcome; what was asked and not answered is no."""
    field = loaded.pin.form.meaning("resident.message_ok")
    return None if field is None else loaded.case.answers.get(field.id) in (True, "ja")


def _asks(lines: Iterable[TaskLine]) -> tuple[TaskLine, ...]:
    """What waits for this viewer, most urgent first."""
    mine = [line for line in lines if line.open and line.mine]
    return tuple(sorted(mine, key=lambda line: (not line.urgent, line.days is None, line.days or 0)))


def _reason_label(loaded: Loaded) -> str:
    state = loaded.pin.workflow.states[loaded.row["state"]]
    option = state.reasons.get(loaded.row["reason"]) if state.reasons and loaded.row["reason"] else None
    return option.label if option else ""


def _messages(tx: Transaction, loaded: Loaded, language: str) -> tuple[MessageLine, ...]:
    return tuple(
        MessageLine(
            at=sent["finished_at"] or sent["due_at"],
            to=told.recipient(sent["payload"]["to"], loaded.pin, language),
            title=told.subject(sent["payload"]["message"], loaded, language),
            state=_message_state(sent, language),
        )
        for sent in outbox_rows.of_case(tx, loaded.row["id"], MAIL)
    )


def _message_state(sent: Mapping[str, Any], language: str) -> str:
    state = sent["state"]
    if state == "pending" and sent["attempts"]:
        state = "retry"
    if state == "done" and sent["error"]:
        state = sent["error"]
    return say(f"queue_words.message_{state}", language)


def _nearness(row: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    if other["id"] == row["merged_into"] or other["merged_into"] == row["id"]:
        return "merged"
    if other["id"] == row["parent"]:
        return "parent"
    return "child" if other["parent"] == row["id"] else "person"


def _linked(tx: Transaction, desk: Desk, loaded: Loaded, actor: Actor) -> Iterable[LinkedCase]:
    """What hangs together; of the same person only what may be known of."""
    row = loaded.row
    for other in case_rows.linked(tx, row):
        if _nearness(row, other) == "person" and sight.hidden(desk, actor, other):
            continue
        worker = desk.world.staffing.workers.get(other["holder"])
        yield LinkedCase(
            id=ids.to_text(other["id"]),
            number=other["number"],
            title=other["label"].get("form", ""),
            state_label=other["label"].get("state", ""),
            relation=_nearness(row, other),
            holder=worker.name if worker else "",
        )
