"""How does somebody say when mail comes, and get their work in a calendar of their own?"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.errors import Invalid
from app.services.follow_up import calendar_feed, mail_wishes
from app.web import visitor
from app.web.account.pages import own_page
from app.web.acts import act
from app.web.errors import sentences

bp = Blueprint("comforts", __name__)
Page = Response | str | tuple[str, int]
LONGEST_SECRET = 100


@bp.post("/account/post")
@act(Act.ACCOUNT_OWN)
def mail() -> Page:
    """When the mail of the morning comes."""
    days = [int(text) for text in request.form.getlist("day") if text.isdecimal() and len(text) == 1]
    try:
        mail_wishes.save(
            visitor.actor(),
            daily=request.form.get("daily") != "no",
            days=days,
            only_working=request.form.get("only_working") == "yes",
        )
    except Invalid as problem:
        return own_page(sentences(problem)), 422
    return redirect(url_for("account.index", klaar="mail", _anchor="post"))


@bp.post("/account/agenda")
@act(Act.ACCOUNT_OWN)
def make_feed() -> Page:
    """A new link, shown this once."""
    secret = calendar_feed.make(visitor.actor())
    return own_page(link=url_for("comforts.feed", secret=secret, _external=True))


@bp.post("/account/agenda/weg")
@act(Act.ACCOUNT_OWN)
def revoke_feed() -> Page:
    """The link is dead."""
    calendar_feed.revoke(visitor.actor())
    return redirect(url_for("account.index", klaar="agenda", _anchor="agenda"))


@bp.get("/agenda/<secret>.ics")
@act(Act.PAGE_PUBLIC)
def feed(secret: str) -> Response:
    """What a calendar reads; without a session, with the secret of the link."""
    found = calendar_feed.read(visitor.municipality_id(), secret[:LONGEST_SECRET])
    answer = make_response(found)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
