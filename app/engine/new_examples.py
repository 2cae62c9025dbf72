"""How does a case that was played read as an example of its form?

As plain values in the order in which authors write them; what it expects is what happened.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from app.definitions.adding_examples import Plain
from app.definitions.model.workflows import ContactPoint, Workflow
from app.engine.acting import REOPEN
from app.engine.coverage import Kind, Spot
from app.engine.examples import Script, found_in
from app.engine.playing import BESIDE_THE_FORM, Act, Play
from app.texts import say

USUAL = "zandlede"
"""The municipality of an example that names none."""
MOST_IN_NAME = 4
_BUTTONS = frozenset({Kind.ACTION, Kind.LAST, Kind.REOPEN})


def as_example(name: str, script: Script, play: Play) -> dict[str, Plain]:
    """The keys of ``examples:``; the municipality only when it is another than the usual one."""
    found: dict[str, Plain] = {"name": name}
    if play.world.municipality not in ("", USUAL):
        found["municipality"] = play.world.municipality
    found["answers"] = plain(script.answers)
    found["at"] = _moment(script.at)
    if script.acts:
        found["act"] = [_act(act) for act in script.acts]
    return found | {"expect": _expected(play, acted=bool(script.acts))}


def name_of(play: Play, script: Script, passes: Sequence[Spot], taken: Collection[str] = ()) -> str:
    """A name that says what happens: the rule, or what is pressed; unlike those that are ``taken``."""
    name = _pressed(play, script, passes) or _ruled(play, passes)
    found, number = name, 2
    while found in taken:
        found, number = f"{name} ({number})", number + 1
    return found


def plain(value: object) -> Plain:
    """Natural answers as texts, as an author writes them."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _act(act: Act) -> dict[str, Plain]:
    answers = {name: value for name, value in act.answers.items() if name not in BESIDE_THE_FORM}
    beside = {name: value for name, value in act.answers.items() if name in BESIDE_THE_FORM and value}
    found: dict[str, Plain] = {"action": act.action, "at": _moment(act.at)}
    if answers:
        found["answers"] = plain(answers)
    return found | {name: plain(value) for name, value in beside.items()}


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def _expected(play: Play, *, acted: bool) -> dict[str, Plain]:
    """What is worth keeping as it is: wrong answers are not, a refused press is."""
    found = found_in(play)
    expected: dict[str, Plain] = {}
    if not play.lines.errors:
        expected["errors"] = []
    for key in ("contact_point", "deadline"):
        if found[key] is not None:
            expected[key] = plain(found[key])
    if found["limits"]:
        expected["limits"] = plain(found["limits"])
    if acted:
        expected["states"] = plain(found["states"])
        told = [str(line["message"]) for line in play.lines.messages]
        messages: list[Plain] = [message for message in told if not message.startswith("reminder.")]
        if messages:
            expected["messages"] = messages
    return expected


# Names -----------------------------------------------------------------------------------------------------


def _pressed(play: Play, script: Script, passes: Sequence[Spot]) -> str:
    """What was pressed, above all what no other example presses."""
    new = {REOPEN if spot.kind is Kind.REOPEN else spot.id for spot in passes if spot.kind in _BUTTONS}
    told = [act.action for act in script.acts if act.action in new] or [act.action for act in script.acts]
    labels = [_label(play, action) for action in told]
    kept = list(dict.fromkeys(labels))
    if len(kept) > MOST_IN_NAME:
        kept = [*kept[: MOST_IN_NAME - 1], "…", kept[-1]]
    return say("studio_trial.example.then").join([*kept[:1], *(_lower(label) for label in kept[1:])])


def _lower(label: str) -> str:
    """A label in the middle of a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _label(play: Play, action: str) -> str:
    """What stands on a button, of whichever case it was."""
    for live in play.cases:
        for state in live.workflow.states.values():
            found = live.workflow.actions_of(state.id).get(action)
            if found is not None:
                return found.label
    return say("history.reopen")


def _ruled(play: Play, passes: Sequence[Spot]) -> str:
    flow, first = play.cases[0].workflow, play.lines.first
    number = next((spot.number for spot in passes if spot.kind is Kind.RULE), first.why.rule if first else 0)
    return say("studio_trial.example.rule", rule=number, to=_to(flow, number, play.catalog.contact_points))


def _to(flow: Workflow, number: int, points: Mapping[str, ContactPoint]) -> str:
    target = next((rule.target.name for rule in flow.route if rule.number == number), "")
    point = points.get(target)
    return point.label if point is not None else target
