"""WEB: the only home of HTTP and WTForms. Blueprints by audience, forms made from definitions.

May import: jobs, services and the core types of engine and definitions; never storage, reporting, documents
or channels directly. ``web/errors.py`` maps service errors to pages, once. Enter by :func:`install`.
"""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Put all pages on ``app``; imported here so that a room that only wants ``web.forms`` loads no blueprint."""
    from app.web import routes  # noqa: PLC0415

    routes.install(app)
