"""How does a case go to a colleague, or become readable for one?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services.cases import case_page, hand_over, share_case
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.queue.beside import day_of

bp = Blueprint("colleagues", __name__, url_prefix="/dossiers/<case_id>")
Page = Response | str | tuple[str, int]
PICKED, UNPICKED, BASIS = "to", "reason", "basis"
USUAL = timedelta(days=28)
"""How long a case is shared unless somebody says otherwise."""


@bp.get("/overdragen")
@act(Act.CASE_HAND_OVER)
def hand_over_page(case_id: str) -> Page:
    """To whom?"""
    return _page("hand_over", case_id)


@bp.post("/overdragen")
@act(Act.CASE_HAND_OVER)
def hand_over_post(case_id: str) -> Page:
    """Give the case to a colleague."""

    def give() -> Response:
        outcome = hand_over.hand_over(
            visitor.actor(),
            case_id,
            to=request.form.get("to", ""),
            reason=request.form.get("reason", ""),
            version=_version(),
            too_close=request.form.get("too_close") == "yes",
        )
        relay.hint(visitor.municipality_id(), outcome.wake)
        return redirect(url_for("queue.index", klaar=outcome.number))

    return _tried("hand_over", case_id, give)


@bp.get("/overnemen")
@act(Act.CASE_TAKE_OVER)
def take_over_page(case_id: str) -> Page:
    """Why?"""
    return _page("take_over", case_id)


@bp.post("/overnemen")
@act(Act.CASE_TAKE_OVER)
def take_over(case_id: str) -> Page:
    """Become responsible oneself."""

    def take() -> Response:
        outcome = hand_over.take_over(
            visitor.actor(), case_id, reason=request.form.get("reason", ""), version=_version()
        )
        relay.hint(visitor.municipality_id(), outcome.wake)
        return redirect(url_for("cases.show", case_id=case_id))

    return _tried("take_over", case_id, take)


@bp.get("/teruggeven")
@act(Act.CASE_HAND_OVER)
def release_page(case_id: str) -> Page:
    """Why does it go back to the group?"""
    return _page("release", case_id)


@bp.post("/teruggeven")
@act(Act.CASE_HAND_OVER)
def release(case_id: str) -> Page:
    """Back into the group queue."""

    def give() -> Response:
        outcome = hand_over.release(
            visitor.actor(), case_id, reason=request.form.get("reason", ""), version=_version()
        )
        relay.hint(visitor.municipality_id(), outcome.wake)
        return redirect(url_for("queue.index", klaar=outcome.number))

    return _tried("release", case_id, give)


@bp.get("/delen")
@act(Act.CASE_SHARE)
def share_page(case_id: str) -> Page:
    """With whom?"""
    return _page("share", case_id)


@bp.post("/delen")
@act(Act.CASE_SHARE)
def share(case_id: str) -> Page:
    """Let one colleague read along."""

    def lend() -> Response:
        share_case.share(
            visitor.actor(),
            case_id,
            with_account=request.form.get("to", ""),
            reason=request.form.get("reason", ""),
            basis=request.form.get("basis", ""),
            until=day_of(request.form.get("until", "")),
        )
        return redirect(url_for("cases.show", case_id=case_id, klaar="gedeeld"))

    return _tried("share", case_id, lend)


@bp.post("/delen/stop")
@act(Act.CASE_SHARE)
def unshare(case_id: str) -> Page:
    """A colleague no longer reads along."""
    share_case.unshare(visitor.actor(), case_id, with_account=request.form.get("to", ""))
    return redirect(url_for("cases.show", case_id=case_id, klaar="ongedeeld"))


def _tried(what: str, case_id: str, do: Callable[[], Response]) -> Page:
    """Do it; when something is missing the page comes back with what was filled in."""
    missing = _missing(what)
    if missing:
        return _page(what, case_id, missing), 422
    try:
        return do()
    except Conflict as problem:
        return _page(what, case_id, changed=problem.current), 409
    except NotFound:
        return _page(what, case_id, (PICKED,)), 422
    except Invalid as problem:
        return _page(what, case_id, lines=sentences(problem)), 422


def _missing(what: str) -> tuple[str, ...]:
    asked = {"take_over": (UNPICKED,), "release": (UNPICKED,), "share": (PICKED, BASIS, UNPICKED)}.get(
        what, (PICKED, UNPICKED)
    )
    return tuple(name for name in asked if not request.form.get(name, "").strip())


def _page(
    what: str,
    case_id: str,
    missing: tuple[str, ...] = (),
    *,
    lines: tuple[str, ...] = (),
    changed: object = None,
) -> str:
    who = visitor.actor()
    try:
        people = () if what in ("take_over", "release") else hand_over.candidates(who, case_id)
    except Forbidden:
        if changed is None:
            raise
        people = ()  # what a colleague did took the right to do it too
    return render_template(
        "queue/colleague.html",
        what=what,
        case=case_page.show(who, case_id),
        people=people,
        missing=missing,
        lines=lines,
        changed=changed,
        chosen=request.form,
        bases=share_case.BASES,
        until=(visitor.moment().today + USUAL).isoformat(),
    )


def _version() -> int:
    text = request.form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
