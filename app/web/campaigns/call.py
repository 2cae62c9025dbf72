"""How does somebody contact the people of their own batch?"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.answers import FieldError
from app.engine.policy import Act
from app.jobs import relay
from app.services.campaigns import batches, contacting, talking
from app.services.campaigns.contacting import SheetPage
from app.services.campaigns.talking import Talk
from app.services.definitions import catalogs
from app.services.errors import Conflict, Invalid, ServiceError
from app.texts import say
from app.web import agreeing, noticing, visitor
from app.web.acts import act
from app.web.errors import sentences, status_of
from app.web.forms.pages import form_page
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import Button, ShownForm, filling_of, minted, summary_of
from app.web.forms.urgent import urgent_now
from app.web.lending import choices_for
from app.web.posting import pressed, token_of

bp = Blueprint("calling", __name__, url_prefix="/mijn-reeksen")
SEEN = "_gezien"
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.CAMPAIGN_CALL)
def index() -> Page:
    """One's own batches."""
    return render_template("campaigns/mine.html", batches=batches.mine(visitor.actor()))


@bp.get("/<batch>")
@act(Act.CAMPAIGN_CALL)
def batch(batch: str) -> Page:
    """Who is next, and who comes later."""
    return _batch(batch)


@bp.post("/<batch>/<contact>")
@act(Act.CAMPAIGN_CALL)
def note(batch: str, contact: str) -> Page:
    """Note how it went."""
    seen = request.form.get(SEEN, "")
    version = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    outcome = request.form.get("uitkomst", "")[:40]
    try:
        contacting.note(visitor.actor(), contact, outcome, version, token_of())
    except (Conflict, Invalid) as problem:
        return _batch(batch, problem), status_of(problem)
    return redirect(url_for("calling.batch", batch=batch, klaar=1), 303)


@bp.get("/gesprek/<contact>")
@act(Act.CAMPAIGN_CALL)
def sheet(contact: str) -> Page:
    """The sheet, during or after a talk."""
    found = contacting.sheet_page(visitor.actor(), contact, request.args.get("uitkomst", "")[:40])
    return _sheet(found, {**found.prefill, **found.fixed}, minted())


@bp.post("/gesprek/<contact>")
@act(Act.CAMPAIGN_CALL)
def hand_in(contact: str) -> Page:
    """Hand the sheet in."""
    who = visitor.actor()
    found = contacting.sheet_page(who, contact)
    version = found.version
    post = pressed(version.form, who)
    raw = {**post.raw, **found.fixed}
    token = post.token or minted()
    if post.rows_changed or post.errors:
        return _sheet(found, raw, token, post.errors), 422 if post.errors else 200
    seen = request.form.get(SEEN, "")
    try:
        noted = talking.talk(
            Talk(
                who,
                contact,
                int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
                version.id,
                read(version.hash, version.form, raw),
                token,
                shown=agreeing.shown_in(version, raw),
                notice=noticing.brought(version.form),
            )
        )
    except Invalid as problem:
        errors = problem.errors or (FieldError("", problem.code, tuple(problem.params.items())),)
        return _sheet(found, raw, token, errors), 422
    relay.hint(who.municipality, noted.wake)
    return redirect(url_for("calling.batch", batch=noted.batch, klaar=1), 303)


def _batch(batch: str, problem: ServiceError | None = None) -> str:
    page = contacting.batch_page(visitor.actor(), batch)
    return render_template(
        "campaigns/batch.html",
        page=page,
        lines=sentences(problem) if problem else (),
        token=minted(),
        done=request.args.get("klaar", ""),
    )


def _sheet(found: SheetPage, raw: Raw, token: str, errors: tuple[FieldError, ...] = ()) -> str:
    who = visitor.actor()
    version = catalogs.form_version(who.municipality, found.version.id)
    audience = talking.audience_of(who, version.form)
    page = form_page(version.hash, version.form, "nl", audience)
    agreed = agreeing.words_for(version, page, raw, who, audience=audience)
    address = version.form.address_form
    filling = replace(
        filling_of(agreed.raw, errors, address=address),
        choices=choices_for(page, who),
        roles=who.roles,
        words=agreed.words,
        shown=agreed.shown,
    )
    moment = visitor.moment()
    shown = ShownForm(
        page=page,
        body=page.render(filling),
        today=moment.today.isoformat(),
        urgent=urgent_now(page, version.hash, agreed.raw, moment, who.roles),
        action=url_for("calling.hand_in", contact=found.contact.id),
        token=token,
        summary=summary_of(errors, address=address),
        buttons=(Button("submit", say("campaigns.sheet.send"), main=True),),
        hidden=((SEEN, request.form.get(SEEN, "") or str(found.contact.version)),),
    )
    return render_template("campaigns/sheet.html", form=shown, found=found)
