"""What stands in one person's mail of the morning? Numbers and days, never what a case is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.engine import staff
from app.engine.model.people import Worker
from app.services.cases.apply_decision import FLAGS
from app.services.cases.load_case import Desk
from app.services.follow_up import mail_wishes
from app.services.follow_up.messages import Letter
from app.services.follow_up.outgoing import Outgoing
from app.services.intake import drafts
from app.services.municipality import municipalities
from app.services.people import partner_reviews
from app.storage.database import Transaction
from app.storage.models import NEVER
from app.storage.outbox import Leased
from app.storage.repositories import comfort_rows, kept_rows, task_rows
from app.texts import say

MOST_LINES = 30
Row = Mapping[str, Any]


def compose(
    tx: Transaction, desk: Desk, row: Leased, outgoing: Outgoing, language: str = "nl"
) -> Letter | None:
    """The mail for one account and day; None when nothing is due, overdue, reminded of or looked after."""
    account, day = row.payload["account"], date.fromisoformat(row.payload["day"])
    staffing = desk.world.staffing
    worker = staffing.workers.get(account)
    if worker is None or not worker.active or staff.absent(staffing, account, day):
        return None
    tasks = task_rows.for_digest(tx, account)
    lines = [text for task in tasks if (text := _line(task, day, language))]
    replaced = _stood_in_for(tx, desk, account, day)
    for colleague, task in replaced:
        lines.append(say("messages.digest.substitute", language, number=task["number"], name=colleague))
    for title, since in drafts.reminded(tx, account, row.payload.get("drafts", ())):
        when = since.astimezone(desk.world.calendar.zone)
        lines.append(say("messages.digest.draft", language, title=title, date=f"{when:%d/%m/%Y}"))
    for name in partner_reviews.names(tx, row.payload.get("partners", ())):
        lines.append(say("messages.digest.partner", language, name=name))
    if not lines or not _wanted(tx, worker, [*tasks, *(task for _, task in replaced)], row, day):
        return None
    shown = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        shown.append(say("messages.digest.more", language, n=len(lines) - MOST_LINES))
    municipality = municipalities.name_of(tx.municipality)
    text = "\n\n".join(
        (
            say("messages.greeting", language, name=worker.name),
            say("messages.digest.intro", language) + "\n" + "\n".join(shown),
            say("messages.digest.link", language, link=outgoing.queue_link),
            say("messages.sign_off", language, municipality=municipality),
        )
    )
    subject = say("messages.digest.subject", language, n=len(lines))
    return Letter(worker.email, subject, text + "\n", municipality)


def _wanted(tx: Transaction, worker: Worker, tasks: Sequence[Row], row: Leased, day: date) -> bool:
    """Whether this mail is one they chose to get; who wants few still hears of what is late or was left lying."""
    wish = comfort_rows.wish_of(tx, worker.id)
    late = bool(row.payload.get("drafts") or row.payload.get("partners")) or any(
        task["due_on"] < day for task in tasks
    )
    return mail_wishes.comes(wish, worker, day) and (wish.daily or late)


def _line(task: Row, day: date, language: str) -> str:
    """One task in the list; empty for one that can wait and was not reminded of."""
    due_on: date = task["due_on"]
    number = task["number"]
    if due_on < day:
        return say(
            "messages.digest.overdue",
            language,
            number=number,
            n=(day - due_on).days,
            days=(day - due_on).days,
        )
    if due_on == day:
        return say("messages.digest.today", language, number=number)
    if task["why"].get(FLAGS, {}).get("reminder") and due_on != NEVER:
        return say("messages.digest.reminder", language, number=number, date=f"{due_on:%d/%m/%Y}")
    return ""


def _stood_in_for(tx: Transaction, desk: Desk, account: str, day: date) -> list[tuple[str, Row]]:
    """Tasks due by ``day`` of colleagues who are away and whom this person replaces."""
    staffing = desk.world.staffing
    found: list[tuple[str, Row]] = []
    for worker in staffing.workers.values():
        if worker.id != account and staff.absent(staffing, worker.id, day):
            tasks = task_rows.for_digest(tx, worker.id)
            kept = kept_rows.of_cases(tx, [task["case"] for task in tasks])
            for task in tasks:
                place = (task["contact_point"], task["neighbourhood"])
                never = frozenset(who for who, lifted in kept.get(task["case"], {}).items() if not lifted)
                hears = staff.stand_in(worker.id, *place, desk.world, tx.now, not_to=never)
                if task["due_on"] <= day and account == hears:
                    found.append((worker.name, task))
    return found
