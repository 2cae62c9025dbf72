"""Where does the day begin?"""

from __future__ import annotations

from flask import Blueprint, render_template

from app.engine.policy import Act, Actor, may_ever
from app.services.definitions import definitions_list
from app.services.intake import drafts
from app.services.municipality import openings, starting
from app.services.tasks import overview, queue
from app.web import look, visitor
from app.web.acts import act

bp = Blueprint("home", __name__)


@bp.get("/")
@act(Act.PAGE_PUBLIC)
def index() -> str:
    """For somebody signed in: their work in numbers and one press away. For others: the cards, and signing in."""
    live = visitor.live()
    if not visitor.is_signed_in():
        forms = [v.form for v in live.forms.values() if {"public", "referrer"} & set(v.form.audience)]
        closed = {form.id for form in forms if openings.standing(visitor.world(), form.id).closed}
        return render_template("home/public.html", forms=forms, closed=closed)
    return _at_work()


def _at_work() -> str:
    live, who = visitor.live(), visitor.actor()
    work = queue.page(who, "all", size=5) if may_ever(who, Act.QUEUE_READ) else None
    begun = drafts.list_mine(who) if may_ever(who, Act.DRAFT_OWN) else ()
    reception = may_ever(who, Act.FORM_FILL_RECEPTION) and "reception" in who.roles
    forms = [v.form for v in live.forms.values() if reception and "reception" in v.form.audience]
    return render_template(
        "home/index.html",
        work=work,
        drafts=begun,
        forms=forms,
        who=who,
        team=overview.show(who) if may_ever(who, Act.OVERVIEW_READ) else None,
        defined=definitions_list.show(who) if "form_admin" in who.roles else None,
        missing=_missing(who),
    )


def _missing(who: Actor) -> int:
    """How much a municipality that begins for real still needs, for who may arrange it."""
    if not look.is_real() or not may_ever(who, Act.SETTINGS_EDIT):
        return 0
    return sum(gap.needed for gap in starting.missing(who))
