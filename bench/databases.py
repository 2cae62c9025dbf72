"""On which databases is everything measured? A SQLite file and a PostgreSQL of our own, both durable."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.support.postgres import SUPERUSER, EmbeddedPostgres, PostgresUnavailable

KINDS = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, slots=True)
class Place:
    """Two empty databases of one kind, and a folder for what the product keeps beside its own.

    ``fresh`` makes one more, ``copied`` a copy of one that nobody is connected to; both give its URL."""

    kind: str
    product: str
    control: str
    folder: Path
    fresh: Callable[[], str]
    copied: Callable[[str], str]

    @contextmanager
    def unguarded(self, url: str) -> Iterator[sa.Connection]:
        """A connection that checks no foreign keys and sees every municipality, to fill a database quickly."""
        lite = self.kind == "SQLite"
        who = sa.make_url(url)
        engine = sa.create_engine(who if lite else who.set(username=SUPERUSER))
        try:
            with engine.connect() as connection:
                if lite:
                    connection.exec_driver_sql("PRAGMA synchronous = OFF")
                    connection.exec_driver_sql("PRAGMA cache_size = -400000")
                else:
                    connection.exec_driver_sql("SET session_replication_role = replica")
                connection.commit()
                yield connection
                connection.commit()
        finally:
            engine.dispose()


@contextmanager
def place(kind: str) -> Iterator[Place]:
    """Make them and remove them. Raises ``PostgresUnavailable`` where no PostgreSQL can be started."""
    with tempfile.TemporaryDirectory(prefix="meernet-bench-") as name:
        folder = Path(name)
        if kind == "SQLite":
            yield Place(
                kind,
                f"sqlite:///{folder / 'product.sqlite'}",
                f"sqlite:///{folder / 'control.sqlite'}",
                folder,
                lambda: f"sqlite:///{folder / 'first.sqlite'}",
                lambda url: _copied(url, folder / "second.sqlite"),
            )
            return
        server = EmbeddedPostgres(durable=True)
        try:
            server.start()
            yield Place(
                kind,
                server.create_database(),
                server.create_database(),
                folder,
                server.create_database,
                lambda url: server.create_database(template=url),
            )
        finally:
            server.stop()


def _copied(url: str, path: Path) -> str:
    """The last connection that was closed wrote everything into the one file."""
    shutil.copy(str(sa.make_url(url).database), path)
    return f"sqlite:///{path}"


__all__ = ["KINDS", "Place", "PostgresUnavailable", "place"]
