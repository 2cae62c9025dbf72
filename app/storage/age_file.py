"""How is a copy of everything written so that only the holder of a key can read it? In the age format (C2SP).

A file appears under its name when it is whole, never before. Nothing readable touches a disk: what is written is
encrypted on the way, what is read is handed over line by line.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage import passphrase

_UNKNOWN_KEY = ("No matching keys found", "Decryption failed")


@dataclass(frozen=True, slots=True)
class Lock:
    """Who may open a file: the holder of a key, or whoever knows ``words``; then all of it passes through memory."""

    to: Any = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a file: secret keys, or words."""

    keys: tuple[Any, ...] = field(default=(), repr=False)
    words: str = field(default="", repr=False)


class NoKey(Exception):
    """What was given does not open the file."""


class NotWhole(Exception):
    """The file was cut or changed, or is no such file."""


def new_pair() -> tuple[str, str]:
    """A fresh identity (secret) and the recipient (public) that belongs to it, as age writes them."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient(text: str) -> Lock:
    """The public key written in ``text``. Raises ``ValueError``."""
    try:
        return Lock(pyrage.x25519.Recipient.from_str(text.strip()))
    except pyrage.RecipientError as error:
        raise ValueError(text) from error


def identities(text: str) -> Key:
    """The secret keys in a key file: a line each, ``#`` begins a remark. Raises ``ValueError``."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise ValueError("not a key file") from error
    if not found:
        raise ValueError("not a key file")
    return Key(tuple(found))


class _Pulled:
    """Lines as a file that is read: gzipped on the way."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._zip = zlib.compressobj(6, zlib.DEFLATED, 31)
        self._ready = bytearray()
        self._done = False
        self.failed: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        while not self._done and (size < 0 or len(self._ready) < size):
            line = self._next()
            if line is None:
                self._ready += self._zip.flush()
                self._done = True
            else:
                self._ready += self._zip.compress(line)
        wanted = len(self._ready) if size < 0 else size
        given = bytes(self._ready[:wanted])
        del self._ready[:wanted]
        return given

    def _next(self) -> bytes | None:
        try:
            return next(self._lines, None)
        except BaseException as error:
            self.failed = error
            raise


class _Pushed:
    """A file that is written to: what comes is unzipped and handed on by whole lines."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._zip = zlib.decompressobj(31)
        self._rest = b""

    def write(self, data: bytes) -> int:
        *lines, self._rest = (self._rest + self._zip.decompress(data)).split(b"\n")
        for line in lines:
            self._take(line)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def end(self) -> None:
        """Raise ``NotWhole`` when something is missing."""
        if not self._zip.eof or self._rest:
            raise NotWhole


def write(target: Path, lines: Iterable[bytes], lock: Lock) -> int:
    """Write ``lines`` (each with its end), to be opened with ``lock``; the size of the file. Raises ``OSError``."""
    pulled = _Pulled(lines)
    with _appearing(target) as file:
        if lock.to is None:
            file.write(passphrase.encrypt(pulled.read(), lock.words))
        else:
            _encrypt(pulled, file, lock)
    return target.stat().st_size


def _encrypt(pulled: _Pulled, file: BinaryIO, lock: Lock) -> None:
    """The library hides what went wrong behind an error of its own."""
    try:
        pyrage.encrypt_io(pulled, file, [lock.to])
    except pyrage.EncryptError as error:
        raise pulled.failed or OSError(str(error)) from error


def read(source: Path, key: Key, take: Callable[[bytes], None]) -> None:
    """Hand the lines of a file to ``take``, without their ends. What ``take`` raises comes through.

    Raises ``NoKey``, ``NotWhole`` and ``OSError``. Lines were handed over before a file shows to be cut.
    """
    failed: list[BaseException] = []

    def careful(line: bytes) -> None:
        try:
            take(line)
        except BaseException as error:
            failed.append(error)
            raise

    pushed = _Pushed(careful)
    try:
        with source.open("rb") as file:
            if key.keys:
                pyrage.decrypt_io(file, pushed, list(key.keys))
            else:
                pushed.write(passphrase.decrypt(file.read(), key.words))
    except Exception as error:
        if failed:
            raise failed[0] from None
        raise _meant(error) from error
    pushed.end()


def _meant(error: Exception) -> Exception:
    """What an error of the library or of the disk says about the file."""
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return error
    unknown = isinstance(error, pyrage.DecryptError) and str(error) in _UNKNOWN_KEY
    return NoKey() if unknown else NotWhole()


@contextmanager
def _appearing(target: Path) -> Iterator[BinaryIO]:
    """A file for its owner alone that gets its name once it is on the disk; a name that is taken is refused."""
    if target.exists():
        raise FileExistsError(str(target))
    half = target.with_name(f".{target.name}.{os.getpid()}.half")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
        _keep_name(target.parent)
    finally:
        half.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """The folder too is written to the disk, or the name may be gone after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
