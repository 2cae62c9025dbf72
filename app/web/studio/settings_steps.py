"""Which steps bring a municipality from a name to its first card, and how does each page of them look?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.answers import FieldError
from app.services.errors import ServiceError
from app.services.seen import mark
from app.texts import has, say
from app.web import visitor
from app.web.errors import sentences
from app.web.forms.showing import error_sentences
from app.web.studio import seen

bp = Blueprint("settings", __name__, url_prefix="/beheer/gemeente")
STEPS = (
    "identity",
    "places",
    "streets",
    "people",
    "points",
    "days",
    "look",
    "sender",
    "forms",
    "statements_step",
    "exercise",
)
"""In their order; each is an endpoint of this blueprint and a text ``studio_settings.step.<code>``."""
ONWARD = "_verder"
Page = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the list at its side shows it."""

    code: str
    label: str
    href: str
    current: bool


def steps(current: str = "") -> list[Step]:
    """All steps."""
    return [
        Step(code, say(f"studio_settings.step.{code}"), url_for(f"settings.{code}"), code == current)
        for code in STEPS
    ]


def page(
    code: str,
    problem: ServiceError | None = None,
    *,
    template: str = "",
    shown: Mapping[str, str] | None = None,
    now: seen.Now = (),
    **told: object,
) -> Page:
    """The page of a step, or of a part of it (``template``); with what was wrong above it, and beside its fields.

    ``shown`` is what stands there now of what the page saves: its mark goes along. ``now`` is what
    somebody else saved first.
    """
    errors: Mapping[str, str] = {}
    lines: tuple[str, ...] = ()
    if problem is not None:
        found: tuple[FieldError, ...] = getattr(problem, "errors", ())
        errors = error_sentences(found)
        lines = () if found else sentences(problem) or (say("pages.error.422.body"),)
    place = STEPS.index(code)
    html = render_template(
        f"studio/settings/{template or code}.html",
        code=code,
        steps=steps(code),
        number=place + 1,
        before=STEPS[place - 1] if place else "",
        after=STEPS[place + 1] if place + 1 < len(STEPS) else "",
        errors=errors,
        lines=lines,
        saved=request.args.get("bewaard", ""),
        seen=mark(shown) if shown is not None else "",
        now=now,
        **told,
    )
    return (html, 409 if seen.is_stale(problem) else 422) if problem is not None else html


def label_of(name: str) -> str:
    """What a setting is called on its page."""
    codes = (f"studio_settings.{name}", f"publishing.label.{name}", f"begin.{name}")
    return say(next((code for code in codes if has(code)), codes[0]))


def saved(code: str) -> Response:
    """Back to the step, or on to the next one when that was the button."""
    place = STEPS.index(code)
    if request.form.get(ONWARD) and place + 1 < len(STEPS):
        return redirect(url_for(f"settings.{STEPS[place + 1]}"))
    return redirect(url_for(f"settings.{code}", bewaard=1))


def address_of(host: str) -> str:
    """The address of another host name of this installation, as this request came in."""
    port = request.host.partition(":")[2]
    return f"{request.scheme}://{host}" + (f":{port}" if port else "")


def posted(*names: str) -> dict[str, str]:
    """Some texts of the form."""
    return {name: request.form.get(name, "").strip() for name in names}


__all__ = ["Page", "address_of", "bp", "label_of", "page", "posted", "saved", "steps", "visitor"]
