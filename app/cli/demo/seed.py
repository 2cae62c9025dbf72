"""How do the stories become cases? By playing them through the services in order, on a clock that stands still.

Between two moments everything that came due is done too: reminders, escalations, digests and mail, so that a case of
five weeks old has the history it would have had.
"""

from __future__ import annotations

import heapq
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zlib import crc32

from app.cli.demo.stories import TERMS, Json, Step, Story, stories
from app.cli.demo.volunteer_tasks import tasks
from app.engine import values
from app.engine.calendar import is_working_day
from app.engine.model.people import Calendar
from app.engine.policy import Actor
from app.services.cases import act_on_case, case_page, matches
from app.services.cases.case_view import ActionView, CasePage
from app.services.definitions import catalogs
from app.services.errors import AlreadyDone, Conflict, Forbidden, Invalid, NotFound
from app.services.follow_up import digest, sweep
from app.services.intake import submit_form
from app.services.staff import staffing
from app.services.tasks import finish_task, queue
from app.storage import clock

DESK = "hilde_claes"
VOLUNTEERS = "marleen_baert"
OF_VOLUNTEERS = frozenset({"vrijwilligersintake", "vrijwilligerstaak"})
SWEEPS = (time(8, 31), time(12, 1), time(17, 1))
END_OF_DAY = time(15, 50)
WORKING = frozenset({"contact", "reception"})
FORGETS = 7
"""One task in so many is left lying."""
ROUTINE = {step.action: step for step in TERMS}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of the stories: cases opened, buttons pressed, and steps that no longer fitted."""

    cases: int
    steps: int
    skipped: tuple[str, ...]


class _Telling:
    """One telling: the municipality, and a heap of moments still to come."""

    def __init__(self, municipality: str, now: datetime) -> None:
        self.municipality = municipality
        self.now = now
        self.world = staffing.world(municipality)
        self.catalog = catalogs.live(municipality)
        self.moments: list[tuple[datetime, int, Callable[[], None]]] = []
        self.order = 0
        self.cases = 0
        self.steps = 0
        self.skipped: list[str] = []

    def at(self, moment: datetime, what: Callable[[], None]) -> None:
        """Plan ``what`` unless it lies ahead of today."""
        if moment < self.now:
            self.order += 1
            heapq.heappush(self.moments, (moment, self.order, what))

    def actor(self, account: str) -> Actor:
        """The actor of somebody who works here."""
        worker = self.world.staffing.workers[account]
        return Actor(account, self.municipality, worker.name, worker.roles, worker.controller)

    def local(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A local time of day as an instant."""
        return datetime.combine(day, time(hour, minute), tzinfo=self.world.calendar.zone)

    def submit(self, story: Story, day: date) -> None:
        """Hand the form in, and plan the first step."""
        receipt = self.hand_in(story.form, story.answers)
        self.plan(receipt.case, story.steps, day)

    def hand_in(self, form: str, answers: Json, *, parent: str = "") -> submit_form.Receipt:
        """One form, at the desk that takes it."""
        version = self.catalog.form(form)
        desk = VOLUNTEERS if form in OF_VOLUNTEERS else DESK
        self.cases += 1
        return submit_form.submit(
            submit_form.SubmitForm(
                actor=self.actor(staffing.account_id(self.municipality, desk)),
                form_version=version.id,
                given=values.read_json(version.form, answers),
                token=secrets.token_hex(16),
                audience="reception",
                make_person=not parent,
                parent=parent,
            )
        )

    def plan(self, case: str, steps: tuple[Step, ...], day: date) -> None:
        """Plan the next step of a case, counted in working days from ``day``."""
        if steps:
            step = steps[0]
            on = after(self.world.calendar, day, step.after)
            hour, minute = (15 if step.afternoon else 10), self.order % 50
            self.at(self.local(on, hour, minute), lambda: self.press(case, steps, on))

    def press(self, case: str, steps: tuple[Step, ...], day: date) -> None:
        """Press the button as whoever is responsible now, then plan the step after it."""
        step = steps[0]
        actor = self.actor(case_page.holder(self.municipality, case))
        page = case_page.show(actor, case)
        view = next((action for action in page.actions if action.id == step.action), None)
        if view is None or not view.enabled:
            self.skipped.append(f"{page.number} {step.action} {page.state} {view.refusals if view else ''}")
            return
        try:
            outcome = act_on_case.act(_proposing(actor, page, view, step))
        except (AlreadyDone, Conflict, Forbidden, Invalid, NotFound) as problem:
            self.skipped.append(f"{page.number} {step.action} {page.state} {problem!r}")
            return
        if step.opens:
            self.hand_in(outcome.open_form, step.opens, parent=case)
        self.steps += 1
        self.plan(case, steps[1:], day)

    def routine(self) -> None:
        """The end of a day: everybody does what is due and not a story's own, and now and then forgets something.

        The mail of the next working morning is planned, as the tick would have done by then.
        """
        digest.plan_all()
        for account in self.world.staffing.workers:
            who = self.actor(account)
            if WORKING & who.roles:
                for view in ("overdue", "today"):
                    for row in queue.page(who, view, size=queue.LARGEST_SIZE).rows:
                        if crc32(f"{row.number}{row.label}".encode()) % FORGETS:
                            self.do(who, row)

    def do(self, who: Actor, row: queue.QueueRow) -> None:
        """Tick a sub-task off, or take a legal term one step further."""
        try:
            finish_task.finish(who, row.task)
        except (AlreadyDone, Forbidden, Invalid, NotFound):
            page = case_page.show(who, row.case)
            view = next((item for item in page.actions if item.id in ROUTINE and item.enabled), None)
            if view is not None and not row.onlooker:
                act_on_case.act(_press(who, page, view, self.dated(ROUTINE[view.id])))

    def dated(self, step: Step) -> Step:
        """The step with today's date where its form asks for one."""
        today = clock.now().astimezone(self.world.calendar.zone).date()
        return replace(step, answers={**step.answers, "datum": today.isoformat()}) if step.answers else step

    def sweep(self) -> None:
        """Do everything that is due at this moment."""
        while sweep.sweep(None, own_work=500).more:
            pass

    def run(self) -> Told:
        """Play every moment in order."""
        while self.moments:
            moment, _, what = heapq.heappop(self.moments)
            with clock.stopped_at(moment):
                what()
        return Told(self.cases, self.steps, tuple(self.skipped))


def _proposing(actor: Actor, page: CasePage, view: ActionView, step: Step) -> act_on_case.ActOnCase:
    """The press; a button that proposes takes the best of what fits, as a person would."""
    found = matches.of_case(actor, page.id, pressable=[view.id])
    if not found.action or not found.best:
        return _press(actor, page, view, step)
    best = found.best[0].case
    first = {name: texts[0] for name, texts in matches.first_answers(actor, page.id, best).items()}
    return replace(_press(actor, page, view, replace(step, answers={**step.answers, **first})), match=best)


def _press(actor: Actor, page: CasePage, view: ActionView, step: Step) -> act_on_case.ActOnCase:
    """The press of one button: its form filled in, its reasons given."""
    wanted = step.reason or (view.reasons[0].id if view.reasons else "")
    given = values.read_json(view.form, step.answers) if view.form else act_on_case.NOTHING_GIVEN
    return act_on_case.ActOnCase(
        actor=actor,
        case=page.id,
        action=step.action,
        version=page.version,
        token=secrets.token_hex(16),
        given=given,
        reason=wanted,
        row_reasons={row.id: wanted for row in view.rows},
        open_tasks={task.key: "done" for task in view.open_tasks},
    )


def after(calendar: Calendar, day: date, working_days: int) -> date:
    """The day ``working_days`` after ``day`` (before it when negative); 0 is the day itself or the next open one."""
    step = timedelta(days=-1 if working_days < 0 else 1)
    while not is_working_day(calendar, day):
        day += step
    for _ in range(abs(working_days)):
        day += step
        while not is_working_day(calendar, day):
            day += step
    return day


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def tell(municipality: str) -> Told:
    """Tell all stories up to now. Returns what came of them."""
    now = clock.now()
    telling = _Telling(municipality, now)
    today = now.astimezone(telling.world.calendar.zone).date()
    first = today
    for place, story in enumerate((*stories(), *tasks())):
        day = after(telling.world.calendar, today, -story.ago)
        first = min(first, day)
        moment = telling.local(day, story.hour, place * 7 % 50)
        telling.at(moment, lambda story=story, day=day: telling.submit(story, day))  # type: ignore[misc]
    for day in _days(first, today):
        for at in SWEEPS:
            telling.at(telling.local(day, at.hour, at.minute), telling.sweep)
        if is_working_day(telling.world.calendar, day):
            telling.at(telling.local(day, END_OF_DAY.hour, END_OF_DAY.minute), telling.routine)
    return telling.run()
