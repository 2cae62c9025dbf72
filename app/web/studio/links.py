"""Who looks after the personal links of referrers: make, fill in, print, replace, take back?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.definitions.model.forms import Field, FieldType
from app.engine.policy import Act
from app.services.errors import Conflict, Invalid, NotFound, ServiceError
from app.services.people import referrer_links
from app.services.people.referrer_links import Fills, LinkLine
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences, status_of
from app.web.forms.showing import error_sentences, minted
from app.web.posting import token_of
from app.web.public import filling
from app.web.reception.cards import pdf_answer
from app.web.studio import seen

bp = Blueprint("links", __name__, url_prefix="/beheer/doorverwijzers")
Page = Response | str | tuple[str, int]
MOST_TYPED = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the form as an input of a link: ``name`` is what it stands for."""

    name: str
    label: str
    help: str
    options: tuple[tuple[str, str], ...]
    many: bool
    type: str


@bp.get("")
@act(Act.LINKS_EDIT)
def index() -> Page:
    """All links."""
    lines = referrer_links.listed(visitor.actor())
    return render_template("studio/links/index.html", lines=lines, done=request.args.get("klaar", ""))


@bp.get("/nieuw")
@act(Act.LINKS_EDIT)
def new() -> Page:
    """A blank link."""
    return _form(None)


@bp.post("/nieuw")
@act(Act.LINKS_EDIT)
def make() -> Page:
    """Make it and show it, this once."""
    try:
        link, token = referrer_links.make(visitor.actor(), _typed("name"), fills=_fills(), sent=token_of())
    except (Conflict, Invalid) as problem:
        return _form(None, problem), status_of(problem)
    return _ready(_line(link), token)


@bp.get("/<link>")
@act(Act.LINKS_EDIT)
def edit(link: str) -> Page:
    """What a link fills in."""
    return _form(_line(link))


@bp.post("/<link>")
@act(Act.LINKS_EDIT)
def save(link: str) -> Page:
    """Keep that."""
    _line(link)
    try:
        referrer_links.change(visitor.actor(), link, _typed("name"), _fills(), seen=seen.posted())
    except (Conflict, Invalid) as problem:
        return _form(_line(link), problem), status_of(problem)
    return redirect(url_for("links.index", klaar="saved"))


@bp.post("/<link>/vervang")
@act(Act.LINKS_EDIT)
def renew(link: str) -> Page:
    """Another link for the same referrer; the old one is dead."""
    return _ready(_line(link), referrer_links.renew(visitor.actor(), link))


@bp.post("/<link>/intrekken")
@act(Act.LINKS_EDIT)
def revoke(link: str) -> Page:
    """Take it back, at once."""
    referrer_links.revoke(visitor.actor(), link)
    return redirect(url_for("links.index", klaar="revoked"))


@bp.post("/blad")
@act(Act.LINKS_EDIT)
def sheet() -> Response:
    """The link on paper. The token comes along from the page that shows it: nobody keeps it."""
    token = request.form.get("token", "")[:60]
    form = filling.card().form
    return pdf_answer(referrer_links.sheet(visitor.actor(), token, _address(token), form), "link.pdf")


def _ready(line: LinkLine, token: str) -> str:
    address = _address(token)
    code = referrer_links.qr(address)
    return render_template("studio/links/ready.html", line=line, token=token, address=address, code=code)


def _address(token: str) -> str:
    return url_for("public.by_personal_link", token=token, _external=True)


def _line(link: str) -> LinkLine:
    for line in referrer_links.listed(visitor.actor()):
        if line.id == link and line.revoked_at is None:
            return line
    raise NotFound


def _form(line: LinkLine | None, problem: ServiceError | None = None) -> str:
    filled: Fills = _fills() if problem else line.fills if line else {}
    return render_template(
        "studio/links/edit.html",
        line=line,
        name=_typed("name") if problem else line.name if line else "",
        fields=[_shown(field) for field in referrer_links.filled_by_link(filling.card().form)],
        filled=filled,
        errors=error_sentences(problem.errors) if isinstance(problem, Invalid) else {},
        lines=sentences(problem) if isinstance(problem, Conflict) else (),
        now=_now(line) if line and seen.is_stale(problem) else (),
        token=minted(),
    )


def _now(line: LinkLine) -> seen.Now:
    """What somebody else saved of this link."""
    typed, fields = _fills(), referrer_links.filled_by_link(filling.card().form)
    told = [
        (item.label, ", ".join(line.fills.get(item.means, ())), ", ".join(typed.get(item.means, ())))
        for item in fields
    ]
    return seen.differing([(say("links.whose"), line.name, _typed("name")), *told])


def _shown(field: Field) -> Shown:
    options = tuple((item.id, item.label) for item in field.options.options) if field.options else ()
    kind = {FieldType.EMAIL: "email", FieldType.PHONE: "tel"}.get(field.type, "text")
    return Shown(field.means, field.label, field.help, options, field.type is FieldType.CHOICES, kind)


def _fills() -> dict[str, tuple[str, ...]]:
    """What was typed for each field that a link can fill in."""
    found = {
        field.means: tuple(text.strip()[:MOST_TYPED] for text in request.form.getlist(field.means))
        for field in referrer_links.filled_by_link(filling.card().form)
    }
    return {means: kept for means, texts in found.items() if (kept := tuple(filter(None, texts)))}


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:MOST_TYPED]
