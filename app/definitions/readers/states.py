"""How do ``states:`` become states, and what can a state not be?"""

from __future__ import annotations

from app.definitions.model.forms import OptionList
from app.definitions.model.nodes import MappingNode
from app.definitions.model.source import Span
from app.definitions.model.workflows import Auto, DeadlineKind, Every, ReasonEach, Reopen, State
from app.definitions.readers.actions import Room, read_actions, read_feedback, state_at
from app.definitions.readers.asks import read_asks
from app.definitions.readers.consents import read_withdrawn
from app.definitions.readers.deadlines import (
    Clock,
    check_ladder,
    read_deadline,
    read_duration,
    read_escalations,
    read_reminders,
)
from app.definitions.readers.desk import key_span, mappings, quiet, text_node
from app.definitions.readers.lists import options_of

NOT_IN_AN_END = ("task", "deadline", "remind", "escalate", "actions", "auto", "every", "asks", "withdrawn")
STAY = "stay"


def read_state(name: str, span: Span, node: MappingNode, clock: Clock, room: Room) -> State:
    """One state; an end with work in it (``G410``) and reasons outside an end (``G411``) are told."""
    take, desk = quiet(node), room.desk
    end = take.boolean("end")
    state = State(
        id=name,
        label=take.text("label"),
        shown_as=take.text("shown_as") or ("klaar" if end else "bezig"),
        task=take.text("task"),
        deadline=read_deadline(node, clock, room.expressions),
        remind=read_reminders(node, desk),
        escalate=read_escalations(node, desk),
        actions=read_actions(node, "actions", room),
        auto=_autos(node, room),
        every=_every(node, clock, room),
        end=end,
        reasons=options_of(node, "reasons", desk),
        reason_each=_reason_each(node, room),
        on_entry=read_feedback(node, "on_entry", room),
        reopen=_reopen(node, room),
        asks=read_asks(node, clock, room),
        withdrawn=read_withdrawn(node, clock, room),
        span=span,
    )
    _check(state, node, room)
    return state


def _check(state: State, node: MappingNode, room: Room) -> None:
    for key in NOT_IN_AN_END:
        if state.end and node.entry(key) is not None:
            room.desk.tell("G410", key_span(node, key), state=state.id, key=key)
    for key in ("reasons", "reason_each", "reopen"):
        if not state.end and node.entry(key) is not None:
            room.desk.tell("G411", key_span(node, key), state=state.id, key=key)
    deadline = state.deadline
    if state.remind and (deadline is None or deadline.kind is DeadlineKind.NONE):
        room.desk.tell("G414", key_span(node, "remind"), state=state.id, key="remind")
    elif state.escalate and (deadline is None or deadline.kind is DeadlineKind.NONE):
        room.desk.tell("G414", key_span(node, "escalate"), state=state.id, key="escalate")
    _check_reasons(state.reasons, node, room)


def _check_reasons(reasons: OptionList | None, node: MappingNode, room: Room) -> None:
    """Reports only know ``means``: a reason without it is not counted anywhere (advice ``A701``)."""
    missing = [option.id for option in (reasons.options if reasons else ()) if "means" not in option.columns]
    if missing:
        room.desk.advise("A701", key_span(node, "reasons"), reasons=", ".join(missing))


def _autos(node: MappingNode, room: Room) -> tuple[Auto, ...]:
    found: list[Auto] = []
    for item in mappings(node, "auto"):
        ends = [key for key in ("to", "otherwise") if item.entry(key) is not None]
        if len(ends) != 1:
            room.desk.tell("S166", item.span)
            continue
        condition_node, after_node = text_node(item, "if"), text_node(item, "after")
        condition = room.expressions.condition(condition_node)
        after = read_duration(after_node, room.desk)
        if ends[0] == "to" and condition_node is None and after_node is None:
            room.desk.tell("S167", item.span)
        written = text_node(item, ends[0])
        stays = written is not None and written.text.strip() == STAY
        to = "" if stays else state_at(item, ends[0], room, *((STAY,) if ends[0] == "otherwise" else ()))
        lost = (condition_node and condition is None) or (after_node and after is None) or not (to or stays)
        if not lost:
            found.append(Auto(to, condition, after))
    return tuple(found)


def _every(node: MappingNode, clock: Clock, room: Room) -> tuple[Every, ...]:
    found: list[Every] = []
    for item in mappings(node, "every"):
        period = read_duration(text_node(item, "period"), room.desk)
        deadline = read_deadline(item, clock, room.expressions)
        if period is not None and deadline is not None:
            check_ladder(deadline, item, "every", room.desk)
            remind, escalate = read_reminders(item, room.desk), read_escalations(item, room.desk)
            found.append(Every(period, quiet(item).text("task"), deadline, remind, escalate))
    return tuple(found)


def _reason_each(node: MappingNode, room: Room) -> ReasonEach | None:
    written = node.get("reason_each")
    if not isinstance(written, MappingNode):
        return None
    of = text_node(written, "of")
    if of is None or not room.expressions.names_field(of.text.strip(), of.span, room.expressions.row_fields):
        return None
    rows = of.text.strip()
    return ReasonEach(rows, room.expressions.condition(text_node(written, "if"), rows=rows))


def _reopen(node: MappingNode, room: Room) -> Reopen | None:
    written = node.get("reopen")
    if not isinstance(written, MappingNode):
        return None
    within = read_duration(text_node(written, "within"), room.desk)
    to = state_at(written, "to", room)
    return Reopen(within, to) if within is not None and to else None
