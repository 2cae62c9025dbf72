"""How does somebody get in, back behind their lock, or fresh again?

A password, and then a code where one is asked; or a passkey, which is both. Hashes are checked outside any transaction.
Guesses are counted (``guesses``) an account and a place, so that a stranger who tries a colleague's address never shuts
out the colleague: in a browser where they signed in before only what is tried in that browser counts.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import cache

from app.engine.policy import Actor
from app.services.access import guesses, notices, outside_told, passwords, protection, second_step, sessions
from app.services.access.guesses import Gate
from app.services.errors import Invalid, NotFound
from app.services.follow_up.sending_limits import network_of
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, proof_rows

TOO_MANY, FAILED, WRONG_CODE, ENDED = (
    "sign_in_too_many",
    "sign_in_failed",
    "step_wrong",
    "session_ended_wrong",
)
FROM_ONE_PLACE, IN_ALL, OF_A_PLACE, IN_A_KNOWN_BROWSER = 5, 20, 50, 10
"""Wrong tries before waiting begins: at an account from one place, at an account, from a place, in a browser known to
the account (only what is tried there counts then)."""


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody sits: address, the browser's own name, and the mark it got when somebody signed in before."""

    ip: str = ""
    agent: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A session, perhaps half (``stage``): ``key`` for the cookie; ``mark`` for the browser's other cookie."""

    key: str
    stage: str = sessions.OPEN
    mark: str = ""


def by_password(municipality: str, email: str, password: str, browser: Browser) -> Entered:
    """A session for who knows the password. Raises ``Invalid``: ``sign_in_failed`` or, with ``minutes``,
    ``sign_in_too_many``.

    An address nobody has is told the same, after as much work.
    """
    email = email.strip().lower()
    with transaction(municipality) as tx:  # writes, as the first use of a municipality makes its key
        account, hashed, is_open = account_rows.by_email(tx, email) or ("", "", False)
        gates = gates_of(tx, f"sign_in:{email}", account, browser)
        closes = guesses.attempt(tx, gates, TOO_MANY)
    right = passwords.matches(hashed or _nobodys_password(), password)
    fresh = passwords.kept(password) if right and passwords.is_outdated(hashed) else ""
    with transaction(municipality) as tx:
        if hashed and is_open and right:
            guesses.right(tx, gates)
            if fresh:
                account_rows.update(tx, account, password=fresh)
            outside_told.demand_local(tx, account)
            return entered(tx, account, browser)
        if account:
            _tell_failed(tx, account, closes=closes)
    raise Invalid(FAILED)


def entered(tx: Transaction, account: str, browser: Browser) -> Entered:
    """The password was right, or chosen just now: the session, half where a second step is asked of them."""
    if proof_rows.has_factor(tx, account):
        stage = sessions.CODE
    else:
        roles = account_rows.lines(tx, account)[0][5]
        stage = sessions.SET_UP if protection.of(tx).asks(roles) else sessions.OPEN
    if stage == sessions.OPEN:
        return opened(tx, account, browser)
    if stage == sessions.SET_UP:
        second_step.prepare(tx, account)
    key = sessions.begin(tx, account, ip=browser.ip, agent=browser.agent, stage=stage)
    return Entered(key, stage)


def opened(tx: Transaction, account: str, browser: Browser) -> Entered:
    """They are who they say: a session that opens. A browser that was never seen before is told to its owner."""
    mark = browser.mark or secrets.token_urlsafe(24)
    network = network_of(browser.ip)
    known, _ = proof_rows.knows_browser(tx, account, _hash(mark), network)
    seen_before = proof_rows.counts_browsers(tx, account) > 0
    if not known and seen_before and not protection.of(tx).shared:
        notices.promise(tx, account, notices.NEW_BROWSER)
    proof_rows.know_browser(tx, account, _hash(mark), network)
    history.append(tx, None, "signed_in", {"account": account}, by=account)
    key = sessions.begin(tx, account, ip=browser.ip, agent=browser.agent)
    return Entered(key, sessions.OPEN, mark)


def first(municipality: str, email: str, browser: Browser) -> Entered:
    """The first administrator, who made the municipality just now; they set up a second step at their next sign-in."""
    with transaction(municipality) as tx:
        account, _, _ = account_rows.by_email(tx, email.strip().lower()) or ("", "", False)
        return opened(tx, account, browser)


def by_code(municipality: str, half: str, typed: str, browser: Browser) -> Entered:
    """The second step of a half session, which ends. Raises ``Invalid``: ``step_wrong``, ``sign_in_too_many``,
    ``session_ended_wrong`` (begin again); ``NotFound`` when nobody gave a password."""
    actor = _half(municipality, half, sessions.CODE)
    with transaction(municipality) as tx:
        gates = gates_of(tx, f"code:{actor.account}", actor.account, browser)
        closes = guesses.attempt(tx, gates, TOO_MANY)
        if second_step.proves(tx, actor.account, typed):
            guesses.right(tx, gates)
            sessions.end_in(tx, half)
            return opened(tx, actor.account, browser)
        _tell_failed(tx, actor.account, closes=closes)
        ended = sessions.count_wrong(tx, half)
        if ended:
            sessions.end_in(tx, half)
    raise Invalid(ENDED if ended else WRONG_CODE)


def after_set_up(municipality: str, half: str, browser: Browser) -> Entered:
    """Who had to set up a second step has one now: the session that opens. Raises ``NotFound``."""
    actor = _half(municipality, half, sessions.SET_UP)
    with transaction(municipality) as tx:
        if not proof_rows.has_factor(tx, actor.account):
            raise NotFound
        sessions.end_in(tx, half)
        return opened(tx, actor.account, browser)


def prove(municipality: str, token: str, typed: str, browser: Browser) -> str:
    """Somebody in a session, locked or not, shows again that it is them, with their password or, where one was set
    up, a code: the session is open and fresh under the token returned.

    Raises ``Invalid``: ``password_wrong``, ``session_ended_wrong``; ``NotFound`` without a session.
    """
    found = sessions.look(municipality, token)
    if found is None or found.stage != sessions.OPEN:
        raise NotFound
    account = found.actor.account
    with transaction(municipality) as tx:
        line = account_rows.lines(tx, account)[0]
        ended = sessions.count_wrong(tx, token)  # taken back below when it was right
    right = bool(line[8]) and passwords.matches(line[8], typed)
    with transaction(municipality) as tx:
        if right or second_step.proves(tx, account, typed):
            guesses.forgive(tx, gates_of(tx, f"sign_in:{line[3]}", account, browser))
            return sessions.renewed(tx, token)
        _tell_failed(tx, account, closes=ended)
        if ended:
            sessions.end_in(tx, token)
    raise Invalid(ENDED if ended else "password_wrong")


def gates_of(tx: Transaction, what: str, account: str, browser: Browser) -> list[Gate]:
    """What a wrong try at ``what`` counts for."""
    network = network_of(browser.ip)
    mark = _hash(browser.mark) if browser.mark else ""
    here, nearby = proof_rows.knows_browser(tx, account, mark, network)
    if here:
        return [Gate(f"{what}|browser:{mark}", IN_A_KNOWN_BROWSER)]
    found = [Gate(f"{what}|from:{network}", FROM_ONE_PLACE)]
    found += [Gate(f"origin:{network}", OF_A_PLACE, forgiven=False)] if network else []
    return found if nearby else [*found, Gate(what, IN_ALL)]


def gates_elsewhere(browser: Browser) -> list[Gate]:
    """What setting out for a sign-in elsewhere counts for, until somebody from the same place comes in."""
    network = network_of(browser.ip)
    return [Gate(f"elsewhere:{network}", OF_A_PLACE)] if network else []


def _tell_failed(tx: Transaction, account: str, *, closes: bool) -> None:
    history.append(tx, None, "sign_in_failed", {"account": account})
    if closes:
        notices.promise(tx, account, notices.GUESSED)


def _half(municipality: str, token: str, stage: str) -> Actor:
    found = sessions.look(municipality, token)
    if found is None or found.stage != stage or found.locked:
        raise NotFound
    return found.actor


def _hash(mark: str) -> str:
    return hashlib.sha256(mark.encode()).hexdigest()


@cache
def _nobodys_password() -> str:
    """What an unknown address is checked against, so that it takes as long."""
    return passwords.kept(secrets.token_hex(16))
