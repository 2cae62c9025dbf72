"""How is personal data kept so that a copy of the database tells nothing?

AES-256-GCM with a data key per municipality, itself wrapped by the installation's master key. What is authenticated
beside it, ``municipality|table|id|column``, ties a value to its place: moved elsewhere it does not open.
Format: 1 byte version, 4 bytes number of the data key, 12 bytes nonce, ciphertext with tag.
Keys may change while everybody works: ``Keyring`` says how a process learns of it, ``key_change`` changes them.
"""

from __future__ import annotations

import hmac
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from app.storage import json_codec
from app.storage.models import DataKey, RootKey

if TYPE_CHECKING:
    from app.storage.database import Transaction

Place = tuple[str, int | str, str]
"""Table, id of the row, column."""

_VERSION = b"\x01"
_NONCE = 12
_HEAD = 1 + 4 + _NONCE
FRESH = timedelta(seconds=60)
"""How long a process seals with the newest key it knows before it looks for a newer one."""

_log = logging.getLogger(__name__)


class CannotOpen(Exception):
    """The value was sealed for another place, with another key, or was changed."""


class Sealer:
    """Seals and opens the columns of one municipality; seals with its newest key."""

    __slots__ = ("_again", "_ciphers", "_derived", "_newest", "_root", "municipality")

    def __init__(
        self,
        municipality: str,
        keys: Mapping[int, bytes],
        root: bytes = b"",
        again: Callable[[], Mapping[int, bytes]] | None = None,
    ) -> None:
        """``keys``: number -> 32 bytes, at least one. ``root``: what other keys are derived from; left out, the first.

        ``again`` reads the keys once more, for a value sealed with one that was made since.
        """
        self.municipality = municipality
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._newest = max(keys)
        self._root = root or keys[min(keys)]
        self._derived: dict[str, bytes] = {}
        self._again = again

    @property
    def newest(self) -> int:
        """The number of the key it seals with."""
        return self._newest

    def has(self, numbers: Mapping[int, bytes]) -> bool:
        """Whether it knows exactly these keys."""
        return self._ciphers.keys() == numbers.keys()

    def seal(self, place: Place, plain: bytes) -> bytes:
        """``plain``, sealed for ``place``."""
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[self._newest].encrypt(nonce, plain, self._beside(place))
        return _VERSION + self._newest.to_bytes(4, "big") + nonce + sealed

    def open(self, place: Place, sealed: bytes) -> bytes:
        """What was sealed for ``place``; ``CannotOpen`` for anything else."""
        number = key_of(sealed)
        if number not in self._ciphers and self._again:
            # for opening only: what seals is what a finished transaction has made
            fresh = {number: AESGCM(key) for number, key in self._again().items()}
            self._ciphers = {**fresh, **self._ciphers}
        cipher = self._ciphers.get(number)
        if cipher is None or sealed[:1] != _VERSION:
            raise CannotOpen
        try:
            return cipher.decrypt(sealed[5:_HEAD], sealed[_HEAD:], self._beside(place))
        except (InvalidTag, ValueError) as error:
            raise CannotOpen from error

    def seal_json(self, place: Place, value: object) -> bytes:
        """A JSON value, sealed for ``place``."""
        return self.seal(place, json_codec.dumps(value).encode())

    def open_json(self, place: Place, sealed: bytes) -> Any:
        """The JSON value that was sealed for ``place``."""
        return json_codec.loads(self.open(place, sealed))

    def index(self, purpose: str, text: str) -> str:
        """A keyed hash (hex) to find ``text`` again without keeping it; differs per municipality and ``purpose``."""
        return hmac.digest(self.derived(f"index:{purpose}"), text.encode(), "sha256").hex()

    def derived(self, purpose: str) -> bytes:
        """A key for ``purpose``, 32 bytes; from the root key, so that it survives a change of data keys."""
        if purpose not in self._derived:
            self._derived[purpose] = hmac.digest(self._root, f"meernet:{purpose}".encode(), "sha256")
        return self._derived[purpose]

    def _beside(self, place: Place) -> bytes:
        table, row, column = place
        return f"{self.municipality}|{table}|{row}|{column}".encode()


def key_of(sealed: bytes) -> int:
    """The number of the key that ``sealed`` needs."""
    return int.from_bytes(sealed[1:5], "big")


@dataclass(slots=True)
class _Known:
    sealer: Sealer
    read_at: datetime


class Keyring:
    """The sealers of all municipalities of one database, kept for the life of the process.

    Data keys change under a running process: it looks for a newer one every ``FRESH``, and at once for a value that
    needs a key it does not know. Master keys change too: what none of the known ones opens is tried with those
    ``masters`` gives then (the key files, read again); when that fails, the keys in hand go on.
    """

    def __init__(
        self,
        master_key: bytes,
        masters: Callable[[], Sequence[bytes]] | None = None,
        *,
        reading: Callable[[str], AbstractContextManager[Transaction]] | None = None,
        fresh: timedelta = FRESH,
    ) -> None:
        """``master_key``: 32 bytes. ``masters``: all that may have wrapped something, first the one that wraps what is
        made. ``reading`` opens a transaction to look for a key that is not known, or gives the one at hand."""
        self._masters = masters or (lambda: (master_key,))
        self._tried = tuple(self._masters())
        self._fresh = fresh
        self._reading = reading
        self._known: dict[str, _Known] = {}

    def sealer(self, tx: Transaction) -> Sealer:
        """The sealer of the municipality of ``tx``; makes its first keys when it has none yet.

        Raises ``CannotOpen`` when no known master key wrapped the keys.
        """
        known = self._known.get(tx.municipality)
        if known and abs(tx.instant - known.read_at) < self._fresh:
            return known.sealer
        try:
            sealer = self._read(tx, known.sealer if known else None)
        except CannotOpen:
            if not known:
                raise
            _log.warning("data keys cannot be read again: is the master key of this process an old one?")
            sealer = known.sealer
        # kept only once committed: a key that was rolled back must never seal anything
        fresh = _Known(sealer, tx.instant)
        tx.on_commit(lambda: self._known.__setitem__(tx.municipality, fresh))
        return sealer

    def forget(self, municipality: str) -> None:
        """Its keys changed: read them again."""
        self._known.pop(municipality, None)

    def wrap(self, key: bytes) -> bytes:
        """``key``, wrapped by the master key in use."""
        return aes_key_wrap(self._masters()[0], key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """The key again, whichever master key wrapped it. Raises ``CannotOpen``."""
        found = _unwrapped(self._tried, wrapped)
        if found is None:
            self._tried = tuple(self._masters())
            found = _unwrapped(self._tried, wrapped)
        if found is None:
            raise CannotOpen
        return found

    def rewrapped(self, wrapped: bytes, master: bytes) -> bytes | None:
        """``wrapped`` by ``master``; ``None`` when it was that one already. Raises ``CannotOpen``."""
        if _unwrapped([master], wrapped) is not None:
            return None
        return aes_key_wrap(master, self.unwrap(wrapped))

    def keys(self, tx: Transaction) -> dict[int, bytes]:
        """Number -> data key of the municipality of ``tx``, as they stand in the database."""
        rows = tx.execute(
            sa.select(DataKey.id, DataKey.wrapped).where(DataKey.municipality == tx.municipality)
        )
        return {number: self.unwrap(wrapped) for number, wrapped in rows}

    def root(self, tx: Transaction) -> bytes:
        """The root key of the municipality of ``tx``; empty for one made before there were any."""
        wrapped = tx.scalar(sa.select(RootKey.wrapped).where(RootKey.municipality == tx.municipality))
        return self.unwrap(wrapped) if wrapped else b""

    def _read(self, tx: Transaction, known: Sealer | None) -> Sealer:
        keys = self.keys(tx)
        if not keys:
            self._make(tx)
            keys = self.keys(tx)
        if known and known.newest == max(keys) and known.has(keys):
            return known
        # it outlives the transaction, which must not be held with all that it read
        return Sealer(tx.municipality, keys, self.root(tx), partial(self._again, tx.municipality))

    def _again(self, municipality: str) -> dict[int, bytes]:
        if self._reading is None:
            return {}
        with self._reading(municipality) as tx:
            return self.keys(tx)

    def _make(self, tx: Transaction) -> None:
        self.add(tx, 1)
        fresh = {"wrapped": self.wrap(AESGCM.generate_key(256)), "created_at": tx.instant}
        tx.insert_new(RootKey, {"municipality": tx.municipality, **fresh})

    def add(self, tx: Transaction, number: int) -> None:
        """Make a data key; nothing happens when that number is taken."""
        wrapped = self.wrap(AESGCM.generate_key(256))
        values = {"municipality": tx.municipality, "id": number, "wrapped": wrapped, "created_at": tx.instant}
        tx.insert_new(DataKey, values)


def _unwrapped(masters: Sequence[bytes], wrapped: bytes) -> bytes | None:
    for master in masters:
        try:
            return aes_key_unwrap(master, wrapped)
        except InvalidUnwrap:
            continue
    return None
