"""How does somebody go to the provider, and come back as who they are?

What goes out is kept here, sealed, for ten minutes, under the hash of its state and bound to the browser it left from;
it is used once. What comes back is checked outside any transaction, and nothing of it is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from app.channels import openid
from app.channels.openid import Asked, ProviderDown, Untrusted
from app.engine.model.people import AccountId
from app.services.access import guesses, outside_people, outside_roles, outside_told, sessions, signing_in
from app.services.access.outside_people import NotHere
from app.services.access.outside_told import AFTER, Known, home_of
from app.services.access.sessions import SignedIn
from app.services.access.signing_in import Browser, Entered
from app.services.errors import Invalid, NotFound
from app.services.municipality import municipalities
from app.storage import clock, history
from app.storage.database import Transaction, transaction
from app.storage.repositories import outside_rows

LASTS = timedelta(minutes=10)
TOO_MANY = "too_many"
AGAIN_S = 60
"""Who is to show again that it is them signs in anew at the provider, not longer ago than this."""
Claims = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Door:
    """Another municipality of this installation where somebody may come in."""

    name: str
    address: str


class Refused(Exception):
    """They did not come in. ``code`` names a text ``outside.refused.<code>``, ``detail`` the step that failed;
    ``doors`` are other municipalities that the provider named, ``minutes`` how long to wait after ``too_many``."""

    def __init__(
        self, code: str, label: str = "", detail: str = "", doors: tuple[Door, ...] = (), *, minutes: str = ""
    ) -> None:
        super().__init__(code)
        self.minutes = minutes
        self.code = code
        self.label = label
        self.detail = detail
        self.doors = doors


@dataclass(frozen=True, slots=True)
class Came:
    """They came in: their session, and where they were going with what they had typed (as ``begin`` was told).
    ``pressed``: they were pressing a button, also when nothing was typed."""

    entered: Entered
    back: str = ""
    kept: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    linked: bool = False
    pressed: bool = False


@dataclass(frozen=True, slots=True)
class Going:
    """Why somebody goes to the provider. ``link``: the account that will be known by it; ``again``: it has to be
    somebody who signs in there just now."""

    back: str = ""
    link: AccountId = ""
    again: bool = False
    pressed: bool = False
    kept: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def begin(municipality: str, browser_key: str, going: Going, browser: Browser) -> str:
    """The address at the provider. Raises ``NotFound`` where there is none, ``Refused`` (``down``, ``too_many``)."""
    known = _known(municipality)
    told = known.told
    _count(municipality, known, browser)
    try:
        provider = openid.discover(told.issuer)
    except ProviderDown as error:
        raise _refused(municipality, known, "down", error.code) from error
    age = AGAIN_S if going.again else told.max_age * 60
    url, state, asked = openid.begin(
        known.client(municipality), provider, max_age=age, acr=told.acr, again=going.again
    )
    out = {"nonce": asked.nonce, "verifier": asked.verifier, "max_age": age, **asdict(going)}
    with transaction(municipality) as tx:
        outside_rows.begin(tx, _hash(state), _hash(browser_key), out, LASTS)
    return url


def finish(
    municipality: str, browser_key: str, came: Mapping[str, str], browser: Browser, token: str = ""
) -> Came:
    """Let whoever came back in; ``token`` is that of the session in this browser, which is renewed if it is theirs.

    Raises ``Refused``, ``NotFound`` where there is no provider.
    """
    known = _known(municipality)
    with transaction(municipality) as tx:
        out = outside_rows.take(tx, _hash(came.get("state", "")), _hash(browser_key), LASTS)
    own = _own(municipality, token)
    if out is None or (out["link"] and (own is None or own.actor.account != out["link"])):
        raise Refused("state", known.told.label)
    if "error" in came:
        raise _refused(municipality, known, "denied", came["error"])
    claims = _proven(municipality, known, out, came)
    if not outside_roles.fits(known.told, claims):
        raise _refused(municipality, known, "other_org", doors=_doors(municipality, known, claims))
    try:
        with transaction(municipality) as tx:
            account = _account(tx, known, out, claims)
            has_role = outside_people.follow(tx, known.told, account, claims)
        if not has_role:
            raise NotHere("no_role")
        with transaction(municipality) as tx:
            guesses.forgive(tx, signing_in.gates_elsewhere(browser))
            history.append(tx, None, "outside_signed_in", {"account": account}, by=account)
            if own is None or own.actor.account != account:
                entered = _session(tx, known, account, claims, browser)
            else:
                entered = Entered(sessions.renewed(tx, token) if out["again"] else token)
    except NotHere as error:
        raise _refused(municipality, known, error.code) from error
    kept = tuple((name, text) for name, text in out["kept"])
    return Came(entered, str(out["back"]), kept, bool(out["link"]), bool(out.get("pressed")))


def way_out(municipality: str) -> str:
    """Where one signs out at the provider too; empty where it has no such door, or cannot be asked."""
    try:
        known = _known(municipality)
        provider = openid.discover(known.told.issuer)
    except (NotFound, ProviderDown):
        return ""
    if not provider.end_session:
        return ""
    back = {"client_id": known.told.client_id, "post_logout_redirect_uri": home_of(municipality) + AFTER}
    return f"{provider.end_session}{'&' if '?' in provider.end_session else '?'}{urlencode(back)}"


def _count(municipality: str, known: Known, browser: Browser) -> None:
    """Setting out costs a row here and a question there: nobody does so without end."""
    try:
        with transaction(municipality) as tx:
            guesses.attempt(tx, signing_in.gates_elsewhere(browser), TOO_MANY)
    except Invalid as closed:
        raise Refused(TOO_MANY, known.told.label, minutes=closed.params["minutes"]) from closed


def _known(municipality: str) -> Known:
    with transaction(municipality, readonly=True) as tx:
        known = outside_told.of(tx)
    if not known.active:
        raise NotFound
    return known


def _proven(municipality: str, known: Known, out: Mapping[str, Any], came: Mapping[str, str]) -> Claims:
    asked = Asked(out["nonce"], out["verifier"], out["max_age"])
    try:
        provider = openid.discover(known.told.issuer)
        return openid.finish(known.client(municipality), provider, asked, came, clock.real())
    except ProviderDown as error:
        raise _refused(municipality, known, "down", error.code) from error
    except Untrusted as error:
        raise _refused(municipality, known, "untrusted", error.code) from error


def _account(tx: Transaction, known: Known, out: Mapping[str, Any], claims: Claims) -> AccountId:
    if out["link"]:
        outside_people.connect(tx, known.told, out["link"], claims)
    return outside_people.recognise(tx, known.told, claims)


def _own(municipality: str, token: str) -> SignedIn | None:
    """The session in this browser, open or locked; a half one is not anybody's yet."""
    found = sessions.look(municipality, token) if token else None
    return found if found is not None and found.stage == sessions.OPEN else None


def _session(tx: Transaction, known: Known, account: AccountId, claims: Claims, browser: Browser) -> Entered:
    if outside_roles.is_strong(known.told, claims):
        return signing_in.opened(tx, account, browser)
    return signing_in.entered(tx, account, browser)


def _doors(municipality: str, known: Known, claims: Claims) -> tuple[Door, ...]:
    """Other municipalities here, at the same provider, that what it says names."""
    found: list[Door] = []
    for item in municipalities.listed():
        if item.id == municipality:
            continue
        with transaction(item.id, readonly=True) as tx:
            other = outside_told.of(tx)
        same = other.active and other.told.issuer == known.told.issuer
        if same and outside_roles.names_organisation(other.told, claims):
            found.append(Door(item.name, home_of(item.id) + AFTER))
    return tuple(found)


def _refused(
    municipality: str, known: Known, code: str, detail: str = "", doors: tuple[Door, ...] = ()
) -> Refused:
    """Say so in the log: the step, never who it was."""
    safe = detail if detail.replace("_", "").isalnum() and len(detail) < 40 else ""
    with transaction(municipality) as tx:
        history.append(tx, None, "outside_refused", {"why": code, "detail": safe})
    return Refused(code, known.told.label, safe, doors)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else secrets.token_hex(32)
