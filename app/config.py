"""Which settings does this installation run with?

Every setting is an environment variable ``MEERNET_…``; there is no settings file. Only ``cli`` and ``factory`` read
this module. Secrets that are not given are made at the first start and kept in the data folder, for its owner alone.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import re
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

Environment = Literal["demo", "production", "test"]
ENVIRONMENTS: tuple[Environment, ...] = ("demo", "production", "test")

MASTER_KEY_BYTES = 32
KEY_FILES = ("master.key", "master.key.next", "master.key.previous")
"""The key in use, the one a rotation is going to, the one it came from; the last two are there for a while only."""
_SHORTEST_SECRET = 32
_SHIFT_PART = re.compile(r"(\d+)([dhms])")
_SHIFT_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


class SettingsError(Exception):
    """The environment asks for something that cannot or must not be; the text is one sentence for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between installations; made once by ``load`` and handed down."""

    environment: Environment
    host: str
    port: int
    data_dir: Path
    """Holds the SQLite file, the embedded Valkey, keys and the report store; absolute."""
    database_url: str
    """An SQLAlchemy URL; ``postgresql://`` means psycopg 3."""
    owner_url: str
    """Who migrates, when the tables belong to another role than the one in ``database_url``; else empty."""
    redis_url: str | None
    """None: start the embedded server. Empty: no Redis at all, the sweep does the work."""
    secret_key: str
    """Signs cookies and form tokens; changing it signs everybody out and costs nothing else."""
    master_key: bytes
    """32 bytes that wrap the keys of the encrypted columns; losing it loses those columns."""
    mail_url: str
    """``catchall:`` keeps mail readable in the app; ``smtp://user:password@host:port`` and ``smtps://`` send it."""
    clock_shift: timedelta
    """What ``Clock.now()`` adds to the database's clock; zero outside demo and tests."""
    trusted_hosts: tuple[str, ...]
    """Host names this server answers to; empty: any (never in production)."""
    proxies: int
    """How many reverse proxies in front of us may be believed about address and scheme."""
    mail_from: str = ""
    """The address all mail comes from; empty: one at the first trusted host."""
    webhook_hosts: tuple[str, ...] = ()
    """Host names that an administrator may name as receiver of webhooks; empty: nobody gets any."""
    inside: tuple[str, ...] = ()
    """Places (``host:port``) not on the open internet that sign-in and webhooks may reach all the same."""
    authorities: str = ""
    """A file with certificates (PEM) trusted beside those of the system."""
    previous_master_keys: tuple[bytes, ...] = ()
    """Master keys that may still have wrapped something; from ``MEERNET_MASTER_KEY_PREVIOUS``."""
    previous_secret_keys: tuple[str, ...] = ()
    """Secrets whose signatures still count, from ``MEERNET_SECRET_KEY_PREVIOUS``."""
    key_folder: Path | None = None
    """Where the key files are; None when no file is used."""
    backup_to: str = ""
    """The public key copies are encrypted for."""
    anchor_file: Path | None = None
    """Where the heads of the histories are written every night, besides the log; ``MEERNET_ANCHOR_FILE``."""
    anchor_mail: str = ""
    """Who gets them by mail; ``MEERNET_ANCHOR_MAIL``."""

    @property
    def is_production(self) -> bool:
        """Whether real people's data may be here."""
        return self.environment == "production"

    def masters(self) -> tuple[bytes, ...]:
        """Every master key that may have wrapped something, the one in use first; files are read again each time."""
        found: list[bytes] = []
        for path in [self.key_folder / name for name in KEY_FILES] if self.key_folder else []:
            with contextlib.suppress(FileNotFoundError, SettingsError):
                found.append(master_key_in(path.read_text()))
        return tuple(dict.fromkeys([*found, self.master_key, *self.previous_master_keys]))


def load(environ: Mapping[str, str] | None = None, *, cwd: Path | None = None, keep: bool = True) -> Settings:
    """Settings from ``environ`` (default: the process environment), relative paths from ``cwd``.

    Makes the data folder and the key files that no variable replaces; with ``keep`` false nothing is written and such
    keys last as long as this process. Raises ``SettingsError`` with one sentence.
    """
    env = os.environ if environ is None else environ
    environment = _environment(env)
    if environment == "production" and keep:
        _refuse_unsafe(env)
    data_dir = _data_dir(env, cwd or Path.cwd(), keep=keep)
    keys = data_dir / "keys" if keep else None
    return Settings(
        environment=environment,
        host=env.get("MEERNET_HOST", "") or "127.0.0.1",
        port=_whole_number(env, "MEERNET_PORT", default=8000, highest=65535),
        data_dir=data_dir,
        database_url=env.get("MEERNET_DATABASE_URL", "") or f"sqlite:///{data_dir / 'meernet.sqlite'}",
        owner_url=env.get("MEERNET_DATABASE_OWNER_URL", ""),
        redis_url=env.get("MEERNET_REDIS_URL"),
        secret_key=_secret_key(env, keys),
        master_key=_master_key(env, keys),
        mail_url=env.get("MEERNET_MAIL_URL", "") or "catchall:",
        clock_shift=parse_shift(env.get("MEERNET_CLOCK_SHIFT", "")),
        trusted_hosts=tuple(env.get("MEERNET_TRUSTED_HOSTS", "").replace(",", " ").split()),
        proxies=_whole_number(env, "MEERNET_PROXIES", default=0, highest=9),
        mail_from=env.get("MEERNET_MAIL_FROM", "").strip(),
        webhook_hosts=_names(env, "MEERNET_WEBHOOK_HOSTS"),
        inside=_names(env, "MEERNET_INSIDE_HOSTS"),
        authorities=_file(env, "MEERNET_CA_FILE"),
        previous_master_keys=tuple(map(master_key_in, env.get("MEERNET_MASTER_KEY_PREVIOUS", "").split())),
        previous_secret_keys=tuple(env.get("MEERNET_SECRET_KEY_PREVIOUS", "").split()),
        key_folder=None if env.get("MEERNET_MASTER_KEY") else keys,
        backup_to=env.get("MEERNET_BACKUP_TO", "").strip(),
        anchor_file=Path(env["MEERNET_ANCHOR_FILE"]) if env.get("MEERNET_ANCHOR_FILE") else None,
        anchor_mail=env.get("MEERNET_ANCHOR_MAIL", "").strip(),
    )


def parse_shift(text: str) -> timedelta:
    """A shift of the clock: ``14d``, ``-3h``, ``2d12h30m`` or a number of seconds; empty is none."""
    sign, rest = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    if not rest:
        return timedelta()
    if rest.isdecimal():
        return sign * timedelta(seconds=int(rest))
    parts = _SHIFT_PART.findall(rest)
    if "".join(number + unit for number, unit in parts) != rest:
        raise SettingsError(f"MEERNET_CLOCK_SHIFT is {text!r}; write for example 14d, -3h or 2d12h30m.")
    return sign * sum((timedelta(**{_SHIFT_UNITS[unit]: int(n)}) for n, unit in parts), timedelta())


def _environment(env: Mapping[str, str]) -> Environment:
    name = env.get("MEERNET_ENV", "") or "demo"
    if name not in ENVIRONMENTS:
        raise SettingsError(f"MEERNET_ENV is {name!r}; it must be one of {', '.join(ENVIRONMENTS)}.")
    return name


def _data_dir(env: Mapping[str, str], cwd: Path, *, keep: bool) -> Path:
    path = (cwd / (env.get("MEERNET_DATA_DIR", "") or "data")).resolve()
    try:
        if keep:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"MEERNET_DATA_DIR {path} cannot be made: {error.strerror}.") from error
    return path


def _refuse_unsafe(env: Mapping[str, str]) -> None:
    """In production nothing that matters is a default: each of these must be said."""
    needed = {
        "MEERNET_DATABASE_URL": "the URL of a PostgreSQL database",
        "MEERNET_SECRET_KEY": "a secret of at least 32 characters, the same on every machine",
        "MEERNET_MASTER_KEY": "32 bytes in base64 or hexadecimal, kept in a place the database backups do not reach",
        "MEERNET_MAIL_URL": "smtp://… or smtps://…, because the catch-all keeps mail inside the app",
        "MEERNET_TRUSTED_HOSTS": "the host names this server answers to",
    }
    for name, what in needed.items():
        if not env.get(name):
            raise SettingsError(f"In production {name} must be set: {what}.")
    if env["MEERNET_DATABASE_URL"].startswith("sqlite"):
        raise SettingsError("In production MEERNET_DATABASE_URL must name a PostgreSQL database, not SQLite.")
    if env["MEERNET_MAIL_URL"].startswith("catchall"):
        raise SettingsError("In production MEERNET_MAIL_URL must name a mail server, not the catch-all.")
    if parse_shift(env.get("MEERNET_CLOCK_SHIFT", "")):
        raise SettingsError("In production MEERNET_CLOCK_SHIFT is refused: deadlines run on the real clock.")
    if "MEERNET_REDIS_URL" not in env:
        raise SettingsError(
            "In production MEERNET_REDIS_URL must be set: a Redis or Valkey URL, or empty for none."
        )


def _whole_number(env: Mapping[str, str], name: str, *, default: int, highest: int) -> int:
    text = env.get(name, "") or str(default)
    if not text.isdecimal() or int(text) > highest:
        raise SettingsError(f"{name} is {text!r}; it must be a whole number from 0 to {highest}.")
    return int(text)


def _names(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(env.get(name, "").lower().replace(",", " ").split())


def _file(env: Mapping[str, str], name: str) -> str:
    path = env.get(name, "").strip()
    if path and not Path(path).is_file():
        raise SettingsError(f"{name} is {path!r}; there is no such file.")
    return path


def _secret_key(env: Mapping[str, str], keys: Path | None) -> str:
    key = env.get("MEERNET_SECRET_KEY") or _kept(keys, "session.key", lambda: secrets.token_urlsafe(48))
    if len(key) < _SHORTEST_SECRET:
        raise SettingsError(
            f"MEERNET_SECRET_KEY is too short; it needs at least {_SHORTEST_SECRET} characters."
        )
    return key


def _master_key(env: Mapping[str, str], keys: Path | None) -> bytes:
    return master_key_in(env.get("MEERNET_MASTER_KEY") or _kept(keys, KEY_FILES[0], new_master_key))


def master_key_in(text: str) -> bytes:
    """The 32 bytes written in ``text``, in base64 or hexadecimal. Raises ``SettingsError``."""
    text = text.strip()
    try:
        key = (
            bytes.fromhex(text)
            if len(text) == 2 * MASTER_KEY_BYTES
            else base64.b64decode(text, altchars=b"-_")
        )
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise SettingsError("MEERNET_MASTER_KEY must be 32 bytes written in base64 or hexadecimal.")
    return key


def new_master_key() -> str:
    """A fresh key as it is written in a file or a setting."""
    return base64.b64encode(secrets.token_bytes(MASTER_KEY_BYTES)).decode("ascii")


def _kept(keys: Path | None, name: str, make: Callable[[], str]) -> str:
    """The secret in ``keys``; made on first use, once even when two processes start together, for the owner alone."""
    if not keys:
        return make()
    path = keys / name
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(fresh)  # fails when another process was first: then its key is the key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError(f"{path} can be read by others; run `chmod 600 {path}` and start again.")
    return path.read_text().strip()
