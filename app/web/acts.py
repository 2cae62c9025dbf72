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
from app.web.visitor import actor, is_signed_in

View = TypeVar("View", bound=Callable[..., Any])
_ATTRIBUTE = "meernet_act"


class SignInFirst(Exception):
    """Nobody is signed in and the route is not for everybody."""


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
    """Before each request: deny by default. Raises Forbidden or SignInFirst."""
    if request.endpoint is None:
        return  # no such page: routing answers 404 or 405
    named = act_of(current_app, request.endpoint)
    if named is None:
        raise Forbidden
    if may_ever(actor(), named):
        return
    raise Forbidden if is_signed_in() else SignInFirst
