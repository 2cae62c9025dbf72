"""Somebody asks for their own data, or to be erased: find them, look, approve, hand over."""

from __future__ import annotations

import json
from io import BytesIO

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as BaseResponse

from app.engine import values
from app.engine.likeness import Portrait
from app.engine.names import LONGEST as LONGEST_NAME
from app.engine.names import Name
from app.engine.policy import Act
from app.jobs import relay
from app.services.errors import Conflict, Invalid
from app.services.people import keying
from app.services.privacy import copy_paper, erase_person, requests, whose_rights
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences, status_of
from app.web.reception.finding import BIRTH, NAME, PLACE, REASON, Asked, sentence

bp = Blueprint("rights", __name__, url_prefix="/rechten")
Page = BaseResponse | str | tuple[str, int]
HIDE, CUT, RELEASE = "zwart", "woorden.", "vrij"
MOST_LINES, LONGEST = 20_000, 2000


@bp.get("")
@act(Act.PERSON_RIGHTS)
def index() -> Page:
    """What was asked, and a field to begin."""
    return _index()


@bp.post("")
@act(Act.PERSON_RIGHTS)
def find() -> Page:
    """Whom a case is about."""
    try:
        person = requests.case_person(visitor.actor(), request.form.get("number", "")[:60])
    except Invalid as problem:
        return _index(sentences(problem)), 422
    return redirect(url_for("rights.person", person_id=person))


@bp.post("/zoeken")
@act(Act.PERSON_RIGHTS)
def seek() -> Page:
    """Who could be meant by a name, the most alike first; posted, so that it stands in no address."""
    typed = {name: request.form.get(name, "").strip()[:LONGEST_NAME] for name in (NAME, BIRTH, PLACE, REASON)}
    try:
        asked = Portrait(Name(whole=typed[NAME]), keying.birth_of(typed[BIRTH]), typed[PLACE])
        people = whose_rights.find(visitor.actor(), asked, typed[REASON])
    except values.Rejected as problem:
        return _index(asked=Asked(typed, {BIRTH: sentence(problem.code, dict(problem.params))})), 422
    except Invalid as problem:
        where = REASON if problem.code == "reason_needed" else NAME
        status = 429 if problem.code == "search_too_many" else 422
        return _index(asked=Asked(typed, {where: sentence(problem.code, problem.params)})), status
    return _index(asked=Asked(typed, {}, people))


@bp.post("/kies")
@act(Act.PERSON_RIGHTS)
def choose() -> Page:
    """Open the record of who asks."""
    chosen, reason = request.form.get("persoon", "")[:60], request.form.get(REASON, "")
    try:
        whose_rights.choose(visitor.actor(), chosen, reason)
    except Invalid as problem:
        return _index(sentences(problem)), 422
    return redirect(url_for("rights.person", person_id=chosen))


@bp.get("/<person_id>")
@act(Act.PERSON_RIGHTS)
def person(person_id: str) -> Page:
    """What can be done for somebody: a copy, or erase."""
    return _person(person_id)


@bp.post("/<person_id>/kopie")
@act(Act.PERSON_RIGHTS)
def begin(person_id: str) -> Page:
    """Collect what is kept."""
    made = requests.begin(visitor.actor(), person_id)
    return redirect(url_for("rights.copy", request_id=made))


@bp.get("/kopie/<request_id>")
@act(Act.PERSON_RIGHTS)
def copy(request_id: str) -> Page:
    """What would go out; once approved: how it is given."""
    return _copy(request_id)


@bp.post("/kopie/<request_id>")
@act(Act.PERSON_RIGHTS)
def copy_do(request_id: str) -> Page:
    """Black out, approve, take longer, or note that it was given."""
    do = request.form.get("_do", "")
    try:
        _DO[do](request_id)
    except KeyError:
        raise BadRequest from None
    except (Conflict, Invalid) as problem:
        return _copy(request_id, sentences(problem)), status_of(problem)
    return redirect(url_for("rights.copy", request_id=request_id, klaar=do))


@bp.get("/kopie/<request_id>/kopie.pdf")
@act(Act.PERSON_RIGHTS)
def copy_pdf(request_id: str) -> BaseResponse:
    """What was approved, on paper."""
    made = copy_paper.pdf(visitor.actor(), request_id)
    return send_file(BytesIO(made), "application/pdf", as_attachment=True, download_name="kopie.pdf")


@bp.get("/kopie/<request_id>/kopie.json")
@act(Act.PERSON_RIGHTS)
def copy_json(request_id: str) -> BaseResponse:
    """The same for a machine."""
    told = json.dumps(requests.export(visitor.actor(), request_id), ensure_ascii=False, indent=2)
    made = Response(told, mimetype="application/json")
    made.headers["Content-Disposition"] = "attachment; filename=kopie.json"
    return made


@bp.post("/<person_id>/wissen")
@act(Act.PERSON_RIGHTS)
def erase(person_id: str) -> Page:
    """Lay it before a colleague."""
    try:
        erase_person.propose(visitor.actor(), person_id)
    except Conflict as problem:
        return _person(person_id, sentences(problem)), 409
    return redirect(url_for("rights.person", person_id=person_id, _anchor="wissen"))


@bp.post("/<person_id>/wissen/<erasure>")
@act(Act.RETENTION_APPROVE)
def erase_answer(person_id: str, erasure: str) -> Page:
    """Approve it, or do not."""
    who = visitor.actor()
    try:
        if request.form.get("_do") == "approve":
            relay.hint(who.municipality, erase_person.approve(who, erasure))
        else:
            erase_person.drop(who, erasure)
    except (Conflict, Invalid) as problem:
        return _person(person_id, sentences(problem)), status_of(problem)
    return redirect(url_for("terms.index"))


def _keep(request_id: str) -> None:
    cuts = {
        name.removeprefix(CUT): text[:LONGEST].splitlines()
        for name, text in request.form.items()
        if name.startswith(CUT)
    }
    hidden = request.form.getlist(HIDE)[:MOST_LINES]
    released = request.form.getlist(RELEASE)[:MOST_LINES]
    requests.keep(
        visitor.actor(), request_id, version=_version(), hidden=hidden, cuts=cuts, released=released
    )


def _approve(request_id: str) -> None:
    """What stands on the page is kept first."""
    _keep(request_id)
    seen = request.form.get("seen", "")[:64]
    requests.approve(visitor.actor(), request_id, version=_version() + 1, seen=seen)


def _longer(request_id: str) -> None:
    requests.extend(visitor.actor(), request_id, request.form.get("reason", ""), version=_version())


def _hand(request_id: str) -> None:
    requests.hand_over(visitor.actor(), request_id, request.form.get("how", ""), version=_version())


_DO = {"keep": _keep, "approve": _approve, "longer": _longer, "hand": _hand}


def _version() -> int:
    text = request.form.get("version", "")
    return int(text) if text.isdigit() else -1


def _index(lines: tuple[str, ...] = (), asked: Asked | None = None) -> str:
    return render_template(
        "keeping/rights.html",
        requests=requests.listed(visitor.actor()),
        lines=lines,
        typed=request.form.get("number", ""),
        asked=asked or Asked({}, {}),
        places=visitor.world().staffing.neighbourhoods,
    )


def _person(person_id: str, lines: tuple[str, ...] = ()) -> str:
    return render_template(
        "keeping/person.html", erasure=erase_person.preview(visitor.actor(), person_id), lines=lines
    )


def _copy(request_id: str, lines: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    found = requests.one(who, request_id)
    return render_template(
        "keeping/copy.html",
        asked=found,
        work=requests.work(who, request_id) if found.state == "open" else None,
        ways=requests.WAYS,
        lines=lines,
        hide=HIDE,
        release=RELEASE,
        cut=CUT,
        done=request.args.get("klaar", ""),
    )
