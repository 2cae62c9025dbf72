"""At which provider may people sign in, what counts there, and who may still use a password here?

What is set is checked before it is kept: never a national number as somebody's mark, and never a setting that leaves
nobody inside who can set it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlsplit

from app.channels import fetch, openid
from app.channels.addresses import NotAllowed, target_of
from app.definitions.vocabulary import ROLES
from app.engine.model.answers import FieldError
from app.engine.model.people import AccountId
from app.engine.policy import Act, Actor, may
from app.services import seen as pages
from app.services.access import passwords
from app.services.errors import Invalid
from app.services.follow_up.outgoing import current
from app.services.municipality import municipalities
from app.services.permission import demand
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, municipality_rows, outside_rows, proof_rows

PATH, AFTER = "/aanmelden/terug", "/aanmelden"
"""Where the provider sends people back to: with a code, and after signing out there."""
SUBJECTS = ("vo_id", "sub")
"""Claims that may say who somebody is. Never ``rrn``: a national number is not a name for an account."""
FORBIDDEN_SCOPES = frozenset({"rrn"})
REFUSE, MAKE = "refuse", "make"
ALL, NAMED = "all", "named"
METHODS = (openid.SECRET, openid.KEY)
LONGEST, MOST_LINES, LONGEST_KEY = 200, 200, 10_000
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")
_CLAIM = re.compile(r"[A-Za-z0-9_:./-]{0,80}")


@dataclass(frozen=True, slots=True)
class Told:
    """What was set. ``roles`` are pairs of a role at the provider and roles here; without ``org`` the whole of the role
    claim is the name, with it only ``Role:Org`` of one's own organisation counts. ``strong`` are values of ``acr`` or
    ``amr`` that count as a second step. ``max_age`` in minutes, 0: never mind. ``named``: accounts that may use a
    password where others may not. The last four are for the integration file only."""

    label: str = "ACM/IDM"
    issuer: str = ""
    client_id: str = ""
    method: str = openid.SECRET
    scopes: str = "openid profile vo mijntoepassing"
    subject: str = "vo_id"
    role_claim: str = "rol_3d"
    org_claim: str = "vo_orgcode"
    org: str = ""
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: str = REFUSE
    by_email: bool = False
    local: str = ALL
    named: tuple[AccountId, ...] = ()
    strong: tuple[str, ...] = ()
    acr: str = ""
    max_age: int = 0
    entity: str = ""
    contact: str = ""
    contact_mail: str = ""
    environment: str = ""

    @property
    def managed(self) -> frozenset[str]:
        """The roles here that the provider gives and takes; empty: roles are kept here."""
        return (
            frozenset(role for _, given in self.roles for role in given) if self.role_claim else frozenset()
        )


@dataclass(frozen=True, slots=True)
class Known:
    """The provider of a municipality, ready to be used."""

    told: Told
    active: bool = False
    secret: str = field(default="", repr=False)

    def client(self, municipality: str) -> openid.Client:
        """Who we are there."""
        told = self.told
        back = home_of(municipality) + PATH
        return openid.Client(told.issuer, told.client_id, back, told.scopes, told.method, self.secret)


def home_of(municipality: str) -> str:
    """Address (no slash at its end) under which a municipality is known to its provider."""
    base, hosts = current().base_url, municipalities.hosts_of(municipality)
    return base if not hosts or urlsplit(base).hostname in hosts else f"https://{hosts[0]}"


def of(tx: Transaction) -> Known:
    """The provider of the municipality of ``tx``; not active where none was set."""
    kept = outside_rows.provider(tx)
    return Known(read(kept.told), kept.active, kept.secret) if kept else Known(Told())


def show(actor: Actor) -> Known:
    """For who may set it. Raises ``Forbidden``."""
    demand(actor, Act.OUTSIDE_EDIT)
    with transaction(actor.municipality, readonly=True) as tx:
        return of(tx)


def offered(municipality: str) -> str:
    """What stands on the button of the sign-in page; empty where there is none."""
    with transaction(municipality, readonly=True) as tx:
        known = of(tx)
    return known.told.label if known.active else ""


def shown(told: Told, *, active: bool) -> dict[str, str]:
    """What the page of ``save`` shows, as texts; never the secret."""
    return {"active": "1" if active else ""} | {name: _plain(value) for name, value in asdict(told).items()}


def save(actor: Actor, told: Told, *, active: bool, secret: str = "", seen: str | None = None) -> None:
    """Keep it; an empty ``secret`` leaves the one there is, which is never shown. ``seen`` is the mark of ``shown``.
    Raises ``Forbidden``, ``Invalid``, and ``Conflict`` as ``seen.is_new``."""
    demand(actor, Act.OUTSIDE_EDIT)
    told = _tidy(told)
    with transaction(actor.municipality) as tx:
        municipality_rows.hold(tx)
        before = of(tx)
        wanted = shown(told, active=active)
        if not pages.is_new(shown(before.told, active=before.active), wanted, seen) and not secret:
            return
        errors = list(_faults(told, active=active, secret=secret or before.secret))
        errors += _locked_out(tx, told) if active and not errors else []
        if errors:
            raise Invalid(errors=tuple(errors))
        outside_rows.put_provider(tx, asdict(told), active=active, secret=secret or None)
        what = {
            "active": "1" if active else "",
            "secret": "new" if secret else "",
            "changed": _changed(before.told, told),
        }
        history.append(tx, None, "outside_set", what, by=actor.account)


def demand_local(tx: Transaction, account: AccountId) -> None:
    """Raise ``Invalid`` (``outside_only``) when this account may not come in with a password."""
    known = of(tx)
    if known.active and known.told.local == NAMED and account not in known.told.named:
        raise Invalid("outside_only", label=known.told.label)


def read(stored: Any) -> Told:
    """``Told`` as it was kept; what a later release added is as it usually is."""
    plain = {item.name: stored[item.name] for item in fields(Told) if item.name in stored}
    plain["roles"] = tuple((name, tuple(given)) for name, given in plain.get("roles", ()))
    for name in ("named", "strong"):
        plain[name] = tuple(plain.get(name, ()))
    return Told(**plain)


def _tidy(told: Told) -> Told:
    texts: dict[str, Any] = {
        item.name: " ".join(getattr(told, item.name).split())
        for item in fields(Told)
        if isinstance(getattr(told, item.name), str)
    }
    return replace(told, **texts)


def _plain(value: object) -> str:
    """A setting as a text: one role of the provider a line, ``Role = here, here``."""
    if isinstance(value, tuple):
        parts = [item if isinstance(item, str) else f"{item[0]} = {', '.join(item[1])}" for item in value]
        return "\n".join(parts)
    return "1" if value is True else "" if value is False else str(value)


def _changed(before: Told, after: Told) -> str:
    """Names of what is different, never what it is."""
    return " ".join(
        item.name for item in fields(Told) if getattr(before, item.name) != getattr(after, item.name)
    )


def _faults(told: Told, *, active: bool, secret: str) -> Iterable[FieldError]:
    for item in fields(Told):
        text = getattr(told, item.name)
        if isinstance(text, str) and len(text) > LONGEST:
            yield FieldError(item.name, "too_long", (("max", str(LONGEST)),))
    if len(secret) > LONGEST_KEY or (told.method == openid.KEY and secret and "PRIVATE KEY" not in secret):
        yield FieldError("secret", "outside_key")
    yield from _choices(told)
    yield from _scopes(told)
    if told.contact_mail and not passwords.looks_like_email(told.contact_mail.lower()):
        yield FieldError("contact_mail", "email")
    if active or told.issuer:
        yield from _address(told)
    if active:
        needed = {"label": told.label, "client_id": told.client_id, "secret": secret}
        yield from (FieldError(name, "required") for name, text in needed.items() if not text)


def _choices(told: Told) -> Iterable[FieldError]:
    lists = {"method": METHODS, "subject": SUBJECTS, "unknown": (REFUSE, MAKE), "local": (ALL, NAMED)}
    for name, allowed in lists.items():
        if getattr(told, name) not in allowed:
            yield FieldError(name, "outside_subject" if name == "subject" else "outside_choice")
    for name in ("role_claim", "org_claim"):
        if not _CLAIM.fullmatch(getattr(told, name)) or getattr(told, name) == "rrn":
            yield FieldError(name, "outside_claim")
    if not 0 <= told.max_age <= 24 * 60:
        yield FieldError("max_age", "outside_minutes")
    yield from _roles(told)


def _roles(told: Told) -> Iterable[FieldError]:
    if told.org_claim and not told.org and told.roles:
        yield FieldError("org", "required")
    if len(told.roles) > MOST_LINES or not told.managed <= set(ROLES[2:]):
        yield FieldError("roles", "outside_roles")
    if told.unknown == MAKE and not told.managed:
        yield FieldError("roles", "outside_roles_needed")


def _scopes(told: Told) -> Iterable[FieldError]:
    scopes = told.scopes.split()
    if "openid" not in scopes or not all(_SCOPE.fullmatch(scope) for scope in scopes):
        yield FieldError("scopes", "outside_scopes")
    elif FORBIDDEN_SCOPES & set(scopes):
        yield FieldError("scopes", "outside_rrn")


def _address(told: Told) -> Iterable[FieldError]:
    try:
        target_of(told.issuer, fetch.reach().inside)
    except NotAllowed:
        yield FieldError("issuer", "outside_issuer")


def _locked_out(tx: Transaction, told: Told) -> list[FieldError]:
    """Somebody who can set this must keep a way in that does not depend on the provider: password and second step."""
    if told.local == ALL:
        return []
    for account in told.named:
        found = account_rows.lines(tx, account)
        if not found or not found[0][7] or not found[0][8] or not proof_rows.has_factor(tx, account):
            continue
        if may(Actor(account, tx.municipality, roles=frozenset(found[0][5])), Act.OUTSIDE_EDIT):
            return []
    return [FieldError("named", "outside_locked_out")]
