"""What is this case about, what is asked of me now, and what happened before?"""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services import add_note, case_page, hand_over, share_case, uploads
from app.web import visitor
from app.web.acts import act
from app.web.forms.showing import minted

bp = Blueprint("cases", __name__, url_prefix="/dossiers")
Page = Response | str


@bp.get("/<case_id>")
@act(Act.CASE_FIND)
def show(case_id: str) -> Page:
    """The page of a case: what is asked now on top."""
    page = case_page.show(visitor.actor(), case_id)
    return render_template("queue/case.html", case=page, token=minted(), said=request.args.getlist("klaar"))


@bp.post("/<case_id>/inzage")
@act(Act.CASE_READ_WITH_REASON)
def with_reason(case_id: str) -> Page:
    """Open the content with a reason, which is logged."""
    page = case_page.show(visitor.actor(), case_id, reason=request.form.get("reason", "")[:500])
    return render_template("queue/case.html", case=page, token=minted(), said=[])


@bp.post("/<case_id>/notitie")
@act(Act.CASE_NOTE)
def note(case_id: str) -> Page:
    """Write something down."""
    add_note.add(visitor.actor(), case_id, request.form.get("text", ""))
    return redirect(url_for("cases.show", case_id=case_id, _anchor="verloop"))


@bp.get("/<case_id>/overdragen")
@act(Act.CASE_HAND_OVER)
def hand_over_page(case_id: str) -> Page:
    """To whom?"""
    who = visitor.actor()
    page, people = case_page.show(who, case_id), hand_over.candidates(who, case_id)
    return render_template("queue/hand_over.html", case=page, people=people)


@bp.post("/<case_id>/overdragen")
@act(Act.CASE_HAND_OVER)
def hand_over_post(case_id: str) -> Page:
    """Give the case to a colleague."""
    outcome = hand_over.hand_over(
        visitor.actor(),
        case_id,
        to=request.form.get("to", ""),
        reason=request.form.get("reason", ""),
        version=_version(),
    )
    relay.hint(visitor.municipality_id(), outcome.wake)
    return redirect(url_for("queue.index", klaar=outcome.number))


@bp.post("/<case_id>/overnemen")
@act(Act.CASE_TAKE_OVER)
def take_over(case_id: str) -> Page:
    """Become responsible oneself."""
    outcome = hand_over.take_over(
        visitor.actor(), case_id, reason=request.form.get("reason", ""), version=_version()
    )
    relay.hint(visitor.municipality_id(), outcome.wake)
    return redirect(url_for("cases.show", case_id=case_id))


@bp.post("/<case_id>/delen")
@act(Act.CASE_SHARE)
def share(case_id: str) -> Page:
    """Let one colleague read along."""
    share_case.share(
        visitor.actor(),
        case_id,
        with_account=request.form.get("to", ""),
        reason=request.form.get("reason", ""),
    )
    return redirect(url_for("cases.show", case_id=case_id))


@bp.get("/<case_id>/bestanden/<file_id>")
@act(Act.CASE_READ)
def file(case_id: str, file_id: str) -> Response:
    """A file that came with the case; always as an attachment, never shown by the browser."""
    found = uploads.of_case(visitor.actor(), case_id, file_id)
    return send_file(BytesIO(found.content), found.mime, as_attachment=True, download_name=found.name)


def _version() -> int:
    text = request.form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
