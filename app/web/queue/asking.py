"""What a case asks of others: whom, who answered, once more, and what came out of a round."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services.cases import ask_page, ask_work, case_page, round_files, round_results
from app.services.cases.ask_work import InviteLine
from app.services.errors import Conflict, Invalid, NotFound
from app.texts import has, say
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.public.asked import Page, answered, asking
from app.web.queue.collecting import taken
from app.web.queue.spreads import drawn

bp = Blueprint("asking", __name__, url_prefix="/dossiers/<case_id>/gevraagd")
OWN = "asking/own.html"
LARGEST = 20_000


@bp.get("")
@act(Act.CASE_READ)
def show(case_id: str) -> Page:
    """Everything that was asked, and of whom."""
    return _page(case_id)


@bp.post("/<ask_id>")
@act(Act.CASE_NOTE)
def work(case_id: str, ask_id: str) -> Page:
    """Ask more people, remind who did not answer, or take no more answers."""
    who, do = visitor.actor(), request.form.get("_do", "")
    report: tuple[InviteLine, ...] = ()
    try:
        if do == "invite":
            lines, group = request.form.get("people", "")[:LARGEST], request.form.get("group", "")[:40]
            report, wake = ask_work.invite(who, case_id, ask_id, lines, group)
        elif do == "remind":
            wake = ask_work.remind(who, case_id, ask_id)
        elif do == "close":
            wake = ask_work.close(who, case_id, ask_id)
        else:
            raise NotFound
    except Invalid as problem:
        return _page(case_id, lines=sentences(problem)), 422
    relay.hint(who.municipality, wake)
    if any(line.code != "added" for line in report) or (do == "invite" and not report):
        return _page(case_id, report=report, of=ask_id), 422 if not report else 200
    return redirect(url_for("asking.show", case_id=case_id, klaar=do))


@bp.post("/adres/<person_id>")
@act(Act.CASE_NOTE)
def address(case_id: str, person_id: str) -> Page:
    """Send the question to this mail address."""
    who = visitor.actor()
    try:
        wake = ask_work.set_mail(who, case_id, person_id, request.form.get("mail", "")[:200])
    except Invalid as problem:
        return _page(case_id, lines=sentences(problem)), 422
    relay.hint(who.municipality, wake)
    return redirect(url_for("asking.show", case_id=case_id, klaar="adres"))


@bp.get("/antwoord/<person_id>")
@act(Act.CASE_NOTE)
def form(case_id: str, person_id: str) -> Page:
    """Answer as a colleague, or for somebody who said it by telephone."""
    view = ask_page.show_own(visitor.actor(), case_id, person_id)
    path = url_for("asking.form", case_id=case_id, person_id=person_id)
    return asking(view, path, template=OWN)


@bp.post("/antwoord/<person_id>")
@act(Act.CASE_NOTE)
def answer(case_id: str, person_id: str) -> Page:
    """Keep that answer."""
    who = visitor.actor()
    view = ask_page.show_own(who, case_id, person_id)
    path = url_for("asking.form", case_id=case_id, person_id=person_id)
    return answered(
        who,
        view,
        path,
        lambda given: ask_page.answer_own(who, case_id, person_id, given),
        template=OWN,
        then=url_for("cases.show", case_id=case_id, klaar="antwoord"),
    )


@bp.get("/<ask_id>/resultaten")
@act(Act.CASE_READ)
def results(case_id: str, ask_id: str) -> Page:
    """What came out of a round, beside the rounds before it."""
    try:
        view = round_results.show(visitor.actor(), case_id, ask_id)
    except Conflict:
        return redirect(url_for("asking.show", case_id=case_id))
    back = url_for("asking.show", case_id=case_id)
    files = {
        kind: url_for("asking.file", case_id=case_id, ask_id=ask_id, kind=kind) for kind in round_files.KINDS
    }
    return render_template("asking/results.html", view=view, sections=drawn(view), back=back, files=files)


@bp.get("/<ask_id>/resultaten.<kind>")
@act(Act.CASE_READ)
def file(case_id: str, ask_id: str, kind: str) -> Response:
    """The same to take along."""
    return taken(round_results.show(visitor.actor(), case_id, ask_id), kind)


def _page(
    case_id: str, *, lines: tuple[str, ...] = (), report: tuple[InviteLine, ...] = (), of: str = ""
) -> str:
    case = case_page.show(visitor.actor(), case_id)
    done = request.args.get("klaar", "")
    said = say(f"asks.said.{done}") if done and has(f"asks.said.{done}") else ""
    return render_template(
        "asking/case.html", case=case, lines=lines, report=report, of=of, said=said, chosen=request.form
    )
