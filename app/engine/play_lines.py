"""What is told of a case that is being played, as plain JSON?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Form
from app.definitions.model.workflows import Workflow
from app.engine.explaining import why_here, why_then
from app.engine.judge import explain
from app.engine.labels import Labels
from app.engine.model.answers import FieldError
from app.engine.model.cases import (
    Assign,
    Case,
    Effect,
    EnterState,
    OpenTask,
    ReassignTasks,
    Refusal,
    Remind,
    Send,
    SetLimit,
    SetTimer,
)
from app.engine.model.people import World
from app.texts import say

Line = dict[str, object]


@dataclass(slots=True)
class Live:
    """One case that is being played, the main one or a sub-case, with its pending timers."""

    workflow: Workflow
    case: Case
    main: bool = False
    timers: list[SetTimer] = field(default_factory=list)
    open_lines: dict[str, Line] = field(default_factory=dict)  # of its tasks, by key

    def copy(self) -> Live:
        """The same, to go on with apart."""
        return replace(self, timers=list(self.timers), open_lines=dict(self.open_lines))


@dataclass(slots=True)
class Lines:
    """The lists of ``meernet simulate`` as far as the play went; ``first`` is who the case first went to."""

    catalog: Catalog
    form: Form
    world: World
    errors: list[Line] = field(default_factory=list)
    states: list[Line] = field(default_factory=list)
    tasks: list[Line] = field(default_factory=list)
    limits: list[Line] = field(default_factory=list)
    messages: list[Line] = field(default_factory=list)
    first: Assign | None = None

    def copy(self) -> Lines:
        """The same, to go on with apart."""
        return replace(
            self,
            errors=list(self.errors),
            states=list(self.states),
            tasks=list(self.tasks),
            limits=list(self.limits),
            messages=list(self.messages),
        )

    def told(self) -> Line:
        """The keys of ``meernet simulate``, in their order."""
        first = self.first
        return {
            "errors": self.errors,
            "contact_point": first.contact_point if first else None,
            "person": first.account if first else None,
            "rule": first.why.rule if first else None,
            "states": self.states,
            "tasks": self.tasks,
            "limits": self.limits,
            "messages": self.messages,
        }

    def wrong(self, errors: Iterable[FieldError], prefix: str) -> None:
        """Tell what is wrong with answers."""
        for error in errors:
            self.errors.append(
                {"field": f"{prefix}{error.field}", "code": error.code, "message": explain(error)}
            )

    def refused(self, refusal: Refusal, where: str) -> None:
        """Tell why a press did nothing."""
        message = say(f"refusals.{refusal.code}", **dict(refusal.params))
        self.errors.append({"field": where, "code": refusal.code, "message": message})

    def take(self, live: Live, effect: Effect, at: str) -> None:
        """Tell one effect, at local time ``at``."""
        if isinstance(effect, (OpenTask, ReassignTasks)):
            self._hand_out(live, effect)
        elif isinstance(effect, (Send, Remind)):
            self._tell(effect, at)
        elif isinstance(effect, EnterState) and live.main:
            self.states.append({"state": effect.state, "at": at})
        elif isinstance(effect, SetLimit):
            self.limits.append({"limit": effect.id, "due": effect.due_on.isoformat()})
        elif isinstance(effect, Assign) and live.main and self.first is None:
            self.first = effect

    def _hand_out(self, live: Live, effect: OpenTask | ReassignTasks) -> None:
        if isinstance(effect, ReassignTasks):
            for key in effect.keys:
                live.open_lines[key]["assignee"] = effect.account
            return
        labels = Labels(self.form, live.workflow, self.world.staffing.neighbourhoods, content=True)
        why = why_here(effect.why, effect.assignee, self.world, self.catalog.contact_points, labels=labels)
        line: Line = {
            "task": effect.told or effect.label,
            "assignee": effect.assignee,
            "due": effect.due_on.isoformat() if effect.due_on else None,
            "why": " ".join((*why, why_then(effect.due_on, effect.due_rule, labels=labels))),
        }
        live.open_lines[effect.key] = line
        self.tasks.append(line)

    def _tell(self, effect: Send | Remind, at: str) -> None:
        if isinstance(effect, Send):
            to, message = effect.to.removeprefix("account:"), effect.message
        else:
            to, message = effect.account, f"reminder.{effect.code}"
        self.messages.append({"at": at, "to": to, "message": message})
