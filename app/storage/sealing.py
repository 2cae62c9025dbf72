"""How is personal data kept so that a copy of the database tells nothing?

AES-256-GCM with a data key per municipality, itself wrapped by the installation's master key. What is authenticated
beside it, ``municipality|table|id|column``, ties a value to its place: moved elsewhere it does not open.
Format: 1 byte version, 4 bytes number of the data key, 12 bytes nonce, ciphertext with tag.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from app.storage import json_codec
from app.storage.models import DataKey

if TYPE_CHECKING:
    from app.storage.database import Transaction

Place = tuple[str, int | str, str]
"""Table, id of the row, column."""

_VERSION = b"\x01"
_NONCE = 12
_HEAD = 1 + 4 + _NONCE


class CannotOpen(Exception):
    """The value was sealed for another place, with another key, or was changed."""


class Sealer:
    """Seals and opens the columns of one municipality; seals with its newest key."""

    __slots__ = ("_ciphers", "_derived", "_first", "_newest", "municipality")

    def __init__(self, municipality: str, keys: Mapping[int, bytes]) -> None:
        """``keys``: number -> 32 bytes, at least one."""
        self.municipality = municipality
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._newest = max(keys)
        self._first = keys[min(keys)]
        self._derived: dict[str, bytes] = {}

    def seal(self, place: Place, plain: bytes) -> bytes:
        """``plain``, sealed for ``place``."""
        nonce = os.urandom(_NONCE)
        sealed = self._ciphers[self._newest].encrypt(nonce, plain, self._beside(place))
        return _VERSION + self._newest.to_bytes(4, "big") + nonce + sealed

    def open(self, place: Place, sealed: bytes) -> bytes:
        """What was sealed for ``place``; ``CannotOpen`` for anything else."""
        cipher = self._ciphers.get(int.from_bytes(sealed[1:5], "big"))
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
        """A key for ``purpose``, 32 bytes; from the first data key, so that it survives a change of keys."""
        if purpose not in self._derived:
            self._derived[purpose] = hmac.digest(self._first, f"meernet:{purpose}".encode(), "sha256")
        return self._derived[purpose]

    def _beside(self, place: Place) -> bytes:
        table, row, column = place
        return f"{self.municipality}|{table}|{row}|{column}".encode()


class Keyring:
    """The sealers of all municipalities of one database, kept for the life of the process."""

    def __init__(self, master_key: bytes) -> None:
        """``master_key``: 32 bytes."""
        self._master = master_key
        self._sealers: dict[str, Sealer] = {}

    def sealer(self, tx: Transaction) -> Sealer:
        """The sealer of the municipality of ``tx``; makes its first key when it has none yet.

        Raises ``CannotOpen`` when the master key is not the one that wrapped the keys.
        """
        known = self._sealers.get(tx.municipality)
        if known:
            return known
        keys = self._stored(tx)
        if not keys:
            self._make(tx)
            keys = self._stored(tx)
        sealer = Sealer(tx.municipality, keys)
        # kept only once committed: a key that was rolled back must never seal anything
        tx.on_commit(lambda: self._sealers.__setitem__(tx.municipality, sealer))
        return sealer

    def forget(self, municipality: str) -> None:
        """Its keys changed: read them again."""
        self._sealers.pop(municipality, None)

    def _stored(self, tx: Transaction) -> dict[int, bytes]:
        rows = tx.execute(
            sa.select(DataKey.id, DataKey.wrapped).where(DataKey.municipality == tx.municipality)
        )
        try:
            return {number: aes_key_unwrap(self._master, wrapped) for number, wrapped in rows}
        except InvalidUnwrap as error:
            raise CannotOpen from error

    def _make(self, tx: Transaction) -> None:
        tx.insert_new(
            DataKey,
            {
                "municipality": tx.municipality,
                "id": 1,
                "wrapped": aes_key_wrap(self._master, AESGCM.generate_key(256)),
                "created_at": tx.instant,
            },
        )
