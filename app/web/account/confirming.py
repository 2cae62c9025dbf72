"""How does who is signed in show once more who they are, before something grave?"""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.access import passkeys
from app.web import replay, visitor
from app.web.account import passkey_place
from app.web.account.locking import opened, proven
from app.web.account.pages import signed_out
from app.web.acts import act

bp = Blueprint("confirming", __name__)
Page = Response | str | tuple[str, int]


@bp.get("/bevestig")
@act(Act.ACCOUNT_OWN)
def ask() -> Page:
    """Ask for the password, a code or a passkey."""
    return _page(request.args.get("back", ""), [])


@bp.post("/bevestig")
@act(Act.ACCOUNT_OWN)
def confirm() -> Page:
    """Given: back to what was being done."""
    back, kept = request.form.get("back", ""), replay.carried()
    return proven(back, kept, ended=signed_out, wrong=lambda lines: (_page(back, kept, lines), 422))


@bp.post("/bevestig/passkey")
@act(Act.ACCOUNT_OWN)
def by_passkey() -> Page:
    """The same with a passkey; a script goes on."""
    place, told = passkey_place.here(), passkey_place.answer()
    key = passkeys.prove(visitor.municipality_id(), visitor.session_key(), place, told)
    return opened(key, passkey_place.told("back"), [])


def _page(back: str, kept: replay.Kept, lines: tuple[str, ...] = ()) -> str:
    posts = bool(request.form.get("posts"))
    return render_template(
        "account/confirm.html", back=back, kept=kept, lines=lines, files=False, posts=posts
    )
