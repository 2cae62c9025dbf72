"""How is a sheet filled in that belongs to nobody?

No draft, no receipt, no number: nothing that outlives the answer to the POST. Afterwards the same device may open the
form beside it, blank and with a token of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for

from app.definitions.model.forms import Form
from app.engine.model.answers import FieldError
from app.engine.policy import Act
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Forbidden, Invalid
from app.services.follow_up.sending_limits import TOO_MANY
from app.services.sheets import hand_in, print_empty
from app.services.sheets.hand_in import HandIn
from app.texts import say
from app.web import visitor
from app.web.acts import SignInFirst, act
from app.web.forms.pages import form_page
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import SURE, Button, ShownForm, filling_of, minted, summary_of, with_sure
from app.web.lending import choices_for
from app.web.posting import pressed
from app.web.public.filling import Page
from app.web.public.places import with_neighbourhood
from app.web.reception.cards import pdf_answer

bp = Blueprint("sheets", __name__, url_prefix="/blad")
AGAIN = "again"


@bp.get("/<form_id>")
@act(Act.FORM_FILL_PUBLIC)
def form(form_id: str) -> Page:
    """A blank sheet; ``nog`` says that the one before was kept."""
    return _page(_open(form_id), {}, minted())


@bp.post("/<form_id>")
@act(Act.FORM_FILL_PUBLIC)
def send(form_id: str) -> Page:
    """Hand it in; what is wrong comes back beside the fields, with everything that was typed."""
    version = _open(form_id)
    who = visitor.actor()
    post = pressed(version.form, who)
    raw = with_neighbourhood(version.form, post.raw)
    if post.rows_changed or post.errors:
        return _page(version, raw, post.token or minted(), post.errors), 422 if post.errors else 200
    sheet = HandIn(
        who,
        version.id,
        read(version.hash, version.form, raw),
        post.token,
        sure=post.do == SURE,
        origin=request.remote_addr or "",
    )
    try:
        hand_in.hand_in(sheet)
    except Invalid as problem:
        errors = problem.errors or (FieldError("", problem.code, tuple(problem.params.items())),)
        return _page(version, raw, post.token, errors), 429 if problem.code == TOO_MANY else 422
    if post.do == AGAIN:
        return redirect(url_for("sheets.form", form_id=form_id, nog=1))
    return redirect(url_for("sheets.done", form_id=form_id))


@bp.get("/<form_id>/klaar")
@act(Act.FORM_FILL_PUBLIC)
def done(form_id: str) -> Page:
    """That it was kept, the form beside it, and another one; the same for everybody."""
    found = _open(form_id).form
    beside = visitor.live().forms.get(found.beside)
    return render_template("public/sheet_done.html", form=found, beside=beside.form if beside else None)


@bp.get("/<form_id>/papier")
@act(Act.FORM_FILL_PUBLIC)
def paper(form_id: str) -> Page:
    """An empty one to print."""
    return pdf_answer(print_empty.sheet(visitor.actor(), _open(form_id).form), "leeg-blad.pdf")


def offered(forms: Iterable[Form]) -> list[Form]:
    """The sheets among ``forms`` that the visitor may fill in."""
    return [found for found in forms if found.unlinked and _may(found)]


def _may(found: Form) -> bool:
    try:
        hand_in.audience_of(visitor.actor(), found)
    except Forbidden:
        return False
    return True


def _open(form_id: str) -> FormVersion:
    """The live sheet. Raises ``NotFound``, ``Forbidden``, and ``SignInFirst`` for a stranger it is not for."""
    version = visitor.live().form(form_id)
    try:
        hand_in.audience_of(visitor.actor(), version.form)
    except Forbidden:
        if visitor.is_signed_in():
            raise
        raise SignInFirst from None
    return version


def _page(version: FormVersion, raw: Raw, token: str, errors: tuple[FieldError, ...] = ()) -> str:
    who = visitor.actor()
    page = form_page(version.hash, version.form, "nl", hand_in.audience_of(who, version.form))
    address = version.form.address_form
    filling = replace(
        filling_of(raw, errors, address=address), choices=choices_for(page, who), roles=who.roles
    )
    buttons = (Button("submit", say("forms.submit"), main=True), Button(AGAIN, say("sheets.once_more")))
    shown = ShownForm(
        page=page,
        body=page.render(filling),
        today=visitor.moment().today.isoformat(),
        action=url_for("sheets.send", form_id=version.form.id),
        token=token,
        summary=summary_of(errors, address=address),
        buttons=with_sure(buttons, errors),
    )
    kept = bool(request.args.get("nog")) and request.method == "GET"
    return render_template("public/sheet.html", form=shown, kept=kept, address=address)
