"""What does a report count: cases of some forms and workflows, answers in rounds, or attempts of campaigns?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.definitions.expressions.scope import NO, YES, Named
from app.definitions.model.campaigns import Campaign
from app.definitions.model.expressions import ValueType
from app.definitions.model.forms import FieldType, Form, FormKind
from app.definitions.model.nodes import MappingNode
from app.definitions.model.reports import ANSWER, COVERED, OUTCOME, QUESTION, STAGE, STAGES
from app.definitions.model.workflows import Workflow
from app.definitions.readers.desk import Desk, key_span, quiet, text_node

NOTHING: Mapping[str, Named] = MappingProxyType({})
KINDS = ("forms", "workflows", "rounds", "campaigns")


@dataclass(frozen=True, slots=True)
class Known:
    """All that could be read, by id."""

    forms: Mapping[str, Form]
    workflows: Mapping[str, Workflow]
    campaigns: Mapping[str, Campaign]


@dataclass(frozen=True, slots=True)
class About:
    """``row``: what a row of rounds or campaigns knows; ``whole``: everything that was named is there."""

    forms: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    streets: str = ""
    row: Mapping[str, Named] = field(default_factory=lambda: NOTHING)
    whole: bool = True


def read_about(node: MappingNode, known: Known, desk: Desk) -> About:
    """``about:``; a report counts one kind of thing (``S296``)."""
    written = node.get("about")
    if not isinstance(written, MappingNode):
        return About()
    forms = tuple(_forms(written, known, desk))
    flows = tuple(_named(written, "workflows", "workflow", known.workflows, desk))
    rounds = tuple(_rounds(written, known, desk))
    campaigns = tuple(_named(written, "campaigns", "campaign", known.campaigns, desk))
    streets = _streets(written, known, desk)
    kinds = [bool(forms or flows), bool(rounds), bool(campaigns), bool(streets)]
    if sum(kinds) > 1:
        desk.tell("S296", key_span(node, "about"))
    if any(kinds[1:]) and node.entry("each") is not None:
        desk.tell("S297", key_span(node, "each"))
    asked = sum(len(quiet(written).scalars(kind)) for kind in KINDS)
    whole = len(forms) + len(flows) + len(rounds) + len(campaigns) == asked
    row = _of_rounds() if rounds else _of_campaigns(campaigns, known) if campaigns else NOTHING
    if streets:
        row = {COVERED: Named(ValueType.OPTION, (YES, NO), yes=YES)}
    there = bool(streets) or text_node(written, "streets") is None
    return About(forms, flows, rounds, campaigns, streets, row, whole and there)


def _forms(written: MappingNode, known: Known, desk: Desk) -> Iterator[str]:
    spans = {item.text.strip(): item.span for item in quiet(written).scalars("forms")}
    for name in _named(written, "forms", "form", known.forms, desk):
        if known.forms[name].kind is FormKind.ACTION:
            desk.tell("G590", spans[name], form=name)
        else:
            yield name


def _rounds(written: MappingNode, known: Known, desk: Desk) -> Iterator[str]:
    spans = {item.text.strip(): item.span for item in quiet(written).scalars("rounds")}
    for name in _named(written, "rounds", "workflow", known.workflows, desk):
        states = known.workflows[name].states.values()
        if any(ask.round is not None for state in states for ask in state.asks):
            yield name
        else:
            desk.tell("G595", spans[name], workflow=name)


def _streets(written: MappingNode, known: Known, desk: Desk) -> str:
    """The form whose cases cover streets: one that asks for them (``G596``)."""
    node = text_node(written, "streets")
    name = node.text.strip() if node is not None else ""
    if node is None or not desk.refer("form", name, node.span) or name not in known.forms:
        return ""
    if any(item.type is FieldType.STREET for item in known.forms[name].fields()):
        return name
    desk.tell("G596", node.span, form=name)
    return ""


def _named(
    written: MappingNode, key: str, kind: str, known: Mapping[str, object], desk: Desk
) -> Iterator[str]:
    for item in quiet(written).scalars(key):
        name = item.text.strip()
        if desk.refer(kind, name, item.span) and name in known:
            yield name


def _of_rounds() -> Mapping[str, Named]:
    return {QUESTION: Named(ValueType.OPTION, open=True), ANSWER: Named(ValueType.NUMBER)}


def _of_campaigns(names: tuple[str, ...], known: Known) -> Mapping[str, Named]:
    found: dict[str, None] = {}
    for campaign in (known.campaigns[name] for name in names):
        sheet = known.forms.get(campaign.sheet)
        asked = sheet.field(campaign.outcome) if sheet is not None else None
        found |= dict.fromkeys(asked.options.ids if asked is not None and asked.options is not None else ())
    return {
        STAGE: Named(ValueType.OPTION, STAGES, ordered=True),
        OUTCOME: Named(ValueType.OPTION, tuple(found)),
    }
