"""How does a municipality get a million open tasks in a minute? One real case, multiplied in the database.

Everything else is as the product made it: staff, definitions, the case, its task. The answers in the cases of the
person whose list is measured are sealed one by one, as their list opens them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.services.staff import staffing
from app.storage import ids
from app.storage.database import db, transaction
from app.storage.models import METADATA
from bench.databases import Place
from tests.support.town import send_card

TOWN = "zandlede"
OWNER = "joris_maes"
COLLEAGUES = 500
DAYS = 90
BACK = 20
"""Due days: so many, the first so many days ago."""
TASKS_A_CASE = 2


@dataclass(frozen=True, slots=True)
class Size:
    """How many open tasks there are, and how many of them are ``OWNER``'s."""

    tasks: int
    own: int


SMALL, LARGE = Size(1_000, 500), Size(1_000_000, 2_000)


def colleagues() -> None:
    """More people, the same in both databases; they hold nothing and only have tasks."""
    with transaction(TOWN) as tx:
        rows = [
            {
                "municipality": TOWN,
                "id": _colleague(number),
                "key": f"collega_{number}",
                "name": f"Collega {number}",
                "email": f"collega.{number}@zandlede.example",
                "created_at": tx.now,
                "roles": ["contact"],
            }
            for number in range(COLLEAGUES)
        ]
        tx.execute(sa.insert(METADATA.tables["account"]), rows)
        tx.execute(sa.text("UPDATE municipality SET staffing_version = staffing_version + 1"))


def fill(place: Place, url: str, size: Size) -> None:
    """Multiply one card; inside the application's context, with nobody else connected."""
    case = send_card(token=f"crowd-{size.tasks}").case
    town = staffing.account_id(TOWN, OWNER)
    with transaction(TOWN, readonly=True) as tx:
        today = tx.now.date()
        submission = tx.scalar(
            sa.text("SELECT submission FROM cases WHERE id = :id"), {"id": ids.from_text(case)}
        )
    db.engine.dispose()
    values = {
        "case": ids.from_text(case),
        "submission": submission,
        "cases": size.tasks // TASKS_A_CASE,
        "own": size.own // TASKS_A_CASE,
        "owner": town,
        "today": today,
    }
    with place.unguarded(url) as connection:
        _multiply(connection, values)
        _count(connection)
    _seal(submission, town)
    with place.unguarded(url) as connection:
        connection.execute(sa.text("ANALYZE"))


def _multiply(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    lite = connection.dialect.name == "sqlite"
    first = values["today"] - timedelta(days=BACK)
    due = (
        f"date('{first}', '+' || ((n.i * 7 + k.k * 3) % {DAYS}) || ' days')"
        if lite
        else f"(DATE '{first}' + ((n.i * 7 + k.k * 3) % {DAYS})::int)"
    )
    colleague = f"'c' || ((n.i % {COLLEAGUES}) + 1000)"
    own = f"n.i <= {values['own']}"
    who = f"CASE WHEN {own} THEN '{values['owner']}' ELSE {colleague} END"
    series = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {values['cases']})"  # noqa: S608
    for statement in (
        _copied(
            "submission", {"id": "t.id + n.i", "token": "'crowd' || n.i"}, series, own, values["submission"]
        ),
        _copied(
            "cases",
            {
                "id": "t.id + n.i",
                "number": "'CRW-2026-' || (1000000 + n.i)",
                "submission": f"CASE WHEN {own} THEN {values['submission']} + n.i ELSE t.submission END",
                "holder": who,
                "person": "NULL",
            },
            series,
            "true",
            values["case"],
        ),
        _copied(
            "task",
            {
                "id": f"t.id + n.i * {TASKS_A_CASE} + k.k",
                '"case"': 't."case" + n.i',
                "key": "CASE WHEN k.k = 0 THEN 'main' ELSE 'also:1:' || k.k END",
                "kind": "CASE WHEN k.k = 0 THEN 'main' ELSE 'sub' END",
                "assignee": who,
                "due_on": due,
                "urgent": "(n.i % 10) = 0",
            },
            f"{series}, k(k) AS (SELECT 0 UNION ALL SELECT 1)",
            "true",
            values["case"],
            "CROSS JOIN k",
        ),
    ):
        connection.execute(sa.text(statement))
    connection.execute(sa.text('DELETE FROM task WHERE "case" = :case'), {"case": values["case"]})


def _copied(  # noqa: PLR0917 - one statement
    table: str, changed: Mapping[str, str], series: str, where: str, source: int, also: str = ""
) -> str:
    """Insert rows that are the source row (of a task: the one of that case) but for ``changed``."""
    columns = [f'"{column.name}"' for column in METADATA.tables[table].columns]
    taken = {name.strip('"'): text for name, text in changed.items()}
    chosen = [taken.get(name.strip('"'), f"t.{name}") for name in columns]
    key = '"case"' if table == "task" else "id"
    only = " AND t.key = 'main'" if table == "task" else ""
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) {series} "  # noqa: S608 - our own names and numbers
        f"SELECT {', '.join(chosen)} FROM n {also} CROSS JOIN {table} t WHERE t.{key} = {source}{only} AND {where}"
    )


def _count(connection: sa.Connection) -> None:
    """What the product counts as it goes."""
    lane = "CASE WHEN onlooker THEN 2 WHEN claimed THEN 1 ELSE 0 END"
    never = (
        "'1970-01-01 00:00:00.000000'"
        if connection.dialect.name == "sqlite"
        else "TIMESTAMPTZ '1970-01-01 00:00:00+00'"
    )
    waits = f"COALESCE(not_before, {never})"
    connection.execute(sa.text("DELETE FROM task_count"))
    for who, where in (("assignee", "neighbourhood"), ("''", "''")):
        connection.execute(
            sa.text(
                "INSERT INTO task_count"  # noqa: S608 - our own names
                " (municipality, assignee, contact_point, neighbourhood, lane, due_on, not_before, n)"
                f" SELECT municipality, {who}, contact_point, {where}, {lane}, due_on, {waits}, count(*) FROM task"
                " WHERE state = 'open' GROUP BY 1, 2, 3, 4, 5, 6, 7"
            )
        )


def _seal(submission: int, owner: str) -> None:
    """Each of the owner's submissions under its own id, or it would not open."""
    table = METADATA.tables["submission"]
    with transaction(TOWN) as tx:
        kept = tx.scalar(sa.select(table.c.sealed).where(table.c.id == submission))
        answers = tx.sealer.open(("submission", submission, "sealed"), kept)
        own = tx.execute(
            sa.select(table.c.id).where(table.c.token.like("crowd%"), table.c.id != submission)
        ).scalars()
        for key in own.all():
            sealed = tx.sealer.seal(("submission", key, "sealed"), answers)
            tx.execute(
                sa.update(table).where(table.c.municipality == TOWN, table.c.id == key).values(sealed=sealed)
            )


def cursor_at(place: int) -> str:
    """Where a page of the owner's list begins, behind so many of their tasks."""
    task = METADATA.tables["task"]
    owner = staffing.account_id(TOWN, OWNER)
    with transaction(TOWN, readonly=True) as tx:
        query = (
            sa.select(task.c.due_on, task.c.id)
            .where(task.c.municipality == TOWN, task.c.assignee == owner, task.c.state == "open")
            .order_by(task.c.due_on, task.c.id)
            .offset(place)
            .limit(1)
        )
        row = tx.execute(query).one()
    day: date = row[0]
    return f"{day.isoformat()}.{ids.to_text(row[1])}"


def _colleague(number: int) -> str:
    return f"c{number + 1000}"
