"""How does an administrator say which other systems hear of events, and see whether they did?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.cases.announce import EVENTS
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.follow_up.webhooks import SENT
from app.services.municipality import webhook_settings
from app.services.municipality.webhook_settings import Made
from app.texts import has, say
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences, status_of
from app.web.forms.showing import error_sentences, minted
from app.web.posting import token_of

bp = Blueprint("webhooks", __name__, url_prefix="/beheer/meldingen")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.OUTSIDE_EDIT)
def index() -> Page:
    """The receivers, and what came of telling them."""
    return _page()


@bp.post("")
@act(Act.OUTSIDE_EDIT)
def add() -> Page:
    """One more; its secret is shown this once."""
    url, events = request.form.get("url", ""), request.form.getlist("events")
    try:
        made = webhook_settings.add(visitor.actor(), url, events, token=token_of())
    except (Conflict, Invalid) as problem:
        return _page(problem, url=url, events=events), status_of(problem)
    return _page(made=made)


@bp.post("/<hook>/geheim")
@act(Act.OUTSIDE_EDIT)
def rotate(hook: str) -> Page:
    """Another secret, shown this once."""
    return _page(made=webhook_settings.rotate(visitor.actor(), hook))


@bp.post("/<hook>/proef")
@act(Act.OUTSIDE_EDIT)
def test(hook: str) -> Page:
    """Tell it now that this is a test."""
    return _page(tried=webhook_settings.test(visitor.actor(), hook))


@bp.post("/<hook>/hervat")
@act(Act.OUTSIDE_EDIT)
def resume(hook: str) -> Page:
    """Tell it again."""
    webhook_settings.resume(visitor.actor(), hook)
    return redirect(url_for("webhooks.index", bewaard=1))


@bp.post("/<hook>/weg")
@act(Act.OUTSIDE_EDIT)
def remove(hook: str) -> Page:
    """Tell it nothing any more."""
    webhook_settings.remove(visitor.actor(), hook)
    return redirect(url_for("webhooks.index", bewaard=1))


def outcome(code: str) -> str:
    """What came of it, in words."""
    if code.startswith("status_"):
        return say("webhooks.outcome.status", status=code.removeprefix("status_"))
    found = f"webhooks.outcome.{code}"
    return say(found if has(found) else "webhooks.outcome.other", code=code)


def _page(
    problem: ServiceError | None = None,
    *,
    made: Made | None = None,
    tried: str = "",
    url: str = "",
    events: list[str] | None = None,
) -> str:
    return render_template(
        "studio/outside/webhooks.html",
        hooks=webhook_settings.show(visitor.actor()),
        hosts=webhook_settings.hosts(),
        all_events=EVENTS,
        url=url,
        events=EVENTS if events is None else events,
        made=made,
        token=minted(),
        tried=outcome(tried) if tried else "",
        went=tried == SENT,
        outcome=outcome,
        errors=error_sentences(problem.errors) if isinstance(problem, Invalid) else {},
        lines=sentences(problem) if isinstance(problem, Conflict) else (),
        saved=request.args.get("bewaard", ""),
    )
