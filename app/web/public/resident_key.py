"""How does a browser stay the resident's for a while, with nothing in an address?

A signed cookie that only ``/mijn`` gets, for twenty minutes after the last page; it names the case and no code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.services.errors import NotFound
from app.services.people.resident_asks import Heard
from app.services.people.resident_codes import ResidentKey
from app.web import signing, visitor

COOKIE = "meernet-mijn"
PATH = "/mijn"
SECONDS = 20 * 60


@dataclass(frozen=True, slots=True)
class Kept:
    """The key, and what was done last, to be told on the next page."""

    key: ResidentKey
    heard: Heard | None = None


def kept() -> Kept:
    """What the cookie holds. Raises ``NotFound`` without a good one."""
    try:
        case, generation, proven, heard = _serializer().loads(
            request.cookies.get(COOKIE, ""), max_age=SECONDS
        )
    except (BadSignature, ValueError, TypeError):
        raise NotFound from None
    return Kept(ResidentKey(visitor.municipality_id(), case, generation, proven), _heard(heard))


def keep(response: Response, key: ResidentKey, heard: Heard | None = None) -> Response:
    """Hand it to the browser, for another while."""
    told = [heard.what, heard.name, heard.by.isoformat() if heard.by else ""] if heard else []
    response.set_cookie(
        COOKIE,
        str(_serializer().dumps([key.case, key.generation, key.proven, told])),
        max_age=SECONDS,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=current_app.config["SECURE_COOKIES"],
    )
    return response


def forget(response: Response) -> Response:
    """Close the page on this browser."""
    response.delete_cookie(
        COOKIE, path=PATH, httponly=True, samesite="Strict", secure=current_app.config["SECURE_COOKIES"]
    )
    return response


def _heard(told: list[str]) -> Heard | None:
    if not told:
        return None
    what, name, by = told
    return Heard(what, name, date.fromisoformat(by) if by else None)


def _serializer() -> URLSafeTimedSerializer:
    return _serializer_of(signing.accepted(), visitor.municipality_id())


@lru_cache(maxsize=64)
def _serializer_of(secrets: tuple[str, ...], municipality: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secrets, salt=f"resident:{municipality}")
