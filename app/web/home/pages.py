"""Where does the day begin?"""

from __future__ import annotations

from flask import Blueprint, render_template

from app.definitions.model.tags import TILES
from app.engine.policy import Act, Actor, may_ever
from app.services.campaigns import batches
from app.services.definitions import definitions_list
from app.services.intake import drafts
from app.services.municipality import openings, starting
from app.services.tasks import overview, queue
from app.web import look, offering, visitor
from app.web.acts import act
from app.web.public.sheets import offered

bp = Blueprint("home", __name__)


@bp.get("/")
@act(Act.PAGE_PUBLIC)
def index() -> str:
    """For somebody signed in: their work in numbers and one press away. For others: the cards, and signing in."""
    live = visitor.live()
    if not visitor.is_signed_in():
        every = [v.form for v in live.forms.values()]
        forms = [form for form in every if {"public", "referrer"} & set(form.audience) and not form.unlinked]
        closed = {form.id for form in forms if openings.standing(visitor.world(), form).closed}
        coming = any(version.workflow.sessions for version in live.workflows.values())
        return render_template(
            "home/public.html",
            groups=offering.grouped(forms, TILES),
            closed=closed,
            sheets=offered(every),
            coming=coming,
        )
    return _at_work()


def _at_work() -> str:
    live, who = visitor.live(), visitor.actor()
    work = queue.page(who, "all", size=5) if may_ever(who, Act.QUEUE_READ) else None
    begun = drafts.list_mine(who) if may_ever(who, Act.DRAFT_OWN) else ()
    reception = may_ever(who, Act.FORM_FILL_RECEPTION) and "reception" in who.roles
    every = [v.form for v in live.forms.values()]
    forms = [form for form in every if reception and "reception" in form.audience and not form.unlinked]
    return render_template(
        "home/index.html",
        work=work,
        may_run=may_ever(who, Act.CAMPAIGN_RUN),
        batches=batches.mine(who) if may_ever(who, Act.CAMPAIGN_CALL) else (),
        drafts=begun,
        forms=offering.at_hand(forms),
        more=len(offering.at_hand(forms)) < len(forms),
        sheets=offered(every),
        who=who,
        team=overview.show(who) if may_ever(who, Act.OVERVIEW_READ) else None,
        defined=definitions_list.show(who) if "form_admin" in who.roles else None,
        missing=_missing(who),
        sessions=_sessions(who),
    )


def _sessions(who: Actor) -> str:
    """What somebody may see of sessions, where there are any: the calendar, or when they help."""
    if not any(version.workflow.sessions for version in visitor.live().workflows.values()):
        return ""
    return (
        "calendar"
        if may_ever(who, Act.SESSIONS_READ)
        else "roster"
        if may_ever(who, Act.SESSIONS_HELP)
        else ""
    )


def _missing(who: Actor) -> int:
    """How much a municipality that begins for real still needs, for who may arrange it."""
    if not look.is_real() or not may_ever(who, Act.SETTINGS_EDIT):
        return 0
    return sum(gap.needed for gap in starting.missing(who))
