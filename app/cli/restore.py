"""Put a copy of everything back into an empty database, or the keys into an empty installation."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.backup import CANNOT, fail, key_of, sentence
from app.config import KEY_FILES, Settings
from app.texts import say


def configure(parser: argparse.ArgumentParser) -> None:
    """What to put back and what opens it."""
    parser.add_argument("source", nargs="?", type=Path, help="the copy")
    parser.add_argument("--key", type=Path, help="the file with the secret key that opens it")
    parser.add_argument("--words", type=Path, help="the file with the passphrase that opens it")
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help="put the keys back from this file, and nothing else"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do it; 1 with a sentence when it is refused, 2 when something is missing."""
    from app.services.errors import ServiceError, Unavailable
    from app.services.municipality import setup

    if not args.source and not args.keys:
        return fail(say("safekeeping.restore_source"), CANNOT)
    try:
        if key_of(args) is None:
            return fail(say("safekeeping.restore_key"), CANNOT)
        return _keys(args, settings) if args.keys else _copy(args, settings)
    except ServiceError as problem:
        return fail(sentence(problem))
    except setup.StorageRefused as refused:
        return fail(str(refused))
    except Unavailable:
        return fail(say("run.no_database"))
    except OSError as error:
        return fail(
            say("safekeeping.file_cannot", path=error.filename or "-", why=error.strerror or str(error))
        )


def _copy(args: argparse.Namespace, settings: Settings) -> int:
    from app.factory import create_app
    from app.services.municipality import setup
    from app.services.safekeeping import copies

    key = key_of(args)
    assert key is not None  # noqa: S101 - asked in run
    app = create_app(settings)
    setup.migrate(app, owner_url=settings.owner_url)
    with app.app_context():
        done = copies.restore(args.source, key)
    told = {"at": done.manifest.at.isoformat(timespec="seconds"), "version": done.manifest.version}
    rows, seconds = copies.counted(done.tally), f"{done.seconds:.1f}"
    print(say("safekeeping.restore_done", rows=rows, seconds=seconds, **told))
    for slug, whole in done.histories.items():
        tables = done.tally[slug]
        counts = {"rows": sum(count for count, _ in tables.values()), "tables": len(tables)}
        seen = {"streams": whole.streams, "events": whole.events}
        print(say("safekeeping.restore_municipality", "nl", municipality=slug, **counts, **seen))
    print(say("safekeeping.restore_held"))
    return 0


def _keys(args: argparse.Namespace, settings: Settings) -> int:
    from app.factory import create_app
    from app.services.safekeeping import key_copies

    key = key_of(args)
    assert key is not None  # noqa: S101 - asked in run
    kept = key_copies.read(args.keys, key)
    if settings.key_folder is None:
        print(say("safekeeping.restore_keys_setting"))
        print(f"MEERNET_MASTER_KEY={kept.masters[0]}", f"MEERNET_SECRET_KEY={kept.session}", sep="\n")
        return 0
    app = create_app(settings)
    with app.app_context():
        key_copies.demand_unused()
    files = dict(zip((KEY_FILES[0], KEY_FILES[2]), kept.masters, strict=False))
    key_copies.put_back(settings.key_folder, files | {"session.key": kept.session})
    print(say("safekeeping.restore_keys_done", path=settings.key_folder))
    return 0
