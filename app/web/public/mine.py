"""How does a resident look at their own case, and what do they do there?

The number may stand in an address, the code never does: a QR code carries it behind ``#``, which browsers keep to
themselves. Every miss looks the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.engine.policy import Act
from app.jobs import relay
from app.services.errors import Invalid, NotFound
from app.services.follow_up.sending_limits import TOO_MANY
from app.services.people import (
    resident_asks,
    resident_changes,
    resident_codes,
    resident_page,
    resident_proof,
)
from app.services.people.resident_asks import From, Heard
from app.services.people.resident_codes import WAIT
from app.services.privacy import own_copy
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.forms.showing import minted
from app.web.public import resident_key

bp = Blueprint("mine", __name__, url_prefix=resident_key.PATH)
Page = BaseResponse | str | tuple[BaseResponse | str, int]
MOST_NUMBER, MOST_CODE, MOST_TEXT = 60, 80, 4000
REACHED = ("phone", "mobile", "email", "preference", "message_ok")


@bp.get("")
@act(Act.CASE_OWN)
def index() -> Page:
    """Number and code."""
    return _door("")


@bp.get("/<number>")
@act(Act.CASE_OWN)
def by_number(number: str) -> Page:
    """The same with the number filled in: where links, letters and QR codes lead."""
    return _door(number[:MOST_NUMBER])


@bp.post("")
@act(Act.CASE_OWN)
def enter() -> Page:
    """Open the page of a case."""
    number, code = request.form.get("number", "")[:MOST_NUMBER], request.form.get("code", "")[:MOST_CODE]
    try:
        key = resident_codes.enter(visitor.municipality_id(), number, code, origin=request.remote_addr or "")
    except NotFound:
        return _door(number, "missed"), 404
    except Invalid as problem:
        return _door(number, WAIT if problem.code == WAIT else "missed"), 429
    return resident_key.keep(_to_page(), key)


@bp.get("/vraag")
@act(Act.CASE_OWN)
def page() -> Page:
    """The resident's page."""
    try:
        kept = resident_key.kept()
    except NotFound:
        return redirect(url_for("mine.index"))
    return _page(kept)


@bp.post("/vraag/bewijs")
@act(Act.CASE_OWN)
def prove() -> Page:
    """The second step."""
    kept = resident_key.kept()
    try:
        key = resident_proof.prove(kept.key, request.form.get("proof", "")[:MOST_CODE])
    except NotFound:
        return _page(kept, wrong="proof_missed"), 422
    except Invalid as problem:
        return _page(kept, wrong=problem.code), 429
    return resident_key.keep(_to_page("antwoorden"), key)


@bp.post("/vraag/toevoegen")
@act(Act.CASE_OWN)
def add() -> Page:
    """Add something."""
    file = request.files.get("file")
    name, content = (file.filename or "", file.read()) if file is not None and file.filename else ("", b"")
    text = request.form.get("text", "")[:MOST_TEXT]
    return _done(lambda sender: resident_asks.add(sender, text, name=name, content=content), "toevoegen")


@bp.post("/vraag/terugbellen")
@act(Act.CASE_OWN)
def call_back() -> Page:
    """Ask to be called."""
    when = request.form.get("when", "")[:MOST_TEXT]
    return _done(lambda sender: resident_asks.call_back(sender, when), "terugbellen")


@bp.post("/vraag/gegevens")
@act(Act.CASE_OWN)
def ask_for() -> Page:
    """Ask what the law gives."""
    kind, text = request.form.get("kind", "")[:20], request.form.get("text", "")[:MOST_TEXT]
    return _done(lambda sender: resident_asks.ask_for(sender, kind, text), "gegevens")


@bp.post("/vraag/bereiken")
@act(Act.CASE_OWN)
def reach() -> Page:
    """Be reached in another way."""
    posted = {name: request.form[name][:200] for name in REACHED if name in request.form}
    everywhere = request.form.get("everywhere") == "ja"
    return _done(lambda sender: resident_changes.reach(sender, posted, everywhere=everywhere), "bereiken")


@bp.post("/vraag/intrekken")
@act(Act.CASE_OWN)
def take_back() -> Page:
    """Take back one consent."""
    consent = request.form.get("consent", "")[:120]
    return _done(lambda sender: resident_changes.take_back(sender, consent), "akkoord")


@bp.post("/vraag/opnieuw")
@act(Act.CASE_OWN)
def give_again() -> Page:
    """Let a consent that ends by itself hold anew."""
    consent, until = request.form.get("consent", "")[:120], request.form.get("until", "")[:10]
    return _done(lambda sender: resident_changes.give_again(sender, consent, until), "akkoord")


@bp.post("/vraag/stoppen")
@act(Act.CASE_OWN)
def stop() -> Page:
    """Stop everything; from now on there is no page any more."""
    sender = _sender()
    try:
        heard = resident_changes.stop(sender, request.form.get("action", "")[:40])
    except Invalid as problem:
        return _page(resident_key.kept(), lines=sentences(problem), at="akkoord"), 422
    relay.hint(sender.key.municipality, heard.wake)
    return resident_key.forget(make_response(render_template("mine/stopped.html")))


@bp.get("/vraag/kopie.pdf")
@act(Act.CASE_OWN)
def copy_pdf() -> Page:
    """The copy of one's own data, on paper."""
    made = BytesIO(own_copy.pdf(resident_key.kept().key))
    return send_file(made, "application/pdf", as_attachment=True, download_name="kopie.pdf")


@bp.get("/vraag/kopie.json")
@act(Act.CASE_OWN)
def copy_json() -> Page:
    """The same for a machine."""
    told = json.dumps(own_copy.fetch(resident_key.kept().key), ensure_ascii=False, indent=2)
    made = BytesIO(told.encode())
    return send_file(made, "application/json", as_attachment=True, download_name="kopie.json")


@bp.post("/weg")
@act(Act.CASE_OWN)
def leave() -> Page:
    """Close it, on a phone or computer that others use."""
    return resident_key.forget(make_response(redirect(url_for("mine.index"))))


def _done(do: Callable[[From], Heard], anchor: str) -> Page:
    """Do it, and tell on the next page what was done; what cannot be taken comes back beside its input."""
    sender = _sender()
    try:
        heard = do(sender)
    except Invalid as problem:
        status = 429 if problem.code == TOO_MANY else 422
        return _page(resident_key.kept(), lines=sentences(problem), at=anchor), status
    relay.hint(sender.key.municipality, heard.wake)
    return resident_key.keep(_to_page("gedaan", told=True), sender.key, heard)


def _sender() -> From:
    token = request.form.get("_token", "")[:64] or minted()
    return From(resident_key.kept().key, token, request.remote_addr or "")


def _to_page(anchor: str = "", *, told: bool = False) -> Response:
    path = url_for("mine.page", _anchor=anchor or None, gedaan="1" if told else None)
    return make_response(redirect(path))


def _door(number: str, problem: str = "") -> str:
    return render_template("mine/door.html", number=number, problem=problem)


def _page(kept: resident_key.Kept, *, wrong: str = "", lines: tuple[str, ...] = (), at: str = "") -> Response:
    """``lines`` are what is wrong with what was sent from the part ``at``."""
    shown = resident_page.show(kept.key)
    heard = kept.heard if "gedaan" in request.args else None
    answer = make_response(
        render_template(
            "mine/page.html",
            page=shown,
            heard=heard,
            wrong=wrong,
            lines=lines,
            at=at,
            token=minted(),
            typed=request.form,
            proven=kept.key.proven,
            copy_waits=own_copy.ready(kept.key),
        )
    )
    return resident_key.keep(answer, kept.key, kept.heard)
