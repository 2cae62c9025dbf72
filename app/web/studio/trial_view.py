"""What does somebody see of a case that is being played: who does what by when, what went out, what comes by itself?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.definitions.model.forms import Form, Option
from app.definitions.model.workflows import Action, State
from app.engine.decide import Offer, Presser, offers
from app.engine.explaining import why_here
from app.engine.filling_in import field_at
from app.engine.labels import Labels
from app.engine.model.cases import Effect, Note, Remind, Send, SetTimer
from app.engine.play_lines import Line, Live
from app.engine.playing import Play, next_ring, presser, presses
from app.texts import has, say


@dataclass(frozen=True, slots=True)
class Task:
    """One task; ``why`` says why it is there and why it is due then."""

    label: str
    who: str
    due_on: date | None
    why: str
    open: bool


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a case. ``place`` is that of the case in the play; ``asks`` when a form or a reason comes first."""

    place: int
    id: str
    label: str
    leads_to: str
    refusal: str
    asks: bool
    anywhere: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the whole case; ``met`` when its mark is set."""

    label: str
    due_on: date
    met: bool


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One case of the play: the main one, or one that it opened."""

    title: str
    number: str
    state: str
    ended: bool
    holder: str
    contact_point: str
    why: tuple[str, ...]
    tasks: tuple[Task, ...]
    terms: tuple[Term, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that would go out, or a reminder in the digest (no subject)."""

    at: datetime
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """A line of what happened, or will happen by itself."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole play at one moment."""

    cases: tuple[CaseShown, ...]
    mails: tuple[Mail, ...]
    happened: tuple[Event, ...]
    coming: tuple[Event, ...]
    errors: tuple[str, ...]
    next_ring: datetime | None


MOST_COMING = 8


def shown(play: Play, now: datetime) -> Shown:
    """Everything there is to see at the instant ``now``."""
    ringing = next_ring(play)
    return Shown(
        cases=tuple(
            _case(play, place, live, now) for place, live in enumerate(play.cases) if live.case.state
        ),
        mails=tuple(_mails(play)),
        happened=tuple(_happened(play)),
        coming=tuple(_coming(play))[:MOST_COMING],
        errors=tuple(_wrong(play, line) for line in play.lines.errors),
        next_ring=_whole_minute(ringing[0]) if ringing else None,
    )


def _wrong(play: Play, line: Line) -> str:
    """What is wrong, with the label of the field where it is an answer of the form."""
    field, text = field_at(play.form, str(line["field"])), str(line["message"])
    return say("studio_trial.error", label=field.label, text=text) if field is not None else text


def _whole_minute(at: datetime) -> datetime:
    """The first whole minute from then on."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + timedelta(minutes=1)


def name(play: Play, account: str) -> str:
    """Somebody's name; a role in words."""
    worker = play.world.staffing.workers.get(account.removeprefix("account:"))
    if worker is not None:
        return worker.name
    code = f"studio_trial.to.{account}"
    return say(code) if has(code) else account


# Cases -----------------------------------------------------------------------------------------------------


def _case(play: Play, place: int, live: Live, now: datetime) -> CaseShown:
    case, state = live.case, live.workflow.states[live.case.state]
    point = play.catalog.contact_points.get(case.contact_point)
    return CaseShown(
        title=live.workflow.title,
        number=case.number,
        state=state.label,
        ended=state.end,
        holder=name(play, case.holder),
        contact_point=point.label if point is not None else case.contact_point,
        why=_why(play) if live.main else (),
        tasks=tuple(_tasks(play, live)),
        terms=tuple(
            Term(limit.label or limit.id, case.limits[limit.id], limit.until in case.marks)
            for limit in live.workflow.limits
            if limit.id in case.limits
        ),
        buttons=tuple(_buttons(play, place, live, now)),
    )


def _why(play: Play) -> tuple[str, ...]:
    first = play.lines.first
    if first is None:
        return ()
    labels = Labels(play.form, play.cases[0].workflow, play.world.staffing.neighbourhoods, content=True)
    points = play.catalog.contact_points
    return why_here(first.why, first.account, play.world, points, labels=labels)


def _tasks(play: Play, live: Live) -> Iterator[Task]:
    for item in sorted(live.case.tasks, key=lambda task: (not task.open, task.due_on or date.max)):
        line = live.open_lines.get(item.key)
        if line is not None:
            label, why = str(line["task"]), str(line["why"])
            yield Task(label, name(play, item.assignee), item.due_on, why, item.open)


def _buttons(play: Play, place: int, live: Live, now: datetime) -> Iterator[Button]:
    for offer in offered(play, live, now):
        action = offer.action
        if presses(play, action.id) is not live and action.id != "reopen":
            continue
        target = live.workflow.states.get(action.to)
        yield Button(
            place,
            action.id,
            action.label,
            target.label if target is not None else "",
            _refusal(offer),
            asks=bool(action.form or _reasons(target) or offer.rows or offer.tasks),
            anywhere=action.id in live.workflow.anywhere,
        )


def _refusal(offer: Offer) -> str:
    return say(f"refusals.{offer.refusal.code}", **dict(offer.refusal.params)) if offer.refusal else ""


def _reasons(target: State | None) -> tuple[Option, ...]:
    return target.reasons.options if target is not None and target.end and target.reasons else ()


def offered(play: Play, live: Live, now: datetime) -> list[Offer]:
    """The buttons of a case, each looked at as whoever would press it."""
    found: dict[str, Offer] = {}
    actions = {**live.workflow.actions_of(live.case.state), "reopen": Action("reopen", "")}
    for action in actions.values():
        account, role = presser(play, live, action)
        seen = offers(
            live.workflow,
            play.form,
            live.case,
            Presser(account, role),
            now=now,
            world=play.world,
            contact_points=play.catalog.contact_points,
        )
        found |= {item.action.id: item for item in seen if item.action.id == action.id}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button asks before it is pressed. ``rows`` and ``tasks`` are ids with their labels."""

    action: Action
    form: Form | None
    reasons: tuple[Option, ...]
    rows: tuple[tuple[str, str], ...]
    tasks: tuple[tuple[str, str], ...]

    @property
    def anything(self) -> bool:
        """Whether it asks anything at all."""
        return bool(self.form or self.reasons or self.rows or self.tasks)


def asked(play: Play, place: int, action: str, now: datetime) -> Asked | None:
    """What the button of that case asks now; ``None`` when there is no such button."""
    live = play.cases[place] if place < len(play.cases) else None
    if live is None or not live.case.state:
        return None
    offer = next((item for item in offered(play, live, now) if item.action.id == action), None)
    if offer is None:
        return None
    return Asked(
        offer.action,
        play.catalog.forms.get(offer.action.form),
        _reasons(live.workflow.states.get(offer.action.to)),
        tuple((row, _row_label(play, live, offer.action, row)) for row in offer.rows),
        tuple((key, str(live.open_lines[key]["task"])) for key in offer.tasks),
    )


def _row_label(play: Play, live: Live, action: Action, row: str) -> str:
    target = live.workflow.states.get(action.to)
    field = play.form.field(target.reason_each.of) if target is not None and target.reason_each else None
    option = field.rows.get(row) if field is not None and field.rows else None
    return option.label if option is not None else row


# What happened and what comes ------------------------------------------------------------------------------


def _effects(play: Play) -> Iterator[tuple[datetime, Effect]]:
    for step in play.steps:
        for effect in step.decision.effects:
            yield step.at, effect


def _mails(play: Play) -> Iterator[Mail]:
    for at, effect in _effects(play):
        if isinstance(effect, Send):
            yield Mail(at, name(play, effect.to), effect.subject, effect.text)


def _happened(play: Play) -> Iterator[Event]:
    for at, effect in _effects(play):
        if isinstance(effect, Note):
            yield Event(at, say(f"history.{effect.code}", **dict(effect.params)))
        elif isinstance(effect, Remind):
            told = say(f"reminders.{effect.code}")
            yield Event(at, say("studio_trial.reminded", name=name(play, effect.account), text=told))


def _coming(play: Play) -> Sequence[Event]:
    timers = sorted(
        (timer for live in play.cases for timer in live.timers), key=lambda item: (item.at, item.key)
    )
    return [Event(timer.at, _ring_words(timer)) for timer in timers]


def _ring_words(timer: SetTimer) -> str:
    code = f"studio_trial.ring.{timer.kind}"
    return say(code if has(code) else "studio_trial.ring.other")
