"""Who works here: the list, one person, somebody new, and a list from a spreadsheet."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may
from app.engine.street_file import decoded
from app.services.access import invitations
from app.services.errors import Conflict, Forbidden, Invalid, ServiceError
from app.services.staff import staff_from_csv, staff_people, staff_roles
from app.services.staff.staff_people import PersonLine
from app.web import visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.studio import staff_forms, staff_words
from app.web.studio.staff_forms import PersonInputs

bp = Blueprint("staff", __name__, url_prefix="/beheer/mensen")
Page = Response | str | tuple[str, int]
LARGEST_LIST = 300_000


@bp.get("")
@act(Act.STAFFING_READ)
def index() -> Page:
    """Everybody, with what they hold and what is open."""
    who = visitor.actor()
    return render_template(
        "studio/staff/index.html",
        people=staff_people.listed(who),
        may_edit=may(who, Act.STAFFING_EDIT),
        words=staff_words,
        done=request.args.get("klaar", ""),
        name=staff_words.words().names.get(request.args.get("wie", ""), ""),
    )


@bp.get("/nieuw")
@act(Act.STAFFING_EDIT)
def add() -> Page:
    """An empty form."""
    return _form(None, PersonInputs())


@bp.post("/nieuw")
@act(Act.STAFFING_EDIT)
def add_post() -> Page:
    """Add somebody."""
    typed = staff_forms.posted_inputs()
    try:
        account = staff_people.add(visitor.actor(), staff_forms.person_form(typed), seen=staff_words.seen())
    except (Invalid, Conflict, Forbidden) as problem:
        return _form(None, typed, problem), status_of(problem)
    return redirect(url_for("staff.show", account=account, klaar="nieuw"))


@bp.get("/<account>")
@act(Act.STAFFING_EDIT)
def show(account: str) -> Page:
    """One person."""
    line = staff_people.one(visitor.actor(), account)[1]
    return _form(line, staff_forms.inputs_of(line.worker))


@bp.post("/<account>")
@act(Act.STAFFING_EDIT)
def save(account: str) -> Page:
    """Change somebody."""
    who, typed = visitor.actor(), staff_forms.posted_inputs()
    try:
        staff_people.save(who, account, staff_forms.person_form(typed), seen=staff_words.seen())
    except (Invalid, Conflict, Forbidden) as problem:
        return _form(staff_people.one(who, account)[1], typed, problem), status_of(problem)
    return redirect(url_for("staff.index", klaar="bewaard", wie=account))


@bp.post("/<account>/terug")
@act(Act.STAFFING_EDIT)
def reopen(account: str) -> Page:
    """Open a closed account again."""
    try:
        staff_people.reactivate(visitor.actor(), account, seen=staff_words.seen())
    except (Conflict, Forbidden) as problem:
        line = staff_people.one(visitor.actor(), account)[1]
        return _form(line, staff_forms.inputs_of(line.worker), problem), status_of(problem)
    return redirect(url_for("staff.show", account=account, klaar="terug"))


@bp.post("/<account>/uitnodiging")
@act(Act.ACCOUNTS_EDIT)
def invite(account: str) -> Page:
    """A link with which somebody chooses a first password; shown this once."""
    who = visitor.actor()
    line = staff_people.one(who, account)[1]
    path = invitations.PATH.format(token=invitations.make(who, account))
    return render_template(
        "studio/staff/invitation.html", line=line, link=request.url_root.rstrip("/") + path
    )


@bp.get("/lijst")
@act(Act.STAFFING_EDIT)
def sheet() -> Page:
    """Paste or choose a list."""
    return _sheet("")


@bp.post("/lijst")
@act(Act.STAFFING_EDIT)
def sheet_post() -> Page:
    """Look at a list, and then apply it."""
    who, typed = visitor.actor(), _posted_list()
    if not typed.strip():
        return _sheet("", missing=True), 422
    plan = staff_from_csv.plan(who, typed)
    if request.form.get("do") != "apply" or not plan.rows.rows:
        return _sheet(typed, plan=plan)
    try:
        staff_from_csv.apply_staff_rows(who, plan.rows.rows, seen=staff_words.seen())
    except (Conflict, Forbidden) as problem:
        return _sheet(typed, plan=plan, problem=problem), status_of(problem)
    return redirect(url_for("staff.index", klaar="lijst"))


def _posted_list() -> str:
    """What was pasted, else the file; as spreadsheets of this country write it."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return request.form.get("rows", "")[:LARGEST_LIST]
    return decoded(chosen.stream.read(LARGEST_LIST))


def _sheet(
    typed: str,
    *,
    plan: staff_from_csv.Planned | None = None,
    problem: ServiceError | None = None,
    missing: bool = False,
) -> str:
    return render_template(
        "studio/staff/sheet.html",
        typed=typed,
        plan=plan,
        missing=missing,
        lines=staff_words.said(problem) if problem else (),
        version=staff_people.listed(visitor.actor()).version,
        known=staff_words.words(),
        words=staff_words,
    )


def _form(line: PersonLine | None, typed: PersonInputs, problem: ServiceError | None = None) -> str:
    who = visitor.actor()
    wrong = staff_words.field_errors(problem) if problem else {}
    stale = problem is not None and problem.code == "staff_changed"
    return render_template(
        "studio/staff/person.html",
        line=line,
        typed=typed,
        wrong=wrong,
        lines=staff_words.said(problem) if problem and not wrong else (),
        stale=stale,
        version=staff_people.listed(who).version,
        offered=[
            role for role in staff_roles.OFFERED if staff_roles.givable(who, role) or role in typed.roles
        ],
        givable={role for role in staff_roles.OFFERED if staff_roles.givable(who, role)},
        may_close=line is not None
        and line.worker.id != who.account
        and all(staff_roles.givable(who, role) for role in line.worker.roles),
        may_invite=may(who, Act.ACCOUNTS_EDIT),
        words=staff_words,
        done=request.args.get("klaar", ""),
    )
