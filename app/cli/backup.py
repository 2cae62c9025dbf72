"""Copy everything, encrypted, while everybody works; or the keys, apart; or try whether a copy can be put back.

``meernet backup TARGET --to age1…`` writes a file, or a file with the time in its name when TARGET is a folder.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import Settings
from app.texts import say

if TYPE_CHECKING:
    from app.services.errors import ServiceError
    from app.services.safekeeping.copies import Made
    from app.storage.age_file import Key, Lock

WRONG, CANNOT = 1, 2
SHORTEST_WORDS = 20
NAME = "meernet-{time}.age"
_DAY_S = 24 * 3600


def configure(parser: argparse.ArgumentParser) -> None:
    """What to copy, where to and for whom."""
    parser.add_argument("target", nargs="?", type=Path, help="a file that is not there yet, or a folder")
    parser.add_argument(
        "--to", metavar="age1…", default="", help="the public key it is for (MEERNET_BACKUP_TO)"
    )
    parser.add_argument("--words", type=Path, help="a file with a passphrase, in place of a key")
    parser.add_argument(
        "--keep", type=int, metavar="DAYS", help="in a folder: remove older copies afterwards"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--keys", type=Path, metavar="FILE", help="copy the keys alone, into this file")
    what.add_argument("--new-key", type=Path, metavar="FILE", help="make a pair; the public key is printed")
    what.add_argument(
        "--drill", action="store_true", help="put a copy (TARGET, or one made now) back and verify it"
    )
    parser.add_argument("--key", type=Path, help="with --drill TARGET: what opens it")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do it; 1 with a sentence when it is refused, 2 when something is missing."""
    from app.services.errors import ServiceError, Unavailable

    if args.new_key:
        return _new_key(args.new_key)
    if args.keys and args.target:
        return fail(say("safekeeping.backup_together"), CANNOT)
    try:
        if args.drill:
            from app.cli.drilling import drill

            return drill(args.target, key_of(args) if args.target else None, settings)
        lock = _lock(args, settings.backup_to)
        if lock is None:
            return fail(say("safekeeping.backup_lock"), CANNOT)
        return _keys(args.keys, lock, settings) if args.keys else _copy(args, lock, settings)
    except ServiceError as problem:
        return fail(sentence(problem))
    except Unavailable:
        return fail(say("run.no_database"))
    except OSError as error:
        return fail(
            say("safekeeping.file_cannot", path=error.filename or "-", why=error.strerror or str(error))
        )


def _copy(args: argparse.Namespace, lock: Lock, settings: Settings) -> int:
    from app.factory import create_app
    from app.services.safekeeping import copies

    if args.target is None:
        return fail(say("safekeeping.backup_target"), CANNOT)
    target: Path = args.target
    if target.is_dir():
        target /= NAME.format(time=time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()))
    with create_app(settings).app_context():
        made = copies.back_up(target, lock, version=version())
    _print_made(target, made)
    if args.keep and args.target.is_dir():
        _drop_old(args.target, args.keep)
    return 0


def _print_made(target: Path, made: Made) -> None:
    from app.services.safekeeping import histories

    size, seconds = f"{made.size / 1e6:.1f}", f"{made.seconds:.1f}"
    print(say("safekeeping.backup_made", path=target, rows=made.rows, size=size, seconds=seconds))
    for slug in made.manifest.municipalities:
        head = histories.read(made.manifest.heads[slug])
        rows = sum(count for count, _ in made.tally[slug].values())
        told = {"municipality": slug, "rows": rows, "streams": head.streams, "events": head.events}
        print(say("safekeeping.backup_municipality", "nl", **told))


def _drop_old(folder: Path, days: int) -> None:
    """The newest always stays, however old."""
    found = sorted(folder.glob(NAME.format(time="*")), key=lambda path: path.stat().st_mtime)
    for path in found[:-1]:
        if time.time() - path.stat().st_mtime > days * _DAY_S:
            path.unlink()
            print(say("safekeeping.backup_dropped", path=path))


def _keys(target: Path, lock: Lock, settings: Settings) -> int:
    from app.services.safekeeping import key_copies

    key_copies.back_up(target, lock, masters=settings.masters(), session=settings.secret_key)
    print(say("safekeeping.backup_keys_made", path=target))
    return 0


def _new_key(path: Path) -> int:
    from app.services.safekeeping import key_copies

    try:
        public = key_copies.new_pair(path)
    except OSError as error:
        return fail(say("safekeeping.file_cannot", path=path, why=error.strerror or str(error)))
    print(say("safekeeping.backup_key_made", path=path))
    print(public)
    return 0


def _lock(args: argparse.Namespace, usual: str) -> Lock | None:
    from app.services.safekeeping import copies

    if args.words:
        words = _words(args.words)
        if len(words) < SHORTEST_WORDS:
            return None
        return copies.Lock(words=words)
    return copies.lock_for(args.to or usual) if args.to or usual else None


def key_of(args: argparse.Namespace) -> Key | None:
    """What opens a copy, from ``--key`` or ``--words``; None when neither was said."""
    from app.services.safekeeping import copies

    if args.words:
        return copies.Key(words=_words(args.words))
    return copies.key_from(args.key.read_text(encoding="utf-8")) if args.key else None


def _words(path: Path) -> str:
    words = path.read_text(encoding="utf-8").strip()
    if len(words) < SHORTEST_WORDS:
        print(say("safekeeping.backup_words_short", path=path), file=sys.stderr)
    return words


def version() -> str:
    """Of this program."""
    return importlib.metadata.version("meernet")


def sentence(problem: ServiceError) -> str:
    """What was refused, in words."""
    params: Mapping[str, str] = problem.params
    return say(f"safekeeping.{problem.code}", "nl", **params)


def fail(text: str, code: int = WRONG) -> int:
    """Say why not."""
    print(text, file=sys.stderr)
    return code
