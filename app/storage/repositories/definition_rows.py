"""How are publications, versions and the files behind them written?"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.storage.database import Transaction
from app.storage.ids import new_id
from app.storage.models import (
    CurrentDefinition,
    DefinitionDraft,
    DefinitionFile,
    DefinitionText,
    DefinitionVersion,
    Municipality,
    Publication,
)

Ref = tuple[str, str]
"""Kind (form, workflow) and id."""


@dataclass(frozen=True, slots=True)
class FileHashes:
    """``current`` is what runs, ``imported`` what the last package brought; different once it was edited here.

    ``gone``: it was taken away here, ``current`` is what it was.
    """

    current: str
    imported: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be: ``publication`` is the number of the set it is made from, ``ids`` what its ids stand for."""

    ref: Ref
    title: str
    hash: str
    language_version: int
    publication: int
    ids: Mapping[str, Any] = field(default_factory=dict)


def hash_of(text: str) -> str:
    """What the database knows a text by."""
    return hashlib.sha256(text.encode()).hexdigest()


def catalog_number(tx: Transaction, *, lock: bool = False) -> int:
    """The number of the last publication; 0 before the first. ``lock``: nobody else publishes until we are done."""
    query = sa.select(Municipality.catalog_number).where(Municipality.id == tx.municipality)
    return int(tx.scalar(query.with_for_update() if lock else query) or 0)


def files(tx: Transaction, *, gone: bool = False) -> dict[str, FileHashes]:
    """The living set by path; with ``gone`` those that were taken away here too."""
    query = sa.select(
        DefinitionFile.path, DefinitionFile.current, DefinitionFile.imported, DefinitionFile.gone
    ).where(DefinitionFile.municipality == tx.municipality)
    found = {row.path: FileHashes(row.current, row.imported, row.gone) for row in tx.execute(query)}
    return {path: file for path, file in found.items() if gone or not file.gone}


def texts(tx: Transaction, hashes: Mapping[str, str]) -> dict[str, str]:
    """The texts of a set of files (path -> hash), by path."""
    by_hash = known_texts(tx, set(hashes.values()))
    return {path: by_hash[wanted] for path, wanted in hashes.items()}


def known_texts(tx: Transaction, hashes: Collection[str]) -> dict[str, str]:
    """The texts that are known by these hashes, by hash."""
    query = sa.select(DefinitionText.hash, DefinitionText.text).where(
        DefinitionText.municipality == tx.municipality, DefinitionText.hash.in_(hashes)
    )
    return {row.hash: row.text for row in tx.execute(query)}


def keep_text(tx: Transaction, text: str) -> str:
    """Keep a text once; its hash."""
    hashed = hash_of(text)
    tx.insert_new(DefinitionText, {"municipality": tx.municipality, "hash": hashed, "text": text})
    return hashed


def put_file(tx: Transaction, path: str, hashes: FileHashes | None) -> None:
    """Set or (``None``) remove a file of the living set."""
    tx.execute(
        sa.delete(DefinitionFile).where(
            DefinitionFile.municipality == tx.municipality, DefinitionFile.path == path
        )
    )
    if hashes:
        values = {"municipality": tx.municipality, "path": path}
        said = {"current": hashes.current, "imported": hashes.imported, "gone": hashes.gone}
        tx.execute(sa.insert(DefinitionFile), values | said)


def keep_draft(tx: Transaction, path: str, text: str, *, base: str, origin: str) -> None:
    """Keep a text that waits for somebody; once, however often it is brought."""
    tx.insert_new(
        DefinitionDraft,
        {
            "municipality": tx.municipality,
            "id": new_id(),
            "path": path,
            "hash": keep_text(tx, text),
            "base": base,
            "origin": origin,
            "author": "",
            "created_at": tx.now,
        },
    )


def keep_publication(
    tx: Transaction, number: int, hashes: Mapping[str, str], *, author: str, note: str
) -> None:
    """A new publication; from now on it is the live one."""
    values = {"municipality": tx.municipality, "number": number, "files": dict(sorted(hashes.items()))}
    said = {"author": author or None, "note": note, "created_at": tx.now}
    tx.execute(sa.insert(Publication), values | said)
    tx.execute(
        sa.update(Municipality).where(Municipality.id == tx.municipality).values(catalog_number=number)
    )


def current_hashes(tx: Transaction) -> dict[Ref, str]:
    """The content hash of every definition that new work may begin with."""
    query = (
        sa.select(DefinitionVersion.kind, DefinitionVersion.ref, DefinitionVersion.hash)
        .join(CurrentDefinition, CURRENT)
        .where(DefinitionVersion.municipality == tx.municipality)
    )
    return {(row.kind, row.ref): row.hash for row in tx.execute(query)}


def make_version(tx: Transaction, new: NewVersion) -> int:
    """Write an immutable version and make it the current one; its number, from 1 per definition."""
    kind, ref = new.ref
    highest = sa.select(sa.func.coalesce(sa.func.max(DefinitionVersion.number), 0)).where(
        DefinitionVersion.municipality == tx.municipality,
        DefinitionVersion.kind == kind,
        DefinitionVersion.ref == ref,
    )
    version, number = new_id(), int(tx.scalar(highest)) + 1
    own = {"municipality": tx.municipality, "id": version, "kind": kind, "ref": ref, "number": number}
    made_from = {
        "hash": new.hash,
        "title": new.title,
        "language_version": new.language_version,
        "publication": new.publication,
        "ids": dict(new.ids),
        "created_at": tx.now,
    }
    tx.execute(sa.insert(DefinitionVersion), own | made_from)
    retire(tx, new.ref)
    current = {"municipality": tx.municipality, "kind": kind, "ref": ref, "version": version}
    tx.execute(sa.insert(CurrentDefinition), current)
    return number


def retire(tx: Transaction, ref: Ref) -> None:
    """No new work begins with it; its versions stay for what runs on them."""
    tx.execute(
        sa.delete(CurrentDefinition).where(
            CurrentDefinition.municipality == tx.municipality,
            CurrentDefinition.kind == ref[0],
            CurrentDefinition.ref == ref[1],
        )
    )


CURRENT = sa.and_(
    CurrentDefinition.municipality == DefinitionVersion.municipality,
    CurrentDefinition.version == DefinitionVersion.id,
)
"""Joins ``CurrentDefinition`` to its ``DefinitionVersion``."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as it was written."""

    id: int
    kind: str
    ref: str
    number: int
    hash: str
    publication: int


def current_versions(tx: Transaction) -> list[VersionRow]:
    """The versions that new work begins with."""
    query = _version_columns().join(CurrentDefinition, CURRENT)
    rows = tx.execute(query.where(DefinitionVersion.municipality == tx.municipality))
    return [VersionRow(*row) for row in rows]


def version(tx: Transaction, kind: str, key: int) -> VersionRow | None:
    """Any version of that kind."""
    query = _version_columns().where(
        DefinitionVersion.municipality == tx.municipality,
        DefinitionVersion.id == key,
        DefinitionVersion.kind == kind,
    )
    row = tx.execute(query).first()
    return VersionRow(*row) if row else None


def publication_files(tx: Transaction, number: int) -> dict[str, str]:
    """The whole set of a publication: path -> hash."""
    query = sa.select(Publication.files).where(
        Publication.municipality == tx.municipality, Publication.number == number
    )
    found: dict[str, str] = tx.scalar(query)
    return found


def _version_columns() -> sa.Select[int, str, str, int, str, int]:
    return sa.select(
        DefinitionVersion.id,
        DefinitionVersion.kind,
        DefinitionVersion.ref,
        DefinitionVersion.number,
        DefinitionVersion.hash,
        DefinitionVersion.publication,
    )
