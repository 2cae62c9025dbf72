"""How does one test body run on SQLite and on PostgreSQL?"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from tests.support.postgres import EmbeddedPostgres

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")


class DatabaseServer(Protocol):
    """Makes and removes whole databases; every test has its own."""

    kind: Kind

    def create_database(self, *, template: str | None = None) -> str:
        """URL of a new database: empty, or a copy of the one with URL ``template`` (which nobody may be using)."""

    def drop_database(self, url: str) -> None:
        """Remove a database made here."""


@dataclass(slots=True)
class SqliteServer:
    """Files in one folder."""

    folder: Path
    kind: Kind = "sqlite"

    def create_database(self, *, template: str | None = None) -> str:
        """See ``DatabaseServer``."""
        path = self.folder / f"{uuid.uuid4().hex}.sqlite"
        if template:
            shutil.copyfile(self._path(template), path)
        return f"sqlite:///{path}"

    def drop_database(self, url: str) -> None:
        """See ``DatabaseServer``."""
        for leftover in self.folder.glob(f"{self._path(url).name}*"):
            leftover.unlink()

    @staticmethod
    def _path(url: str) -> Path:
        return Path(url.removeprefix("sqlite:///"))


@dataclass(slots=True)
class PostgresServer:
    """The one embedded server of this test run."""

    server: EmbeddedPostgres
    kind: Kind = "postgresql"

    def create_database(self, *, template: str | None = None) -> str:
        """See ``DatabaseServer``."""
        return self.server.create_database(template=template)

    def drop_database(self, url: str) -> None:
        """See ``DatabaseServer``."""
        self.server.drop_database(url)


class Templates:
    """Databases prepared once and copied for each test; ``prepare`` runs once per name and server."""

    def __init__(self, server: DatabaseServer) -> None:
        self.server = server
        self._made: dict[str, str] = {}

    def copy(self, name: str, prepare: Callable[[str], None]) -> str:
        """URL of a new copy of the database that ``prepare(url)`` filled; it must close its connections."""
        if name not in self._made:
            url = self.server.create_database()
            prepare(url)
            self._made[name] = url
        return self.server.create_database(template=self._made[name])
