"""``python -m bench``: what does everything cost beside the control, and is it within the budgets?

``--quick`` measures a tenth as long, for a first look. ``--strict`` ends with 1 when a budget is exceeded; without it
the figures are printed as they are and the end is 0.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
from itertools import chain
from pathlib import Path

from bench import budgets, checking, million, printing, queue, reaction, reports
from bench.databases import KINDS, PostgresUnavailable, place
from bench.paired import Effort

_HEADS = ("what", "database", "control ms", "product ms", "ratio", "(quartiles)", "budget", "within")
_WIDTHS = (44, 11, 17, 17, 6, 15, 7, 7)
_WORDS = {True: "yes", False: "NO", None: "-"}


def main() -> int:
    """Print the tables."""
    args = _arguments()
    print(f"commit {_commit()}, Python {platform.python_version()}, {platform.machine()}")
    print("CPU ms of this process a call, in brackets ms by the clock; medians over batches that took turns.")
    print("ratio: product to control, median of the batches. PostgreSQL's own CPU is in the brackets only.\n")
    kept = _requests(budgets.QUICK if args.quick else budgets.FULL, args.only or KINDS)
    print()
    kept = _checks() and kept
    kept = _reactions() and kept
    if not args.quick:
        kept = _reports() and kept
        kept = _queues(args.only or KINDS) and kept
    return 1 if args.strict and not kept else 0


def _requests(effort: dict[str, Effort], kinds: tuple[str, ...] | list[str]) -> bool:
    kept = True
    print(_line(_HEADS))
    print(_line(tuple("-" * width for width in _WIDTHS)))
    for kind in kinds:
        try:
            with place(kind) as where:
                for row in budgets.rows(where, effort):
                    print(_line(_cells(row)), flush=True)
                    kept = kept and row.within is not False
        except PostgresUnavailable as problem:
            print(f"{kind}: not measured, {problem}")
            kept = False
    return kept


def _queues(kinds: tuple[str, ...] | list[str]) -> bool:
    """Here the control is the product itself with few open tasks."""
    kept = True
    print(
        f"\ncontrol: {queue.SMALL.tasks:,} open tasks, one person has {queue.SMALL.own:,}; "
        f"product: {queue.LARGE.tasks:,} and {queue.LARGE.own:,}"
    )
    print(_line(_HEADS))
    for kind in kinds:
        try:
            with place(kind) as where:
                for row in queue.rows(where):
                    print(_line(_cells(row)), flush=True)
                    kept = kept and row.within is not False
        except PostgresUnavailable as problem:
            print(f"{kind}: not measured, {problem}")
            kept = False
    return kept


def _reactions() -> bool:
    """From a key to the picture that shows it, in a browser."""
    print(f"\nms from a press to what it shows, median and worst of {reaction.ROUNDS}")
    kept = True
    try:
        for line in reaction.lines():
            budget = (
                "another page" if line.leads else f"budget {reaction.BUDGET_MS:g} ms: {_WORDS[line.within]}"
            )
            print(f"{line.what:<40} {line.middle:7.0f} {line.worst:7.0f}   {budget}", flush=True)
            kept = kept and line.within is not False
    except reaction.NoBrowser as problem:
        print(f"not measured, {problem}")
    return kept


def _checks() -> bool:
    kept = True
    for line in chain(checking.lines(), printing.lines()):
        budget = f"budget {line.budget_s:g} s: {_WORDS[line.within]}" if line.budget_s else ""
        print(f"{line.what:<58} {line.seconds:8.4f} s   {budget:<18} {line.note}", flush=True)
        kept = kept and line.within is not False
    return kept


def _reports() -> bool:
    kept = True
    for line in chain(million.lines(), reports.lines()):
        budget = "" if line.budget_s is None else f"budget {line.budget_s:g}: {_WORDS[line.within]}"
        print(f"{line.what:<58} {line.seconds:10.6f}   {budget:<18} {line.note}", flush=True)
        kept = kept and line.within is not False
    return kept


def _cells(row: budgets.Row | queue.Row) -> tuple[str, ...]:
    paired = row.paired
    return (
        row.what,
        row.kind,
        f"{paired.control.cpu:.2f} [{paired.control.wall:.2f}]",
        f"{paired.product.cpu:.2f} [{paired.product.wall:.2f}]",
        f"{paired.ratio:.3f}",
        f"({paired.low:.3f}-{paired.high:.3f})",
        "-" if row.budget is None else f"{row.budget:.2f}",
        _WORDS[row.within],
    )


def _line(cells: tuple[str, ...]) -> str:
    first, second, *rest = (
        cell.ljust(width) if place < 2 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )
    return " ".join((first, second, *rest)).rstrip()


def _commit() -> str:
    root = Path(__file__).parents[1]
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Print the speed budgets.")
    parser.add_argument("--quick", action="store_true", help="measure a tenth as long")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a budget is exceeded")
    parser.add_argument("--only", action="append", choices=KINDS, metavar="DATABASE", help="one kind only")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
