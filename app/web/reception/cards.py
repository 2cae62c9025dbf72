"""How does the desk print cards with a number of their own, and enter one that came in?"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.services.errors import Invalid, NotFound
from app.services.intake import drafts, paper_cards, print_cards
from app.services.intake.paper_cards import Card, Printing
from app.services.municipality import openings
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.forms.showing import error_sentences

bp = Blueprint("cards", __name__, url_prefix="/onthaal/kaarten")
MOST_TYPED = 200
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.CARDS_PRINT)
def index() -> Page:
    """What was printed, and the way to print more."""
    return _index()


@bp.post("")
@act(Act.CARDS_PRINT)
def reserve() -> Page:
    """Draw the numbers of new cards."""
    form, point, place, count = (
        request.form.get(name, "").strip() for name in ("form", "point", "place", "count")
    )
    wanted = Printing(form, point, place, int(count) if count.isdecimal() and len(count) < 5 else 0)
    try:
        batch = paper_cards.reserve(visitor.actor(), wanted)
    except Invalid as problem:
        return _index(problem), 422
    return redirect(url_for("cards.show", batch_id=batch, klaar=1))


@bp.get("/<batch_id>")
@act(Act.CARDS_PRINT)
def show(batch_id: str) -> Page:
    """The cards of one batch."""
    return _show(batch_id)


@bp.get("/<batch_id>/kaarten.pdf")
@act(Act.CARDS_PRINT)
def pdf(batch_id: str) -> Response:
    """The cards that are still to be used, to print on both sides."""
    made = print_cards.pdf(visitor.actor(), batch_id, link_to)
    return pdf_answer(made, f"kaarten-{batch_id}.pdf")


@bp.post("/<batch_id>/kaart")
@act(Act.CARDS_PRINT)
def mark(batch_id: str) -> Page:
    """Say that a card is lost or spoilt, or that it was found again."""
    try:
        paper_cards.mark(visitor.actor(), request.form.get("number", ""), request.form.get("why", ""))
    except Invalid as problem:
        return _show(batch_id, problem), 409
    return redirect(url_for("cards.show", batch_id=batch_id))


@bp.post("/invoer")
@act(Act.FORM_FILL_RECEPTION)
def scanned() -> Page:
    """A number that was typed, or what a scanner typed: on to the form, or why not."""
    typed = request.form.get("number", "")[:MOST_TYPED]
    try:
        card = paper_cards.by_number(visitor.actor(), typed)
    except Invalid as problem:
        return render_template("reception/card_scan.html", typed=typed.strip(), errors=_said(problem)), 422
    return came_in(card) if card.used_on or card.void else begin(card)


@bp.post("/<number>/begin")
@act(Act.FORM_FILL_RECEPTION)
def enter(number: str) -> Page:
    """Begin the form of a card whose code was scanned with a telephone."""
    card = paper_cards.by_number(visitor.actor(), number)
    return came_in(card) if card.used_on or card.void else begin(card)


def came_in(card: Card) -> Page:
    """A card as staff see it: to enter, or what became of it."""
    who = visitor.actor()
    case = paper_cards.case_of(who, card.number) if card.used_on and may_ever(who, Act.CASE_FIND) else ""
    return render_template("reception/card.html", card=card, case=case)


def begin(card: Card) -> Page:
    """A draft that knows the number of the card."""
    version = visitor.live().form(card.form)
    field = version.form.meaning("case.card_number")
    standing = openings.standing(visitor.world(), version.form)
    if field is None:
        raise NotFound
    if standing.closed:
        phone = visitor.world().settings.get("phone", "")
        told = {"form": version.form, "standing": standing, "phone": phone, "desk": True}
        return render_template("public/closed.html", **told), 409
    draft = drafts.start(visitor.actor(), version.id, {field.id: [card.number]})
    return redirect(url_for("reception.fill", draft_id=draft.id))


def link_to(text: str) -> str:
    """The whole address of a card's online twin."""
    return url_for("public.by_personal_link", token=text, _external=True)


def pdf_answer(content: bytes, name: str) -> Response:
    """A PDF to look at; the browser keeps no copy."""
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _index(problem: Invalid | None = None) -> str:
    who = visitor.actor()
    return render_template(
        "reception/cards.html",
        offered=print_cards.offered(who),
        batches=paper_cards.batches(who),
        titles={ref: version.form.title for ref, version in visitor.live().forms.items()},
        points=visitor.live().contact_points,
        places=visitor.world().staffing.neighbourhoods,
        chosen=request.form or request.args,
        most=paper_cards.MOST,
        may_enter=may_ever(who, Act.FORM_FILL_RECEPTION),
        errors=_said(problem),
    )


def _show(batch_id: str, problem: Invalid | None = None) -> str:
    batch, cards = paper_cards.batch(visitor.actor(), batch_id)
    return render_template(
        "reception/card_batch.html",
        batch=batch,
        cards=cards,
        points=visitor.live().contact_points,
        places=visitor.world().staffing.neighbourhoods,
        reasons=paper_cards.VOID,
        done=request.args.get("klaar"),
        errors=_said(problem),
    )


def _said(problem: Invalid | None) -> dict[str, str]:
    """Field -> sentence; what stands beside no field under an empty name."""
    if problem is None:
        return {}
    return error_sentences(problem.errors) or {"": " ".join(sentences(problem))}
