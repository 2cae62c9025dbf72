"""Does this POST come from a page of ours?

Signed in: a token made from the secret of the server-side session; it never expires before the session does. Not
signed in: a signed double-submit cookie. Beside both, the browser's own word (``Origin``, ``Sec-Fetch-Site``) must not
contradict.

A form in a frame on somebody else's page has no cookie at all: browsers keep none for a third party. Its token is
signed with the form and the hour it was made, and there the browser must say that a page of ours sent it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Response, current_app, g, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.services.access.sessions import SignedIn
from app.web import signing
from app.web.visitor import half, is_framed, signed_in

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "_csrf"
HEADER = "X-CSRF-Token"
COOKIE = "meernet-form"
FRAMED_SECONDS = 24 * 3600
ONLY_ASKS = frozenset({"places.look_up"})
"""Endpoints whose POST changes nothing and answers everybody the same: only the browser's own word is asked."""


class WrongToken(Exception):
    """The token is missing, old or of another session."""


def token() -> str:
    """The token for the forms of this page."""
    if is_framed():
        return str(_framed().dumps([_form(), _visitor_key()]))
    session = signed_in() or half()
    if session is not None:
        return token_of(session)
    return _signed("cookie", _visitor_key())


def token_of(session: SignedIn) -> str:
    """The token for the pages of one session."""
    return _signed("session", session.csrf)


def check() -> None:
    """Before each request that changes something. Raises WrongToken."""
    if request.method in SAFE or request.endpoint is None:  # no such page or method: routing answers
        return
    if request.endpoint in ONLY_ASKS and says_same_origin():
        return
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if is_framed():
        _check_framed(given)
    elif not same_origin() or not any(_matches(given, key) for key in signing.accepted()):
        raise WrongToken


def _matches(given: str, key: str) -> bool:
    session = signed_in() or half()
    told = ("cookie", _visitor_key()) if session is None else ("session", session.csrf)
    return hmac.compare_digest(given.encode(), _signed(*told, key).encode())


def _check_framed(given: str) -> None:
    """The token was made for this form, less than a day ago, and a page of ours sent it. Raises WrongToken."""
    try:
        form, key = _framed().loads(given, max_age=FRAMED_SECONDS)
    except (BadSignature, ValueError, TypeError):
        raise WrongToken from None
    if form != _form() or not says_same_origin():
        raise WrongToken
    g.visitor_key = str(key)  # what was uploaded from this page is still its own


def _form() -> str:
    return str((request.view_args or {}).get("form_id", ""))


def _framed() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(signing.accepted(), salt="framed")


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
        response.set_cookie(_cookie_name(), fresh, secure=secure, httponly=True, samesite="Lax", path="/")
    return response


def visitor_key() -> str:
    """The secret of a browser in which nobody is signed in; it is made when a page first needs it."""
    return _visitor_key()


def _cookie_name() -> str:
    """``__Host-`` binds it to this host and to https; without https browsers refuse it."""
    return f"__Host-{COOKIE}" if current_app.config["SECURE_COOKIES"] else COOKIE


def _visitor_key() -> str:
    kept = "" if is_framed() else request.cookies.get(_cookie_name(), "")[:100]
    key: str = g.get("visitor_key") or kept
    if not key:
        key = secrets.token_urlsafe(24)
        g.visitor_key_fresh = "" if is_framed() else key
    g.visitor_key = key
    return key


def _signed(purpose: str, secret: str, key: str = "") -> str:
    key = key or signing.accepted()[-1]
    return hmac.new(key.encode(), f"csrf:{purpose}:{secret}".encode(), hashlib.sha256).hexdigest()
