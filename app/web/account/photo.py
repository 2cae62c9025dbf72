"""How does the picture of a contact person get on the card: put there by themselves, or by who looks after staff?"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.errors import Invalid, NotFound
from app.services.staff import photos
from app.web import visitor
from app.web.acts import act
from app.web.forms.showing import error_sentences

bp = Blueprint("photo", __name__, url_prefix="/foto")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.ACCOUNT_OWN)
def own() -> Page:
    """One's own photo."""
    return redirect(url_for("photo.show", account=visitor.actor().account))


@bp.get("/<account>")
@act(Act.ACCOUNT_OWN)
def show(account: str) -> Page:
    """The photo as it stands on the card."""
    return _page(account)


@bp.post("/<account>")
@act(Act.ACCOUNT_OWN)
def save(account: str) -> Page:
    """Take another one."""
    file = request.files.get(photos.FIELD)
    try:
        photos.save(visitor.actor(), account, file.read() if file else b"")
    except Invalid as problem:
        return _page(account, problem), 422
    return redirect(url_for("photo.show", account=account, klaar=1))


@bp.post("/<account>/weg")
@act(Act.ACCOUNT_OWN)
def remove(account: str) -> Page:
    """Take it away."""
    photos.remove(visitor.actor(), account)
    return redirect(url_for("photo.show", account=account, klaar=1))


@bp.get("/<account>/foto.svg")
@act(Act.ACCOUNT_OWN)
def picture(account: str) -> Response:
    """The picture itself; it may change, so that the browser asks again."""
    answer = make_response(photos.shown(visitor.actor(), account))
    answer.headers["Content-Type"] = "image/svg+xml"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _page(account: str, problem: Invalid | None = None) -> str:
    who = visitor.actor()
    photos.demand(who, account)
    worker = visitor.world().staffing.workers.get(account)
    if worker is None or not worker.active:
        raise NotFound
    return render_template(
        "account/photo.html",
        worker=worker,
        own=account == who.account,
        there=photos.has_one(who.municipality, account),
        done=request.args.get("klaar"),
        errors=error_sentences(problem.errors) if problem else {},
    )
