"""How does a referrer or resident hand in a form, and hear what became of it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor, by_link
from app.jobs import relay
from app.services import first_dates, papers, referrer_links, referrer_page
from app.services.catalogs import FormVersion
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.sending_limits import TOO_MANY
from app.services.submit_form import SubmitForm, submit
from app.texts import say
from app.web import agreeing, receipts, visitor
from app.web.acts import act
from app.web.forms.pages import form_page
from app.web.forms.parts import Raw, html
from app.web.forms.reading import read
from app.web.forms.showing import Button, ShownForm, filling_of, minted, summary_of
from app.web.forms.urgent import urgent_now
from app.web.lending import choices_for
from app.web.posting import pressed, whose
from app.web.reception.papers import papers_of

bp = Blueprint("public", __name__)
AUDIENCES = ("referrer", "public")
TRAP = "_website"
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
    return _handle(version, audience, _filler(audience), url_for("public.send", form_id=form_id))


@bp.get("/k/<token>")
@act(Act.FORM_FILL_PUBLIC)
def by_personal_link(token: str) -> Page:
    """The card of a referrer who was given a link of their own."""
    referrer_links.open_link(visitor.municipality_id(), token)
    return _page(_card(), "referrer", {}, minted(), action=url_for("public.send_by_link", token=token))


@bp.post("/k/<token>")
@act(Act.FORM_FILL_PUBLIC)
def send_by_link(token: str) -> Page:
    """The same as without a link, under the referrer's name."""
    referrer = referrer_links.open_link(visitor.municipality_id(), token)
    return _handle(
        _card(), "referrer", referrer.actor, url_for("public.send_by_link", token=token), link=referrer.link
    )


@bp.get("/ontvangst/<number>")
@act(Act.PAGE_PUBLIC)
def receipt(number: str) -> Page:
    """What was handed in, who follows it up, and how to ask after it."""
    found = receipts.kept(number)
    if found is None:
        return render_template("public/status.html", number=number, card=None, missed=False)
    return render_template(
        "public/receipt.html", receipt=found, attempt=_attempt(found), **_for_staff(found.case)
    )


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


def _attempt(shown: receipts.ShownReceipt) -> date | None:
    """When somebody first tries to reach the resident, beside the last day that is promised."""
    if shown.contact_by is None:
        return None
    first = first_dates.first_attempt(visitor.municipality_id(), shown.case)
    return first if first is not None and first < shown.contact_by else None


def _for_staff(case: str) -> dict[str, object]:
    """First dates and what to print: for a colleague who handed it in."""
    who = visitor.actor()
    if who.anonymous:
        return {"dates": None, "papers": ()}
    try:
        found = papers.of_case(who, case)
    except (Forbidden, NotFound):
        return {"dates": None, "papers": ()}
    return {"dates": found, "papers": papers_of(case, found)}


def _handle(version: FormVersion, audience: str, who: Actor, action: str, *, link: str = "") -> Page:
    post = pressed(version.form, who)
    token = post.token or minted()
    if post.rows_changed or post.errors:
        page = _page(version, audience, post.raw, token, post.errors, action=action)
        return page, 422 if post.errors else 200
    request_ = SubmitForm(
        who,
        version.id,
        read(version.hash, version.form, post.raw),
        token,
        audience=audience,
        shown=agreeing.shown_in(version, post.raw),
        link=link,
        visitor=whose(who),
        origin=request.remote_addr or "",
        suspect=bool(request.form.get(TRAP, "")),
    )
    try:
        receipt = submit(request_)
    except Invalid as problem:
        errors = problem.errors or (FieldError("", problem.code, tuple(problem.params.items())),)
        page = _page(version, audience, post.raw, token, errors, action=action)
        return page, 429 if problem.code == TOO_MANY else 422
    relay.hint(who.municipality, receipt.wake)
    return receipts.go(receipt)


def _trap() -> str:
    """An input that no person sees or reaches; what is filled in there asks for a second look, no more."""
    return html(
        '<div class="visually-hidden" aria-hidden="true"><label for="i-{}">{}</label>'
        '<input id="i-{}" name="{}" tabindex="-1" autocomplete="off"></div>',
        TRAP,
        say("public.trap"),
        TRAP,
        TRAP,
    )


def _card() -> FormVersion:
    """The form that personal links are for: the first one meant for referrers."""
    forms = visitor.live().forms.values()
    found = next((version for version in forms if "referrer" in version.form.audience), None)
    if found is None:
        raise NotFound
    return found


def _open(form_id: str) -> tuple[FormVersion, str]:
    """The live form, when it is meant for people without an account."""
    version = visitor.live().form(form_id)
    audience = next((name for name in AUDIENCES if name in version.form.audience), None)
    if audience is None:
        raise NotFound
    return version, audience


def _filler(audience: str) -> Actor:
    """Somebody signed in stays who they are; others come as what the form is for."""
    who = visitor.actor()
    return who if not who.anonymous else by_link(who.municipality, audience)


def _page(
    version: FormVersion,
    audience: str,
    raw: Raw,
    token: str,
    errors: tuple[FieldError, ...] = (),
    *,
    action: str = "",
) -> str:
    page = form_page(version.hash, version.form, "nl", audience)
    who = _filler(audience)
    agreed = agreeing.words_for(version, page, raw, who, audience=audience)
    filling = replace(
        filling_of(agreed.raw, errors, address=version.form.address_form),
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
        action=action or url_for("public.send", form_id=version.form.id),
        token=token,
        summary=summary_of(errors, address=version.form.address_form),
        buttons=(Button("submit", say("forms.submit"), main=True),),
        extra=_trap(),
    )
    return render_template("public/form.html", form=shown)
