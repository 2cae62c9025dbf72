"""``python -m tests.supply audit|sbom``: is something in the lock known to be unsafe, and what exactly are we made of?

The audit asks the vulnerability feed about every pinned package. Without a feed nothing is known, and that is what it
says: it ends well, so that a build without network goes on, but never claims that nothing was found. It ends with 1 on
any known vulnerability. The bill of materials is CycloneDX, made from the same lock and checked against its schema.
"""

# ruff: noqa: T201 - a command that tells what it found

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
BILL = ROOT / "dist" / "meernet.cdx.json"
FOUND, NO_FEED_SECONDS = 1, 60
FEEDS = ("pypi", "osv")


@dataclass(frozen=True, slots=True)
class Audit:
    """How many packages a feed knew, which it did not, and what it knows against them: ``name version: ids``."""

    known: int
    unknown: tuple[str, ...]
    against: tuple[str, ...]


def main(words: list[str]) -> int:
    """Run one of the two."""
    if words == ["audit"]:
        return audit()
    if words == ["sbom"]:
        return bill()
    print(__doc__, file=sys.stderr)
    return 2


def audit() -> int:
    """Ask each feed until one answers."""
    for feed in FEEDS:
        found = _asked(feed)
        if found is not None and found.known:
            return _told(feed, found)
    print(
        "NOT AUDITED: no vulnerability feed could be reached. Nothing is known about the packages in the lock."
    )
    return 0


def _told(feed: str, found: Audit) -> int:
    for line in found.against:
        print(f"VULNERABLE {line}")
    for name in found.unknown:
        print(f"NOT AUDITED: {feed} does not know {name}")
    print(f"{found.known} packages asked of {feed}: {len(found.against)} with a known vulnerability.")
    return FOUND if found.against else 0


def _asked(feed: str) -> Audit | None:
    """What a feed says of the lock; ``None`` when it cannot be asked."""
    tool = Path(sys.executable).with_name("pip-audit")
    call = [str(tool), "-s", feed, "-r", str(LOCK), "--require-hashes", "--disable-pip", "-f", "json"]
    try:
        done = subprocess.run(
            [*call, "--progress-spinner", "off"],
            capture_output=True,
            text=True,
            timeout=NO_FEED_SECONDS,
            check=False,
        )
        return read(done.stdout)
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None


def read(text: str) -> Audit:
    """What ``pip-audit -f json`` wrote. Raises ``ValueError`` or ``KeyError`` for anything else."""
    packages = json.loads(text)["dependencies"]
    skipped = tuple(item["name"] for item in packages if "skip_reason" in item)
    against = tuple(
        f"{item['name']} {item['version']}: {', '.join(one['id'] for one in item['vulns'])}"
        for item in packages
        if item.get("vulns")
    )
    return Audit(len(packages) - len(skipped), skipped, against)


def bill() -> int:
    """Write the bill of materials; 1 when it does not fit its schema or misses a package of the lock."""
    BILL.parent.mkdir(exist_ok=True)
    tool = Path(sys.executable).with_name("cyclonedx-py")
    call = [str(tool), "requirements", "--pyproject", "pyproject.toml", "--output-reproducible", "--validate"]
    done = subprocess.run(
        [*call, "-o", str(BILL), str(LOCK)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return FOUND
    told = {item["name"] for item in json.loads(BILL.read_text(encoding="utf-8"))["components"]}
    missing = pinned(LOCK.read_text(encoding="utf-8")) - told
    print(
        f"{BILL.relative_to(ROOT)}: {len(told)} components"
        + (f", missing {sorted(missing)}" if missing else ".")
    )
    return FOUND if missing else 0


def pinned(lock: str) -> set[str]:
    """The names in a lock."""
    return {
        line.partition("==")[0].strip() for line in lock.splitlines() if "==" in line and line[:1].isalnum()
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
