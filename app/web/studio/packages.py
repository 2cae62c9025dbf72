"""How do definitions come in from elsewhere, and go out?"""

from __future__ import annotations

import base64
import json

from flask import Blueprint, Response, render_template, request
from werkzeug.utils import secure_filename

from app.definitions.json_schema import schema
from app.definitions.vocabulary_workflows import FILE_KINDS
from app.definitions.xlsform.questions import Note
from app.engine.policy import Act
from app.services.definitions import definition_drafts, packages
from app.services.definitions.import_xlsform import CLASSES, import_xlsform
from app.services.errors import Invalid, NotFound
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.studio.line_diff import compare

bp = Blueprint("packages", __name__, url_prefix="/beheer/uitwisselen")


@bp.get("")
@act(Act.DEFINITIONS_READ)
def index() -> str:
    """What can be taken along, and what can be brought."""
    return _page()


@bp.get("/pakket.zip")
@act(Act.DEFINITIONS_READ)
def download() -> Response:
    """Everything that runs as one zip; with ``?ontwerp=1`` the working copy."""
    data = packages.export(visitor.actor(), work="ontwerp" in request.args)
    return _attachment(data, f"{visitor.actor().municipality}.zip", "application/zip")


@bp.get("/bestand/<path:path>")
@act(Act.DEFINITIONS_READ)
def download_one(path: str) -> Response:
    """One file as it is being worked on. Raises ``NotFound``."""
    found = definition_drafts.open_text(visitor.actor(), path)
    return _attachment(found.text.encode(), path.rpartition("/")[2], "application/yaml")


@bp.get("/schema/<kind>.json")
@act(Act.DEFINITIONS_READ)
def json_schema(kind: str) -> Response:
    """The schema of a kind of file, for an editor outside. Raises ``NotFound``."""
    if kind not in FILE_KINDS:
        raise NotFound
    data = json.dumps(schema(kind), ensure_ascii=False, indent=1).encode()
    return _attachment(data, f"meernet-{kind}.schema.json", "application/schema+json")


@bp.post("/pakket")
@act(Act.DEFINITIONS_EDIT)
def bring() -> tuple[str, int] | str:
    """Show what a package would bring; nothing is kept yet."""
    try:
        data = _uploaded()
        package = packages.opened(visitor.actor(), data)
    except Invalid as problem:
        return _page(problem), 422
    differences = {item.path: compare(item.text, item.mine) for item in package.files if item.mine}
    carried = base64.b64encode(data).decode()
    return render_template("studio/package.html", package=package, differences=differences, carried=carried)


@bp.post("/overnemen")
@act(Act.DEFINITIONS_EDIT)
def take() -> tuple[str, int] | str:
    """Keep what was chosen of a package as work."""
    seen = {path: request.form.get(f"seen:{path}", "") for path in request.form.getlist("take")}
    try:
        taken = packages.take(visitor.actor(), _carried(), seen)
    except Invalid as problem:
        return _page(problem), 422
    return render_template("studio/package_taken.html", taken=taken)


@bp.post("/rekenblad")
@act(Act.DEFINITIONS_EDIT)
def spreadsheet() -> tuple[str, int] | str:
    """Make a form of a spreadsheet form."""
    file = request.files.get("file")
    name = (file.filename or "").rpartition(".")[0] if file else ""
    privacy = request.form.get("privacy", "1")
    try:
        made = import_xlsform(visitor.actor(), _uploaded(), name=name[:80], privacy=privacy)
    except Invalid as problem:
        return _page(problem), 422
    return render_template("studio/xlsform.html", made=made, say_note=_said)


def _uploaded() -> bytes:
    """What was chosen, as bytes. Raises ``Invalid``."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid("no_file")
    data: bytes = file.read()
    return data


def _carried() -> bytes:
    """The package that its page carried along. Raises ``Invalid``."""
    try:
        return base64.b64decode(request.form.get("package", ""), validate=True)
    except ValueError:
        raise Invalid("package_unreadable") from None


def _page(problem: Invalid | None = None) -> str:
    error = say(f"studio_packages.error.{problem.code}", **problem.params) if problem else ""
    return render_template("studio/packages.html", kinds=FILE_KINDS, classes=CLASSES, error=error)


def _attachment(data: bytes, name: str, kind: str) -> Response:
    response = Response(data, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=secure_filename(name))
    return response


def _said(note: Note) -> str:
    """A line of the report."""
    return say(f"xlsform.{note.code}", **dict(note.params))
