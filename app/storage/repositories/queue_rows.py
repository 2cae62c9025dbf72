"""How is one page of tasks found among a million? By the index of its own scope, from where the last page ended.

A scope is a few ``Leg``s, each one walk along an index in the order of the list; several are walked side by side and
merged. A filter is asked of the tasks of such a walk, never of more than ``MOST_WALKED`` at a time: whoever looks for
something rare among very many is told how far the search came, and goes on from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction, table_of
from app.storage.models import Case, Task
from app.storage.repositories import kept_rows

_TASK = table_of(Task)
_CASE = table_of(Case)
Clause = sa.ColumnElement[bool]
Place = tuple[date, int]
"""Where a page ended: due day and id of its last task."""
MOST_WALKED = 5000
_OF_CASE = sa.and_(_CASE.c.municipality == _TASK.c.municipality, _CASE.c.id == _TASK.c.case)


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's tasks for one contact point (``""``: any), of cases in these ``places`` (``()``: anywhere)."""

    assignee: str
    contact_point: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose tasks. ``assignees`` (empty: everybody's), ``parts`` of somebody's, the unclaimed tasks of ``groups``, or
    all tasks at ``points`` but those of who looks along. One of the four."""

    assignees: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    groups: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    nothing: bool = False
    reader: str = ""
    """Who looks: what may never be theirs (``kept_rows``) is left out. Empty: nothing is."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which of them: due from ``first`` to ``last`` (both included, None: no bound). ``waiting``: only those that
    cannot be done yet; None: all; False: only those that can."""

    first: date | None = None
    last: date | None = None
    waiting: bool | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What else they must be; empty says nothing. ``untried``: nobody was called yet in the case."""

    form: str = ""
    workflow: str = ""
    state: str = ""
    contact_point: str = ""
    neighbourhood: str = ""
    kind: str = ""
    urgent: bool = False
    untried: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page. ``stopped``: the search went as far as it may at once; it goes on from there."""

    rows: list[dict[str, Any]]
    stopped: Place | None = None


NO_FILTERS = Filters()
_SHOWN = (
    _TASK,
    _CASE.c.number,
    _CASE.c.label.label("case_label"),
    _CASE.c.holder,
    _CASE.c.submission,
    _CASE.c.blocked,
    _CASE.c.received_at,
)


def page(
    tx: Transaction, scope: Scope, window: Window, *, after: Place | None, size: int
) -> list[dict[str, Any]]:
    """Open tasks with what lists may show of their case, by due date and age."""
    return walk(tx, scope, window, NO_FILTERS, after=after, size=size).rows


def unclaimed(tx: Transaction, groups: Sequence[str], *, size: int) -> list[dict[str, Any]]:
    """The oldest tasks that wait in these group queues."""
    return page(tx, Scope(groups=tuple(groups), nothing=not groups), Window(), after=None, size=size)


def walk(
    tx: Transaction, scope: Scope, window: Window, filters: Filters, *, after: Place | None, size: int
) -> Found:
    """The same, of those that fit ``filters``."""
    if scope.nothing:
        return Found([])
    most = size if filters == NO_FILTERS else MOST_WALKED
    keys = _keys(tx, scope, window, after, most).subquery("walked")
    query = (
        sa.select(*_SHOWN)
        .join_from(keys, _TASK, sa.and_(_TASK.c.municipality == tx.municipality, _TASK.c.id == keys.c.id))
        .join(_CASE, _OF_CASE)
        .where(*_fitting(filters))
        .order_by(keys.c.due_on, keys.c.id)
        .limit(size)
    )
    rows = _told(tx, query)
    if len(rows) == size or filters == NO_FILTERS:
        return Found(rows)
    last = tx.execute(
        sa.select(keys.c.due_on, keys.c.id).order_by(keys.c.due_on, keys.c.id).offset(most - 1).limit(1)
    ).first()
    return Found(rows, (last[0], last[1]) if last else None)


def whole(
    tx: Transaction, scope: Scope, window: Window, filters: Filters, *, most: int
) -> list[dict[str, Any]]:
    """The first ``most`` tasks of a short list, in one piece."""
    return walk(tx, scope, window, filters, after=None, size=most).rows


def by_receipt(
    tx: Transaction, scope: Scope, window: Window, filters: Filters, *, after: int | None, size: int
) -> list[dict[str, Any]]:
    """A short list by when the case came in, the oldest first. ``after``: the task the last page ended with."""
    return _ordered(tx, scope, window, filters, (_CASE.c.received_at, _TASK.c.id), after, size)


def by_place(
    tx: Transaction, scope: Scope, window: Window, filters: Filters, *, after: int | None, size: int
) -> list[dict[str, Any]]:
    """A short list by neighbourhood, those without one first."""
    return _ordered(
        tx, scope, window, filters, (_TASK.c.neighbourhood, _TASK.c.due_on, _TASK.c.id), after, size
    )


def _ordered(  # noqa: PLR0917 - one question, all of it
    tx: Transaction,
    scope: Scope,
    window: Window,
    filters: Filters,
    order: tuple[sa.ColumnElement[Any], ...],
    after: int | None,
    size: int,
) -> list[dict[str, Any]]:
    if scope.nothing:
        return []
    query = (
        sa.select(*_SHOWN)
        .join(_CASE, _OF_CASE)
        .where(
            _TASK.c.municipality == tx.municipality,
            _TASK.c.state == "open",
            sa.or_(*(sa.and_(*leg) for leg in _legs(tx, scope))),
            *_within(tx, window),
            *_fitting(filters),
        )
        .order_by(*order)
        .limit(size)
    )
    if after is not None:
        ended = (
            sa.select(*order)
            .select_from(_TASK.join(_CASE, _OF_CASE))
            .where(_TASK.c.municipality == tx.municipality, _TASK.c.id == after)
        )
        values = tx.execute(ended).first()
        if values is None:
            return []
        typed = (sa.literal(value, column.type) for column, value in zip(order, values, strict=True))
        query = query.where(sa.tuple_(*order) > sa.tuple_(*typed))
    return _told(tx, query)


def _told(tx: Transaction, query: sa.Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.execute(query).mappings()]


def _keys(
    tx: Transaction, scope: Scope, window: Window, after: Place | None, most: int
) -> sa.Select[*tuple[Any, ...]]:
    """Due day and id of the first ``most`` tasks, in order; one walk along an index for each leg."""
    walks = [_walk(tx, leg, window, after, most) for leg in _legs(tx, scope)]
    if len(walks) == 1:
        return walks[0]
    some = sa.union_all(*(sa.select(walk.subquery()) for walk in walks)).subquery("legs")
    return sa.select(some.c.due_on, some.c.id).order_by(some.c.due_on, some.c.id).limit(most)


def _walk(
    tx: Transaction, leg: Sequence[Clause], window: Window, after: Place | None, most: int
) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(_TASK.c.due_on, _TASK.c.id).where(
        _TASK.c.municipality == tx.municipality, _TASK.c.state == "open", *leg, *_within(tx, window)
    )
    if after:
        query = query.where(sa.tuple_(_TASK.c.due_on, _TASK.c.id) > sa.tuple_(*_typed(after)))
    return query.order_by(_TASK.c.due_on, _TASK.c.id).limit(most)


def _legs(tx: Transaction, scope: Scope) -> list[list[Clause]]:
    """What each walk along an index asks; together they are the scope, and no task is in two of them."""
    legs = _parts(scope)
    if not scope.reader:
        return legs
    mine = kept_rows.not_from(tx, scope.reader, _TASK.c.case)
    return [[*leg, mine] for leg in legs]


def _parts(scope: Scope) -> list[list[Clause]]:
    if scope.groups:
        free = [~_TASK.c.claimed, ~_TASK.c.onlooker]
        return [[_TASK.c.contact_point == point, *free] for point in scope.groups]
    if scope.points:
        return [[_TASK.c.contact_point == point, ~_TASK.c.onlooker] for point in scope.points]
    if scope.parts:
        return [_part(part) for part in scope.parts]
    if scope.assignees:
        return [[_TASK.c.assignee == account] for account in scope.assignees]
    return [[]]


def _part(part: Part) -> list[Clause]:
    found: list[Clause] = [_TASK.c.assignee == part.assignee]
    if part.contact_point:
        found.append(_TASK.c.contact_point == part.contact_point)
    if part.places:
        found.append(_TASK.c.neighbourhood.in_(part.places))
    return found


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


def _fitting(filters: Filters) -> list[Clause]:
    wanted = (
        (_CASE.c.form, filters.form),
        (_CASE.c.workflow, filters.workflow),
        (_CASE.c.state, filters.state),
        (_TASK.c.contact_point, filters.contact_point),
        (_TASK.c.neighbourhood, filters.neighbourhood),
        (_TASK.c.kind, filters.kind),
    )
    found: list[Clause] = [column == value for column, value in wanted if value]
    if filters.urgent:
        found.append(_TASK.c.urgent)
    if filters.untried:
        found.append(sa.cast(_CASE.c.attempts, sa.Text) == "[]")
    return found


def _typed(after: Place) -> tuple[sa.BindParameter[date], sa.BindParameter[int]]:
    day, key = after
    return sa.literal(day, _TASK.c.due_on.type), sa.literal(key, _TASK.c.id.type)
