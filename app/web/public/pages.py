"""How does a referrer or resident hand in a form, and hear what became of it?"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor, by_link
from app.jobs import relay
from app.services import catalogs, referrer_page
from app.services.catalogs import FormVersion
from app.services.errors import Invalid, NotFound
from app.services.submit_form import SubmitForm, submit
from app.texts import say
from app.web import receipts, visitor
from app.web.acts import act
from app.web.forms.pages import form_page
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import Button, ShownForm, filling_of, minted, summary_of
from app.web.lending import choices_for
from app.web.posting import pressed

bp = Blueprint("public", __name__)
AUDIENCES = ("referrer", "public")
Page = Response | str | tuple[str, int]


@bp.get("/kaart/<form_id>")
@act(Act.FORM_FILL_PUBLIC)
def form(form_id: str) -> Page:
    """A blank form."""
    version, audience = _open(form_id)
    return _page(version, audience, {}, minted())


@bp.post("/kaart/<form_id>")
@act(Act.FORM_FILL_PUBLIC)
def send(form_id: str) -> Page:
    """Hand it in; what is wrong comes back beside the fields, with everything that was typed."""
    version, audience = _open(form_id)
    who = _filler(audience)
    post = pressed(version.form, who)
    if post.rows_changed or post.errors:
        return _page(
            version, audience, post.raw, post.token or minted(), post.errors
        ), 422 if post.errors else 200
    given = read(version.hash, version.form, post.raw)
    try:
        receipt = submit(SubmitForm(who, version.id, given, post.token, audience=audience))
    except Invalid as problem:
        return _page(version, audience, post.raw, post.token, problem.errors), 422
    relay.hint(who.municipality, receipt.wake)
    return receipts.go(receipt)


@bp.get("/ontvangst/<number>")
@act(Act.PAGE_PUBLIC)
def receipt(number: str) -> Page:
    """What was handed in, who follows it up, and how to ask after it."""
    found = receipts.kept(number)
    if found is None:
        return render_template("public/status.html", number=number, card=None, missed=False)
    return render_template("public/receipt.html", receipt=found)


@bp.get("/opvolgen")
@act(Act.PAGE_PUBLIC)
def status() -> Page:
    """Ask after a card."""
    return render_template("public/status.html", number="", card=None, missed=False)


@bp.post("/opvolgen")
@act(Act.PAGE_PUBLIC)
def look_up() -> Page:
    """Its status in one word, never its content."""
    number, code = request.form.get("number", "").strip()[:60], request.form.get("code", "").strip()[:80]
    try:
        card = referrer_page.look_up(visitor.municipality_id(), number, code)
    except NotFound:
        return render_template("public/status.html", number=number, card=None, missed=True), 404
    return render_template("public/status.html", number=number, card=card, missed=False)


def _open(form_id: str) -> tuple[FormVersion, str]:
    """The live form, when it is meant for people without an account."""
    version = catalogs.live(visitor.municipality_id()).form(form_id)
    audience = next((name for name in AUDIENCES if name in version.form.audience), None)
    if audience is None:
        raise NotFound
    return version, audience


def _filler(audience: str) -> Actor:
    """Somebody signed in stays who they are; others come as what the form is for."""
    who = visitor.actor()
    return who if not who.anonymous else by_link(who.municipality, audience)


def _page(
    version: FormVersion, audience: str, raw: Raw, token: str, errors: tuple[FieldError, ...] = ()
) -> str:
    page = form_page(version.hash, version.form, "nl", audience)
    who = _filler(audience)
    filling = replace(filling_of(raw, errors), choices=choices_for(page, who), roles=who.roles)
    shown = ShownForm(
        page=page,
        body=page.render(filling),
        action=url_for("public.send", form_id=version.form.id),
        token=token,
        summary=summary_of(errors),
        buttons=(Button("submit", say("forms.submit"), main=True),),
    )
    return render_template("public/form.html", form=shown)
