"""On every page of who reads in an emergency: that they do, and how long still.

A mark in the browser says that it may be so; the database says whether it is. Who never read in an emergency costs
nothing.
"""

from __future__ import annotations

from flask import Response, current_app, g, request

from app.services.cases import emergency_read
from app.services.cases.emergency_read import Running
from app.web import visitor

LASTS_S = 3600


def shown() -> list[Running]:
    """What is read in an emergency by who looks, for the bar on the page; asked once a request."""
    if "emergency_bar" not in g:
        marked = request.cookies.get(_name()) is not None and visitor.is_signed_in()
        g.emergency_bar = emergency_read.running(visitor.actor()) if marked else []
    found: list[Running] = g.emergency_bar
    return found


def keep(response: Response) -> Response:
    """Remember that somebody reads in an emergency in the browser that gets ``response``."""
    response.set_cookie(
        _name(),
        "1",
        max_age=LASTS_S,
        secure=current_app.config["SECURE_COOKIES"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def forget(response: Response) -> Response:
    """It does no longer."""
    response.delete_cookie(
        _name(), secure=current_app.config["SECURE_COOKIES"], httponly=True, samesite="Lax", path="/"
    )
    return response


def _name() -> str:
    return "__Host-meernet-nood" if current_app.config["SECURE_COOKIES"] else "meernet-nood"
