"""What does an address of the queue say? Every view, filtered or not, has one that stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from flask import url_for

from app.services.tasks.choice import FILTERS, NAMED, SCOPES, SORTS, VIEWS, Choice

NAMES = {
    "view": "toon",
    "scope": "van",
    "person": "wie",
    "dossier": "dossier",
    "state": "stand",
    "contact_point": "punt",
    "neighbourhood": "buurt",
    "kind": "soort",
    "urgent": "dringend",
    "untried": "zonder_poging",
    "due_before": "tegen",
    "sort": "volgorde",
}
"""A field of ``Choice`` -> what it is called in an address."""
CURSOR = "vanaf"
_START = Choice()
_LONGEST = 60


def choice_of(args: Mapping[str, str]) -> Choice:
    """What the address asks; what it cannot mean is left out."""
    values: dict[str, Any] = {}
    for name, called in NAMES.items():
        text = args.get(called, "").strip()[:_LONGEST]
        if not text:
            continue
        if isinstance(getattr(_START, name), bool):
            values[name] = text == "1"
        elif name == "due_before":
            values[name] = _day(text)
        else:
            values[name] = text
    return _possible(Choice(**values))


def _possible(choice: Choice) -> Choice:
    if choice.view not in VIEWS:
        choice = replace(choice, view=_START.view)
    if choice.scope not in SCOPES:
        choice = replace(choice, scope=_START.scope)
    if choice.scope != "team":
        choice = replace(choice, person="")
    if choice.sort not in SORTS or (choice.sort == "name" and choice.scope not in NAMED):
        choice = replace(choice, sort=_START.sort)
    return choice


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def args_of(choice: Choice) -> dict[str, Any]:
    """What differs from the start, as parameters of an address; the scope always, so that it never means a default."""
    found: dict[str, Any] = {NAMES["scope"]: choice.scope}
    for item in fields(Choice):
        value = getattr(choice, item.name)
        if value != getattr(_START, item.name):
            found[NAMES[item.name]] = "1" if value is True else str(value)
    return found


def of(choice: Choice, **changes: Any) -> str:
    """The address of a choice, with some of it changed."""
    return url_for("queue.index", **args_of(replace(choice, **changes)))


def unfiltered(choice: Choice) -> str:
    """The same view with nothing filtered."""
    start = {name: getattr(_START, name) for name in FILTERS}
    return of(choice, **start)


def without(choice: Choice, name: str) -> str:
    """The same without one filter; a state goes with its dossier."""
    gone = {name: getattr(_START, name)} | ({"state": ""} if name == "dossier" else {})
    return of(choice, **gone)
