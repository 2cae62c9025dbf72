"""How does a screen at the desk close at once, and open again on the same page with nothing lost?

The session itself is locked: no tab and no copy of the cookie reads anything until a password, a code or a passkey
opens it. With a script the page stays where it is, covered; without one there is a page that leads back.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.services.access import passkeys, sessions, signing_in
from app.services.errors import Invalid
from app.web import csrf, replay, returning, visitor
from app.web.account import passkey_place
from app.web.account.pages import as_json, signed_out
from app.web.acts import act
from app.web.errors import sentences, wants_json

bp = Blueprint("locking", __name__)
POSTS = "posts"
"""Said by the page when what waits was a press of a button, though nothing was typed."""
Page = Response | str | tuple[str, int]


@bp.post("/vergrendel")
@act(Act.PAGE_PUBLIC)
def lock() -> Page:
    """Close the screen, on the server too."""
    if visitor.is_signed_in():
        sessions.lock(visitor.municipality_id(), visitor.session_key())
    if wants_json():
        return make_response("", 204)
    return redirect(url_for("locking.locked", back=replay.signed_path(returning.path() or "/")))


@bp.get("/vergrendeld")
@act(Act.PAGE_PUBLIC)
def locked() -> Page:
    """Ask who sits there."""
    back = request.args.get("back", "")
    if visitor.is_signed_in():
        return redirect(replay.path_of(back))
    if not _is_locked():
        return redirect(url_for("account.sign_in", back=back))
    return render_template("account/locked.html", back=back, kept=(), lines=())


@bp.get("/vergrendeld/stand")
@act(Act.PAGE_PUBLIC)
def state() -> Page:
    """For a script: whether the screen is open, closed, or the session over; and whose it is, when it is open."""
    state = "open" if visitor.is_signed_in() else "locked" if _is_locked() else "over"
    return jsonify(state=state, who=visitor.actor().account)


@bp.post("/ontgrendel")
@act(Act.PAGE_PUBLIC)
def unlock() -> Page:
    """Open it with a password or a code."""
    back, kept = request.form.get("back", ""), replay.carried()
    if not _is_locked() and not visitor.is_signed_in():
        return _over(back, kept)
    return proven(
        back, kept, ended=lambda: _over(back, kept), wrong=lambda lines: _still_locked(back, kept, lines)
    )


@bp.post("/ontgrendel/passkey/vraag")
@act(Act.PAGE_PUBLIC)
def passkey_options() -> Page:
    """What the browser signs to open it with a passkey."""
    return as_json(passkeys.ask(visitor.municipality_id(), passkey_place.here()))


@bp.post("/ontgrendel/passkey")
@act(Act.PAGE_PUBLIC)
def unlock_by_passkey() -> Page:
    """Open it with a passkey."""
    if not _is_locked() and not visitor.is_signed_in():
        return _over("", [])
    place, told = passkey_place.here(), passkey_place.answer()
    key = passkeys.prove(visitor.municipality_id(), visitor.session_key(), place, told)
    return opened(key, passkey_place.told("back"), [])


@bp.post("/vergrendeld/afmelden")
@act(Act.PAGE_PUBLIC)
def leave() -> Page:
    """Sign out: somebody else sits down here."""
    return signed_out()


def proven(
    back: str, kept: replay.Kept, *, ended: Callable[[], Page], wrong: Callable[[tuple[str, ...]], Page]
) -> Page:
    """On with who typed their password or code; else ``wrong`` with what to say, or after too many tries ``ended``."""
    town, typed = visitor.municipality_id(), request.form.get("password", "")
    try:
        key = signing_in.prove(town, visitor.session_key(), typed, visitor.browser())
    except Invalid as problem:
        return ended() if problem.code == signing_in.ENDED else wrong(sentences(problem))
    return opened(key, back, kept)


def opened(key: str, back: str, kept: replay.Kept) -> Response:
    """On with the session under its new key: for a script, or back to where one was, with what was typed."""
    if wants_json():
        answer = jsonify(where=replay.path_of(back))
    elif kept or request.form.get(POSTS):
        found = sessions.load(visitor.municipality_id(), key)
        token = csrf.token_of(found) if found else ""
        answer = make_response(
            render_template("replay.html", kept=kept, path=replay.path_of(back), token=token)
        )
    else:
        answer = make_response(redirect(replay.path_of(back)))
    visitor.keep_session(answer, key)
    return answer


def _still_locked(back: str, kept: replay.Kept, lines: tuple[str, ...]) -> Page:
    if wants_json():
        return make_response(jsonify(lines=lines), 422)
    posts = bool(request.form.get(POSTS))
    return render_template("account/locked.html", back=back, kept=kept, lines=lines, posts=posts), 422


def _over(back: str, kept: replay.Kept) -> Page:
    """The session ended: sign in anew; what was typed stays."""
    if wants_json():
        return make_response(jsonify(error="signed_out"), 401)
    page = render_template("account/sign_in.html", email="", back=back, kept=kept, lines=(), expired=True)
    return page, 401


def _is_locked() -> bool:
    found = visitor.half()
    return found is not None and found.locked
