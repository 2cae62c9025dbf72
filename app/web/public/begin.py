"""How does the first administrator come in, and everybody after them for the first time?

By links that open once: one that ``meernet run`` shows for an installation on which nobody lives, one for each person
who was invited. There is no password that somebody else made.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.services.access import invitations, sessions, signing_in
from app.services.access.signing_in import Entered
from app.services.errors import Conflict, Invalid, NotFound
from app.services.municipality import municipalities, starting
from app.services.municipality.starting import Beginning
from app.web import signing, visitor
from app.web.acts import act
from app.web.forms.showing import error_sentences

bp = Blueprint(visitor.BEFORE_ALL, __name__)
SECONDS = 24 * 3600
FIRST_PATH = "/begin/{token}"
Page = Response | str | tuple[str, int]


def first_token(secret: str) -> str:
    """What opens an empty installation for a day; it opens nothing once a municipality lives there."""
    return str(_first((secret,)).dumps("first"))


@bp.get("/begin/<token>")
@act(Act.PAGE_PUBLIC)
def first(token: str) -> Page:
    """Ask which municipality this is, and who is its first administrator."""
    _demand_empty(token)
    return _first_page(token)


@bp.post("/begin/<token>")
@act(Act.PAGE_PUBLIC)
def found(token: str) -> Page:
    """Make it, and go on to everything else it needs."""
    _demand_empty(token)
    told = {name: request.form.get(name, "").strip() for name in ("name", "slug", "administrator", "email")}
    password = request.form.get("password", "")
    slug = told["slug"] or starting.slug_for(told["name"])
    try:
        starting.begin(Beginning(slug, told["name"], told["administrator"], told["email"], password))
    except Invalid as problem:
        return _first_page(token, problem, told), 422
    except Conflict as problem:
        raise NotFound from problem
    entered = signing_in.first(slug, told["email"], visitor.browser())
    return visitor.let_in(make_response(redirect(url_for("settings.index"))), entered)


@bp.get("/welkom/<token>")
@act(Act.PAGE_PUBLIC)
def welcome(token: str) -> Page:
    """Ask who was invited for a password of their own."""
    who = invitations.open_link(visitor.municipality_id(), token)
    return render_template("begin/welcome.html", token=token, who=who, errors={})


@bp.post("/welkom/<token>")
@act(Act.PAGE_PUBLIC)
def accept(token: str) -> Page:
    """Let them in."""
    here = visitor.municipality_id()
    who = invitations.open_link(here, token)
    password = request.form.get("password", "")
    try:
        entered = invitations.accept(here, token, password, visitor.browser())
    except Invalid as problem:
        errors = error_sentences(problem.errors)
        return render_template("begin/welcome.html", token=token, who=who, errors=errors), 422
    return visitor.let_in(make_response(redirect(url_for(_onward(here, entered)))), entered)


def _onward(here: str, entered: Entered) -> str:
    """The endpoint of the next step: the second one, or what they came to do."""
    if entered.stage != sessions.OPEN:
        return f"second_step.{entered.stage}"
    begun = sessions.load(here, entered.key)
    sets_up = begun is not None and may_ever(begun.actor, Act.SETTINGS_EDIT)
    return "settings.index" if sets_up else "home.index"


def _first_page(token: str, problem: Invalid | None = None, told: dict[str, str] | None = None) -> str:
    errors = error_sentences(problem.errors) if problem else {}
    return render_template("begin/first.html", token=token, told=told or {}, errors=errors)


def _demand_empty(token: str) -> None:
    """Raise ``NotFound`` unless we made the token, a short while ago, and nobody lives here yet."""
    try:
        _first(signing.accepted()).loads(token, max_age=SECONDS)
    except BadSignature as problem:
        raise NotFound from problem
    if municipalities.anybody_here():
        raise NotFound


def _first(secrets: tuple[str, ...]) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secrets, salt="first-run")
