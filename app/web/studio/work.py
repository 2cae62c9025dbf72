"""What waits to be published, what would it change, and publish it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.definitions import problems
from app.definitions.differences import text_of
from app.definitions.model.source import Problem, Severity
from app.engine.policy import Act, may_ever
from app.services.definitions import definition_drafts, package_drafts, publish_drafts, touched_work
from app.services.definitions.publish_drafts import Choice, DraftedFile, Review
from app.services.definitions.touched_work import Touched
from app.services.errors import Conflict, Invalid, ServiceError
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences, status_of
from app.web.studio import menu
from app.web.studio.line_diff import DiffLine, compare

bp = Blueprint("work", __name__, url_prefix="/beheer/publiceren")
Page = Response | str | tuple[str, int]
FEW = 12
"""Differences of one definition that are shown before the rest is folded away."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A drafted file on the page, with its lines beside what runs."""

    file: DraftedFile
    kind: str
    title: str
    seen: str
    lines: tuple[DiffLine, ...]


@bp.get("")
@act(Act.DEFINITIONS_READ)
def index() -> Page:
    """What publishing would do."""
    return _page(_choice(request.args, asked="gekozen" in request.args))


@bp.post("")
@act(Act.DEFINITIONS_PUBLISH)
def publish() -> Page:
    """Do it, as it was shown."""
    choice = _choice(request.form, asked=True)
    try:
        result = publish_drafts.publish(visitor.actor(), choice)
    except (Conflict, Invalid) as refused:
        return _page(choice, refused=refused), status_of(refused)
    if result.refused:
        return _page(choice), 422
    return redirect(url_for("work.index", klaar=result.number), 303)


@bp.post("/weg")
@act(Act.DEFINITIONS_EDIT)
def discard() -> Page:
    """Throw the work on a file away."""
    return _done(lambda path, seen: definition_drafts.discard(visitor.actor(), path, seen))


@bp.post("/bekeken")
@act(Act.DEFINITIONS_EDIT)
def looked_at() -> Page:
    """The work on a file counts though what runs changed meanwhile."""
    return _done(lambda path, seen: package_drafts.looked_at(visitor.actor(), path, seen))


@bp.get("/pakket/<key>")
@act(Act.DEFINITIONS_EDIT)
def package(key: str) -> Page:
    """What a package brought beside what there is here."""
    return _package(key)


@bp.post("/pakket/<key>")
@act(Act.DEFINITIONS_EDIT)
def settle(key: str) -> Page:
    """Take the text of the package, or leave it."""
    who = visitor.actor()
    if request.form.get("_do") != "take":
        package_drafts.leave(who, key)
        return redirect(url_for("work.index"), 303)
    try:
        package_drafts.take(who, key, request.form.get("seen", "")[:64])
    except Conflict as refused:
        return _package(key, sentences(refused)), 409
    return redirect(url_for("work.index"), 303)


def _choice(given: MultiDict[str, str], *, asked: bool) -> Choice:
    """What is ticked. Of the forms that were shown without a tick those that are not held back yet stay behind."""
    along = frozenset(given.getlist("mee"))
    return Choice(
        paths=frozenset(given.getlist("kies")) if asked else None,
        hold=frozenset(given.getlist("volger")) - along,
        along=along & frozenset(given.getlist("achter")),
        token=given.get("token", "")[:64],
        note=given.get("nota", ""),
    )


def _page(choice: Choice, refused: ServiceError | None = None) -> str:
    who = visitor.actor()
    review = publish_drafts.review(who, choice)
    refs = (*review.renewal.made, *review.renewal.retired)
    touched = touched_work.touched(who, refs, review.after) if refs else Touched()
    errors, advice = _sorted(review)
    return render_template(
        "studio/work.html",
        review=review,
        files=_parts(review.files),
        touched=touched,
        errors=errors,
        advice=advice,
        text_of=text_of,
        told=problems.text_of,
        note=choice.note,
        few=FEW,
        sentences=sentences(refused) if refused else (),
        same=_same(review),
        waiting=package_drafts.listed(who),
        done=request.args.get("klaar", ""),
        moves=menu.address("migrating.index"),
        may_publish=may_ever(who, Act.DEFINITIONS_PUBLISH),
        may_edit=may_ever(who, Act.DEFINITIONS_EDIT),
    )


def _sorted(review: Review) -> tuple[list[Problem], list[Problem]]:
    """All errors, and the advice about the chosen files."""
    chosen = {file.path for file in review.files if file.chosen}
    errors = [item for item in review.problems if item.severity is Severity.ERROR]
    advice = [item for item in review.problems if item not in errors and item.span.path in chosen]
    return errors, advice


def _same(review: Review) -> list[tuple[str, str]]:
    """What gets a new version without a word of its own that changed: kind and title."""
    told = {(found.kind, found.ref) for found in review.differences}
    flows = review.after.workflows
    return [
        (kind, flows[ref].title)
        for kind, ref in review.renewal.made
        if (kind, ref) not in told and ref in flows
    ]


def _parts(files: Sequence[DraftedFile]) -> list[FilePart]:
    named = {found.path: found for found in definition_drafts.listed(visitor.actor())}
    return [
        FilePart(
            file,
            named[file.path].kind,
            named[file.path].title,
            named[file.path].seen,
            compare(file.text, file.live),
        )
        for file in files
        if file.path in named
    ]


def _done(do: Callable[[str, str], None]) -> Page:
    try:
        do(request.form.get("path", ""), request.form.get("seen", "")[:64])
    except Conflict as refused:
        return _page(Choice(), refused=refused), 409
    return redirect(url_for("work.index"), 303)


def _package(key: str, said: Sequence[str] = ()) -> str:
    found = package_drafts.one(visitor.actor(), key)
    return render_template(
        "studio/work_package.html",
        found=found,
        sentences=said,
        between=compare(found.theirs, found.ours),
        ours=compare(found.ours, found.base) if found.base else (),
        theirs=compare(found.theirs, found.base) if found.base else (),
    )
