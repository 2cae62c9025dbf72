"""What does somebody see when it cannot be done? Every service error becomes a page here, once.

Nothing that was typed is lost: where signing in again or a new token is all that is missing, the values travel along.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable

from flask import Flask, Response, jsonify, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as BaseResponse

from app.engine.judge import explain
from app.services.cases.meanwhile import Changed
from app.services.errors import (
    AlreadyDone,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    ServiceError,
    Unavailable,
)
from app.texts import has, say
from app.web import csrf, replay, returning, visitor
from app.web.acts import ProveFirst, ScreenLocked, SignInFirst

log = logging.getLogger(__name__)
Answer = BaseResponse | tuple[str, int]
_PASSES = frozenset({500, 503})
"""What may go well when it is sent once more; the token of the page keeps it from being done twice."""


def install(app: Flask) -> None:
    """Register all pages."""
    for error, status in (
        (NotFound, 404),
        (Forbidden, 403),
        (AlreadyDone, 410),
        (Conflict, 409),
        (Invalid, 422),
        (Unavailable, 503),
    ):
        app.register_error_handler(error, _page_for(status))
    app.register_error_handler(visitor.NothingYet, nothing_yet)
    app.register_error_handler(SignInFirst, sign_in_first)
    app.register_error_handler(ScreenLocked, screen_locked)
    app.register_error_handler(ProveFirst, prove_first)
    app.register_error_handler(csrf.WrongToken, wrong_token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Whether a script of ours is asking."""
    return request.headers.get("X-Requested-With") == "meernet"


def page(status: int, *, lines: tuple[str, ...] = (), reference: str = "") -> Answer:
    """The page of a status, with a way out."""
    if wants_json():
        return make_response(jsonify(error=str(status), lines=lines), status)
    code = status if has(f"pages.error.{status}.title") else 500
    kept = replay.typed() if request.method not in csrf.SAFE and csrf.says_same_origin() else []
    html = render_template(
        "error.html",
        status=status,
        code=code,
        lines=lines,
        reference=reference,
        typed=[text for _, text in kept if " " in text.strip()],
        kept=kept if status in _PASSES and request.endpoint else [],
        path=_here(),
    )
    return html, status


def status_of(problem: ServiceError) -> int:
    """With which status a page comes back that says itself what ``problem`` is, beside what was typed."""
    if isinstance(problem, Forbidden):
        return 403
    return 409 if isinstance(problem, Conflict) else 422


def nothing_yet(_error: visitor.NothingYet) -> Answer:
    """Say where the link is with which an empty installation begins."""
    return render_template("begin/empty.html"), 404


def sign_in_first(_error: SignInFirst) -> Answer:
    """Ask to sign in, and come back to where one was, with what was typed."""
    if wants_json():
        return make_response(jsonify(error="signed_out"), 401)
    if request.method in csrf.SAFE:
        return _redirect(url_for("account.sign_in", back=replay.signed_path(_here())))
    kept = replay.posted() if csrf.says_same_origin() else []
    back = replay.signed_path(_here())
    return render_template(
        "account/sign_in.html", email="", back=back, kept=kept, lines=(), expired=True
    ), 401


def screen_locked(_error: ScreenLocked) -> Answer:
    """Ask to open the screen again, and go on where one was."""
    if wants_json():
        return make_response(jsonify(error="locked"), 423)
    back = replay.signed_path(_here())
    if request.method in csrf.SAFE:
        return _redirect(url_for("locking.locked", back=back))
    kept = replay.posted() if csrf.says_same_origin() else []
    return render_template("account/locked.html", back=back, kept=kept, lines=(), posts=True), 423


def prove_first(_error: ProveFirst) -> Answer:
    """Ask for the password (or a code, or a passkey) once more, and go on with what was pressed."""
    if wants_json():
        where = url_for("confirming.ask", back=replay.signed_path(returning.from_page()))
        return make_response(jsonify(error="prove", where=where), 403)
    back = replay.signed_path(_here())
    if request.method in csrf.SAFE:
        return _redirect(url_for("confirming.ask", back=back))
    kept = replay.posted() if csrf.says_same_origin() else []
    files = any(file.filename for file in request.files.values())
    page = render_template("account/confirm.html", back=back, kept=kept, lines=(), files=files, posts=True)
    return page, 403


def wrong_token(_error: csrf.WrongToken) -> Answer:
    """The session was renewed in another window: let the person press once more, with a new token."""
    if wants_json():
        return make_response(jsonify(error="token", token=csrf.token()), 400)
    if not csrf.says_same_origin():
        return page(400)
    return render_template("replay.html", kept=replay.posted(), path=_here(), token=""), 400


def _page_for(status: int) -> Callable[[Exception], Answer]:
    def handler(error: Exception) -> Answer:
        if isinstance(error, Unavailable):
            visitor.without_database()
        return page(status, lines=sentences(error))

    return handler


def _http(error: HTTPException) -> Answer:
    if isinstance(error, SecurityError):  # a host that is not ours: there is nothing to build a page with
        return make_response(say("pages.error.host"), 400)
    if error.code is not None and 300 <= error.code < 400:
        return error.get_response()
    return page(error.code or 500)


def _unexpected(error: Exception) -> Answer:
    """Log where it broke, never what was in it; the page shows the same reference."""
    reference = secrets.token_hex(4)
    places = "".join(
        traceback.format_tb(error.__traceback__)
    )  # an error's own words may quote what was typed
    log.error(
        "unexpected %s on %s, reference %s\n%s", type(error).__name__, request.endpoint, reference, places
    )
    return page(500, reference=reference)


def _here() -> str:
    return request.full_path.rstrip("?") if request.method in csrf.SAFE else request.path


def _redirect(where: str) -> Response:
    response = make_response("", 302)
    response.headers["Location"] = where
    return response


def sentences(error: Exception) -> tuple[str, ...]:
    """What a service error says, in words."""
    lines = tuple(explain(found, where=True) for found in getattr(error, "errors", ()))
    if not isinstance(error, ServiceError) or lines:
        return lines
    current = getattr(error, "current", None)
    if isinstance(current, Changed):
        return current.lines
    known = (f"{home}.{error.code}" for home in ("errors", "meanwhile"))
    return tuple(say(code, **error.params) for code in known if has(code))[:1]
