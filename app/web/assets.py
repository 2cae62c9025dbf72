"""Where do style sheets and scripts come from?

Our own from ``static/``; Bootstrap and the editor Ace from installed packages, so that nothing of others lies in this
repository.
Addresses carry a hash of the content, so browsers may keep them for a year.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import flask_bootstrap
from flask import Blueprint, Response, abort, request, send_from_directory

from app.engine.policy import Act
from app.web.acts import act

STATIC = Path(__file__).parent / "static"
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5"
BOOTSTRAP_FILES = frozenset({"css/bootstrap.min.css"})
ACE_CARRIER = "django_ace"
"""Carries Ace; found and never imported, for the framework it belongs to is not here."""
ACE_FILES = frozenset({
    "ace.js", "mode-yaml.js", "ext-language_tools.js", "ext-searchbox.js", "css/ace.css",
})  # fmt: skip
ACE_PICTURE = re.compile(r"css/main-[0-9]{1,2}\.(png|svg)")
"""What ``css/ace.css`` draws with."""
KEEP_SECONDS = 365 * 24 * 3600

bp = Blueprint("assets", __name__)


@bp.get("/static/<mark>/<path:name>")
@act(Act.PAGE_PUBLIC)
def file(mark: str, name: str) -> Response:
    """A file of ours; ``mark`` only keeps old and new apart in caches."""
    return send_from_directory(STATIC, name, max_age=KEEP_SECONDS)


@bp.get("/static/bootstrap/<mark>/<path:name>")
@act(Act.PAGE_PUBLIC)
def bootstrap(mark: str, name: str) -> Response:
    """One of the few files of Bootstrap that pages use."""
    if name not in BOOTSTRAP_FILES:
        abort(404)
    return send_from_directory(BOOTSTRAP, name, max_age=KEEP_SECONDS)


@bp.get("/static/ace/<mark>/<path:name>")
@act(Act.PAGE_PUBLIC)
def ace(mark: str, name: str) -> Response:
    """One of the few files of Ace that the editor of the studio loads."""
    folder = _ace_folder()
    if folder is None or not (name in ACE_FILES or ACE_PICTURE.fullmatch(name)):
        abort(404)
    return send_from_directory(folder, name, max_age=KEEP_SECONDS)


@cache
def _ace_folder() -> Path | None:
    """Where Ace lies in the installed package; ``None`` where there is none: the editor works without."""
    found = find_spec(ACE_CARRIER)
    places = found.submodule_search_locations if found else None
    folder = Path(places[0]) / "static" / ACE_CARRIER / "ace" if places else None
    return folder if folder and (folder / "ace.js").is_file() else None


@cache
def _mark(folder: Path, name: str) -> str:
    return hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]


@cache
def _all_mark() -> str:
    """One mark for all modules, because they import each other by relative address."""
    digest = hashlib.sha256()
    for path in sorted((STATIC / "js").glob("*.js")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def asset(name: str) -> str:
    """The address of ``css/theme.css``."""
    mark = _all_mark() if name.startswith("js/") else _mark(STATIC, name)
    return f"{request.script_root}/static/{mark}/{name}"  # url_for costs more than the rest of a page


def bootstrap_asset(name: str) -> str:
    """The address of ``css/bootstrap.min.css`` in the installed package."""
    return f"{request.script_root}/static/bootstrap/{_mark(BOOTSTRAP, name)}/{name}"


def ace_asset(name: str) -> str:
    """The address of ``ace.js`` or another file of Ace; empty where it is not installed."""
    folder = _ace_folder()
    if folder is None:
        return ""
    return f"{request.script_root}/static/ace/{_mark(folder, 'ace.js')}/{name}"
