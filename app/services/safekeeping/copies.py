"""How is everything copied, and put back?

A copy holds every row of every municipality at one instant, encrypted for a key that is not on this machine. The
master key is no part of it: whoever finds a copy and even what opens it reads no answer. It is put back into an empty
database of the same version, whole or not at all; then every row is counted and digested again, every history is
verified, and nothing leaves the house until an administrator says so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.services.errors import Conflict, Invalid, NotFound
from app.services.municipality import municipalities
from app.services.safekeeping.holding import RESTORED
from app.storage import age_file, anchors, dumping, engines, history, migrate, scratch
from app.storage.age_file import Key, Lock, NoKey, NotWhole
from app.storage.database import db, transaction
from app.storage.dumping import Manifest, Tally
from app.storage.loading import Loader, OtherSchema
from app.storage.repositories import safe_rows
from app.storage.sealing import CannotOpen

__all__ = ["Key", "Lock", "Made", "Restored", "back_up", "restore"]

BACKUP, RESTORING, RESTORE = "backup", "restoring", "restore"


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was written: ``size`` in bytes, ``seconds`` it took."""

    manifest: Manifest
    tally: Tally
    size: int
    seconds: float

    @property
    def rows(self) -> int:
        """In all tables of all municipalities."""
        return counted(self.tally)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back and verified: ``histories`` by municipality, none of them broken."""

    manifest: Manifest
    tally: Tally
    histories: Mapping[str, history.Checked]
    seconds: float


def counted(tally: Tally) -> int:
    """All rows of a tally."""
    return sum(count for known in tally.values() for count, _ in known.values())


def lock_for(public: str) -> Lock:
    """Who may open a copy, from a public key (``age1…``). Raises ``Invalid``."""
    try:
        return age_file.recipient(public)
    except ValueError as error:
        raise Invalid("copy_public_key") from error


def key_from(text: str) -> Key:
    """What opens a copy, from the text of a key file. Raises ``Invalid``."""
    try:
        return age_file.identities(text)
    except ValueError as error:
        raise Invalid("copy_key_file") from error


def back_up(target: Path, lock: Lock, *, version: str, noted: bool = True) -> Made:
    """Write a copy of everything to ``target``, while everybody works. ``version`` is that of this program; ``noted``
    counts it as the last copy.

    Raises ``Conflict`` when the file is there or the schema is not this version's, ``OSError`` when the disk refuses.
    """
    _demand_current()
    began = time.monotonic()
    told: list[Tally] = []
    with dumping.snapshot() as (connection, instant):
        slugs = dumping.municipalities(connection)
        heads = {}
        for slug in slugs:
            dumping.enter(connection, slug)
            heads[slug] = anchors.line(
                anchors.take(connection, slug, datetime.max.replace(tzinfo=instant.tzinfo))
            )
        manifest = Manifest(version, migrate.newest(), instant, tuple(slugs), heads)
        try:
            size = age_file.write(target, dumping.lines(connection, manifest, told.append), lock)
        except FileExistsError as error:
            raise Conflict("copy_exists", path=str(target)) from error
    made = Made(manifest, told[0], size, time.monotonic() - began)
    facts = {"rows": made.rows, "bytes": size, "seconds": round(made.seconds, 2)}
    if noted:
        with transaction("") as tx:
            safe_rows.put_note(tx, BACKUP, facts, at=instant)
    return made


def restore(source: Path, key: Key) -> Restored:
    """Put a copy back into the bound database, which is empty and of this version, and verify it.

    Raises ``Conflict`` when the database is not empty, the copy is of another version, not whole, or made with other
    master keys; ``NotFound`` when ``key`` does not open it; ``OSError``. Then the database is as empty as it was. A
    process that is killed on the way leaves a database that says so (``unfinished``).
    """
    _demand_current()
    began = time.monotonic()
    with transaction("") as tx:
        if not safe_rows.empty(tx):
            unfinished = RESTORING in safe_rows.notes(tx)
            raise Conflict("copy_unfinished" if unfinished else "copy_not_empty")
        safe_rows.put_note(tx, RESTORING, {})
    try:
        manifest, tally = _load(source, key)
    except BaseException:
        _settled({})
        raise
    municipalities.forget()
    histories = _verified(manifest, tally)
    seconds = time.monotonic() - began
    _tell(manifest)
    _settled({RESTORE: {"rows": counted(tally), "seconds": round(seconds, 2), "of": manifest.at.isoformat()}})
    return Restored(manifest, tally, histories, seconds)


@contextmanager
def scratch_database(beside: str, folder: Path) -> Iterator[str]:
    """URL of an empty database beside the one at ``beside``, or else below ``folder``; gone afterwards."""
    with scratch.database(beside, folder) as url:
        yield url


def let_go() -> None:
    """Close the connections to the bound database: it goes away."""
    db.engine.dispose()


def unfinished() -> bool:
    """Whether a restore began here and did not come to its end."""
    with transaction("", readonly=True) as tx:
        return RESTORING in safe_rows.notes(tx)


def _load(source: Path, key: Key) -> tuple[Manifest, Tally]:
    store = engines.store_of(db.engine)
    with _told_plainly(source), engines.begun(db.engine, "", readonly=False) as (connection, instant):
        loader = Loader(connection, migrate.newest())
        age_file.read(source, key, loader.take)
        tally = loader.end()
        manifest = loader.manifest
        assert manifest is not None  # noqa: S101 - the end came, so the beginning did
        for slug in manifest.municipalities:
            dumping.enter(connection, slug)
            for wrapped in dumping.wrapped_keys(connection, slug):
                store.keyring.unwrap(wrapped)
            safe_rows.put_hold(connection, slug, instant, manifest.at)
    return manifest, tally


@contextmanager
def _told_plainly(source: Path) -> Iterator[None]:
    try:
        yield
    except NoKey as error:
        raise NotFound("copy_wrong_key") from error
    except NotWhole as error:
        raise Conflict("copy_not_whole", path=source.name) from error
    except CannotOpen as error:
        raise Conflict("copy_master_key") from error
    except OtherSchema as other:
        said = other.manifest
        raise Conflict("copy_version", version=said.version, revision=said.revision) from other


def _verified(manifest: Manifest, tally: Tally) -> dict[str, history.Checked]:
    """Read everything back. Raises ``Conflict`` naming the first thing that is not as it was."""
    held = {"outbox_hold"}
    with dumping.snapshot() as (connection, _):
        found = dumping.tally_of(connection, manifest.municipalities)
        for slug in manifest.municipalities:
            for table in sorted(found[slug].keys() | tally[slug].keys() - held):
                if found[slug].get(table) != tally[slug].get(table):
                    raise Conflict("copy_differs", table=table, municipality=slug)
            dumping.enter(connection, slug)
            kept = anchors.read(manifest.heads[slug])
            if anchors.take(connection, slug, kept.until) != kept:
                raise Conflict("copy_history", municipality=slug)
    checked = {}
    for slug in manifest.municipalities:
        with transaction(slug, readonly=True) as tx:
            checked[slug] = history.verify_all(tx)
        if checked[slug].breaks:
            raise Conflict("copy_history", municipality=slug)
    return checked


def _tell(manifest: Manifest) -> None:
    """Every municipality's own log says that it stands on a copy, and how old that is."""
    for slug in manifest.municipalities:
        with transaction(slug) as tx:
            history.append(tx, None, RESTORED, {"at": manifest.at.isoformat(timespec="minutes")})


def _settled(notes: Mapping[str, Mapping[str, object]]) -> None:
    with transaction("") as tx:
        safe_rows.take_note(tx, RESTORING)
        for name, facts in notes.items():
            safe_rows.put_note(tx, name, facts)


def _demand_current() -> None:
    if not migrate.is_current():
        raise Conflict("copy_not_migrated")
