"""Which versions of a form or process were there, and how does an old one come back?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.definitions.differences import text_of
from app.engine.policy import Act, may_ever
from app.services.definitions import definition_versions
from app.services.definitions.catalogs import CAMPAIGN, FORM, REPORT, WORKFLOW
from app.services.definitions.definition_drafts import REMOVED
from app.services.errors import Conflict, NotFound
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.studio import menu

bp = Blueprint("versions", __name__, url_prefix="/beheer/versies/<kind>/<ref>")
Page = Response | str | tuple[str, int]
KINDS = {"formulier": FORM, "proces": WORKFLOW, "campagne": CAMPAIGN, "rapport": REPORT}
WORDS = {FORM: "formulier", WORKFLOW: "proces", CAMPAIGN: "campagne", REPORT: "rapport"}


@bp.get("")
@act(Act.DEFINITIONS_READ)
def index(kind: str, ref: str) -> Page:
    """All of them, the newest first."""
    return _list(kind, ref)


@bp.post("/archiveren")
@act(Act.DEFINITIONS_EDIT)
def archive(kind: str, ref: str) -> Page:
    """No new work from the next publication on."""
    try:
        definition_versions.archive(visitor.actor(), _kind(kind), ref, request.form.get("seen", "")[:64])
    except Conflict as refused:
        return _list(kind, ref, sentences(refused)), 409
    return redirect(url_for("work.index"), 303)


@bp.get("/<number>")
@act(Act.DEFINITIONS_READ)
def one(kind: str, ref: str, number: str) -> Page:
    """One version, with what changed before and since."""
    return _one(kind, ref, number)


@bp.post("/<number>/terugzetten")
@act(Act.DEFINITIONS_EDIT)
def restore(kind: str, ref: str, number: str) -> Page:
    """Put its texts back as work."""
    wanted = request.form.getlist("kies")
    seen = {path: request.form.get(f"seen:{path}", "")[:64] for path in wanted}
    try:
        definition_versions.restore(visitor.actor(), _kind(kind), ref, _number(number), seen)
    except Conflict as refused:
        return _one(kind, ref, number, sentences(refused)), 409
    return redirect(url_for("work.index"), 303)


def _list(kind: str, ref: str, said: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    versions = definition_versions.show(who, _kind(kind), ref)
    return render_template(
        "studio/versions.html",
        kind=kind,
        versions=versions,
        waits=versions.seen == REMOVED,
        moves=menu.address("migrating.index"),
        sentences=said,
        may_edit=may_ever(who, Act.DEFINITIONS_EDIT),
    )


def _one(kind: str, ref: str, number: str, said: tuple[str, ...] = ()) -> str:
    who = visitor.actor()
    found = definition_versions.one(who, _kind(kind), ref, _number(number))
    return render_template(
        "studio/version.html",
        kind=kind,
        ref=ref,
        found=found,
        text_of=text_of,
        sentences=said,
        may_edit=may_ever(who, Act.DEFINITIONS_EDIT),
    )


def _kind(word: str) -> str:
    if word not in KINDS:
        raise NotFound
    return KINDS[word]


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise NotFound
    return int(text)
