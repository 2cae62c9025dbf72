"""What is this case about, what is asked of me now, and what happened before?"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, Relation, may
from app.services.cases import add_note, bond_view, case_page, matches, privacy_told, read_log
from app.services.cases.case_view import CasePage
from app.services.cases.match_view import Matches
from app.services.cases.readable import FULL
from app.services.cases.told import KINDS
from app.services.errors import Forbidden
from app.services.gatherings import choosing
from app.services.intake import papers, uploads
from app.services.people import link_case
from app.services.privacy import holds
from app.texts import has, say
from app.web import visitor
from app.web.acts import act
from app.web.forms.showing import minted
from app.web.queue import acting
from app.web.reception.papers import Paper, papers_of
from app.web.shell import moment

bp = Blueprint("cases", __name__, url_prefix="/dossiers")
Page = Response | str


@dataclass(frozen=True, slots=True)
class MayDo:
    """The buttons beside the contact person."""

    hand_over: bool
    take_over: bool
    share: bool
    read_log: bool
    emergency: bool


@bp.get("/<case_id>")
@act(Act.CASE_FIND)
def show(case_id: str) -> Page:
    """The page of a case: what is asked now on top. ``doe`` opens the small form of a button there."""
    page = case_page.show(visitor.actor(), case_id)
    return _page(page, request.args.get("klaar", ""), act=acting.opened(page, request.args.get("doe", "")))


@bp.post("/<case_id>/inzage")
@act(Act.CASE_READ_WITH_REASON)
def with_reason(case_id: str) -> Page:
    """Open the content with a reason, which is logged."""
    page = case_page.show(visitor.actor(), case_id, reason=request.form.get("reason", "")[:500])
    return _page(page, "")


@bp.post("/<case_id>/notitie")
@act(Act.CASE_NOTE)
def note(case_id: str) -> Page:
    """Write something down."""
    add_note.add(visitor.actor(), case_id, request.form.get("text", ""))
    return redirect(url_for("cases.show", case_id=case_id, klaar="nota"))


@bp.post("/<case_id>/privacy-info")
@act(Act.CASE_NOTE)
def privacy(case_id: str) -> Page:
    """The person was told what is done with the data, in this way."""
    privacy_told.record(visitor.actor(), case_id, request.form.get("way", ""))
    return redirect(url_for("cases.show", case_id=case_id, klaar="privacy"))


@bp.get("/<case_id>/lezers")
@act(Act.AUDIT_READ)
def readers(case_id: str) -> Page:
    """Who opened this case, and why."""
    who = visitor.actor()
    return render_template(
        "queue/readers.html",
        case=case_page.show(who, case_id),
        readings=read_log.of_case(who, case_id),
        has_person=bool(read_log.person_of(who, case_id)),
        person=False,
    )


@bp.get("/<case_id>/bestanden/<file_id>")
@act(Act.CASE_READ)
def file(case_id: str, file_id: str) -> Response:
    """A file that came with the case; always as an attachment, never shown by the browser."""
    found = uploads.of_case(visitor.actor(), case_id, file_id)
    return send_file(BytesIO(found.content), found.mime, as_attachment=True, download_name=found.name)


def _page(page: CasePage, done: str, *, act: acting.Opened | None = None) -> str:
    wanted = request.args.get("toon", "")
    return render_template(
        "queue/case.html",
        case=page,
        token=minted(),
        said=_said(page, done),
        may=_may(page),
        papers=_papers(page),
        privacy=privacy_told.of_case(visitor.actor(), page.id) if page.content == FULL else None,
        privacy_ways=privacy_told.WAYS,
        matches=_matches(page),
        bonds=bond_view.of_case(visitor.actor(), page.id) if page.content == FULL else bond_view.NOTHING,
        same=link_case.question(visitor.actor(), page.id) if page.content == FULL else None,
        same_places=visitor.world().staffing.neighbourhoods,
        act=act,
        session=choosing.behind(visitor.actor(), page.id),
        form=act.form if act else None,
        chosen=request.form,
        kinds=KINDS,
        keeping=holds.of_case(visitor.actor(), page.id),
        shown_kind=wanted if wanted in KINDS else "",
    )


def _said(page: CasePage, done: str) -> list[str]:
    """What was done just now, in words, and when the next try makes sense."""
    code = f"working.said.{done}"
    if not done or not has(code):
        return []
    lines = [say(code, state=page.state_label)]
    wait = next((task.not_before for task in page.tasks if task.open and task.not_before), None)
    if done == "gedaan" and wait and wait > visitor.moment().now:
        lines.append(say("working.again_next", moment=moment(wait)))
    return lines


def _may(page: CasePage) -> MayDo:
    """Which buttons make sense; what is behind them decides again."""
    who, near = visitor.actor(), Relation(page.relation)
    mine = page.holder.account == who.account
    return MayDo(
        hand_over=page.may_hand_over,
        take_over=not page.ended and not mine and may(who, Act.CASE_TAKE_OVER, near),
        share=page.may_share,
        read_log=may(who, Act.AUDIT_READ),
        emergency=may(who, Act.EMERGENCY_ASK) and not page.blocked,
    )


def _matches(page: CasePage) -> Matches:
    """What this case could be matched with; the button that proposes stands there for who may press it."""
    if page.content != FULL:
        return Matches()
    pressable = [action.id for action in page.actions if action.enabled]
    return matches.of_case(visitor.actor(), page.id, pressable=pressable)


def _papers(page: CasePage) -> list[Paper]:
    """What can be printed for the resident."""
    if page.content != FULL or page.blocked:
        return []
    try:
        return papers_of(page.id, papers.of_case(visitor.actor(), page.id))
    except Forbidden:
        return []
