"""What is laid beside a case by who works on it: own tasks, papers, the note on top, who may never get it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services.cases import add_task, case_files, case_page, hand_over, keep_from, pin_note, record_consent
from app.services.errors import Conflict, Invalid, NotFound
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences, status_of
from app.web.forms.showing import minted
from app.web.posting import token_of

bp = Blueprint("beside", __name__, url_prefix="/dossiers/<case_id>")
Page = Response | str | tuple[str, int]


@bp.get("/taak")
@act(Act.TASK_ADD)
def task_page(case_id: str) -> Page:
    """What is to be done, by whom, by when?"""
    return _task(case_id)


@bp.post("/taak")
@act(Act.TASK_ADD)
def task(case_id: str) -> Page:
    """Put down a task of one's own making."""
    try:
        outcome = add_task.add(
            visitor.actor(),
            case_id,
            request.form.get("what", ""),
            to=request.form.get("to", ""),
            due_on=day_of(request.form.get("due_on", "")),
            token=token_of(),
        )
    except Invalid as problem:
        return _task(case_id, sentences(problem)), 422
    except Conflict as problem:
        return _task(case_id, sentences(problem)), 409
    relay.hint(visitor.municipality_id(), outcome.wake)
    return _back(case_id, "taak")


@bp.post("/bovenaan")
@act(Act.CASE_NOTE)
def pin(case_id: str) -> Page:
    """Put a note on top, or take it away from there."""
    pin_note.pin(visitor.actor(), case_id, request.form.get("note", "")[:20])
    return _back(case_id, "")


@bp.post("/akkoord")
@act(Act.CASE_ACT)
def consent(case_id: str) -> Page:
    """Write down that a consent goes on, or is taken back."""
    who, post = visitor.actor(), request.form
    heard = record_consent.Heard(
        consent=post.get("consent", "")[:200],
        what=post.get("what", "")[:20],
        how=post.get("how", "")[:20],
        until=day_of(post.get("until", "")),
        shown=post.get("shown", "")[:64],
    )
    try:
        wake = record_consent.record(who, case_id, heard, token=token_of())
    except (Conflict, Invalid) as problem:
        case = case_page.show(who, case_id)
        told = {"case": case, "lines": sentences(problem), "token": minted()}
        return render_template("queue/consent.html", **told), status_of(problem)
    relay.hint(who.municipality, wake)
    return _back(case_id, "akkoorden")


@bp.post("/papieren")
@act(Act.CASE_NOTE)
def lay(case_id: str) -> Page:
    """Lay a file with the case."""
    chosen = request.files.get("file")
    try:
        with chosen.stream if chosen else BytesIO() as stream:
            name = chosen.filename or "" if chosen else ""
            case_files.add(visitor.actor(), case_id, name, stream.read(), token=token_of())
    except (Conflict, Invalid) as problem:
        case = case_page.show(visitor.actor(), case_id)
        told = {"case": case, "lines": sentences(problem), "token": minted()}
        return render_template("queue/paper.html", **told), status_of(problem)
    return _back(case_id, "papier")


@bp.get("/papieren/<file_id>")
@act(Act.CASE_READ)
def paper(case_id: str, file_id: str) -> Response:
    """A paper of the case; always as an attachment, never shown by the browser."""
    name, mime, content = case_files.opened(visitor.actor(), case_id, file_id)
    return send_file(BytesIO(content), mime, as_attachment=True, download_name=name)


@bp.get("/nooit")
@act(Act.CASE_KEEP_FROM)
def kept_page(case_id: str) -> Page:
    """Who may never get this case?"""
    return _kept(case_id)


@bp.post("/nooit")
@act(Act.CASE_KEEP_FROM)
def kept(case_id: str) -> Page:
    """Somebody may never get it, or may again."""
    who, account, reason = visitor.actor(), request.form.get("account", ""), request.form.get("reason", "")
    try:
        if request.form.get("_do") == "let_in":
            keep_from.let_in(who, case_id, account=account, reason=reason)
        else:
            relay.hint(who.municipality, keep_from.keep_from(who, case_id, account=account, reason=reason))
    except NotFound:
        return _kept(case_id, missing=("account",)), 422
    except Invalid as problem:
        return _kept(case_id, sentences(problem)), 422
    return _back(case_id, "nooit")


def day_of(text: str) -> date | None:
    """A date as a date field posts it; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _task(case_id: str, lines: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    case = case_page.show(who, case_id)
    people = hand_over.candidates(who, case_id) if case.may_hand_over else ()
    return render_template(
        "queue/own_task.html",
        case=case,
        people=people,
        lines=lines,
        chosen=request.form,
        today=visitor.moment().today,
        token=minted(),
    )


def _kept(case_id: str, lines: tuple[str, ...] = (), missing: tuple[str, ...] = ()) -> str:
    case = case_page.show(visitor.actor(), case_id)
    never = {item.account for item in case.kept_from} | {case.holder.account}
    workers = visitor.world().staffing.workers.values()
    people = sorted((item for item in workers if item.id not in never), key=lambda item: item.name)
    return render_template(
        "queue/kept_from.html", case=case, people=people, lines=lines, missing=missing, chosen=request.form
    )


def _back(case_id: str, done: str) -> Response:
    return redirect(url_for("cases.show", case_id=case_id, klaar=done or None))
