"""How does an administrator set the provider where people sign in, and print what its owner asks to know?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.definitions.vocabulary import ROLES
from app.engine.policy import Act
from app.services.access import accounts, outside_people, outside_told
from app.services.access.outside_told import Told
from app.services.errors import Conflict, Invalid, ServiceError
from app.services.seen import mark
from app.texts import has, say
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences
from app.web.forms.showing import error_sentences
from app.web.studio import seen

bp = Blueprint("outside_settings", __name__, url_prefix="/beheer/aanmelden")
Page = Response | str | tuple[str, int]
KEEPERS = frozenset({"system_admin", "form_admin"})
TEXTS = (
    "label", "issuer", "client_id", "method", "scopes", "subject", "role_claim", "org_claim", "org", "unknown", "local",
    "acr", "entity", "contact", "contact_mail", "environment",
)  # fmt: skip


@bp.get("")
@act(Act.OUTSIDE_EDIT)
def index() -> Page:
    """What was set, and who is connected."""
    known = outside_told.show(visitor.actor())
    return _page(known.told, active=known.active)


@bp.post("")
@act(Act.OUTSIDE_EDIT)
def save() -> Page:
    """Keep it."""
    told, active = _told(), bool(request.form.get("active"))
    try:
        secret = request.form.get("secret", "").strip()
        outside_told.save(visitor.actor(), told, active=active, secret=secret, seen=seen.posted())
    except Invalid as problem:
        return _page(told, problem, active=active), 422
    except Conflict as problem:
        return _page(told, problem, active=active), 409
    return redirect(url_for("outside_settings.index", bewaard=1))


@bp.post("/koppelen")
@act(Act.OUTSIDE_EDIT)
def link() -> Page:
    """Say who an account is at the provider."""
    who = visitor.actor()
    try:
        outside_people.link_by_hand(who, request.form.get("account", ""), request.form.get("mark", ""))
    except (Invalid, Conflict) as problem:
        known = outside_told.show(who)
        return _page(known.told, problem, active=known.active), 422
    return redirect(url_for("outside_settings.index", bewaard=1, _anchor="gekoppeld"))


@bp.post("/ontkoppelen")
@act(Act.OUTSIDE_EDIT)
def unlink() -> Page:
    """The provider does not vouch for an account any more."""
    outside_people.unlink(visitor.actor(), request.form.get("account", ""))
    return redirect(url_for("outside_settings.index", bewaard=1, _anchor="gekoppeld"))


@bp.get("/integratiedossier")
@act(Act.OUTSIDE_EDIT)
def file() -> Page:
    """What the owner of the provider asks to know of us, from what was set and nothing else."""
    who = visitor.actor()
    known = outside_told.show(who)
    home = outside_told.home_of(who.municipality)
    return render_template(
        "studio/outside/file.html",
        told=known.told,
        town=visitor.municipality_name(),
        redirect_uri=home + outside_told.PATH,
        logout_uri=home + outside_told.AFTER,
    )


def _page(told: Told, problem: ServiceError | None = None, *, active: bool) -> str:
    who = visitor.actor()
    known = outside_told.show(who)
    found = getattr(problem, "errors", ())
    typed = outside_told.shown(told, active=active)
    people = accounts.list_accounts(who)
    return render_template(
        "studio/outside/index.html",
        told=told,
        active=active,
        has_secret=bool(known.secret),
        standing=known.active,
        roles=_lines(told),
        seen=mark(outside_told.shown(known.told, active=known.active)),
        now=tuple((label, _words(text)) for label, text in seen.now(problem, typed, _label)),
        known_roles=ROLES[2:],
        keepers=[line for line in people if line.active and KEEPERS & set(line.roles)],
        people=[line for line in people if line.active],
        linked=outside_people.linked(who),
        errors=error_sentences(found) if problem else {},
        lines=sentences(problem) if problem and not found else (),
        saved=request.args.get("bewaard", ""),
    )


def _told() -> Told:
    form = request.form
    texts: dict[str, Any] = {name: form.get(name, "").strip() for name in TEXTS}
    age = form.get("max_age", "").strip()
    return Told(
        **texts,
        roles=_roles(form.get("roles", "")),
        by_email=bool(form.get("by_email")),
        named=tuple(form.getlist("named")),
        strong=tuple(form.get("strong", "").split()),
        max_age=int(age) if age.isdecimal() and len(age) < 6 else -1 if age else 0,
    )


def _roles(typed: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """``Role = here, here`` a line."""
    found: dict[str, tuple[str, ...]] = {}
    for line in typed.splitlines():
        name, _, given = line.partition("=")
        if line.strip():
            found[name.strip()] = tuple(given.replace(",", " ").split()) or ("?",)
    return tuple(found.items())


def _lines(told: Told) -> str:
    return "\n".join(f"{name} = {', '.join(given)}" for name, given in told.roles)


def _label(name: str) -> str:
    code = f"connections.field.{name}"
    return say(code) if has(code) else name


def _words(text: str) -> str:
    """Accounts by their names; anything else as it is."""
    workers = visitor.world().staffing.workers
    return "\n".join(workers[item].name if item in workers else item for item in text.split("\n"))
