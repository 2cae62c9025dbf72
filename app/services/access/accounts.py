"""Who works here, and how do they get in?

Passwords are kept as scrypt hashes and checked outside any transaction (``signing_in`` lets people in). Everything done
to an account stands in the municipality's own log.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.model.answers import FieldError
from app.engine.model.people import AccountId
from app.engine.policy import Act, Actor, may
from app.services.access import notices, passwords, sessions
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.staff import real_people, staff_change, staff_people
from app.services.staff.staff_change import Change
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.ids import new_account_id
from app.storage.repositories import account_rows

LANGUAGES = ("nl", "fr", "en")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be. ``key`` is its name in staffing files, by default made from the address.

    An empty ``password`` is an account nobody can sign in with.
    """

    name: str
    email: str
    roles: tuple[str, ...]
    password: str = ""
    key: str = ""
    phone: str = ""
    controller: str = ""
    language: str = "nl"
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as lists show it."""

    id: AccountId
    key: str
    name: str
    email: str
    phone: str
    roles: tuple[str, ...]
    controller: str
    active: bool
    can_sign_in: bool


def operator(municipality: str) -> Actor:
    """Whoever runs commands on the machine itself."""
    return Actor("", municipality, "meernet", frozenset({"system_admin", "form_admin"}))


def create(actor: Actor, new: NewAccount) -> AccountId:
    """Make an account; its id. Raises ``Forbidden``, ``Invalid``, ``Conflict`` (the address or key is taken)."""
    _allowed(actor, Act.ACCOUNTS_EDIT)
    email = new.email.strip().lower()
    if not passwords.looks_like_email(email):
        raise Invalid(errors=(FieldError("email", "email"),))
    if new.password:
        passwords.check(new.password, new.name, email)
    fresh = new_account_id()
    values = {
        "id": fresh,
        "key": new.key or email.partition("@")[0].replace(".", "_"),
        "name": new.name.strip(),
        "email": email,
        "phone": new.phone,
        "roles": sorted(new.roles),
        "controller": new.controller,
        "language": new.language if new.language in LANGUAGES else "nl",
        "password": passwords.kept(new.password) if new.password else "",
        "must_change_password": new.must_change_password,
    }
    with transaction(actor.municipality) as tx:
        real_people.demand_fitting(tx, email)
        real_people.demand_own_password(tx, new.password)
        if not account_rows.insert(tx, values):
            raise Conflict("account_exists")
        account_rows.staff_changed(tx)
        _log(tx, actor, "account_created", fresh)
    return fresh


def sign_out(municipality: str, token: str) -> None:
    """End a session at once, on every machine."""
    sessions.end(municipality, token)


def change_password(actor: Actor, current: str, new: str, *, token: str = "") -> None:
    """Change one's own password; every other session ends. Raises ``Forbidden``, ``Invalid``."""
    _allowed(actor, Act.ACCOUNT_OWN)
    name, email = assert_password(actor, current, field="current")
    passwords.check(new, name, email)
    hashed = passwords.kept(new)
    with transaction(actor.municipality) as tx:
        real_people.demand_own_password(tx, new)
        _set(tx, actor.account, password=hashed, must_change_password=False)
        sessions.end_all(tx, actor.account, but=token)
        _log(tx, actor, "password_changed", actor.account)
        notices.promise(tx, actor.account, notices.PASSWORD)


def set_password(actor: Actor, account: AccountId, new: str, *, must_change: bool = True) -> None:
    """Give somebody a password; all their sessions end. Raises ``Forbidden``, ``NotFound``, ``Invalid``."""
    _allowed(actor, Act.ACCOUNTS_EDIT)
    line = get(actor, account)
    passwords.check(new, line.name, line.email)
    hashed = passwords.kept(new)
    with transaction(actor.municipality) as tx:
        real_people.demand_own_password(tx, new)
        _set(tx, account, password=hashed, must_change_password=must_change)
        sessions.end_all(tx, account)
        _log(tx, actor, "password_set", account)


def deactivate(actor: Actor, account: AccountId) -> None:
    """Close an account: no session is left and no work goes there. Raises ``Forbidden``, ``NotFound``.

    ``Conflict`` (``account_in_use``, ``cases`` and ``tasks``) while somebody would be left without a contact person,
    ``ToArrange`` while something else hangs on them.
    """
    _allowed(actor, Act.ACCOUNTS_EDIT)
    with transaction(actor.municipality, readonly=True) as tx:
        cases, tasks = account_rows.open_work(tx, account)
    if cases or tasks:
        raise Conflict("account_in_use", cases=str(cases), tasks=str(tasks))
    change = Change("account_closed", staff_people.leaving(account), {"account": account})
    staff_change.carry_out(actor, change)


def list_accounts(actor: Actor) -> list[AccountLine]:
    """Everybody, by name. Raises ``Forbidden``."""
    _allowed(actor, Act.STAFFING_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        return [_line(row) for row in account_rows.lines(tx)]


def get(actor: Actor, account: AccountId) -> AccountLine:
    """One account. Raises ``Forbidden``, ``NotFound``."""
    if account != actor.account:
        _allowed(actor, Act.STAFFING_READ)
    with transaction(actor.municipality, readonly=True) as tx:
        found = account_rows.lines(tx, account)
    if not found:
        raise NotFound
    return _line(found[0])


def by_email(municipality: str, email: str) -> AccountId:
    """The account with that address. Raises ``NotFound``."""
    with transaction(municipality, readonly=True) as tx:
        found = account_rows.by_email(tx, email.strip().lower())
    if found is None:
        raise NotFound
    return found[0]


def touch(tx: Transaction) -> None:
    """The staff changed: every process reads it again with its next request."""
    account_rows.staff_changed(tx)


def _allowed(actor: Actor, act: Act) -> None:
    if not may(actor, act):
        raise Forbidden


def _line(row: account_rows.Line) -> AccountLine:
    key, name, email, phone, roles, controller, active, password = row[1:]
    can_sign_in = bool(password and active)
    return AccountLine(row[0], key, name, email, phone, tuple(roles), controller, active, can_sign_in)


def _set(tx: Transaction, account: AccountId, **values: object) -> None:
    if not account_rows.update(tx, account, **values):
        raise NotFound


def assert_password(actor: Actor, password: str, *, field: str) -> tuple[str, str]:
    """Name and address of the actor, once the password is right. Raises ``Invalid`` beside ``field``."""
    with transaction(actor.municipality, readonly=True) as tx:
        found = account_rows.lines(tx, actor.account)
    hashed = found[0][8] if found else ""
    if not hashed or not passwords.matches(hashed, password):
        raise Invalid(errors=(FieldError(field, "password_wrong"),))
    return found[0][2], found[0][3]


def _log(tx: Transaction, actor: Actor, code: str, account: AccountId) -> None:
    history.append(tx, None, code, {"account": account}, by=actor.account)
