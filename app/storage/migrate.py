"""How does a database come to this version's tables? By the revisions in ``migrations/``, in one transaction.

On PostgreSQL the owner of the tables may be another role than the one the application uses: then ``owner_url`` is who
migrates, and the application's role is granted exactly what it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import exc

from app.storage import engines
from app.storage.database import db
from app.storage.engines import Unavailable
from app.storage.models import METADATA

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
Step = Callable[[Config], None]
_LOCK = 0x6D65656E  # any number: who holds it migrates


def upgrade(owner_url: str = "", *, revision: str = "head") -> None:
    """Bring the bound database to ``revision``. Needs an application context; two processes at once are fine."""
    _run(owner_url, lambda config: command.upgrade(config, revision))


def downgrade(revision: str, owner_url: str = "") -> None:
    """Take the bound database back to ``revision`` (``base``: empty). Data in dropped columns is gone."""
    _run(owner_url, lambda config: command.downgrade(config, revision))


def is_current() -> bool:
    """Whether the bound database has the tables of this version."""
    return _revision() == newest()


def is_empty() -> bool:
    """Whether the bound database has no tables of ours at all."""
    return _revision() is None


def newest() -> str:
    """The revision of this version's tables."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _run(owner_url: str, step: Step) -> None:
    role = db.engine.url.username or ""
    engine = _engine(owner_url) if owner_url else db.engine
    try:
        with engine.connect() as connection:
            _migrate(connection, step, grant_to=role if owner_url else "")
    except exc.OperationalError as error:
        raise Unavailable from error
    finally:
        if owner_url:
            engine.dispose()


def _migrate(connection: sa.Connection, step: Step, *, grant_to: str) -> None:
    """Foreign keys are switched off around it on SQLite, where altering a table means rebuilding it."""
    lite = connection.dialect.name == "sqlite"
    if lite:
        _sqlite_foreign_keys(connection, on=False)
    try:
        with connection.begin():
            if not lite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            config = _config()
            config.attributes["connection"] = connection
            step(config)
            if grant_to:
                _grant(connection, grant_to)
    finally:
        if lite:
            _sqlite_foreign_keys(connection, on=True)


def _sqlite_foreign_keys(connection: sa.Connection, *, on: bool) -> None:
    """Outside any transaction, where alone it has an effect."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={int(on)}")
    cursor.close()


def _grant(connection: sa.Connection, role: str) -> None:
    """The application reads and writes; history it may only add to. That it may take away rows of ``event`` is for an
    exercise that is emptied: for every other municipality the trigger refuses it, which only the owner can change."""
    quoted = connection.dialect.identifier_preparer.quote(role)
    for table in METADATA.tables.values():
        rights = (
            'SELECT, INSERT, DELETE, UPDATE (sealed, proof, "case")'
            if table.name == "event"
            else "SELECT, INSERT, UPDATE, DELETE"
        )
        name = connection.dialect.identifier_preparer.quote(table.name)
        connection.exec_driver_sql(f"GRANT {rights} ON {name} TO {quoted}")
    connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {quoted}")


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url, **engines.options(url))
    engines.equip(engine)
    return engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
