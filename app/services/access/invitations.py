"""How does somebody choose a first password? By a link that opens once, and not for long.

The token has 256 bits; the database knows its SHA-256 only. Nobody ever gets a password made by somebody else.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from app.engine.model.people import AccountId
from app.engine.policy import Act, Actor, may
from app.services.access import notices, passwords, sessions, signing_in
from app.services.access.signing_in import Browser, Entered
from app.services.errors import Forbidden, NotFound
from app.services.staff import real_people
from app.storage import history
from app.storage.database import transaction
from app.storage.repositories import account_rows, invitation_rows

LASTS = timedelta(days=3)
PATH = "/welkom/{token}"


@dataclass(frozen=True, slots=True)
class Invited:
    """Who an invitation is for."""

    account: AccountId
    name: str
    email: str


def make(actor: Actor, account: AccountId) -> str:
    """A link's token for ``account``, shown this once; an earlier one opens nothing any more.

    Raises ``Forbidden``, ``NotFound``.
    """
    if not may(actor, Act.ACCOUNTS_EDIT):
        raise Forbidden(str(Act.ACCOUNTS_EDIT))
    token = secrets.token_urlsafe(32)
    with transaction(actor.municipality) as tx:
        if not account_rows.lines(tx, account):
            raise NotFound
        invitation_rows.put(tx, sessions.hash_of(token), account, LASTS)
        history.append(tx, None, "invited", {"account": account}, by=actor.account)
    return token


def open_link(municipality: str, token: str) -> Invited:
    """Who an invitation is for. Raises ``NotFound`` for one that is used, old or made up."""
    with transaction(municipality, readonly=True) as tx:
        found = invitation_rows.behind(tx, sessions.hash_of(token))
    if found is None:
        raise NotFound
    return Invited(*found)


def accept(municipality: str, token: str, password: str, browser: Browser) -> Entered:
    """Give the invited a password of their own choice, and a session. The link is used up. Whoever had a
    password is asked the second step, or to set one up, as at every sign-in; somebody new at their next one.

    Raises ``NotFound``, and ``Invalid`` for a password that is not worth having.
    """
    who = open_link(municipality, token)
    passwords.check(password, who.name, who.email)
    hashed = passwords.kept(password)
    with transaction(municipality) as tx:
        real_people.demand_own_password(tx, password)
        if not invitation_rows.use(tx, sessions.hash_of(token)):
            raise NotFound
        again = bool(account_rows.lines(tx, who.account)[0][8])
        account_rows.update(tx, who.account, password=hashed, must_change_password=False)
        sessions.end_all(tx, who.account)
        history.append(tx, None, "invitation_accepted", {"account": who.account}, by=who.account)
        if again:
            notices.promise(tx, who.account, notices.PASSWORD)
            return signing_in.entered(tx, who.account, browser)
        return signing_in.opened(tx, who.account, browser)
