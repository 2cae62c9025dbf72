"""The guide for authors: how do I write it?"""

from __future__ import annotations

from functools import cache

from flask import Blueprint, redirect, render_template, url_for
from markdown_it import MarkdownIt
from markupsafe import Markup
from werkzeug import Response

from app.definitions.guide_pages import GuidePage, pages
from app.engine.policy import Act
from app.services.errors import NotFound
from app.web.acts import act
from app.web.shell import plain_markup

bp = Blueprint("guide", __name__, url_prefix="/beheer/gids")


@bp.get("")
@act(Act.DEFINITIONS_READ)
def index() -> Response:
    """The first page."""
    return redirect(url_for("guide.page", page_id=pages()[0].id))


@bp.get("/<page_id>")
@act(Act.DEFINITIONS_READ)
def page(page_id: str) -> str:
    """One page of the guide. Raises ``NotFound``."""
    found = {item.id: item for item in pages()}
    if page_id not in found:
        raise NotFound
    here = found[page_id]
    order = list(found.values())
    after = order[order.index(here) + 1 :][:1]
    return render_template("studio/guide.html", pages=order, page=here, body=_drawn(here), after=after)


@cache
def _drawn(found: GuidePage) -> Markup:
    """The markup of a page: ours from the first letter to the last, so it is not escaped again. Tables scroll on their
    own, by keyboard too."""
    drawn = str(MarkdownIt("commonmark", {"html": False}).enable("table").render(found.text))
    drawn = drawn.replace(
        "<table>", '<div class="table-wrap" tabindex="0" role="region"><table class="list">'
    )
    return plain_markup(drawn.replace("</table>", "</table></div>"))
