"""May this visitor use this route at all?

Every view says which named act it is; a view without one is refused. Whether somebody may do it *with this object* is
decided by the service behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from app.engine.policy import Act, may_ever
from app.services.errors import Forbidden
from app.web import fresh
from app.web.visitor import FRAMED, WITHOUT_TOWN, actor, half, is_signed_in, signed_in

View = TypeVar("View", bound=Callable[..., Any])
_ATTRIBUTE = "meernet_act"
WHILE_LOCKED = WITHOUT_TOWN - {"begin"} | {FRAMED, "locking", "outside"}
"""Blueprints that answer a session whose screen is locked: files, and what opens it."""


class SignInFirst(Exception):
    """Nobody is signed in and the route is not for everybody."""


class ScreenLocked(Exception):
    """The screen is locked: nothing answers before it is opened again."""


class ProveFirst(Exception):
    """It is a while ago that they showed who they are, and this is grave."""


def act(named: Act) -> Callable[[View], View]:
    """Say which act a view is; stands directly above the function, under the route."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, named)
        return view

    return mark


def act_of(app: Flask, endpoint: str) -> Act | None:
    """The act of a route; ``None`` when it declares none."""
    return getattr(app.view_functions.get(endpoint), _ATTRIBUTE, None)


def guard() -> None:
    """Before each request: deny by default. Raises Forbidden, SignInFirst, ScreenLocked or ProveFirst."""
    if request.endpoint is None:
        return  # no such page: routing answers 404 or 405
    named = act_of(current_app, request.endpoint)
    if named is None:
        raise Forbidden
    unfinished = half()
    if unfinished is not None and unfinished.locked and request.blueprint not in WHILE_LOCKED:
        raise ScreenLocked
    if not may_ever(actor(), named):
        raise Forbidden if is_signed_in() else SignInFirst
    found = signed_in()
    if found is not None and not found.fresh and fresh.is_asked(request.endpoint, request.method):
        raise ProveFirst
