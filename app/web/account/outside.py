"""How does somebody sign in at the provider of their organisation, and connect their account with it?"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.access import outside_sign_in, outside_told
from app.services.access.outside_sign_in import Going, Refused
from app.web import csrf, elsewhere, replay, visitor
from app.web.account.locking import POSTS
from app.web.account.pages import onward
from app.web.acts import act

bp = Blueprint("outside", __name__)
Page = Response | str | tuple[str, int]
CAME = ("state", "code", "iss", "error")
LONGEST = 4000


@bp.post("/aanmelden/elders")
@act(Act.PAGE_PUBLIC)
def begin() -> Page:
    """Off to the provider; what was typed before the session ended waits here."""
    back, kept = request.form.get("back", ""), replay.carried()
    again = visitor.is_signed_in() or visitor.half() is not None
    pressed = bool(kept) or POSTS in request.form
    return _off(Going(back=back, again=again, pressed=pressed, kept=tuple(kept)))


@bp.post("/account/koppelen")
@act(Act.ACCOUNT_OWN)
def connect() -> Page:
    """Off to the provider, to be known by it from now on."""
    return _off(
        Going(back=replay.signed_path(url_for("account.index")), link=visitor.actor().account, again=True)
    )


@bp.get("/aanmelden/terug")
@act(Act.PAGE_PUBLIC)
def back() -> Page:
    """Back from the provider."""
    came = {name: request.args[name][:LONGEST] for name in CAME if name in request.args}
    try:
        found = outside_sign_in.finish(
            visitor.municipality_id(), csrf.visitor_key(), came, visitor.browser(), visitor.session_key()
        )
    except Refused as refused:
        return _refused(refused)
    return onward(found.entered, found.back, list(found.kept), pressed=found.pressed)


@bp.get("/aanmelden/afgemeld")
@act(Act.PAGE_PUBLIC)
def signed_out() -> Page:
    """Signed out here; where there is a door for it, one press signs out at the provider too."""
    way = outside_sign_in.way_out(visitor.municipality_id()) if elsewhere.offer() else ""
    if not way or visitor.is_signed_in():
        return redirect(url_for("account.sign_in"))
    return render_template("account/signed_out.html", way=way, label=elsewhere.offer())


def _off(going: Going) -> Page:
    town = visitor.municipality_id()
    home = outside_told.home_of(town)
    if (
        urlsplit(home).hostname != request.host.partition(":")[0]
    ):  # the way back leads there, and so must the browser's own key
        return redirect(home + url_for("account.sign_in"))
    try:
        url = outside_sign_in.begin(town, csrf.visitor_key(), going, visitor.browser())
    except Refused as refused:
        return _refused(refused)
    # no redirect: a page here may send its forms to this host only, and that holds for where they lead as well
    return make_response(render_template("account/leaving.html", url=url, label=elsewhere.offer()))


def _refused(refused: Refused) -> tuple[str, int]:
    status = {"down": 503, outside_sign_in.TOO_MANY: 429}.get(refused.code, 403)
    return render_template("account/outside_refused.html", refused=refused), status
