"""What leads from where to where in a workflow, and what stands beside the arrow?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.definitions.model.workflows import Action, Auto, State, Workflow
from app.texts import say
from app.web.studio.flows import duration_words


class By(StrEnum):
    """Who moves a case along an arrow."""

    BUTTON = "button"
    ITSELF = "itself"
    REOPENING = "reopening"


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow. ``source`` and ``target`` are states, the same one for what stays where it is."""

    id: str
    source: str
    target: str
    label: str
    by: By = By.BUTTON

    @property
    def stays(self) -> bool:
        """Whether the case stays in its state."""
        return self.source == self.target


def transitions_of(workflow: Workflow) -> tuple[Transition, ...]:
    """All of them, in the order of the file; the buttons of ``anywhere`` are not among them."""
    return tuple(
        Transition(f"{state.id}-{number}", state.id, target, label, by)
        for state in workflow.states.values()
        for number, (target, label, by) in enumerate(_of_state(state), 1)
        if target in workflow.states
    )


def _of_state(state: State) -> Iterator[tuple[str, str, By]]:
    for action in state.actions.values():
        yield from _of_action(state, action)
    for auto in state.auto:
        if auto.to:
            yield auto.to, _words(auto), By.ITSELF
    if state.reopen is not None:
        label = say("studio_trial.picture.reopen", within=duration_words(state.reopen.within))
        yield state.reopen.to, label, By.REOPENING


def _of_action(state: State, action: Action) -> Iterator[tuple[str, str, By]]:
    again = action.again
    if again is None:
        yield action.to or state.id, action.label, By.BUTTON
        return
    if again.at_most > 1:
        yield state.id, say("studio_trial.picture.again", label=action.label), By.BUTTON
    yield again.then, say("studio_trial.picture.at_last", label=action.label, n=again.at_most), By.BUTTON


def _words(auto: Auto) -> str:
    after = say("studio.flow.after", duration=duration_words(auto.after)) if auto.after else ""
    if auto.condition is None:
        return say("studio_trial.picture.auto", after=after)
    return say("studio_trial.picture.auto_if", after=after, condition=" ".join(auto.condition.source.split()))
