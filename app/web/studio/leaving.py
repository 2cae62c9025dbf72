"""Somebody stops: what is to be arranged first, offered on one page, and one press at the end."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act
from app.jobs import relay
from app.services.cases import hand_over
from app.services.cases.hand_over import Given
from app.services.errors import Conflict, Forbidden, Invalid, NotFound, ServiceError
from app.services.staff import staff_leaving, staff_people
from app.services.staff.staff_leaving import Choices, Leaving, Place
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.studio import staff_forms, staff_words

bp = Blueprint("leaving", __name__, url_prefix="/beheer/mensen/<account>/stopt")
Page = Response | str | tuple[str, int]
BATCH = 25
MOST_SKIPPED = 500


@bp.get("")
@act(Act.STAFFING_EDIT)
def show(account: str) -> Page:
    """What is missing."""
    return _page(account)


@bp.post("/regel")
@act(Act.STAFFING_EDIT)
def arrange(account: str) -> Page:
    """Put others in place, and begin handing over the cases; what is left is on the page again."""
    who = visitor.actor()
    try:
        choices = _choices(staff_leaving.plan(who, account))
        if choices:
            staff_leaving.arrange(who, account, choices, seen=staff_words.seen())
    except (Conflict, Forbidden, Invalid, NotFound) as problem:
        return _page(account, problem), status_of(problem)
    return (
        _hand_over(account) if staff_forms.text("to") else redirect(url_for("leaving.show", account=account))
    )


@bp.post("/dossiers")
@act(Act.CASE_HAND_OVER)
def cases(account: str) -> Page:
    """The next batch of cases."""
    return _hand_over(account)


@bp.post("")
@act(Act.STAFFING_EDIT)
def finish(account: str) -> Page:
    """Close the account."""
    try:
        staff_people.deactivate(visitor.actor(), account, seen=staff_words.seen())
    except (Conflict, Forbidden) as problem:
        return _page(account, problem), status_of(problem)
    return redirect(url_for("staff.index", klaar="gestopt", wie=account))


def _hand_over(account: str) -> Page:
    """One batch; the page goes on by itself where a script may, and with a button where not."""
    who, to, reason = visitor.actor(), staff_forms.text("to"), staff_forms.text("reason")
    skip = tuple(request.form.getlist("skip")[:MOST_SKIPPED])
    total = max(staff_forms.number("total", 0, most=99_999), staff_leaving.left(who, account)[0])
    if not to or not reason:
        return _page(account, Invalid("to_and_reason")), 422
    try:
        given = hand_over.give_all(who, account, to=to, reason=reason, most=BATCH, skip=skip)
    except (Forbidden, Invalid) as problem:
        return _page(account, problem), status_of(problem)
    relay.hint(visitor.municipality_id(), given.wake)
    skip += tuple(item.case for item in given.stays)
    if given.moved + len(given.stays) == BATCH:
        return _progress(account, total, skip)
    return _page(account, given=given) if given.stays else redirect(url_for("leaving.show", account=account))


def _progress(account: str, total: int, skip: tuple[str, ...]) -> str:
    cases_left, tasks_left = staff_leaving.left(visitor.actor(), account)
    return render_template(
        "studio/staff/progress.html",
        account=account,
        name=staff_words.words().names.get(account, ""),
        total=total,
        done=max(total - cases_left, 0),
        cases=cases_left,
        tasks=tasks_left,
        kept={"to": staff_forms.text("to"), "reason": staff_forms.text("reason"), "total": str(total)},
        skip=skip,
    )


def _choices(plan: Leaving) -> Choices:
    """What was chosen for the holes that are there; nothing else is read."""
    holders: dict[Place, str] = {}
    owners: dict[Place, str] = {}
    roles: dict[str, str] = {}
    for item in plan.faults:
        place = (item.point, item.place)
        if item.code in ("holder_gone", "owner_gone"):
            chosen = staff_forms.text(f"{item.code}.{item.point}.{item.place}")
            if chosen:
                (holders if item.code == "holder_gone" else owners)[place] = chosen
        elif item.code == "sole_role" and staff_forms.text(f"sole_role.{item.role}"):
            roles[item.role] = staff_forms.text(f"sole_role.{item.role}")
    return Choices(holders, owners, roles, staff_forms.text("duties"))


def _page(account: str, problem: ServiceError | None = None, *, given: Given | None = None) -> str:
    plan = staff_leaving.plan(visitor.actor(), account)
    known = staff_words.words()
    work = [item for item in plan.faults if item.code == "left_work"]
    return render_template(
        "studio/staff/leaving.html",
        plan=plan,
        known=known,
        words=staff_words,
        work=work[0] if work else None,
        duties=[item for item in plan.faults if item.code in ("roster_gap", "duty_away")],
        inline=[item for item in plan.faults if item.code in ("holder_gone", "owner_gone", "sole_role")],
        other=[item for item in plan.faults if item.code not in _ARRANGED],
        lines=staff_words.said(problem) if problem else (),
        stays=given.stays if given else (),
        reason=staff_forms.text("reason") or say("studio_staff.leaving.reason", name=plan.worker.name),
        chosen=request.form,
    )


_ARRANGED = frozenset({"left_work", "roster_gap", "duty_away", "holder_gone", "owner_gone", "sole_role"})
