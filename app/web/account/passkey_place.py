"""Where is a passkey good? On the hosts that were said to be ours, never on whatever a request calls itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, request
from werkzeug.sansio.utils import host_is_trusted

from app.services.access.passkeys import Place
from app.services.errors import Invalid, NotFound
from app.services.municipality import municipalities
from app.web import visitor

LOCAL = "localhost"
"""The one name a browser takes without https: for who tries Meernet on their own machine."""


def here() -> Place:
    """Raises ``NotFound`` on a host that nobody said is ours."""
    name = request.host.partition(":")[0].lower()
    hosts = [
        *municipalities.hosts_of(visitor.municipality_id()),
        *(current_app.config["TRUSTED_HOSTS"] or ()),
    ]
    if not host_is_trusted(name, hosts) and (name != LOCAL or current_app.config["SECURE_COOKIES"]):
        raise NotFound
    scheme = "https" if current_app.config["SECURE_COOKIES"] else request.scheme
    return Place(name, f"{scheme}://{request.host}")


def answer() -> Mapping[str, Any]:
    """What the browser's passkey gave back. Raises ``Invalid``."""
    told = request.get_json(silent=True)
    found = told.get("passkey") if isinstance(told, dict) else None
    if not isinstance(found, dict):
        raise Invalid("passkey_wrong")
    return found


def told(name: str) -> str:
    """Another text beside it."""
    given = request.get_json(silent=True)
    text = given.get(name) if isinstance(given, dict) else None
    return text if isinstance(text, str) else ""
