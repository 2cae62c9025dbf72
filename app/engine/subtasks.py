"""What is opened beside the main task, under the one main contact?"""

from __future__ import annotations

from dataclasses import replace

from app.definitions.model.workflows import AlsoRule, ContactPoint, DeadlineKind, TargetKind
from app.engine import calendar, consenting
from app.engine.deadlines import due, read_date
from app.engine.facts_of import SHOWN_CLASS, RowView, read_by
from app.engine.messages import Hidden, fill, label_class
from app.engine.model.answers import PersonRef, Row
from app.engine.model.cases import OpenCase, OpenTask, Why
from app.engine.routing import colleague
from app.engine.sharing import consent_at, shared_by
from app.engine.staff import Found, holder_of
from app.engine.tasks import open_task, started
from app.engine.turn import Turn
from app.texts import say

CONFIDENTIAL = 2
"""The privacy class of social data; above it are health, care and violence."""
USUAL_DAYS = 5
"""Working days for a sub-task whose date was left blank and has no alternative."""


def open_subtasks(turn: Turn) -> None:
    """Carry out ``also:``, one task a row."""
    for rule in turn.workflow.also:
        if not rule.each:
            _open(turn, rule, None)
            continue
        for row in turn.reading.rows(rule.each):
            _open(turn, rule, row)


def _open(turn: Turn, rule: AlsoRule, row: RowView | None) -> None:
    if not turn.reading.holds(rule.condition, row.values if row is not None else None):
        return
    key = f"also:{rule.number}:{row.key}" if row is not None else f"also:{rule.number}"
    if rule.case:
        _open_case(turn, rule, row, key)
        return
    if not _is_main_matter(turn, rule, row):
        _open_task(turn, rule, row, key)


def _open_case(turn: Turn, rule: AlsoRule, row: RowView | None, key: str) -> None:
    point = _point(turn, rule, row)
    mine = rule.target is None or rule.target.kind is not TargetKind.CONTACT_POINT
    target = point.id if point is not None else turn.case.contact_point
    holder = turn.case.holder if mine and point is None else ""
    if not rule.partner:
        turn.emit(OpenCase(rule.case, target, rule.carry, rule.print, key, holder))
        return
    told = row.values if row is not None else turn.case.answers
    ref = told.get(rule.partner.removeprefix("row."))
    if not isinstance(ref, PersonRef) or not ref.id:
        turn.note("no_partner")
        return
    if not turn.reading.holds(rule.consent, row.values if row is not None else None):
        turn.note("no_consent_partner")
        return
    shares = shared_by(turn.form, rule)
    consent = consent_at(rule, row.key if row is not None else "")
    turn.emit(OpenCase(rule.case, target, shares, rule.print, key, holder, ref.id, consent))


def _is_main_matter(turn: Turn, rule: AlsoRule, row: RowView | None) -> bool:
    """Whether a row is what the main contact got the case for: the other rows become sub-tasks."""
    if rule.target is None or rule.target.kind is not TargetKind.ROW_COLUMN or row is None:
        return False
    return str(row.values.get(rule.target.name, "")) == turn.case.contact_point


def task_label(turn: Turn, key: str) -> str:
    """What a sub-task is called in a list, found again by its key."""
    if key.startswith(f"{consenting.TASK}:"):
        return consenting.label_of(turn, key)
    _, number, row_key = (*key.split(":", 2), "", "")[:3]
    rule = next((item for item in turn.workflow.also if f"{item.number}" == number), None)
    if rule is None:
        return key
    row = turn.reading.row(rule.each, row_key) if rule.each else None
    return fill(turn, rule.task, row, Hidden(_instead(_point(turn, rule, row), row)))


def _open_task(turn: Turn, rule: AlsoRule, row: RowView | None, key: str) -> None:
    values = row.values if row is not None else None
    point = _point(turn, rule, row)
    found = _assignee(turn, rule, row, point)
    if rule.consent is not None and not turn.reading.holds(rule.consent, values):
        point, found = None, Found(turn.case.holder, "responsible")
        turn.note("no_consent", task=fill(turn, rule.task, row))
    due_on = due(turn.calendar, rule.deadline, started(turn, values)) if rule.deadline is not None else None
    if due_on is None and (rule.deadline is None or rule.deadline.kind is not DeadlineKind.NONE):
        due_on = calendar.add_working_days(turn.calendar, turn.now, USUAL_DAYS)
    privacy = label_class(rule.task, row)
    open_task(
        turn,
        OpenTask(
            key=key,
            kind="sub",
            label=fill(turn, rule.task, row, Hidden(_instead(point, row))),
            assignee=found.account,
            due_on=due_on,
            why=replace(_why(turn, rule, point, found), row=row.key if row is not None else ""),
            due_rule=_due_rule(turn, rule, values),
            contact_point=point.id if point is not None else turn.case.contact_point,
            privacy=privacy,
            told=fill(turn, rule.task, row, Hidden(lifted=True)) if privacy > SHOWN_CLASS else "",
        ),
    )


def _due_rule(turn: Turn, rule: AlsoRule, values: Row | None) -> str:
    """The deadline as written; where no date was agreed, the term that counts instead."""
    deadline = rule.deadline
    if deadline is None:
        return ""
    dated = (
        deadline.kind is DeadlineKind.DATE
        and read_date(deadline, started(turn, values), turn.calendar) is not None
    )
    return deadline.source if dated or deadline.kind is not DeadlineKind.DATE else _otherwise(deadline.source)


def _otherwise(source: str) -> str:
    return source.partition(", or ")[2] or f"{USUAL_DAYS} working days"


def _instead(point: ContactPoint | None, row: RowView | None) -> str:
    """What a list shows where the row may not be named: its contact point, which lists show anyway, or where it was
    asked. A row of class 3 and a restricted contact point say nothing."""
    if row is None or row.privacy > CONFIDENTIAL or (point is not None and point.restricted):
        return ""
    return point.label if point is not None else f"{row.title} {say('reminders.see_case')}"


def _point(turn: Turn, rule: AlsoRule, row: RowView | None) -> ContactPoint | None:
    if rule.target is None:
        return None
    if rule.target.kind is TargetKind.CONTACT_POINT:
        return turn.points.get(rule.target.name)
    if rule.target.kind is TargetKind.ROW_COLUMN and row is not None:
        return turn.points.get(str(row.values.get(rule.target.name, "")))
    return None


def _assignee(turn: Turn, rule: AlsoRule, row: RowView | None, point: ContactPoint | None) -> Found:
    """Who does it: a contact point's holder, a colleague who was named, else the responsible person."""
    responsible = Found(turn.case.holder, "responsible")
    if point is not None:
        found = holder_of(
            point, turn.case.neighbourhood, turn.world, turn.now, points=turn.points, not_to=turn.not_to
        )
        return found if found else responsible
    if rule.target is None or rule.target.kind is not TargetKind.PERSON_FIELD:
        return responsible
    source = row.values if row is not None else turn.case.answers
    account = colleague(source.get(rule.target.name), turn.world, turn.not_to)
    return Found(account, "named") if account else responsible


def _why(turn: Turn, rule: AlsoRule, point: ContactPoint | None, found: Found) -> Why:
    return Why(
        also=rule.number,
        contact_point=point.id if point is not None else turn.case.contact_point,
        neighbourhood=turn.case.neighbourhood,
        code=found.code,
        read=read_by(turn.form, turn.case.answers, rule.condition),
        skipped=found.skipped,
        source=rule.condition.source if rule.condition is not None else "",
    )
