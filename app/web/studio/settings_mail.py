"""From whom does mail come, and does it leave?"""

from __future__ import annotations

from flask import request

from app.engine.policy import Act
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.municipality import settings, try_mail
from app.services.municipality.try_mail import Tried
from app.texts import has, say
from app.web import visitor
from app.web.acts import act
from app.web.studio import seen
from app.web.studio.settings_steps import Page, bp, label_of, page, posted, saved


@bp.get("/afzender")
@act(Act.SETTINGS_EDIT)
def sender() -> Page:
    """Name of the sender, where answers go, and a mail to try."""
    return _shown()


@bp.post("/afzender")
@act(Act.SETTINGS_EDIT)
def save_sender() -> Page:
    """Keep them."""
    told = posted("sender_name", "reply_to")
    try:
        settings.save_sender(visitor.actor(), told["sender_name"], told["reply_to"], seen=seen.posted())
    except (Conflict, Invalid) as problem:
        return _shown(problem, told)
    return saved("sender")


@bp.post("/afzender/proef")
@act(Act.SETTINGS_EDIT)
def test_mail() -> Page:
    """Send a mail now, and show what the server said."""
    to = request.form.get("to", "")
    try:
        tried = try_mail.send(visitor.actor(), to)
    except Invalid as problem:
        return _shown(problem, to=to)
    return _shown(tried=tried, to=tried.to)


def _shown(
    problem: ServiceError | None = None,
    told: dict[str, str] | None = None,
    *,
    tried: Tried | None = None,
    to: str = "",
) -> Page:
    found = settings.show(visitor.actor())
    shown = {"sender_name": found.sender_name, "reply_to": found.reply_to}
    values = told or shown
    return page(
        "sender",
        problem,
        told=values,
        shown=shown,
        now=seen.now(problem, values, label_of),
        found=found,
        missing=try_mail.missing(),
        tried=tried,
        outcome=_outcome(tried) if tried else (),
        to=to,
    )


def _outcome(tried: Tried) -> tuple[str, ...]:
    """What happened, and what to do about it where that is known."""
    lines = [
        say(f"studio_settings.mail.{tried.outcome}", to=tried.to, sender=tried.sender, error=tried.error)
    ]
    hint = f"studio_settings.mail.hint.{tried.error}"
    if tried.error:
        lines.append(say(hint if has(hint) else "studio_settings.mail.hint", error=tried.error))
    return tuple(lines)
