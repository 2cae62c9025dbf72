"""Does this POST come from a page of ours?

Signed in: a token made from the secret of the server-side session; it never expires before the session does. Not
signed in: a signed double-submit cookie. Beside both, the browser's own word (``Origin``, ``Sec-Fetch-Site``) must not
contradict.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Response, current_app, g, request

from app.services.sessions import SignedIn
from app.web.visitor import signed_in

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "_csrf"
HEADER = "X-CSRF-Token"
COOKIE = "meernet-form"


class WrongToken(Exception):
    """The token is missing, old or of another session."""


def token() -> str:
    """The token for the forms of this page."""
    session = signed_in()
    if session is not None:
        return token_of(session)
    return _signed("cookie", _visitor_key())


def token_of(session: SignedIn) -> str:
    """The token for the pages of one session."""
    return _signed("session", session.csrf)


def check() -> None:
    """Before each request that changes something. Raises WrongToken."""
    if request.method in SAFE:
        return
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not same_origin() or not hmac.compare_digest(given.encode(), token().encode()):
        raise WrongToken


def same_origin() -> bool:
    """Whether the browser says that a page of this host sent it; old browsers say nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin.rpartition("//")[2] == request.host


def says_same_origin() -> bool:
    """The same, but silence is no."""
    return same_origin() and bool(request.headers.get("Sec-Fetch-Site") or request.headers.get("Origin"))


def keep(response: Response) -> Response:
    """After each request: hand out the visitor's key when a page used it."""
    fresh: str | None = g.get("visitor_key_fresh")
    if fresh:
        secure = current_app.config["SECURE_COOKIES"]
        response.set_cookie(COOKIE, fresh, secure=secure, httponly=True, samesite="Lax", path="/")
    return response


def visitor_key() -> str:
    """The secret of a browser in which nobody is signed in; it is made when a page first needs it."""
    return _visitor_key()


def _visitor_key() -> str:
    key: str = g.get("visitor_key") or request.cookies.get(COOKIE, "")[:100]
    if not key:
        key = secrets.token_urlsafe(24)
        g.visitor_key_fresh = key
    g.visitor_key = key
    return key


def _signed(purpose: str, secret: str) -> str:
    key = current_app.secret_key
    return hmac.new(str(key).encode(), f"csrf:{purpose}:{secret}".encode(), hashlib.sha256).hexdigest()
