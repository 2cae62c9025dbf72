"""How does what somebody typed survive a session that ended?

The values travel through the sign-in page as hidden fields, and are sent once more after a press on a button. Only for
requests that the browser says came from a page of ours.
"""

from __future__ import annotations

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import HTTPException

from app.web import csrf, signing

PREFIX = "r:"
NEVER = frozenset({csrf.FIELD, "password", "new_password", "back"})
Kept = list[tuple[str, str]]


def posted() -> Kept:
    """All posted texts except secrets and tokens."""
    return [(name, text) for name, texts in request.form.lists() if name not in NEVER for text in texts]


def typed() -> Kept:
    """The same, nothing when the request itself could not be read."""
    try:
        return posted()
    except HTTPException:
        return []


def carried() -> Kept:
    """What the sign-in page carried along."""
    return [
        (name.removeprefix(PREFIX), text)
        for name, texts in request.form.lists()
        if name.startswith(PREFIX)
        for text in texts
    ]


def signed_path(path: str) -> str:
    """``path`` in a form that only we can make."""
    return str(_serializer().dumps(path))


def path_of(signed: str) -> str:
    """The path; ``/`` for anything we did not sign."""
    try:
        path = _serializer().loads(signed)
    except BadSignature:
        return "/"
    return path if isinstance(path, str) and path.startswith("/") and not path.startswith("//") else "/"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(signing.accepted(), salt="back")
