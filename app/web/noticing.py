"""What did this page tell about the data? Its words travel with the form, signed, and are kept with what is sent."""

from __future__ import annotations

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from app.definitions.model.forms import Form
from app.services.definitions.catalogs import FormVersion
from app.services.municipality import notices
from app.services.municipality.notices import Notice
from app.web import signing, visitor

FIELD = "_notice"
MOST_SIGNED = 500
_signed: dict[tuple[tuple[str, ...], str], str] = {}
"""By key and digest: the same words are signed once a process."""


def notice_of(version: FormVersion) -> Notice:
    """What is told with a form; the same for everybody who sees it."""
    return notices.notice(visitor.world(), visitor.live(), version)


def carried(told: Notice) -> tuple[str, str]:
    """The hidden input that brings the words back."""
    key = (signing.accepted(), told.digest)
    found = _signed.get(key)
    if found is None:
        if len(_signed) >= MOST_SIGNED:
            _signed.clear()
        found = _signed[key] = str(_serializer().dumps([told.form, told.text]))
    return FIELD, found


def brought(form: Form) -> str:
    """The words that stood on the page this was posted from; empty when it does not say so in our hand."""
    try:
        of, text = _serializer().loads(request.form.get(FIELD, ""))
    except (BadSignature, ValueError, TypeError):
        return ""
    return str(text) if of == form.id else ""


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(signing.accepted(), salt="notice")
