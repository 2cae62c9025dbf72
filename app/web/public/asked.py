"""The page of somebody who is asked something by link: one question, one form, no account, on any phone."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.judge import Given
from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor, by_link
from app.jobs import relay
from app.services.cases import ask_page
from app.services.cases.ask_page import AskView
from app.services.errors import Invalid
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.forms.pages import form_page
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import Button, ShownForm, filling_of, minted, summary_of
from app.web.posting import pressed

bp = Blueprint("asked", __name__, url_prefix="/gevraagd")
Page = Response | str | tuple[str, int]
Wake = tuple[int, ...]
Keep = Callable[[Given], Wake]
ROLE = "partner"
TEMPLATE = "asking/asked.html"


@bp.get("/<token>")
@act(Act.ASK_ANSWER)
def show(token: str) -> Page:
    """The question, or that it was answered, or that it is over."""
    view = ask_page.show(visitor.municipality_id(), token)
    return asking(view, url_for("asked.show", token=token))


@bp.post("/<token>")
@act(Act.ASK_ANSWER)
def answer(token: str) -> Page:
    """Answer. What is sent twice stands once: the second time says so too."""
    municipality = visitor.municipality_id()
    view, path = ask_page.show(municipality, token), url_for("asked.show", token=token)

    def keep(given: Given) -> Wake:
        return ask_page.answer(municipality, token, given, origin=request.remote_addr or "")

    return answered(by_link(municipality, ROLE), view, path, keep)


def answered(
    who: Actor, view: AskView, path: str, keep: Keep, *, template: str = TEMPLATE, then: str = ""
) -> Page:
    """What was posted is kept, or comes back with what is wrong; a question that takes no answer any more says so.

    ``then`` is where one goes on after an answer, the page of the question itself without it.
    """
    if view.form is None:
        return redirect(path)
    post = pressed(view.form.form, who)
    if post.errors or post.rows_changed:
        return asking(view, path, post.raw, post.token, errors=post.errors, template=template), 422
    try:
        wake = keep(read(view.form.hash, view.form.form, post.raw))
    except Invalid as problem:
        return asking(view, path, post.raw, post.token, errors=faults(problem), template=template), 422
    relay.hint(who.municipality, wake)
    return redirect(then or path)


def faults(problem: Invalid) -> tuple[FieldError, ...]:
    """What is wrong, beside its field or with the whole."""
    return problem.errors or (FieldError("", problem.code, tuple(problem.params.items())),)


def asking(
    view: AskView,
    path: str,
    raw: Raw | None = None,
    token: str = "",
    *,
    errors: tuple[FieldError, ...] = (),
    template: str = TEMPLATE,
) -> str:
    """The page of a question; ``path`` is where it is answered."""
    shown = None
    if view.form is not None:
        page = form_page(view.form.hash, view.form.form, "nl", "")
        address = page.form.address_form
        shown = ShownForm(
            page=page,
            body=page.render(filling_of(view.begins if raw is None else raw, errors, address=address)),
            today=visitor.moment().today.isoformat(),
            action=path,
            token=token or minted(),
            summary=summary_of(errors, address=address),
            buttons=(Button("submit", say("asks.send"), main=True),),
        )
    return render_template(template, view=view, form=shown)
