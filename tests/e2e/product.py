"""How does a journey get the whole product, as processes, on a day of its choice?

``Product`` starts what ``make run`` starts (embedded Valkey, web server, worker) on a data folder of its own, with the
staff of Zandlede and no stories. ``at`` moves the clock: the processes end and start again on a later day.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.cli.demo.accounts import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = "2026-11-09 09:40"
"""The Monday of the demo week, when the first card comes in."""
STARTS_WITHIN = 180.0
ENDS_WITHIN = 40.0

__all__ = ["MONDAY", "PASSWORD", "Product"]


class Product:
    """One running installation; ``url`` is where it answers. ``settings`` are variables of its environment."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self._settings = settings
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "printed.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self, moment: str = MONDAY, *, stories: bool = False, sessions: bool = False) -> None:
        """Prepare the database: migrations, shipped definitions, accounts; with ``stories`` the cases of some weeks,
        with ``sessions`` those of the mobile service centre alone."""
        asked = [] if stories else ["--people-only", *(["--sessions"] if sessions else [])]
        command = [sys.executable, "-m", "app.cli.main", "demo", *asked]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment(moment), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self, moment: str = MONDAY) -> None:
        """Run the product so that it is now ``moment`` (local time); returns when it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.cli.main", "run"],
                cwd=ROOT,
                env=self._environment(moment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert self._process.poll() is None, self.printed()
            assert time.monotonic() < deadline, self.printed()
            time.sleep(0.1)

    def at(self, moment: str) -> None:
        """Stop, and go on at another moment."""
        self.stop()
        self.start(moment)

    def stop(self) -> None:
        """What Ctrl-C does."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def printed(self) -> str:
        """Everything it printed so far."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def find(self, pattern: str) -> str:
        """What was printed that looks like this; waits for it."""
        deadline = time.monotonic() + STARTS_WITHIN
        while not (found := re.search(pattern, self.printed())):
            assert time.monotonic() < deadline, self.printed()
            time.sleep(0.1)
        return found[0]

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as page:  # noqa: S310 - our own address
                return bool(page.status == 200)
        except OSError:
            return False

    def _environment(self, moment: str) -> dict[str, str]:
        wanted = datetime.fromisoformat(moment).replace(tzinfo=BRUSSELS)
        shift = int((wanted - datetime.now(UTC)).total_seconds())  # noqa: TID251 - what the processes start from
        kept = {name: text for name, text in os.environ.items() if not name.startswith("MEERNET_")}
        return {
            **kept,
            "MEERNET_DATA_DIR": str(self.folder),
            "MEERNET_PORT": str(self.port),
            "MEERNET_CLOCK_SHIFT": str(shift),
            "MEERNET_PROXIES": "1",  # browsers say from where they come
            **self._settings,
        }


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
