"""Can what was copied be put back? Tried for real, in a database that is made for it and destroyed after."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import Settings
from app.texts import say

if TYPE_CHECKING:
    from app.services.safekeeping.copies import Restored
    from app.storage.age_file import Key


def drill(source: Path | None, key: Key | None, settings: Settings) -> int:
    """Put ``source`` back, or a copy made now, and write down what came of it. Raises what ``copies`` raises."""
    import tempfile

    from app.cli.backup import CANNOT, fail, version
    from app.factory import create_app
    from app.services.safekeeping import copies, drills

    print(say("safekeeping.drill_begins"))
    if source is not None and key is None:
        return fail(say("safekeeping.restore_key"), CANNOT)
    with tempfile.TemporaryDirectory(prefix="drill-", dir=settings.data_dir) as folder:
        if source is None or key is None:
            source = Path(folder) / "copy.age"
            with create_app(settings).app_context():
                key = drills.copy_to(source, version=version())
        with copies.scratch_database(settings.database_url, Path(folder)) as url:
            began = time.monotonic()
            restored = _put_back(source, key, replace(settings, database_url=url, owner_url=""))
            seconds = time.monotonic() - began
    with create_app(settings).app_context():
        age = drills.write_down(restored, seconds)
    whole = restored.histories.values()
    counts = {"streams": sum(one.streams for one in whole), "events": sum(one.events for one in whole)}
    told = {"rows": copies.counted(restored.tally), "seconds": f"{seconds:.1f}", "age": f"{age:.0f}"}
    print(say("safekeeping.drill_done", "nl", **counts, **told))
    print(say("safekeeping.drill_place", kind="SQLite" if url.startswith("sqlite") else "PostgreSQL"))
    return 0


def _put_back(source: Path, key: Key, settings: Settings) -> Restored:
    from app.factory import create_app
    from app.services.municipality import setup
    from app.services.safekeeping import copies

    app = create_app(settings)
    setup.migrate(app)
    with app.app_context():
        try:
            return copies.restore(source, key)
        finally:
            copies.let_go()
