"""Who must prove who they are with more than a password, and when does a screen lock itself?"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from app.engine.policy import Act
from app.services.access import protection
from app.services.errors import Invalid
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.studio import staff_words
from app.web.studio.settings_steps import Page, bp


@bp.get("/aanmelden", endpoint="protection")
@act(Act.SETTINGS_EDIT)
def show() -> Page:
    """What holds now."""
    return _page()


@bp.post("/aanmelden")
@act(Act.SETTINGS_EDIT)
def save_protection() -> Page:
    """Keep it; it holds from everybody's next sign-in on."""
    roles, minutes = request.form.getlist("role"), request.form.get("minutes", "")
    try:
        protection.save(visitor.actor(), roles, minutes)
    except Invalid as problem:
        return _page(sentences(problem)), 422
    return redirect(url_for("settings.protection", bewaard=1))


def _page(lines: tuple[str, ...] = ()) -> str:
    return render_template(
        "studio/settings/protection.html",
        found=protection.show(visitor.actor()),
        roles=protection.ROLES,
        minutes=protection.MINUTES,
        words=staff_words,
        lines=lines,
        saved=request.args.get("bewaard", ""),
    )
