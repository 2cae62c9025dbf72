"""How does an empty database become an installation that can be used?

Everything here may be run again: it does what is still missing and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from app.definitions.model.source import Source
from app.services.definitions import publish_definitions
from app.services.definitions.publish_definitions import PublishResult
from app.services.municipality import municipalities
from app.services.people import keying
from app.storage import counters, database
from app.storage import migrate as migrations
from app.storage.database import StorageRefused, StorageSettings, transaction
from app.storage.repositories import municipality_rows

DEMO = ("zandlede", "Zandlede")
SHIPPED = Path(__file__).resolve().parents[3]
FOLDERS = ("formdefs", "workflows")
SEEDED = "seeded"


class DefinitionsRefused(Exception):
    """The shipped definitions have errors; ``result.problems`` names them."""

    def __init__(self, result: PublishResult) -> None:
        super().__init__(f"{len(result.problems)} problems")
        self.result = result


def bind(app: Any, settings: StorageSettings) -> None:
    """Tie the application to its database; opens no connection. For the factory, once per application."""
    database.init_app(app, settings)


def check_database(app: Any) -> None:
    """Raise ``StorageRefused`` (with a sentence) or ``Unavailable`` when it may not or cannot be used."""
    with app.app_context():
        database.assert_fit()


def migrate(app: Any, *, owner_url: str = "") -> None:
    """Bring the tables to this version; safe when several machines start at once."""
    with app.app_context():
        database.assert_fit()
        migrations.upgrade(owner_url)


def prepare(
    app: Any,
    demo: bool,
    *,
    municipality: tuple[str, str] | None = None,
    owner_url: str = "",
    seed: Callable[[str], None] | None = None,
) -> list[PublishResult]:
    """Migrate, make ``municipality`` (slug, name) or in a demo its own, publish the shipped definitions in every
    municipality that lives here, what came of that in their order, and key its residents' records by the rules of now.

    The demo is not made where a real municipality lives. ``seed`` is called with the slug in a demo until it came to
    its end once: it must be able to go on after a break.
    Raises ``DefinitionsRefused`` when the shipped definitions have errors where nothing runs yet.
    """
    migrate(app, owner_url=owner_url)
    with app.app_context():
        if municipality:
            make_municipality(*municipality)
        demo = demo and _make_demo()
        results = [_publish_shipped(known.id) for known in municipalities.listed()]
        for known in municipalities.listed():
            keying.key_all(known.id)
        if demo and seed and not seeded(DEMO[0]):
            seed(DEMO[0])
            _mark_seeded(DEMO[0])
    return results


def _make_demo() -> bool:
    """Make the fictional municipality unless real people live here: it never stands beside them."""
    if any(known.kind == municipalities.REAL for known in municipalities.listed()):
        return False
    make_municipality(*DEMO, kind=municipalities.DEMO)
    return True


def _publish_shipped(slug: str) -> PublishResult:
    # Not as a whole package: what a municipality published beside the shipped files stays at every start.
    # Where they do not fit what was edited there they wait, and what runs goes on: an upgrade closes no house. What is
    # new and would reach nobody there waits as well, until somebody holds its contact point.
    result = publish_definitions.publish(slug, shipped(), park=True, wait=True)
    if result.refused and not result.number:
        raise DefinitionsRefused(result)
    return result


def seeded(slug: str) -> bool:
    """Whether the demo was told to its end here; a telling that broke off is not repeated half way."""
    with transaction(slug, readonly=True) as tx:
        return counters.peek(tx, SEEDED) > 0


def _mark_seeded(slug: str) -> None:
    with transaction(slug) as tx:
        counters.draw(tx, SEEDED)


def make_municipality(
    slug: str, name: str, *, hosts: Iterable[str] = (), kind: str = municipalities.REAL
) -> bool:
    """Make a municipality with its first key; False when it is there already. Its ``kind`` can never be changed.

    Raises ``ValueError`` for a slug that cannot be one, and for the demo's own when it is not the demo.
    """
    if slug == DEMO[0] and kind == municipalities.REAL:
        raise ValueError(slug)
    with transaction(slug) as tx:
        made = municipality_rows.insert(tx, name, sorted(hosts), kind)
        _ = tx.sealer  # makes the data key now, so that reading transactions find one
    municipalities.forget()
    return made


def shipped(root: Path = SHIPPED) -> list[Source]:
    """The definition files below ``formdefs/`` and ``workflows/`` of ``root``; paths relative to it, sorted."""
    paths = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.yaml"))
    return [Source(path.relative_to(root).as_posix(), path.read_bytes()) for path in paths]


def read_package(paths: Sequence[Path]) -> list[Source]:
    """The definition files behind ``paths`` (files or folders), named by their place in a package
    (``formdefs/lists/zorgen.yaml``), so that they replace what was published under that name."""
    found = []
    for path in paths:
        files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        found += [Source(_place(file), file.read_bytes()) for file in files]
    return found


def _place(file: Path) -> str:
    parts = file.resolve().parts
    start = max((at for at, part in enumerate(parts[:-1]) if part in FOLDERS), default=len(parts) - 1)
    return "/".join(parts[start:])


__all__ = [
    "DEMO",
    "DefinitionsRefused",
    "StorageRefused",
    "bind",
    "check_database",
    "make_municipality",
    "migrate",
    "prepare",
    "read_package",
    "shipped",
]
