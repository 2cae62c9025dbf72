"""Who helps at a session, and when do I help?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.definitions.model.forms import Field
from app.engine import calendar, values
from app.engine.model.answers import Answers, PersonRef
from app.engine.policy import Act, Actor
from app.services.cases.load_case import Desk, Pinned, answers_of, desk_of, pin
from app.services.gatherings import called
from app.services.permission import demand
from app.storage import clock, ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, moment_rows

AHEAD, MOST = timedelta(days=400), 200


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who helps; ``account`` is empty for who has none. ``does``: what they do, in words."""

    name: str
    does: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A session at which somebody helps, with who else does and the lists that they may print."""

    id: str
    title: str
    on_day: date
    off: bool
    told: tuple[str, ...]
    mine: tuple[str, ...]
    others: tuple[Helper, ...]
    lists: tuple[tuple[str, str], ...]


def mine(actor: Actor) -> tuple[Turn, ...]:
    """The coming sessions at which this person helps. Raises ``Forbidden``."""
    demand(actor, Act.SESSIONS_HELP)
    desk = desk_of(actor.municipality)
    today = calendar.local(desk.world.calendar, clock.now()).today
    with transaction(desk.municipality, readonly=True) as tx:
        rows = moment_rows.between(tx, today, today + AHEAD, most=MOST)
        return tuple(turn for row in rows if (turn := _turn(tx, desk, actor, row)) is not None)


def helps(pinned: Pinned, answers: Answers, account: str) -> bool:
    """Whether somebody stands in the roster of a session."""
    return bool(account) and any(helper.account == account for helper in helpers(pinned, answers))


def helpers(pinned: Pinned, answers: Answers) -> tuple[Helper, ...]:
    """Who helps at a session, as its answers say."""
    rules = pinned.workflow.sessions
    rows = answers.get(rules.roster.rows) if rules is not None and rules.roster is not None else None
    if rules is None or rules.roster is None or not isinstance(rows, tuple):
        return ()
    field = pinned.form.field(rules.roster.rows)
    columns = {column.id: column for column in field.fields} if field is not None else {}
    return tuple(_helpers(rows, columns, (rules.roster.who, rules.roster.does)))


def _helpers(rows: tuple[Any, ...], columns: Mapping[str, Field], names: tuple[str, str]) -> Iterator[Helper]:
    who, does = names
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        ref, task = row.get(who), row.get(does)
        words = values.show(columns[does], task) if task is not None and does in columns else ""
        others = [row[key] for key in columns if key not in names and isinstance(row.get(key), str)]
        if isinstance(ref, PersonRef):
            yield Helper(ref.name, words, ref.id)
        elif others:
            yield Helper(others[0], words)


def _turn(tx: Transaction, desk: Desk, actor: Actor, row: Mapping[str, Any]) -> Turn | None:
    held = case_rows.get(tx, row["case"])
    if held is None or held["blocked"]:
        return None
    pinned = pin(desk, held["form_version"], held["workflow_version"])
    everybody = helpers(pinned, answers_of(tx, held, pinned))
    own = tuple(helper.does for helper in everybody if helper.account == actor.account)
    if not own or pinned.workflow.sessions is None:
        return None
    lists = pinned.workflow.sessions.lists.values()
    return Turn(
        id=ids.to_text(row["case"]),
        title=called.title_of(row),
        on_day=row["on_day"],
        off=row["off"],
        told=tuple(row["told"].splitlines()),
        mine=own,
        others=tuple(helper for helper in everybody if helper.account != actor.account),
        lists=tuple((item.id, item.label) for item in lists if actor.roles & set(item.audience)),
    )
