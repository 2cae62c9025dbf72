"""What holds for every answer and every request, whatever the page?"""

from __future__ import annotations

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from app.web import csrf, framing

MOST_FIELDS = 2000
"""Inputs of one form; the largest shipped form has about 300."""
BODY_BYTES = 1024 * 1024
UPLOAD_BYTES = 24 * 1024 * 1024
"""Two files of 10 MB and the form around them."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
HSTS = "max-age=63072000; includeSubDomains"
LASTING = frozenset({"assets.file", "assets.bootstrap", "assets.ace"})
"""Endpoints whose answers a browser may keep: nothing personal in them, and a version in their address."""


def install(app: Flask) -> None:
    """Headers on every answer, a cap on what is read of a request."""
    app.after_request(add_headers)
    app.after_request(csrf.keep)


def add_headers(response: Response) -> Response:
    """See ``HEADERS``; pages are never kept by a cache."""
    response.headers.extend(HEADERS)
    ancestors = framing.ancestors()
    if ancestors:
        response.headers["Content-Security-Policy"] = POLICY.replace(
            "frame-ancestors 'none'", f"frame-ancestors {' '.join(ancestors)}"
        )
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    if request.endpoint not in LASTING and not g.get("lasting"):
        response.headers["Cache-Control"] = "no-store"
    return response


def cap_fields() -> None:
    """Count what was posted before anything is made of it (Werkzeug counts multipart bodies only)."""
    kind = request.mimetype
    if kind == "application/x-www-form-urlencoded":
        if (request.content_length or 0) > BODY_BYTES:
            raise RequestEntityTooLarge
        request.max_form_memory_size = BODY_BYTES
        if request.get_data(cache=True).count(b"&") >= MOST_FIELDS:
            raise BadRequest
    elif kind == "multipart/form-data":
        request.max_content_length = UPLOAD_BYTES
        request.max_form_parts = MOST_FIELDS
        request.max_form_memory_size = BODY_BYTES
