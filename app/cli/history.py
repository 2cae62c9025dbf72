"""Verify that no history was changed, and write down how far they have come."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.backup import fail, sentence
from app.config import Settings
from app.texts import say

BROKEN, CANNOT = 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """``verify`` and ``anchor``."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="look at every chain; 1 when one is broken")
    verify.add_argument("--against", type=Path, metavar="ANCHOR", help="a file or log with anchors of before")
    verify.add_argument("--municipality", metavar="SLUG", help="only this one")
    anchor = verbs.add_parser("anchor", help="print how far the histories had come an hour ago")
    anchor.add_argument("file", nargs="?", type=Path, help="add it to this file")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Do it; 1 when a history is not whole or not as long as it was, 2 when there is nothing to compare with."""
    from app.factory import create_app
    from app.services.errors import ServiceError, Unavailable

    with create_app(settings).app_context():
        try:
            return _anchor(args.file) if args.verb == "anchor" else _verify(args)
        except ServiceError as problem:
            return fail(sentence(problem), CANNOT)
        except Unavailable:
            return fail(say("run.no_database"), CANNOT)
        except OSError as error:
            path, why = error.filename or "-", error.strerror or str(error)
            return fail(say("safekeeping.file_cannot", path=path, why=why), CANNOT)


def _anchor(path: Path | None) -> int:
    from app.services.municipality import municipalities
    from app.services.safekeeping import histories

    lines = [histories.line(histories.anchor(known.id)) for known in municipalities.listed()]
    if path:
        histories.append(path, lines)
    print(*lines, sep="\n")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from app.services.municipality import municipalities

    slugs = [known.id for known in municipalities.listed() if args.municipality in (None, known.id)]
    if not slugs:
        return fail(say("safekeeping.history_municipality", municipality=args.municipality or "-"), CANNOT)
    whole = [_one(slug) for slug in slugs]
    against = _against(args.against, slugs) if args.against else 0
    return against or (0 if all(whole) else BROKEN)


def _one(slug: str) -> bool:
    from app.services.safekeeping import histories

    found = histories.verify(slug)
    told = {
        "municipality": slug,
        "streams": found.streams,
        "events": found.events,
        "broken": len(found.breaks),
    }
    print(say("safekeeping.history_broken" if found.breaks else "safekeeping.history_whole", "nl", **told))
    for stream, seq in found.breaks:
        case = say("safekeeping.history_case", case=histories.case_text(stream))
        what = case if stream else say("safekeeping.history_own")
        print(say("safekeeping.history_break", what=what, seq=seq))
    return not found.breaks


def _against(path: Path, slugs: list[str]) -> int:
    """Compare with every anchor in a file; ``BROKEN`` when one does not fit."""
    from app.services.safekeeping import histories

    with path.open(encoding="utf-8", errors="replace") as lines:
        kept = [one for one in histories.read_all(lines) if one.municipality in slugs]
    if not kept:
        return fail(say("safekeeping.history_no_anchor", path=path), CANNOT)
    worst = 0
    for one in kept:
        differences = histories.compare(one)
        worst = BROKEN if differences else worst
        what = ", ".join(say(f"safekeeping.differs.{name}") for name in differences)
        told = {"municipality": one.municipality, "streams": one.streams, "events": one.events, "what": what}
        code = "safekeeping.history_differs" if differences else "safekeeping.history_as_then"
        print(say(code, "nl", until=one.until.isoformat(timespec="minutes"), **told))
    return worst
