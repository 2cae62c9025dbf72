"""Which guarantees are read off a definition, without playing it?"""

from __future__ import annotations

from collections.abc import Iterable

from app.definitions.model.forms import Field, FieldType
from app.definitions.model.workflows import State, Workflow
from app.definitions.read_all import Everything
from app.engine.staff import LEADERS
from tests.definitions.mutants.verdict import Verdict

LADDER = {*LEADERS, "substitute", "owner", "holder"}


def private(item: Field, verdict: Verdict) -> None:
    if item.type is FieldType.INFO:
        return
    if item.privacy < 0:
        verdict.say("privacy", item.id)
    strictest = max([item.privacy, *(row.privacy or 0 for row in (item.rows.options if item.rows else ()))])
    options = item.options.options if item.options else ()
    if item.required and options and strictest == 3 and not any(one.opt_out or one.silent for one in options):
        verdict.say("privacy", item.id)


def ladders(workflow: Workflow, everything: Everything, verdict: Verdict) -> None:
    """Every rung of an escalation is somebody."""
    states: Iterable[State] = workflow.states.values()
    rungs = [(state.id, rung.to) for state in states for rung in state.escalate]
    for where, to in rungs:
        if to not in LADDER and to not in everything.contact_points:
            verdict.say("escalation", f"{where}: {to}")


def buttons(workflow: Workflow, verdict: Verdict) -> None:
    """Whoever presses a button does something: all of it is more than what it is called and who may press it."""
    for place, state in workflow.states.items():
        for action in state.actions.values():
            if not any(
                (
                    action.to,
                    action.form,
                    action.marks,
                    action.feedback,
                    action.again,
                    action.does,
                    action.open_form,
                )
            ):
                verdict.say("buttons", f"{place}: {action.id}")
