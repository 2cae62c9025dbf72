"""How are the keys kept apart from what they open?

In a file of their own, encrypted as every copy is: the master keys and the secret that signs cookies. Who has a copy of
the data, this file and what opens both has everything; so they never lie in one place.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.services.errors import Conflict, NotFound
from app.services.municipality import municipalities
from app.storage import age_file, migrate
from app.storage.age_file import Key, Lock, NoKey, NotWhole
from app.storage.database import transaction
from app.storage.sealing import CannotOpen


@dataclass(frozen=True, slots=True)
class Kept:
    """``masters`` as they stand in a key file, the one in use first; ``session`` signs cookies."""

    masters: tuple[str, ...] = field(repr=False)
    session: str = field(repr=False)


def new_pair(path: Path) -> str:
    """Write a fresh secret key into ``path``, for its owner alone; the public key. Raises ``OSError``."""
    identity, public = age_file.new_pair()
    _write(path, f"# public key: {public}\n{identity}\n")
    return public


def back_up(target: Path, lock: Lock, *, masters: Sequence[bytes], session: str) -> None:
    """Write the keys to ``target``. Raises ``Conflict`` when it is there, ``OSError``."""
    written = [base64.b64encode(master).decode("ascii") for master in masters]
    line = json.dumps({"meernet_keys": 1, "masters": written, "session": session}).encode() + b"\n"
    try:
        age_file.write(target, [line], lock)
    except FileExistsError as error:
        raise Conflict("copy_exists", path=str(target)) from error


def read(source: Path, key: Key) -> Kept:
    """The keys again. Raises ``NotFound`` (wrong key), ``Conflict`` (damaged, or no keys), ``OSError``."""
    lines: list[bytes] = []
    try:
        age_file.read(source, key, lines.append)
        said = json.loads(lines[0])
        return Kept(tuple(said["masters"]), said["session"])
    except NoKey as error:
        raise NotFound("copy_wrong_key") from error
    except NotWhole as error:
        raise Conflict("copy_not_whole", path=source.name) from error
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise Conflict("keys_file_wrong") from error


def demand_unused() -> None:
    """Raise ``Conflict`` when something here opens with the keys of now: those are not replaced."""
    if migrate.is_empty():
        return
    for known in municipalities.listed():
        try:
            with transaction(known.id, readonly=True) as tx:
                _ = tx.sealer
        except CannotOpen:
            continue
        raise Conflict("keys_in_use")


def put_back(folder: Path, files: Mapping[str, str]) -> None:
    """Write key files, each for its owner alone and whole at once. Raises ``OSError``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in files.items():
        half = folder / f".{name}.{os.getpid()}"
        half.unlink(missing_ok=True)
        _write(half, text)
        half.replace(folder / name)


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
