"""What stands in the file that a municipality begins from, and how is it carried out?

Paths in it are relative to the file. Each part is what a page of the settings does; whatever is left out can be done
there later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from app.texts import say

if TYPE_CHECKING:
    from app.engine.policy import Actor

KEYS = (
    "slug", "name", "hosts", "administrator", "phone", "controllers", "neighbourhoods", "streets", "staff",
    "closing_days", "colour", "logo", "sender",
)  # fmt: skip
MOST_BYTES = 256 * 1024


class WrongFile(Exception):
    """It cannot be read or used; the text is for the operator."""


def read(path: Path) -> Mapping[str, Any]:
    """The file, with keys we know. Raises ``WrongFile``."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise WrongFile(say("cli.init_file", path=path))
        told = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise WrongFile(say("cli.init_file", path=path)) from problem
    unknown = sorted(set(told) - set(KEYS)) if isinstance(told, dict) else ["?"]
    if unknown:
        raise WrongFile(say("cli.init_keys", names=", ".join(map(str, unknown)), known=", ".join(KEYS)))
    return dict(told)


def apply(slug: str, told: Mapping[str, Any], folder: Path) -> list[str]:
    """Carry everything out, in the order in which one thing needs another; lines that say what came of files.

    Raises ``WrongFile`` for a file that is not there or has wrong rows, and what the services raise.
    """
    from app.services.access import accounts

    actor = accounts.operator(slug)
    lines: list[str] = []
    for name, part in _PARTS.items():
        if told.get(name) not in (None, "", [], {}):
            lines += part(actor, told, folder)
    return lines


def _identity(actor: Actor, told: Mapping[str, Any], _folder: Path) -> Iterator[str]:
    from app.services.municipality import settings

    controllers = told.get("controllers") or {}
    texts = {f"controller_{name}": str(text) for name, text in controllers.items()}
    settings.save_identity(actor, str(told["name"]), {**texts, "phone": str(told.get("phone") or "")})
    yield from ()


def _neighbourhoods(actor: Actor, told: Mapping[str, Any], _folder: Path) -> Iterator[str]:
    from app.services.municipality import neighbourhoods

    known = {place.label.casefold() for place in neighbourhoods.show(actor)}
    labels = [str(label) for label in told["neighbourhoods"]]
    neighbourhoods.save(actor, {}, [label for label in labels if label.casefold() not in known])
    yield from ()


def _streets(actor: Actor, told: Mapping[str, Any], folder: Path) -> Iterator[str]:
    from app.services.municipality import streets

    path = folder / str(told["streets"])
    report = streets.import_file(actor, _bytes(path))
    _refuse(
        path,
        [
            (f.line, say(f"studio_settings.street_fault.{f.code}", "nl", **dict(f.params)))
            for f in report.faults
        ],
    )
    yield say("cli.init_streets", n=report.rows)


def _staff(actor: Actor, told: Mapping[str, Any], folder: Path) -> Iterator[str]:
    from app.engine.street_file import decoded
    from app.services.staff import staff_from_csv

    path = folder / str(told["staff"])
    plan = staff_from_csv.plan(actor, decoded(_bytes(path)))
    _refuse(
        path,
        [(f.line, say(f"studio_staff.csv.{f.code}", "nl", **dict(f.params))) for f in plan.rows.problems],
    )
    staff_from_csv.apply_staff_rows(actor, plan.rows.rows)
    yield say("cli.init_staff", n=len(plan.rows.rows))


def _closing_days(actor: Actor, told: Mapping[str, Any], _folder: Path) -> Iterator[str]:
    from app.engine.model.people import ClosingDay
    from app.services.staff import staffing

    days = []
    for item in told["closing_days"]:
        day, at = item.get("day"), item.get("from")
        if not isinstance(day, date):
            raise WrongFile(say("cli.init_day", typed=str(day)))
        days.append(
            ClosingDay(day, str(item.get("label") or ""), time.fromisoformat(str(at)) if at else None)
        )
    staffing.set_closing_days(actor, days)
    yield from ()


def _colour(actor: Actor, told: Mapping[str, Any], _folder: Path) -> Iterator[str]:
    from app.services.municipality import settings

    settings.save_accent(actor, str(told["colour"]))
    yield from ()


def _logo(actor: Actor, told: Mapping[str, Any], folder: Path) -> Iterator[str]:
    from app.services.municipality import logo

    logo.save(actor, _bytes(folder / str(told["logo"])))
    yield from ()


def _sender(actor: Actor, told: Mapping[str, Any], _folder: Path) -> Iterator[str]:
    from app.services.municipality import settings

    sender = told["sender"]
    settings.save_sender(actor, str(sender.get("name") or ""), str(sender.get("reply_to") or ""))
    yield from ()


_PARTS: Mapping[str, Callable[[Actor, Mapping[str, Any], Path], Iterator[str]]] = {
    "name": _identity,
    "neighbourhoods": _neighbourhoods,
    "streets": _streets,
    "staff": _staff,
    "closing_days": _closing_days,
    "colour": _colour,
    "logo": _logo,
    "sender": _sender,
}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise WrongFile(say("cli.init_file", path=path)) from problem


def _refuse(path: Path, faults: list[tuple[int, str]]) -> None:
    if faults:
        raise WrongFile("\n".join(f"{path}:{line}: {sentence}" for line, sentence in faults))
