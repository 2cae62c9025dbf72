"""What is past its term? Look, keep what must stay, approve; and what was destroyed before."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.engine.policy import Act, may_ever
from app.jobs import relay
from app.services.campaigns import destroy_list
from app.services.errors import Conflict, Invalid
from app.services.privacy import approvals, erase_person, holds, proposals, records
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences, status_of

bp = Blueprint("terms", __name__, url_prefix="/bewaren")
Page = BaseResponse | str | tuple[str, int]
KEEP = "blijft."
LONGEST = 500


@bp.get("")
@act(Act.RETENTION_READ)
def index() -> Page:
    """What is proposed, and what is being carried out."""
    return _page()


@bp.post("/<proposal>")
@act(Act.RETENTION_APPROVE)
def approve(proposal: str) -> Page:
    """Approve it, but for what somebody says must stay."""
    who = visitor.actor()
    keep = {
        name.removeprefix(KEEP): text[:LONGEST]
        for name, text in request.form.items()
        if name.startswith(KEEP) and text.strip()
    }
    seen = request.form.get("seen", "")
    try:
        state, wake = approvals.approve(who, proposal, keep=keep, seen=int(seen) if seen.isdigit() else None)
    except (Conflict, Invalid) as problem:
        return _page(sentences(problem)), status_of(problem)
    relay.hint(who.municipality, wake)
    return redirect(url_for("terms.index", klaar=state))


@bp.get("/register")
@act(Act.RETENTION_READ)
def register() -> Page:
    """What was destroyed."""
    return render_template(
        "keeping/register.html", records=records.listed(visitor.actor()), told=records.rule_told
    )


@bp.get("/register.csv")
@act(Act.RETENTION_READ)
def register_csv() -> Response:
    """The same as a list."""
    made = Response(records.as_csv(visitor.actor()), mimetype="text/csv")
    made.headers["Content-Disposition"] = "attachment; filename=register-van-vernietiging.csv"
    return made


@bp.post("/plicht/<case_id>")
@act(Act.CASE_HOLD)
def hold(case_id: str) -> Page:
    """Nothing destroys this case, or anything of its person."""
    who, reason = visitor.actor(), request.form.get("reason", "")
    person = holds.of_case(who, case_id).person
    if request.form.get("scope") == "person" and person:
        holds.set_on_person(who, person, reason)
    else:
        holds.set_on_case(who, case_id, reason)
    return redirect(url_for("cases.show", case_id=case_id, _anchor="bewaarplicht"))


@bp.post("/plicht/<case_id>/<hold_id>")
@act(Act.CASE_HOLD)
def lift(case_id: str, hold_id: str) -> Page:
    """It may go again."""
    holds.lift(visitor.actor(), hold_id, request.form.get("reason", ""))
    return redirect(url_for("cases.show", case_id=case_id, _anchor="bewaarplicht"))


def _page(lines: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    return render_template(
        "keeping/terms.html",
        proposals=proposals.listed(who),
        erasures=erase_person.waiting(who),
        lists=destroy_list.waiting(who),
        told=records.rule_told,
        keep=KEEP,
        typed=request.form,
        lines=lines,
        done=request.args.get("klaar", ""),
        rights=may_ever(who, Act.PERSON_RIGHTS),
    )
