"""How is a way of looking at the queue kept, renamed, shared and forgotten?"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.services.errors import Invalid
from app.services.tasks import saved_views
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.queue import address

bp = Blueprint("views", __name__, url_prefix="/werk/weergaven")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.QUEUE_READ)
def index() -> Page:
    """My views, to rename, share or remove; and the one at hand, to keep."""
    return _page()


@bp.post("")
@act(Act.QUEUE_READ)
def save() -> Page:
    """Keep the view at hand."""
    chosen = address.choice_of(request.form)

    def keep() -> Response:
        saved_views.save(
            visitor.actor(),
            request.form.get("naam", ""),
            chosen,
            shared=request.form.get("delen") == "1",
            first=request.form.get("eerst") == "1",
        )
        return redirect(address.of(chosen))

    return _tried(keep)


@bp.post("/<view_id>")
@act(Act.QUEUE_READ)
def change(view_id: str) -> Page:
    """Rename it, share it, begin with it, or forget it."""

    def do() -> Response:
        who = visitor.actor()
        if request.form.get("_do") == "remove":
            saved_views.remove(who, view_id)
        else:
            saved_views.change(
                who,
                view_id,
                name=request.form.get("naam", ""),
                shared=request.form.get("delen") == "1",
                first=request.form.get("eerst") == "1",
            )
        return redirect(url_for("views.index"))

    return _tried(do)


def _tried(do: Callable[[], Response]) -> Page:
    try:
        return do()
    except Invalid as problem:
        return _page(sentences(problem)), 422


def _page(lines: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    asked = request.values.get("van", "")
    chosen = address.choice_of(request.values) if asked else None
    return render_template(
        "queue/views.html",
        views=[view for view in saved_views.of(who) if view.mine],
        chosen=chosen,
        args=address.args_of(chosen) if chosen else {},
        words=saved_views.words(who, chosen) if chosen else (),
        may_share=may_ever(who, Act.OVERVIEW_READ),
        lines=lines,
        typed=request.form.get("naam", ""),
        address=address,
    )
