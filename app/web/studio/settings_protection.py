"""Who must prove who they are with more than a password, and when does a screen lock itself?"""

from __future__ import annotations

from flask import redirect, render_template, request, url_for

from app.engine.policy import Act
from app.services.access import protection
from app.services.errors import Conflict, Invalid
from app.services.seen import mark
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.studio import seen, staff_words
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
        protection.save(visitor.actor(), roles, minutes, seen=seen.posted())
    except Invalid as problem:
        return _page(sentences(problem)), 422
    except Conflict as problem:
        return _page(sentences(problem), _now(problem, roles, minutes)), 409
    return redirect(url_for("settings.protection", bewaard=1))


def _page(lines: tuple[str, ...] = (), now: seen.Now = ()) -> str:
    found = protection.show(visitor.actor())
    form = request.form
    return render_template(
        "studio/settings/protection.html",
        chosen=form.getlist("role") if lines else found.roles,
        minute=form.get("minutes", "") if lines else str(found.minutes),
        seen=mark(found.shown),
        now=now,
        roles=protection.ROLES,
        minutes=protection.MINUTES,
        words=staff_words,
        lines=lines,
        saved=request.args.get("bewaard", ""),
    )


def _now(problem: Conflict, roles: list[str], minutes: str) -> seen.Now:
    """What somebody else saved."""
    known = [role for role in protection.ROLES if role in roles]
    typed = {protection.SECOND_STEP: " ".join(known), protection.LOCK: minutes}
    words = {
        protection.SECOND_STEP: "signing_in.settings.roles",
        protection.LOCK: "signing_in.settings.minutes",
    }
    found = seen.now(problem, typed, lambda name: name)
    return tuple((say(words[name]), _told(name, text)) for name, text in found)


def _told(name: str, text: str) -> str:
    if name == protection.SECOND_STEP:
        return ", ".join(staff_words.role_label(role) for role in text.split())
    return say("signing_in.settings.minutes_one", n=int(text))
