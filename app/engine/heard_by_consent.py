"""Who hears what only because somebody agreed to it?"""

from __future__ import annotations

from app.definitions.model.workflows import Feedback, Workflow
from app.engine.facts_of import field_refs


def hears_no_more(workflow: Workflow, name: str) -> tuple[str, ...]:
    """To whom messages go only with this consent."""
    found = {item.to or _own(workflow, item) for item in workflow.feedbacks() if name in _reads(item)}
    return tuple(sorted(to for to in found if to))


def covered(workflow: Workflow, name: str) -> tuple[tuple[str, str], ...]:
    """To whom which message goes only with this consent, and by no other way: (recipient, message)."""
    every: dict[tuple[str, str], bool] = {}
    for item in workflow.feedbacks():
        to = item.to or _own(workflow, item)
        every[to, item.message] = every.get((to, item.message), True) and name in _reads(item)
    return tuple(sorted(key for key, only in every.items() if only and key[0]))


def _own(workflow: Workflow, item: Feedback) -> str:
    message = workflow.messages.get(item.message)
    return message.to if message else ""


def _reads(item: Feedback) -> tuple[str, ...]:
    return field_refs(item.condition) if item.condition is not None else ()
