"""How is one page of tasks found among a million? By the index of its own scope, from where the last page ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import Case, Task, TaskCount

_TASK = table_of(Task)
_CASE = table_of(Case)
_COUNT = table_of(TaskCount)
Clause = sa.ColumnElement[bool]
_OF_CASE = sa.and_(_CASE.c.municipality == _TASK.c.municipality, _CASE.c.id == _TASK.c.case)


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's tasks for one contact point (``""``: any), of cases in these ``places`` (``()``: anywhere)."""

    assignee: str
    contact_point: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose tasks. ``assignees`` (empty: everybody's), ``parts`` of somebody's, or the unclaimed tasks of ``groups``.
    One of the three."""

    assignees: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    groups: tuple[str, ...] = ()
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Which of them: due from ``first`` to ``last`` (both included, None: no bound). ``waiting``: only those that
    cannot be done yet; None: all; False: only those that can."""

    first: date | None = None
    last: date | None = None
    waiting: bool | None = None


def page(
    tx: Transaction, scope: Scope, window: Window, *, after: tuple[date, int] | None, size: int
) -> list[dict[str, Any]]:
    """Open tasks with what lists may show of their case, by due date and age."""
    if scope.nothing:
        return []
    query = (
        sa.select(
            _TASK,
            _CASE.c.number,
            _CASE.c.neighbourhood,
            _CASE.c.label.label("case_label"),
            _CASE.c.holder,
            _CASE.c.submission,
            _CASE.c.blocked,
        )
        .join(_CASE, _OF_CASE)
        .where(*_chosen(tx, scope), *_within(tx, window))
        .order_by(_TASK.c.due_on, _TASK.c.id)
        .limit(size)
    )
    if after:
        query = query.where(sa.tuple_(_TASK.c.due_on, _TASK.c.id) > sa.tuple_(*_typed(after)))
    return [dict(row) for row in tx.execute(query).mappings()]


def by_day(tx: Transaction, scope: Scope, *, waiting: bool | None = None) -> list[tuple[date, int]]:
    """How many open tasks a due day; from the counts where they tell it, else counted."""
    if scope.nothing:
        return []
    if waiting is None and not scope.parts and not scope.groups:
        query = sa.select(_COUNT.c.due_on, sa.func.sum(_COUNT.c.n)).where(
            _COUNT.c.municipality == tx.municipality
        )
        if scope.assignees:
            query = query.where(_COUNT.c.assignee.in_(scope.assignees))
        query = query.group_by(_COUNT.c.due_on)
    else:
        query = (
            sa.select(_TASK.c.due_on, sa.func.count())
            .where(*_chosen(tx, scope), *_within(tx, Window(waiting=waiting)))
            .group_by(_TASK.c.due_on)
        )
        if any(part.places for part in scope.parts):
            query = query.select_from(_TASK).join(_CASE, _OF_CASE)
    return [(day, int(n)) for day, n in tx.execute(query) if n]


def unclaimed(tx: Transaction, groups: Sequence[str], *, size: int) -> list[dict[str, Any]]:
    """The oldest tasks that wait in these group queues."""
    return page(tx, Scope(groups=tuple(groups), nothing=not groups), Window(), after=None, size=size)


def _chosen(tx: Transaction, scope: Scope) -> list[Clause]:
    found: list[Clause] = [_TASK.c.municipality == tx.municipality, _TASK.c.state == "open"]
    if scope.assignees:
        found.append(_TASK.c.assignee.in_(scope.assignees))
    if scope.groups:
        found += [_TASK.c.contact_point.in_(scope.groups), ~_TASK.c.claimed, ~_TASK.c.onlooker]
    if scope.parts:
        found.append(sa.or_(*(_part(part) for part in scope.parts)))
    return found


def _part(part: Part) -> Clause:
    found: list[Clause] = [_TASK.c.assignee == part.assignee]
    if part.contact_point:
        found.append(_TASK.c.contact_point == part.contact_point)
    if part.places:
        found.append(_CASE.c.neighbourhood.in_(part.places))
    return sa.and_(*found)


def _within(tx: Transaction, window: Window) -> list[Clause]:
    found: list[Clause] = []
    if window.first is not None:
        found.append(_TASK.c.due_on >= window.first)
    if window.last is not None:
        found.append(_TASK.c.due_on <= window.last)
    if window.waiting is True:
        found.append(_TASK.c.not_before > tx.now)
    elif window.waiting is False:
        found.append(sa.or_(_TASK.c.not_before.is_(None), _TASK.c.not_before <= tx.now))
    return found


def _typed(after: tuple[date, int]) -> tuple[sa.BindParameter[date], sa.BindParameter[int]]:
    day, key = after
    return sa.literal(day, _TASK.c.due_on.type), sa.literal(key, _TASK.c.id.type)
