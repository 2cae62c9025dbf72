"""How does a referrer or resident hand in a form, and hear what became of it?"""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for

from app.engine.policy import Act, may_ever
from app.services.errors import Forbidden, NotFound
from app.services.gatherings import choosing
from app.services.intake import first_dates, paper_cards, papers
from app.services.intake.paper_cards import Card
from app.services.municipality import openings
from app.services.people import referrer_links, referrer_page
from app.services.people.referrer_links import filled_by_link
from app.web import receipts, visitor
from app.web.acts import act
from app.web.public import filling
from app.web.public.filling import Desk, Page
from app.web.public.places import of_poster
from app.web.reception.cards import came_in
from app.web.reception.papers import papers_of

bp = Blueprint("public", __name__)


@bp.get("/kaart/<form_id>")
@act(Act.FORM_FILL_PUBLIC)
def form(form_id: str) -> Page:
    """A blank form."""
    return filling.blank(_desk(form_id))


@bp.post("/kaart/<form_id>")
@act(Act.FORM_FILL_PUBLIC)
def send(form_id: str) -> Page:
    """Hand it in; what is wrong comes back beside the fields, with everything that was typed."""
    return filling.handle(_desk(form_id))


@bp.get("/k/<token>")
@act(Act.FORM_FILL_PUBLIC)
def by_personal_link(token: str) -> Page:
    """The card of a referrer who was given a link of their own, or the twin of a card on paper."""
    card = paper_cards.by_link(visitor.municipality_id(), token)
    if card is None:
        return filling.blank(_desk_of_link(token))
    if may_ever(visitor.actor(), Act.FORM_FILL_RECEPTION):
        return came_in(card)
    return _done(card) if card.used_on or card.void else filling.blank(_desk_of_card(card, token))


@bp.post("/k/<token>")
@act(Act.FORM_FILL_PUBLIC)
def send_by_link(token: str) -> Page:
    """The same as without a link, under the referrer's name or the number of the card."""
    card = paper_cards.by_link(visitor.municipality_id(), token)
    return filling.handle(_desk_of_link(token) if card is None else _desk_of_card(card, token))


@bp.get("/f/<word>")
@act(Act.FORM_FILL_PUBLIC)
def short(word: str) -> Page:
    """A form by the short address that was chosen for it; what a poster says about where it hangs goes along."""
    found = openings.by_word(visitor.world(), word)
    filling.open_form(found)
    place = request.args.get("buurt", "")[:60] or None
    return redirect(url_for("public.form", form_id=found, buurt=place))


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


def _desk(form_id: str) -> Desk:
    version, audience = filling.open_form(form_id)
    action = url_for("public.send", form_id=form_id)
    number = request.args.get("sessie", "")[:60]
    field, value = choosing.chosen(visitor.municipality_id(), form_id, number) if number else ("", "")
    prefill = dict[str, tuple[str, ...]]({field: (value,)} if value else {})
    prefill |= of_poster(version.form, request.args.get("buurt", ""), visitor.world().staffing.neighbourhoods)
    received = partial(receipts.go, beside=receipts.beside(version.form))
    return Desk(version, audience, filling.filler(audience), action, received, prefill=prefill)


def _desk_of_link(token: str) -> Desk:
    referrer = referrer_links.open_link(visitor.municipality_id(), token)
    version = filling.card()
    return Desk(
        version,
        "referrer",
        referrer.actor,
        url_for("public.send_by_link", token=token),
        partial(receipts.go, more=url_for("public.by_personal_link", token=token)),
        link=referrer.link,
        prefill={field.id: referrer.fills.get(field.means, ()) for field in filled_by_link(version.form)},
    )


def _desk_of_card(card: Card, token: str) -> Desk:
    version, audience = filling.open_form(card.form)
    action = url_for("public.send_by_link", token=token)
    return Desk(version, audience, filling.filler(audience), action, receipts.go, card=card.number)


def _done(card: Card) -> Page:
    """What somebody reads who holds a card that came in before: nothing of what is in it."""
    phone = visitor.world().settings.get("phone", "")
    return render_template("public/card_done.html", card=card, phone=phone), 410


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
