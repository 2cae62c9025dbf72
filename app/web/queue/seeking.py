"""Where is that case? What was typed never stands in an address as it is: it is sealed for the one who typed it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.errors import Invalid
from app.services.tasks import sealed_words, search
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.queue import address

bp = Blueprint("seeking", __name__, url_prefix="/werk")
Page = Response | str | tuple[str, int]


@bp.post("/zoeken")
@act(Act.CASE_FIND)
def look() -> Page:
    """Look for it: an address of one's own, to come back to."""
    words = sealed_words.sealed(visitor.actor(), request.form.get("zoek", "")[: search.LONGEST])
    return redirect(url_for("seeking.found", z=words))


@bp.get("/gevonden")
@act(Act.CASE_FIND)
def found() -> Page:
    """What was found, and why."""
    text = sealed_words.opened(visitor.actor(), request.args.get("z", "")[:1000])
    try:
        result = search.find(visitor.actor(), text)
    except Invalid as problem:
        return _page(text, None, sentences(problem)), 422
    return _page(text, result)


def _page(text: str, result: search.Search | None, lines: tuple[str, ...] = ()) -> str:
    return render_template("queue/found.html", text=text, found=result, lines=lines, address=address)
