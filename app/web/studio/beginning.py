"""How does an administrator begin a new form or process?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.definitions import begin_definition
from app.services.definitions.begin_definition import ACTION, CASE, FLOW, Beginning
from app.services.errors import Invalid
from app.web import visitor
from app.web.acts import act

bp = Blueprint("beginning", __name__, url_prefix="/beheer/nieuw")
Page = Response | str | tuple[str, int]


@bp.get("/formulier")
@act(Act.DEFINITIONS_EDIT)
def form() -> Page:
    """A title and a name."""
    return _page(Beginning(CASE, "", ""))


@bp.post("/formulier")
@act(Act.DEFINITIONS_EDIT)
def make_form() -> Page:
    """Begin it and go on in the editor."""
    return _made(Beginning(ACTION if request.form.get("use") == ACTION else CASE, *_called()))


@bp.get("/proces")
@act(Act.DEFINITIONS_EDIT)
def flow() -> Page:
    """A title, a name and for which form."""
    return _page(Beginning(FLOW, "", ""))


@bp.post("/proces")
@act(Act.DEFINITIONS_EDIT)
def make_flow() -> Page:
    """Begin it and go on in the editor."""
    return _made(Beginning(FLOW, *_called(), request.form.get("of", "")))


def _called() -> tuple[str, str]:
    return request.form.get("id", "").strip(), request.form.get("title", "").strip()


def _made(new: Beginning) -> Page:
    try:
        path = begin_definition.begin(visitor.actor(), new)
    except Invalid as refused:
        return _page(new, {error.field: error.code for error in refused.errors}), 422
    return redirect(url_for("editor.open", path=path), 303)


def _page(new: Beginning, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "studio/new.html", new=new, errors=errors or {}, forms=begin_definition.forms(visitor.actor())
    )
