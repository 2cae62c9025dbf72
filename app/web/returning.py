"""Where does somebody go after a small job? Back to where they came from, and only within this house."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

BACK = "terug"
LONGEST = 400


def path() -> str:
    """The path in ``terug`` (of the address or the form); empty when it is none of ours."""
    text = (request.form.get(BACK) or request.args.get(BACK) or "")[:LONGEST]
    parts = urlsplit(text)
    inside = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc
    return text if inside and text.isprintable() else ""


def from_page() -> str:
    """The path of the page of ours that a script asked from; ``/`` when the browser does not say."""
    parts = urlsplit(request.referrer or "")
    here = parts.netloc == request.host and parts.path.startswith("/") and not parts.path.startswith("//")
    return parts.path if here and parts.path.isprintable() else "/"
