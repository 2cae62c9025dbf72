"""How does the page after submitting know what to show, without anything personal in its address?

The receipt travels in a signed cookie that only that page gets, for one day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import Response, current_app, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.definitions.model.forms import Form
from app.services.intake.submit_form import Receipt
from app.services.municipality import openings
from app.services.people import resident_links
from app.services.people.resident_links import OwnPage
from app.web import signing, visitor

SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class ShownReceipt:
    """What the receipt page tells."""

    number: str
    title: str
    received_at: datetime
    contact: str
    phone: str
    contact_by: date | None
    code: str
    case: str
    prints: tuple[str, ...]
    more: str = ""
    seat: str = ""
    """For a session: ``placed`` or ``waiting``."""
    resident_code: str = ""
    """For the page of who it is about."""
    warned: tuple[str, ...] = ()
    """What was warned of, and sent all the same."""
    beside: tuple[str, str] | None = None
    """Address and title of the form that lies ready now, blank and without a link to this one."""
    read_on: date | None = None
    """When somebody reads it, where that is not today."""

    @property
    def own(self) -> OwnPage | None:
        """What the resident takes along."""
        return resident_links.own_page(self.number, self.resident_code) if self.resident_code else None


def go(receipt: Receipt, *, more: str = "", beside: tuple[str, str] | None = None) -> Response:
    """Redirect to the receipt page. ``more``: where they fill in another one; ``beside``: ``ShownReceipt.beside``."""
    path = url_for("public.receipt", number=receipt.number)
    answer = redirect(path)
    answer.set_cookie(
        "meernet-ontvangst",
        str(_serializer().dumps({**_packed(receipt), "more": more, "beside": beside})),
        max_age=SECONDS,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SECURE_COOKIES"],
    )
    return answer  # type: ignore[return-value]  # flask.redirect makes our response class


def beside(form: Form) -> tuple[str, str] | None:
    """Address and title of the form that lies ready on the same device after ``form``, as far as it can be filled in
    without an account."""
    found = visitor.live().forms.get(form.beside)
    if found is None or not (found.form.unlinked or openings.WITHOUT_ACCOUNT & set(found.form.audience)):
        return None
    endpoint = "sheets.form" if found.form.unlinked else "public.form"
    return url_for(endpoint, form_id=found.form.id), found.form.title


def kept(number: str) -> ShownReceipt | None:
    """The receipt of ``number`` that this browser was given; ``None`` otherwise."""
    try:
        packed = _serializer().loads(request.cookies.get("meernet-ontvangst", ""), max_age=SECONDS)
    except BadSignature:
        return None
    return _unpacked(packed) if packed.get("number") == number else None


def shown(receipt: Receipt) -> ShownReceipt:
    """The receipt as the answer itself, where no cookie can carry it."""
    return _unpacked(_packed(receipt))


def _unpacked(packed: Mapping[str, Any]) -> ShownReceipt:
    return ShownReceipt(
        **{
            **packed,
            "received_at": datetime.fromisoformat(packed["received_at"]),
            "contact_by": _day(packed["contact_by"]),
            "read_on": _day(packed.get("read_on", "")),
            "prints": tuple(packed["prints"]),
            "warned": tuple(packed.get("warned", ())),
            "beside": tuple(found) if (found := packed.get("beside")) else None,
        }
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _packed(receipt: Receipt) -> dict[str, object]:
    return {
        "number": receipt.number,
        "title": receipt.form_title,
        "received_at": receipt.received_at.isoformat(),
        "contact": receipt.contact.name,
        "phone": receipt.contact.phone,
        "contact_by": receipt.contact_by.isoformat() if receipt.contact_by else "",
        "code": receipt.status_code,
        "case": receipt.case,
        "prints": list(receipt.prints),
        "resident_code": receipt.resident_code,
        "seat": receipt.seat,
        "warned": list(receipt.warned),
        "read_on": receipt.read_on.isoformat() if receipt.read_on else "",
    }


def _serializer() -> URLSafeTimedSerializer:
    return _serializer_of(signing.accepted())


@lru_cache(maxsize=4)
def _serializer_of(secrets: tuple[str, ...]) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secrets, salt="receipt")
