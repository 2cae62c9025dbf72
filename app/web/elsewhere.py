"""May people sign in elsewhere? What stands on the button of the pages that ask who sits there."""

from __future__ import annotations

from flask import g

from app.services.access import outside_people, outside_told
from app.services.errors import ServiceError, Unavailable
from app.web import visitor


def offer() -> str:
    """The name of the provider; empty where there is none, or nothing can be read."""
    if "elsewhere" not in g:
        try:
            g.elsewhere = outside_told.offered(visitor.municipality_id())
        except (ServiceError, Unavailable):
            g.elsewhere = ""
    found: str = g.elsewhere
    return found


def is_linked() -> bool:
    """Whether who is signed in is known by the provider."""
    return outside_people.is_linked(visitor.actor())
