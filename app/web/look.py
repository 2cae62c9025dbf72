"""How does a municipality make the pages its own? By a picture and a colour, both served from here.

The colour comes as a style sheet of a few tokens, so that the policy against inline styles holds. Addresses carry a
mark that changes with what is behind them: browsers may keep it for a year.
"""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from app.engine import colours
from app.engine.policy import Act
from app.services.municipality import logo as logos
from app.services.municipality.municipalities import EXERCISE, REAL
from app.services.municipality.settings import Settings
from app.web import visitor
from app.web.acts import act
from app.web.assets import KEEP_SECONDS

bp = Blueprint("look", __name__)
EXERCISE_ACCENT = "#7a1f6b"
"""An exercise looks unlike anything a municipality chose."""
KINDS = {"png": "image/png", "webp": "image/webp"}
PLAIN = "r0"


@bp.get("/gemeente.css")
@act(Act.PAGE_PUBLIC)
def style() -> Response:
    """The tokens of this municipality."""
    found = visitor.shown()
    answer = Response(_tokens(found) if found else "", mimetype="text/css")
    return _lasting(answer, found.mark if found else "")


@bp.get("/gemeente/logo")
@act(Act.PAGE_PUBLIC)
def logo() -> Response:
    """Its picture."""
    found = logos.get(visitor.municipality_id())
    return _lasting(Response(found.content, mimetype=KINDS[found.kind]), found.mark)


def style_address() -> str:
    """Where the tokens are; empty while there are none of its own."""
    found = visitor.shown()
    mark = found.mark if found else PLAIN
    return "" if mark == PLAIN else f"{request.script_root}/gemeente.css?v={mark}"


def logo_address() -> str:
    """Where the picture is; empty without one."""
    found = visitor.shown()
    return f"{request.script_root}/gemeente/logo?v={found.logo}" if found and found.logo else ""


def is_exercise() -> bool:
    """Whether everybody here is invented."""
    found = visitor.shown()
    return found is not None and found.kind == EXERCISE


def is_real() -> bool:
    """Whether people live here who exist."""
    found = visitor.shown()
    return found is not None and found.kind == REAL


def _tokens(found: Settings) -> str:
    accent = EXERCISE_ACCENT if found.kind == EXERCISE else found.accent
    if not accent:
        return ""
    made = colours.palette(accent)
    return (
        f":root{{--mn-accent:{made.accent};--mn-accent-strong:{made.strong};--mn-accent-wash:{made.wash};"
        f"--bs-link-color-rgb:{_bytes(made.accent)};--bs-link-hover-color-rgb:{_bytes(made.strong)}}}\n"
    )


def _bytes(colour: str) -> str:
    return ",".join(str(value) for value in colours.bytes_of(colour))


def _lasting(answer: Response, mark: str) -> Response:
    """Kept by the browser when the address names what stands there now."""
    if mark and request.args.get("v") == mark:
        g.lasting = True
        answer.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}, immutable"
    return answer
