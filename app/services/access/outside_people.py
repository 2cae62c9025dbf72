"""Who is this person at the provider here, and which roles do they have from now on?

Roles that the provider gives and takes follow it at every sign-in. Whoever loses the role to handle cases while cases
are theirs loses it all the same; a coordinator gets a task to hand those cases on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.model.people import AccountId
from app.engine.policy import Act, Actor, can_carry
from app.services.access import outside_roles, outside_told, passwords, sessions
from app.services.access.outside_told import MAKE, Told
from app.services.errors import Conflict, Invalid, NotFound
from app.services.permission import demand
from app.services.staff import real_people
from app.storage import history, outbox
from app.storage.database import Transaction, transaction
from app.storage.ids import new_account_id, new_id
from app.storage.repositories import account_rows, outside_rows
from app.storage.repositories.outside_rows import Linked

Claims = Mapping[str, Any]
ROLES_GONE = "roles_gone"
"""Kind of the outbox row behind whoever may not handle their cases any more; its payload is the account."""
LONGEST_MARK = 255


class NotHere(Exception):
    """They may not come in; ``code`` names a text ``outside.refused.<code>``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def recognise(tx: Transaction, told: Told, claims: Claims) -> AccountId:
    """The account of whoever came; made or found by address where the municipality wants so. Raises ``NotHere``."""
    subject = subject_of(tx, told, claims)
    account = outside_rows.account_of(tx, subject)
    if account is None:
        account = _by_email(tx, told, claims) or _made(tx, told, claims)
        outside_rows.link(tx, subject, account)
        history.append(tx, None, "outside_linked", {"account": account, "how": "sign_in"}, by=account)
    if not account_rows.lines(tx, account)[0][7]:
        raise NotHere("closed")
    outside_rows.used(tx, subject)
    return account


def subject_of(tx: Transaction, told: Told, claims: Claims) -> str:
    """The keyed hash of who they are there. Raises ``NotHere``."""
    mark = outside_roles.mark_of(told, claims)
    if not mark:
        raise NotHere("no_mark")
    return outside_rows.subject(tx, told.issuer, told.subject, mark)


def follow(tx: Transaction, told: Told, account: AccountId, claims: Claims) -> bool:
    """Give and take the roles that the provider rules; whether they have any role left."""
    before = frozenset(account_rows.lines(tx, account)[0][5])
    after = outside_roles.after(told, claims, before)
    if after != before:
        account_rows.update(tx, account, roles=sorted(after))
        account_rows.staff_changed(tx)
        what = {"gained": " ".join(sorted(after - before)), "lost": " ".join(sorted(before - after))}
        history.append(tx, None, "outside_roles_changed", {"account": account, **what}, by=account)
        if can_carry(before) and not can_carry(after) and any(account_rows.open_work(tx, account)):
            outbox.emit(tx, ROLES_GONE, f"{ROLES_GONE}:{account}:{new_id()}", {"account": account})
    if not after:
        sessions.end_all(tx, account)
    return bool(after)


def connect(tx: Transaction, told: Told, account: AccountId, claims: Claims) -> None:
    """Know somebody who is signed in by who they are there. Raises ``NotHere`` when that is somebody else's."""
    subject = subject_of(tx, told, claims)
    if outside_rows.account_of(tx, subject) not in (None, account):
        raise NotHere("taken")
    if outside_rows.link(tx, subject, account):
        history.append(tx, None, "outside_linked", {"account": account, "how": "self"}, by=account)


def linked(actor: Actor) -> list[Linked]:
    """Everybody who is known by the provider. Raises ``Forbidden``."""
    demand(actor, Act.OUTSIDE_EDIT)
    with transaction(actor.municipality, readonly=True) as tx:
        return outside_rows.linked(tx)


def is_linked(actor: Actor) -> bool:
    """Whether the actor is."""
    with transaction(actor.municipality, readonly=True) as tx:
        return outside_rows.is_linked(tx, actor.account)


def link_by_hand(actor: Actor, account: AccountId, mark: str) -> None:
    """Say who an account is at the provider. Raises ``Forbidden``, ``NotFound``, ``Invalid``, ``Conflict``."""
    demand(actor, Act.OUTSIDE_EDIT)
    mark = mark.strip()
    if not mark or len(mark) > LONGEST_MARK:
        raise Invalid("outside_mark")
    with transaction(actor.municipality) as tx:
        told = outside_told.of(tx).told
        if not account_rows.lines(tx, account):
            raise NotFound
        if not outside_rows.link(tx, outside_rows.subject(tx, told.issuer, told.subject, mark), account):
            raise Conflict("outside_mark_taken")
        history.append(tx, None, "outside_linked", {"account": account, "how": "hand"}, by=actor.account)


def unlink(actor: Actor, account: AccountId) -> None:
    """The provider does not vouch for an account any more; its sessions end. Raises ``Forbidden``, ``NotFound``."""
    demand(actor, Act.OUTSIDE_EDIT)
    with transaction(actor.municipality) as tx:
        if not outside_rows.unlink(tx, account):
            raise NotFound
        sessions.end_all(tx, account)
        history.append(tx, None, "outside_unlinked", {"account": account}, by=actor.account)


def _by_email(tx: Transaction, told: Told, claims: Claims) -> AccountId | None:
    """Only an address that the provider says it checked."""
    if not told.by_email or claims.get("email_verified") is not True:
        return None
    found = account_rows.by_email(tx, str(claims.get("email", "")).strip().lower())
    return found[0] if found else None


def _made(tx: Transaction, told: Told, claims: Claims) -> AccountId:
    roles = outside_roles.given(told, claims)
    if told.unknown != MAKE:
        raise NotHere("unknown")
    if not roles:
        raise NotHere("no_role")
    email = str(claims.get("email", "")).strip().lower()
    if not passwords.looks_like_email(email):
        raise NotHere("no_address")
    try:
        real_people.demand_fitting(tx, email)
    except Invalid as error:
        raise NotHere("no_address") from error
    fresh = new_account_id()
    told_name = " ".join(str(claims.get(part, "")) for part in ("given_name", "family_name")).strip()
    name = (told_name or str(claims.get("name", "")) or email)[:120]
    values = {"id": fresh, "key": fresh, "name": name, "email": email, "roles": sorted(roles)}
    if not account_rows.insert(tx, values):
        raise NotHere("taken")
    account_rows.staff_changed(tx)
    history.append(tx, None, "account_created", {"account": fresh}, by=fresh)
    return fresh
