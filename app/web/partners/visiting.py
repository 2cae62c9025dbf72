"""The page of a partner: a link from a mail, a code from the telephone, one case, and an answer.

Somebody of a partner with an account finds the same in a list of their own.
"""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.definitions.model.forms import Form
from app.engine.model.answers import FieldError
from app.engine.policy import Act, by_link
from app.jobs import relay
from app.services.cases.act_on_case import NOTHING_GIVEN
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.people import partner_page
from app.services.people.partner_page import ROLE, SITTING, Answer, Button, PartnerView, Visit
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.forms.pages import form_page, make_page
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import Button as Press
from app.web.forms.showing import ShownForm, filling_of, minted, summary_of
from app.web.posting import pressed

bp = Blueprint("partner_page", __name__)
Page = Response | str | tuple[str, int]
COOKIE = "meernet-partner"
NO_FORM = Form(id="", title="", sections=())


@bp.get("/partner/<token>")
@act(Act.REFERRAL_ANSWER)
def show(token: str) -> Page:
    """What was shared, once the code was given; else who gives the code."""
    try:
        view = partner_page.show(_visit(token))
    except Forbidden:
        return _door(token)
    return _view(view, url_for("partner_page.show", token=token), token)


@bp.post("/partner/<token>")
@act(Act.REFERRAL_ANSWER)
def enter(token: str) -> Page:
    """Give the code."""
    code = request.form.get("code", "")[:40]
    try:
        sitting = partner_page.enter(visitor.municipality_id(), token, code, origin=request.remote_addr or "")
    except Invalid as problem:
        return _door(token, problem.code), 422
    path = url_for("partner_page.show", token=token)
    answer = redirect(path)
    answer.set_cookie(
        COOKIE,
        sitting,
        max_age=int(SITTING.total_seconds()),
        path=path,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SECURE_COOKIES"],
    )
    return answer


@bp.get("/partner/<token>/doe/<action_id>")
@act(Act.REFERRAL_ANSWER)
def form(token: str, action_id: str) -> Page:
    """The small form of an answer."""
    try:
        view = partner_page.show(_visit(token))
    except Forbidden:
        return redirect(url_for("partner_page.show", token=token))
    return _form(view, _button(view, action_id), url_for("partner_page.show", token=token), {}, minted())


@bp.post("/partner/<token>/doe/<action_id>")
@act(Act.REFERRAL_ANSWER)
def press(token: str, action_id: str) -> Page:
    """Answer."""
    try:
        return _press(_visit(token), action_id, url_for("partner_page.show", token=token))
    except Forbidden:
        return redirect(url_for("partner_page.show", token=token))


@bp.get("/verwijzingen")
@act(Act.REFERRAL_OWN)
def mine() -> Page:
    """What was sent to the organisation of who is signed in."""
    return render_template("partners/mine.html", waiting=partner_page.listed(visitor.actor()))


@bp.get("/verwijzingen/<case_id>")
@act(Act.REFERRAL_OWN)
def own(case_id: str) -> Page:
    """One of them: the same page as behind a link."""
    return _view(partner_page.show(_own(case_id)), url_for("partner_page.own", case_id=case_id))


@bp.get("/verwijzingen/<case_id>/doe/<action_id>")
@act(Act.REFERRAL_OWN)
def own_form(case_id: str, action_id: str) -> Page:
    """The small form of an answer."""
    view = partner_page.show(_own(case_id))
    return _form(view, _button(view, action_id), url_for("partner_page.own", case_id=case_id), {}, minted())


@bp.post("/verwijzingen/<case_id>/doe/<action_id>")
@act(Act.REFERRAL_OWN)
def own_press(case_id: str, action_id: str) -> Page:
    """Answer."""
    return _press(_own(case_id), action_id, url_for("partner_page.own", case_id=case_id))


def _visit(token: str) -> Visit:
    return Visit(visitor.municipality_id(), token, request.cookies.get(COOKIE, "")[:200])


def _own(case_id: str) -> Visit:
    who = visitor.actor()
    return Visit(who.municipality, actor=who, case=case_id)


def _door(token: str, wrong: str = "") -> str:
    door = partner_page.door(visitor.municipality_id(), token)
    return render_template("partners/door.html", door=door, token=token, wrong=wrong)


def _view(view: PartnerView, path: str, token: str = "") -> str:
    return render_template("partners/case.html", view=view, path=path, token=token, fresh=minted())


def _button(view: PartnerView, action_id: str) -> Button:
    found = next((button for button in view.buttons if button.id == action_id), None)
    if found is None:
        raise NotFound
    return found


def _press(visit: Visit, action_id: str, path: str) -> Page:
    view = partner_page.show(visit)
    button = next((item for item in view.buttons if item.id == action_id), None)
    if button is None:  # answered meanwhile: the page says how it stands now
        return redirect(path)
    post = pressed(button.form.form if button.form else NO_FORM, by_link(visit.municipality, ROLE))
    if post.errors:
        return _form(view, button, path, post.raw, post.token, errors=post.errors), 422
    given = read(button.form.hash, button.form.form, post.raw) if button.form else NOTHING_GIVEN
    try:
        outcome = partner_page.answer(visit, Answer(action_id, _version(view), post.token, given))
    except Invalid as problem:
        errors = problem.errors or (FieldError("", problem.code, tuple(problem.params.items())),)
        return _form(view, button, path, post.raw, post.token, errors=errors), 422
    except Conflict:
        return redirect(path)
    relay.hint(visit.municipality, outcome.wake)
    return redirect(path)


def _version(view: PartnerView) -> int:
    text = request.form.get("_version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else view.version


def _form(
    view: PartnerView, button: Button, path: str, raw: Raw, token: str, *, errors: tuple[FieldError, ...] = ()
) -> str:
    version = button.form
    page = form_page(version.hash, version.form, "nl", "") if version else make_page(NO_FORM)
    shown = ShownForm(
        page=page,
        body=page.render(filling_of(raw, errors, address=page.form.address_form)),
        today=visitor.moment().today.isoformat(),
        action=f"{path}/doe/{button.id}",
        token=token,
        summary=summary_of(errors, address=page.form.address_form),
        buttons=(Press("submit", button.label or say("forms.submit"), main=True),),
        hidden=(("_version", str(view.version)),),
    )
    return render_template("partners/answer.html", view=view, button=button, form=shown, path=path)
