"""On which databases is everything measured? A SQLite file and a PostgreSQL of our own, both durable."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.postgres import EmbeddedPostgres, PostgresUnavailable

KINDS = ("SQLite", "PostgreSQL")


@dataclass(frozen=True, slots=True)
class Place:
    """Two empty databases of one kind, and a folder for what the product keeps beside its own."""

    kind: str
    product: str
    control: str
    folder: Path


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
            )
            return
        server = EmbeddedPostgres(durable=True)
        try:
            server.start()
            yield Place(kind, server.create_database(), server.create_database(), folder)
        finally:
            server.stop()


__all__ = ["KINDS", "Place", "PostgresUnavailable", "place"]
