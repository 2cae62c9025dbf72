"""Change the keys that seal what people told, while everybody works.

``rotate-master`` wraps every data key by a new master key. ``rotate-data`` makes a new data key for a municipality and
seals everything with it again. Both may be broken off and run again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.cli.backup import CANNOT, fail, sentence
from app.config import KEY_FILES, Settings, load, master_key_in, new_master_key
from app.texts import say

CURRENT, NEXT, PREVIOUS = KEY_FILES


def configure(parser: argparse.ArgumentParser) -> None:
    """``status``, ``rotate-master`` and ``rotate-data``."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("status", help="which data keys there are, and what still needs an older one")
    master = verbs.add_parser("rotate-master", help="wrap every data key by a new master key")
    master.add_argument("--forget-previous", action="store_true", help="destroy the file of the previous one")
    data = verbs.add_parser(
        "rotate-data", help="a new data key for a municipality; everything is sealed again"
    )
    data.add_argument("municipality", nargs="?")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do it; 1 with a sentence when it is refused, 2 when it is not clear where."""
    from app.factory import create_app
    from app.services.errors import ServiceError, Unavailable

    with create_app(settings).app_context():
        try:
            if args.verb == "rotate-master":
                return _forget(settings) if args.forget_previous else _rotate_master(settings)
            return _status() if args.verb == "status" else _rotate_data(args.municipality)
        except ServiceError as problem:
            return fail(sentence(problem))
        except Unavailable:
            return fail(say("run.no_database"))


def _status() -> int:
    from app.services.municipality import municipalities
    from app.services.safekeeping import changing_keys

    for known in municipalities.listed():
        found = changing_keys.standing(known.id)
        numbers, left = ", ".join(map(str, found.numbers)), sum(found.left.values())
        print(say("safekeeping.keys_status", municipality=known.id, numbers=numbers, left=left))
        _print_left(found.left)
    return 0


def _rotate_data(wanted: str | None) -> int:
    from app.cli.municipality import chosen
    from app.services.safekeeping import changing_keys

    slug = chosen(wanted)
    if not slug:
        return CANNOT
    told: dict[str, int] = {}

    def tell(table: str, sealed: int) -> None:
        told[table] = told.get(table, 0) + sealed
        print(say("safekeeping.keys_progress", table=table, sealed=told[table]), file=sys.stderr, flush=True)

    done = changing_keys.rotate_data(slug, tell)
    print(say("safekeeping.keys_resealed", municipality=slug, number=done.number, sealed=done.sealed))
    if done.left:
        _print_left(done.left)
        return fail(say("safekeeping.keys_left", n=sum(done.left.values())))
    gone = ", ".join(map(str, done.destroyed))
    print(say("safekeeping.keys_destroyed", numbers=gone) if gone else say("safekeeping.keys_wait"))
    return 0


def _print_left(left: object) -> None:
    items = left.items() if isinstance(left, dict) else ()
    for (table, column), count in items:
        print(say("safekeeping.keys_left_in", table=table, column=column, n=count))


def _rotate_master(settings: Settings) -> int:
    """With key files: make the next one, wrap by it, put it in place. With settings: wrap by the one that is set."""
    from app.services.safekeeping import changing_keys

    if settings.key_folder is None:
        if not settings.previous_master_keys:
            return fail(say("safekeeping.keys_master_settings"), CANNOT)
        print(say("safekeeping.keys_rewrapped", n=changing_keys.rewrap_all(settings.master_key)))
        print(say("safekeeping.keys_master_settings_done"))
        return 0
    folder = settings.key_folder
    fresh = _next(folder)
    wrapped = changing_keys.rewrap_all(fresh)
    _put_in_place(folder)
    wrapped += changing_keys.rewrap_all(fresh)  # a municipality that was made meanwhile
    print(say("safekeeping.keys_rewrapped", n=wrapped))
    print(say("safekeeping.keys_master_done", folder=folder))
    return 0


def _next(folder: Path) -> bytes:
    """The key to go to: the one a run before this left behind, or a new one."""
    from app.services.safekeeping import key_copies

    path = folder / NEXT
    if not path.exists():
        key_copies.put_back(folder, {NEXT: new_master_key()})
    return master_key_in(path.read_text(encoding="utf-8"))


def _put_in_place(folder: Path) -> None:
    """At every moment there is a file with the key in use, and one with each key that wrapped something."""
    from app.services.safekeeping import key_copies

    key_copies.put_back(folder, {PREVIOUS: (folder / CURRENT).read_text(encoding="utf-8")})
    (folder / NEXT).replace(folder / CURRENT)


def _forget(settings: Settings) -> int:
    """Destroy the file of the previous key, once nothing needs it."""
    from app.services.safekeeping import changing_keys

    path = (settings.key_folder or settings.data_dir) / PREVIOUS
    if not path.exists():
        return fail(say("safekeeping.keys_no_previous"))
    changing_keys.rewrap_all(load().master_key)
    path.unlink()
    print(say("safekeeping.keys_forgotten", path=path))
    return 0
