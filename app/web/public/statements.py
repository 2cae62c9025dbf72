"""What does the municipality publish about itself: privacy, accessibility, protocols, how to complain?"""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.services.errors import NotFound
from app.services.municipality import notices, processings, register_files, register_words, statements
from app.services.people import protocols
from app.texts import say
from app.web import noticing, offering, visitor
from app.web.acts import act
from app.web.reception.cards import pdf_answer

bp = Blueprint("statements", __name__)


@bp.get("/privacy")
@act(Act.PAGE_PUBLIC)
def privacy() -> str:
    """All forms, and whom to ask."""
    versions = sorted(visitor.live().forms.values(), key=lambda version: version.form.title.casefold())
    forms = [noticing.notice_of(version) for version in versions if version.form.workflow]
    return _page("privacy", forms=forms, online=offering.of_page("bij_privacy"))


@bp.get("/privacy/<form_id>")
@act(Act.PAGE_PUBLIC)
def form_privacy(form_id: str) -> str:
    """Everything about one form: what is told before it, what it asks, and how that is kept safe."""
    version = visitor.live().form(form_id)
    if not version.form.workflow:
        raise NotFound
    found = processings.entry(visitor.world(), visitor.live(), version).processing
    data = [(level, tuple(register_words.data(found, level))) for level in (1, 2, 3)]
    return render_template(
        "public/statements/form.html",
        notice=noticing.notice_of(version),
        address=version.form.address_form,
        number=version.number,
        data=[(level, lines) for level, lines in data if lines],
        why=list(dict.fromkeys((item.label, item.why) for item in found.data if item.why)),
        measures=register_words.measures(),
        told=statements.of(visitor.world(), "register").told,
        keeps=notices.kept_words(found),
    )


@bp.get("/privacy/<form_id>/blad.pdf")
@act(Act.PAGE_PUBLIC)
def sheet(form_id: str) -> Response:
    """The same on paper, in pictures and in words."""
    return pdf_answer(register_files.sheet_pdf(visitor.actor(), form_id), say("privacy.sheet.file"))


@bp.get("/toegankelijkheid")
@act(Act.PAGE_PUBLIC)
def accessibility() -> str:
    """How far everybody can use these pages, and where to say that something does not work."""
    day = statements.day(_told("accessibility").told["access_day"])
    return _page("accessibility", day=day, online=offering.of_page("bij_toegankelijkheid"))


@bp.get("/protocollen")
@act(Act.PAGE_PUBLIC)
def protocols_page() -> str:
    """Under which agreements other authorities get data."""
    return render_template(
        "public/statements/protocols.html", protocols=protocols.listed(visitor.actor()), fills_in=False
    )


@bp.get("/klachten")
@act(Act.PAGE_PUBLIC)
def complaints() -> str:
    """Whom to complain to, how, and within which terms."""
    return _page("complaints", online=offering.of_page("bij_klachten"))


def _page(group: str, **told: object) -> str:
    who = visitor.actor()
    return render_template(
        f"public/statements/{group}.html",
        standing=_told(group),
        fills_in=may_ever(who, Act.SETTINGS_EDIT),
        phone=visitor.world().settings.get("phone", ""),
        **told,
    )


def _told(group: str) -> statements.Standing:
    return statements.of(visitor.world(), group)
