"""How does reception hold a broad intake, re-enter a card, and come back to it later?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor, may_ever
from app.jobs import relay
from app.services.definitions import catalogs
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Conflict, Invalid, NotFound
from app.services.intake import drafts
from app.services.intake.drafts import Draft
from app.services.intake.submit_form import SubmitForm, submit
from app.services.municipality import openings
from app.texts import say
from app.web import agreeing, csrf, noticing, offering, receipts, visitor
from app.web.acts import act
from app.web.forms.pages import form_page
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import SURE, Button, ShownForm, filling_of, summary_of, with_sure
from app.web.forms.urgent import urgent_now
from app.web.forms.warned import warned_in
from app.web.lending import choices_for
from app.web.posting import Pressed, pressed
from app.web.public.places import with_neighbourhood
from app.web.public.sheets import offered
from app.web.reception import around
from app.web.reception.resumed import Resumed, resumed
from app.web.shell import clock

bp = Blueprint("reception", __name__, url_prefix="/onthaal")
AUDIENCE = "reception"
PARENT = around.PARENT
FIND = "find"
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.FORM_FILL_RECEPTION)
def index() -> Page:
    """Begin a form, or go on with one."""
    who = visitor.actor()
    every = [version.form for version in visitor.live().forms.values()]
    told = {
        "groups": offering.grouped(form for form in every if AUDIENCE in form.audience and not form.unlinked),
        "sheets": offered(every),
        "drafts": drafts.list_mine(who),
        "may_find": may_ever(who, Act.PERSON_FIND),
    }
    return render_template("reception/index.html", **told)


@bp.post("/nieuw/<form_id>")
@act(Act.FORM_FILL_RECEPTION)
def start(form_id: str) -> Page:
    """Begin: a draft exists from the first second."""
    who = visitor.actor()
    version = visitor.live().form(form_id)
    if AUDIENCE not in version.form.audience or version.form.unlinked:
        raise BadRequest
    standing = openings.standing(visitor.world(), version.form)
    if standing.closed and not request.form.get("_paper"):
        phone = visitor.world().settings.get("phone", "")
        told = {"form": version.form, "standing": standing, "phone": phone, "desk": True}
        return render_template("public/closed.html", **told), 409
    parent = request.form.get("_parent", "")[:40]
    draft = drafts.start(who, version.id, {PARENT: [parent]} if parent else None)
    return redirect(url_for("reception.fill", draft_id=draft.id))


@bp.get("/ontwerp/<draft_id>")
@act(Act.DRAFT_OWN)
def fill(draft_id: str) -> Page:
    """The form as it stands; for the script a new token after signing in again."""
    draft = drafts.load(visitor.actor(), draft_id)
    if request.headers.get("X-Requested-With") == "meernet":
        return jsonify(token=csrf.token(), revision=draft.rev)
    return _page(draft, draft.raw, found=resumed(draft))


@bp.route("/ontwerp/<draft_id>", methods=["PATCH"])
@act(Act.DRAFT_OWN)
def autosave(draft_id: str) -> Page:
    """Keep what changed: name -> texts."""
    body = request.get_json()
    changes = _changes(body)
    revision = body.get("revision") if changes is not None else None
    if changes is None or not isinstance(revision, int):
        raise BadRequest
    try:
        saved = drafts.save(visitor.actor(), draft_id, rev=revision, changes=changes)
    except Conflict as problem:
        answer = jsonify(error="conflict", revision=problem.current)
        answer.status_code = 409
        return answer
    return jsonify(revision=saved.rev, time=clock(saved.updated_at))


@bp.post("/ontwerp/<draft_id>")
@act(Act.DRAFT_OWN)
def hand_in(draft_id: str) -> Page:
    """Save for later, add or remove a row, or hand it in."""
    who = visitor.actor()
    version = catalogs.form_version(who.municipality, _number(request.form.get("_version", "")))
    post = pressed(version.form, who)
    post = replace(post, raw=with_neighbourhood(version.form, post.raw))
    if post.do == "save":
        _kept(who, draft_id, post)
        return redirect(url_for("reception.index"))
    if post.rows_changed or post.errors or post.do == FIND:
        return _page(_kept(who, draft_id, post), post.raw, post.errors), 422 if post.errors else 200
    try:
        return _sent(who, version, post, draft_id)
    except Invalid as problem:
        return _page(_kept(who, draft_id, post, instead=problem), post.raw, problem.errors), 422
    except Exception as problem:
        _kept(who, draft_id, post, instead=problem)
        raise


@bp.post("/ontwerp/<draft_id>/verwijder")
@act(Act.DRAFT_OWN)
def discard(draft_id: str) -> Page:
    """Throw a draft away."""
    drafts.discard(visitor.actor(), draft_id)
    return redirect(url_for("reception.index"))


def _kept(who: Actor, draft_id: str, post: Pressed, *, instead: Exception | None = None) -> Draft:
    """The draft with what was posted in it; handing in removes it, so that only what was not handed in is written.

    Raises ``instead`` (what went wrong before) when there is no such draft any more.
    """
    try:
        return drafts.replace(who, draft_id, raw={**post.raw, **around.own_fields(request.form.to_dict())})
    except NotFound:
        if instead is None:
            raise
        raise instead from None


def _sent(who: Actor, version: FormVersion, post: Pressed, draft: str) -> Page:
    receipt = submit(
        SubmitForm(
            who,
            version.id,
            read(version.hash, version.form, post.raw),
            post.token,
            audience=AUDIENCE,
            draft=draft,
            make_person=True,
            person=request.form.get(around.PERSON, "")[:40],
            received_on=around.received_on(request.form.get(around.RECEIVED, "")),
            shown=agreeing.shown_in(version, post.raw),
            parent=request.form.get(PARENT, "")[:40],
            learnt=visitor.learnt(),
            sure=post.do == SURE,
        )
    )
    relay.hint(who.municipality, receipt.wake)
    return receipts.go(receipt, beside=receipts.beside(version.form))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 20):
        raise BadRequest
    return int(text)


def _page(draft: Draft, raw: Raw, errors: tuple[FieldError, ...] = (), found: Resumed | None = None) -> str:
    who: Actor = visitor.actor()
    version = catalogs.form_version(who.municipality, draft.form_version)
    page = form_page(version.hash, version.form, "nl", AUDIENCE)
    own = around.own_fields({name: texts[0] for name, texts in draft.raw.items() if texts})
    beside = around.beside(version, raw, who, own, errors)
    agreed = agreeing.words_for(version, page, raw, who, audience=AUDIENCE, person=beside.chosen)
    filling = replace(
        filling_of(agreed.raw, errors, address=version.form.address_form),
        choices=choices_for(page, who),
        roles=who.roles,
        words=agreed.words,
        shown=agreed.shown,
        warned=warned_in(page, version.hash, agreed.raw, visitor.moment(), who.roles),
    )
    here = url_for("reception.fill", draft_id=draft.id)
    moment = visitor.moment()
    shown = ShownForm(
        page=page,
        body=page.render(filling),
        today=moment.today.isoformat(),
        urgent=urgent_now(page, version.hash, agreed.raw, moment, who.roles),
        action=here,
        token=f"draft-{draft.id}",
        summary=summary_of(errors, address=version.form.address_form),
        buttons=with_sure(
            (Button("submit", say("forms.submit"), main=True), Button("save", say("forms.save"))), errors
        ),
        hidden=(("_version", str(version.id)), *((PARENT, text) for text in draft.raw.get(PARENT, ()))),
        autosave=here,
        revision=draft.rev,
    )
    standing = openings.standing(visitor.world(), version.form)
    notice = noticing.notice_of(version)
    told = {"draft": draft, "beside": beside, "standing": standing, "found": found, "notice": notice}
    return render_template("reception/form.html", form=shown, **told)


def _changes(body: Any) -> dict[str, list[str]] | None:
    """What the script sent, when it has the right shape."""
    changes = body.get("changes") if isinstance(body, dict) else None
    if not isinstance(changes, dict) or len(changes) > 2000:
        return None
    for name, texts in changes.items():
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts) or len(name) > 200:
            return None
    return changes
