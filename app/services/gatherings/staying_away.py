"""Which regulars stayed away, and may somebody ring them? One task each, with the person who follows the session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.definitions.model.sessions import Regulars
from app.engine import calendar, sessions
from app.engine.facts_of import Reading
from app.engine.model.answers import Moment
from app.engine.model.cases import TaskAdded
from app.engine.sessions import Came
from app.services.cases.load_case import Desk, Loaded, load
from app.services.cases.move_case import move
from app.storage import ids
from app.storage.database import Transaction
from app.storage.repositories import moment_rows

KEY = "regular:"


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who came ``came`` times and then stayed away; ``entry`` is their last registration."""

    entry: Mapping[str, Any]
    came: int


def look(tx: Transaction, desk: Desk, session: int, *, entry: int | None = None) -> tuple[int, ...]:
    """Open a task for every regular who stays away as of this session, or for one of them only; outbox ids that are
    due. Nothing once the session itself is over and done with, or for who did not agree."""
    loaded = load(tx, desk, session, lock=True)
    rules = loaded.pin.workflow.sessions
    if rules is None or rules.regulars is None or loaded.pin.workflow.states[loaded.row["state"]].end:
        return ()
    wake: tuple[int, ...] = ()
    for away in _away(tx, session, rules.regulars, entry):
        last = load(tx, desk, away.entry["case"])
        if _may(desk, last, rules.regulars, tx):
            wake += _ask(tx, desk, session, last, (rules.regulars, away))
    return wake


def _away(tx: Transaction, session: int, rule: Regulars, entry: int | None) -> Iterable[Away]:
    here = moment_rows.get(tx, session)
    if here is None:
        return
    most = rule.of + rule.missed + 1
    past = moment_rows.past(tx, here["workflow"], here["neighbourhood"], here["on_day"], most=most)
    keys = [row["case"] for row in past]
    entries = moment_rows.entries(tx, keys)
    tapped = {item["session"] for item in entries if item["came"] == Came.PRESENT} | {session}
    order = [key for key in keys if key in tapped]  # where nobody was tapped, nobody knows who came
    only = next((item["who"] for item in entries if item["id"] == entry), "") if entry is not None else ""
    for who in dict.fromkeys(item["who"] for item in entries if item["who"]):
        if entry is not None and who != only:
            continue
        own = [item for item in entries if item["who"] == who]
        times = sessions.stayed_away(rule, _history(order, own))
        if times is not None:
            yield Away(
                max(own, key=lambda item: order.index(item["session"]) if item["session"] in order else -1),
                times,
            )


def _history(order: Sequence[int], own: Sequence[Mapping[str, Any]]) -> list[Came]:
    """What is known of somebody, session by session; who did not even register missed it."""
    by_session = {item["session"]: item for item in own}
    found: list[Came] = []
    for key in order:
        item = by_session.get(key)
        found.append(Came.ABSENT if item is None else Came(item["came"]))
    return found


def _may(desk: Desk, last: Loaded, rule: Regulars, tx: Transaction) -> bool:
    today = tx.now.astimezone(desk.world.calendar.zone).date()
    reading = Reading(last.pin.form, last.case, Moment(tx.now, today))
    return not last.row["blocked"] and reading.holds(rule.condition)


def _ask(
    tx: Transaction, desk: Desk, session: int, last: Loaded, found: tuple[Regulars, Away]
) -> tuple[int, ...]:
    rule, away = found
    loaded = load(tx, desk, session, lock=True)
    key = f"{KEY}{ids.to_text(last.row['id'])}"
    if any(task["key"] == key for task in loaded.tasks):
        return ()
    event = TaskAdded(
        key=key,
        label=f"{rule.task} ({last.row['number']})",
        to=loaded.row["holder"],
        due_on=calendar.add_working_days(desk.world.calendar, tx.now, rule.working_days),
        by="",
        regular=(away.came, rule.of, rule.missed),
    )
    return move(tx, desk, loaded, event).wake


__all__ = ["KEY", "look"]
