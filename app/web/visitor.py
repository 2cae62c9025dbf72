"""Who is asking, for which municipality?

The session lives in the database; the cookie holds only its key. Flask-Login finds the user through our request loader,
with one select; Flask's own session cookie is switched off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user

from app.engine.model.answers import Moment
from app.engine.model.people import World
from app.engine.policy import ANONYMOUS, Actor
from app.services import logs, moments
from app.services.access import sessions
from app.services.access.sessions import SignedIn
from app.services.access.signing_in import Browser, Entered
from app.services.definitions import catalogs
from app.services.definitions.catalogs import LiveCatalog
from app.services.errors import NotFound, ServiceError, Unavailable
from app.services.municipality import municipalities, settings
from app.services.municipality.settings import Settings
from app.services.staff import staffing

LONGEST_KEY = 200
BROWSER_KEPT = timedelta(days=180)
FRAMED = "framed"
"""The blueprint of forms in a frame on somebody else's page: nobody is signed in there, whatever cookies say."""
BEFORE_ALL = "begin"
WITHOUT_TOWN = frozenset({BEFORE_ALL, "assets", "look", "probes"})
"""The blueprints that answer before the first municipality is there, and to hosts of none."""


class NothingYet(NotFound):
    """No municipality lives on this installation."""


@dataclass(eq=False)
class Visitor(UserMixin):  # type: ignore[misc]  # flask_login has no types
    """Somebody who is signed in, as Flask-Login wants to see them; never a database object."""

    signed_in: SignedIn

    def get_id(self) -> str:
        """The account."""
        return self.signed_in.actor.account


class _NoCookieSession(dict[str, Any], SessionMixin):
    """What Flask-Login may scribble on during a request; forgotten afterwards."""


class _NoCookie(SessionInterface):
    def open_session(self, app: Flask, request: Request) -> SessionMixin:
        """Return an empty session."""
        return _NoCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep nothing."""


def install(app: Flask) -> None:
    """Connect Flask-Login to our sessions."""
    app.session_interface = _NoCookie()
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(_load)
    app.teardown_request(_gone)


def _gone(_error: BaseException | None) -> None:
    """The next request of this thread begins as nobody's, in the log too."""
    logs.municipality.set("")


def municipality_id() -> str:
    """The municipality this host belongs to. Raises NotFound for an unknown host of several."""
    found = _municipality()
    if found is None:
        raise NotFound if municipalities.anybody_here() else NothingYet
    return found


def municipality_name() -> str:
    """The name of the municipality as people write it; empty where there is none."""
    found = _municipality()
    return municipalities.remembered_name(found) if found else ""


def actor() -> Actor:
    """Who acts; without an account for somebody who is not signed in."""
    session = signed_in()
    if session is None and request.blueprint in WITHOUT_TOWN:
        return ANONYMOUS
    return session.actor if session else Actor(account="", municipality=municipality_id())


def is_signed_in() -> bool:
    """Whether there is a session behind the cookie."""
    return signed_in() is not None


def signed_in() -> SignedIn | None:
    """The session behind the cookie; asked of Flask-Login once a request."""
    if "signed_in" not in g:
        known = not is_framed() and current_user.is_authenticated
        g.signed_in = current_user.signed_in if known else None
    found: SignedIn | None = g.signed_in
    return found


def half() -> SignedIn | None:
    """The session behind the cookie when it opens nothing: its screen is locked, or its second step is missing."""
    signed_in()
    found: SignedIn | None = g.get("half")
    return found


def browser() -> Browser:
    """Where the request comes from, as signing in counts it."""
    mark = request.cookies.get(_mark_name(), "")[:LONGEST_KEY]
    return Browser(request.remote_addr or "", request.user_agent.string, mark)


def without_database() -> None:
    """From here on nothing is asked of the database for this page: it is drawn for nobody, of no municipality."""
    g.municipality = g.signed_in = g.shown = None


def is_framed() -> bool:
    """Whether this is a form in a frame, which keeps no cookie and knows nobody."""
    return request.blueprint == FRAMED


def shown() -> Settings | None:
    """How the municipality wants to look; ``None`` where there is none, or nothing can be read."""
    if "shown" not in g:
        try:
            g.shown = settings.of(world()) if _municipality() else None
        except (ServiceError, Unavailable):
            g.shown = None
    found: Settings | None = g.shown
    return found


def live() -> LiveCatalog:
    """The definitions this municipality runs on; a session knows their number already."""
    found = signed_in()
    return catalogs.live(municipality_id(), found.catalog_number if found else None)


def world() -> World:
    """Who holds what; a session knows its version already, for others it is looked up once a request."""
    found = signed_in()
    if found is not None:
        return staffing.world(municipality_id(), found.staffing_version)
    if "world" not in g:
        g.world = staffing.world(municipality_id())
    looked_up: World = g.world
    return looked_up


def moment() -> Moment:
    """Now, with the date on the wall of this municipality."""
    return moments.here(world())


def learnt() -> tuple[int, int] | None:
    """Numbers of the live definitions and staff as the session's select read them; ``None`` without a session."""
    found = signed_in()
    return (found.catalog_number, found.staffing_version) if found else None


def session_key() -> str:
    """The key in the cookie; empty without one."""
    return request.cookies.get(cookie_name(), "")[:LONGEST_KEY]


def cookie_name() -> str:
    """``__Host-`` binds a cookie to this host and to https; without https browsers refuse it."""
    return "__Host-meernet" if current_app.config["SECURE_COOKIES"] else "meernet"


def keep_session(response: Response, key: str) -> None:
    """Hand the key of a new session to the browser."""
    _keep(response, cookie_name(), key)


def let_in(response: Response, entered: Entered) -> Response:
    """Hand a new session to the browser, and the mark by which it is known from now on; the mark opens nothing. A
    session that was open in it before ends."""
    if is_signed_in():
        sessions.end(municipality_id(), session_key())
    _keep(response, cookie_name(), entered.key)
    if entered.mark:
        _keep(response, _mark_name(), entered.mark, BROWSER_KEPT)
    return response


def forget_session(response: Response) -> None:
    """Take the key away, with everything the browser still holds of it; only its mark stays."""
    response.delete_cookie(
        cookie_name(), secure=current_app.config["SECURE_COOKIES"], httponly=True, samesite="Lax", path="/"
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def _keep(response: Response, name: str, value: str, lasts: timedelta | None = None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=lasts,
        secure=current_app.config["SECURE_COOKIES"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def _mark_name() -> str:
    return "__Host-meernet-browser" if current_app.config["SECURE_COOKIES"] else "meernet-browser"


def _municipality() -> str | None:
    if "municipality" not in g:
        g.municipality = municipalities.by_host(request.host.partition(":")[0])
        logs.municipality.set(g.municipality or "")
    found: str | None = g.municipality
    return found


def _load(_request: Request) -> Visitor | None:
    if "signed_in" in g:
        return None  # it was known before Flask-Login asked: nobody, see without_database
    key, municipality = session_key(), _municipality()
    found = sessions.look(municipality, key) if key and municipality else None
    if found is None or found.is_open:
        return Visitor(found) if found else None
    g.half = found
    return None
