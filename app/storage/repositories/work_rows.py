"""How is the working copy of the definitions written, so that nobody overwrites what they never saw?

Every change names the hash it believes to stand there and says whether that was so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.models import Account, DefinitionText, DefinitionWork
from app.storage.repositories.definition_rows import keep_text


@dataclass(frozen=True, slots=True)
class WorkRow:
    """The work on one file. ``base`` is what ran when it began (empty: a new file); ``author`` an account or empty."""

    path: str
    hash: str
    text: str
    removed: bool
    base: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewWork:
    """What a file is to become. ``removed``: it is to go, ``text`` is what runs."""

    path: str
    text: str
    base: str
    author: str
    removed: bool = False


def everything(tx: Transaction) -> dict[str, WorkRow]:
    """The working copy by path."""
    rows = tx.execute(_columns().where(DefinitionWork.municipality == tx.municipality))
    return {row.path: _told(row) for row in rows}


def one(tx: Transaction, path: str) -> WorkRow | None:
    """The work on one file."""
    row = tx.execute(_columns().where(*_at(tx, path))).first()
    return _told(row) if row else None


def begin(tx: Transaction, new: NewWork) -> bool:
    """Begin work on a file; whether nobody had."""
    keys = {"municipality": tx.municipality, "path": new.path, "base": new.base}
    return tx.insert_new(DefinitionWork, keys | _values(tx, new))


def change(tx: Transaction, new: NewWork, standing: WorkRow) -> bool:
    """Put ``new`` in the place of ``standing``, whose base it keeps; whether that still stood there."""
    statement = sa.update(DefinitionWork).where(*_still(tx, standing)).values(**_values(tx, new))
    return bool(tx.execute(statement).rowcount)


def rebase(tx: Transaction, standing: WorkRow, base: str) -> bool:
    """Say that the work was looked at beside what runs now (``base``); whether it still stood there."""
    return bool(tx.execute(sa.update(DefinitionWork).where(*_still(tx, standing)).values(base=base)).rowcount)


def forget(tx: Transaction, standing: WorkRow) -> bool:
    """Forget the work on a file; whether it still stood there."""
    return bool(tx.execute(sa.delete(DefinitionWork).where(*_still(tx, standing))).rowcount)


def _values(tx: Transaction, new: NewWork) -> dict[str, object]:
    return {
        "hash": keep_text(tx, new.text),
        "removed": new.removed,
        "author": new.author or None,
        "at": tx.now,
    }


def _at(tx: Transaction, path: str) -> tuple[sa.ColumnElement[bool], ...]:
    return DefinitionWork.municipality == tx.municipality, DefinitionWork.path == path


def _still(tx: Transaction, row: WorkRow) -> tuple[sa.ColumnElement[bool], ...]:
    return *_at(tx, row.path), DefinitionWork.hash == row.hash, DefinitionWork.removed == row.removed


def _columns() -> sa.Select[str, str, str, bool, str, str, datetime]:
    return sa.select(
        DefinitionWork.path,
        DefinitionWork.hash,
        DefinitionText.text,
        DefinitionWork.removed,
        DefinitionWork.base,
        sa.func.coalesce(DefinitionWork.author, ""),
        DefinitionWork.at,
    ).join(
        DefinitionText,
        sa.and_(
            DefinitionText.municipality == DefinitionWork.municipality,
            DefinitionText.hash == DefinitionWork.hash,
        ),
    )


def _told(row: sa.Row[str, str, str, bool, str, str, datetime]) -> WorkRow:
    return WorkRow(*row)


def authors(tx: Transaction) -> dict[str, str]:
    """The names of those who work on something, by account."""
    query = sa.select(Account.id, Account.name).where(
        Account.municipality == tx.municipality,
        Account.id.in_(
            sa.select(DefinitionWork.author).where(DefinitionWork.municipality == tx.municipality)
        ),
    )
    return {row.id: row.name for row in tx.execute(query)}
