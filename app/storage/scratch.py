"""Where can a copy be tried without touching anything? In a database that is made for it and destroyed after."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import exc

from app.storage import engines

_PREFIX = "meernet_drill_"


@contextmanager
def database(beside: str, folder: Path) -> Iterator[str]:
    """URL of an empty database of the kind of the one at ``beside``, on the same server; gone afterwards.

    Where the role may not make one on its server it is a SQLite file below ``folder``, as for SQLite. Such a file
    is readable for its owner alone. Raises ``OSError``.
    """
    url = sa.make_url(beside)
    made = _on_server(url) if url.get_backend_name() != "sqlite" else None
    if made is None:
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=folder) as place:
            yield f"sqlite:///{place}/drill.sqlite"
        return
    try:
        yield made.render_as_string(hide_password=False)
    finally:
        _run(url, f'DROP DATABASE IF EXISTS "{made.database}" WITH (FORCE)')


def _on_server(url: sa.URL) -> sa.URL | None:
    name = _PREFIX + secrets.token_hex(6)
    try:
        _run(url, f'CREATE DATABASE "{name}"')
    except exc.DBAPIError:
        return None
    return url.set(database=name)


def _run(url: sa.URL, statement: str) -> None:
    engine = sa.create_engine(url, **engines.options(url.render_as_string(hide_password=False)))
    with contextlib.ExitStack() as stack:
        stack.callback(engine.dispose)
        connection = stack.enter_context(engine.connect())
        connection.exec_driver_sql(statement)
