"""Where do style sheets and scripts come from?

Our own from ``static/``; Bootstrap from the installed package, so that nothing of others lies in this repository.
Addresses carry a hash of the content, so browsers may keep them for a year.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import flask_bootstrap
from flask import Blueprint, Response, abort, request, send_from_directory

from app.engine.policy import Act
from app.web.acts import act

STATIC = Path(__file__).parent / "static"
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5"
BOOTSTRAP_FILES = frozenset({"css/bootstrap.min.css"})
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
