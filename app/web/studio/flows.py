"""How does a workflow read, for somebody who does not read YAML?

States in the order of the file, each with its task, its deadline in words and its buttons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.definitions.model.catalog import Catalog
from app.definitions.model.workflows import (
    Action,
    ContactPoint,
    Deadline,
    DeadlineKind,
    Duration,
    Escalation,
    Reminder,
    RouteRule,
    State,
    TargetKind,
    Workflow,
)
from app.texts import has, say


@dataclass(frozen=True, slots=True)
class Button:
    """An action: what stands on it, where it leads, what it asks; ``needs`` are its gates in the author's words."""

    label: str
    leads_to: str
    form: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One state; ``lines`` say when and what happens by itself."""

    id: str
    label: str
    task: str
    end: bool
    start: bool
    lines: tuple[str, ...]
    buttons: tuple[Button, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the route; ``when`` is the condition as its author wrote it, empty for the last one."""

    number: int
    when: str
    to: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole workflow, to read. ``limits`` and ``anywhere`` hold for every state."""

    title: str
    steps: tuple[Step, ...]
    rules: tuple[Rule, ...]
    limits: tuple[str, ...]
    anywhere: tuple[Button, ...]


def flow_of(workflow: Workflow, catalog: Catalog) -> Flow:
    """See ``Flow``."""
    return Flow(
        title=workflow.title,
        steps=tuple(_step(state, workflow, catalog) for state in workflow.states.values()),
        rules=tuple(_rule(rule, catalog) for rule in workflow.route),
        limits=tuple(
            say("studio.flow.limit", label=limit.label or limit.id, deadline=deadline_words(limit.deadline))
            for limit in workflow.limits
        ),
        anywhere=tuple(_button(action, workflow, catalog) for action in workflow.anywhere.values()),
    )


def deadline_words(deadline: Deadline) -> str:
    """``3 werkdagen``, ``30 kalenderdagen na ontvangst``, ``geen termijn: …``."""
    if deadline.kind is DeadlineKind.NONE:
        return say("studio.flow.no_deadline", because=deadline.because)
    if deadline.kind is DeadlineKind.SAME_DAY:
        return say("why.deadline.same_day")
    if deadline.kind is DeadlineKind.DATE:
        return say("why.deadline.date")
    return f"{duration_words(deadline.duration)}{_since(deadline.since)}" if deadline.duration else ""


def duration_words(duration: Duration) -> str:
    """``5 werkdagen``."""
    return say(f"why.duration.{duration.unit.value.replace(' ', '_')}", n=duration.amount)


def _since(since: str) -> str:
    if since == "entered":
        return ""
    return say("why.since.received") if since == "received" else say("why.since.mark", mark=_plain(since))


def _step(state: State, workflow: Workflow, catalog: Catalog) -> Step:
    return Step(
        id=state.id,
        label=state.label,
        task=state.task,
        end=state.end,
        start=state.id == workflow.start,
        lines=tuple(_lines(state, workflow, catalog)),
        buttons=tuple(_button(action, workflow, catalog) for action in state.actions.values()),
        reasons=tuple(option.label for option in state.reasons.options) if state.reasons else (),
    )


def _lines(state: State, workflow: Workflow, catalog: Catalog) -> Iterator[str]:
    if state.deadline is not None:
        yield say("studio.flow.deadline", deadline=deadline_words(state.deadline))
    if state.remind:
        yield say("studio.flow.remind", moments=", ".join(_reminder(item) for item in state.remind))
    for rung in state.escalate:
        yield _escalation(rung, catalog)
    for every in state.every:
        yield say("studio.flow.every", period=duration_words(every.period), task=every.task)
    yield from (say("studio.flow.asks", question=ask.label) for ask in state.asks)
    for auto in state.auto:
        if auto.to:
            yield say(
                "studio.flow.auto_if" if auto.condition else "studio.flow.auto",
                after=say("studio.flow.after", duration=duration_words(auto.after)) if auto.after else "",
                condition=auto.condition.source if auto.condition else "",
                to=workflow.states[auto.to].label,
            )
    if state.reopen is not None:
        yield say("studio.flow.reopen", within=duration_words(state.reopen.within))


def _reminder(reminder: Reminder) -> str:
    if reminder.before is None:
        return say("studio.flow.on_the_day")
    return say("studio.flow.before", duration=duration_words(reminder.before))


def _escalation(rung: Escalation, catalog: Catalog) -> str:
    after = duration_words(rung.after) if rung.after.amount else ""
    code = "studio.flow.escalate" if after else "studio.flow.escalate_at_once"
    return say(code, after=after, to=_who(rung.to, catalog))


def _button(action: Action, workflow: Workflow, catalog: Catalog) -> Button:
    target = workflow.states.get(action.to)
    notes = [say("studio.flow.needs", message=need.message) for need in action.needs]
    if action.again is not None:
        notes.append(say("studio.flow.again", n=action.again.at_most))
    if action.help:
        notes.append(action.help)
    form = catalog.forms.get(action.form or action.open_form)
    return Button(
        label=action.label,
        leads_to=target.label if target else "",
        form=form.title if form else "",
        notes=tuple(notes),
    )


def _rule(rule: RouteRule, catalog: Catalog) -> Rule:
    condition = rule.condition or rule.match
    if rule.target.kind is TargetKind.KEEP:
        return Rule(rule.number, "", say("studio.flow.keep"))
    target = (
        say("studio.flow.of_row")
        if rule.target.kind is TargetKind.ROW_COLUMN
        else _who(rule.target.name, catalog)
    )
    note = say("studio.flow.deadline", deadline=deadline_words(rule.deadline)) if rule.deadline else ""
    return Rule(rule.number, condition.source if condition else "", target, note)


def _who(name: str, catalog: Catalog) -> str:
    """A contact point's label, a role in words, or the name as it is."""
    point: ContactPoint | None = catalog.contact_points.get(name)
    if point is not None:
        return point.label
    code = f"studio.flow.role.{name}"
    return say(code) if has(code) else _plain(name)


def _plain(name: str) -> str:
    return name.replace("_", " ")
