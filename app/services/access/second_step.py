"""What does somebody give beside a password? A code of an app (TOTP), used once, or a recovery code from paper.

The secret of the app is sealed, recovery codes are keyed hashes. Setting up and taking away is logged and told by mail.
"""

from __future__ import annotations

import base64
import io
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno

from app.engine.model.answers import FieldError
from app.engine.model.people import AccountId
from app.engine.policy import Act, Actor, may
from app.services.access import notices, protection
from app.services.access.accounts import assert_password
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.municipality import municipalities
from app.storage import history
from app.storage.database import Transaction, transaction
from app.storage.repositories import account_rows, passkey_rows, proof_rows, session_rows

STEP_SECONDS = 30
AROUND = (0, -1, 1)
"""Half minutes beside the present one whose codes are taken: clocks differ, people type."""
HOW_MANY = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
SIGNS = 12
"""Of about 59 bits; with the gates before it nobody finds one."""
SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody has: ``app_since`` when an app counts, codes on paper that are still good, passkeys; whether the
    municipality wants a second step of them."""

    app_since: datetime | None
    codes_left: int
    passkeys: tuple[passkey_rows.Kept, ...]
    wanted: bool

    @property
    def any(self) -> bool:
        """Whether signing in asks a second step."""
        return self.app_since is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class NewApp:
    """A secret to bring into an app: as text in fours, and as a QR code (SVG in base64)."""

    secret: str
    picture: str


def standing(actor: Actor) -> Standing:
    """What the actor has."""
    with transaction(actor.municipality, readonly=True) as tx:
        app = proof_rows.app_of(tx, actor.account)
        return Standing(
            app.confirmed_at if app else None,
            proof_rows.codes_left(tx, actor.account),
            tuple(passkey_rows.of_account(tx, actor.account)),
            protection.of(tx).asks(actor.roles),
        )


def begin_app(actor: Actor) -> None:
    """A secret for an app; it counts once a code of it was given. Raises ``Invalid`` (``step_there``)."""
    with transaction(actor.municipality) as tx:
        prepare(tx, actor.account)


def prepare(tx: Transaction, account: str) -> None:
    """The same in the caller's transaction; what waits already stays."""
    app = proof_rows.app_of(tx, account)
    if app and app.confirmed_at:
        raise Invalid("step_there")
    if not app:
        proof_rows.put_app(tx, account, pyotp.random_base32())


def waiting_app(actor: Actor) -> NewApp:
    """The secret that waits to be brought into an app. Raises ``NotFound``."""
    with transaction(actor.municipality, readonly=True) as tx:
        app = proof_rows.app_of(tx, actor.account)
        if app is None or app.confirmed_at:
            raise NotFound
        email = account_rows.lines(tx, actor.account)[0][3]
    issuer = f"Meernet {municipalities.name_of(actor.municipality)}"
    uri = pyotp.TOTP(app.secret).provisioning_uri(name=email, issuer_name=issuer)
    picture = io.BytesIO()
    segno.make(uri, error="m").save(picture, kind="svg", scale=5, border=3, xmldecl=False)
    spaced = " ".join(app.secret[start : start + 4] for start in range(0, len(app.secret), 4))
    return NewApp(spaced, base64.b64encode(picture.getvalue()).decode())


def confirm_app(actor: Actor, code: str) -> tuple[str, ...]:
    """The first code of the app: from now on signing in asks one. Recovery codes, shown this once; none when there are
    some already. Raises ``Invalid``."""
    with transaction(actor.municipality) as tx:
        app = proof_rows.app_of(tx, actor.account)
        if app is None or app.confirmed_at or not _is_code(tx, actor.account, code, confirm=True):
            raise Invalid(errors=(FieldError("code", "step_wrong"),))
        _log(tx, actor, "step_on", actor.account)
        notices.promise(tx, actor.account, notices.STEP_ON)
        return _first_codes(tx, actor.account)


def remove_app(actor: Actor, password: str) -> None:
    """No app any more; the password is asked. What is on paper goes with the last of what it stands in for.

    Raises ``Invalid``, ``NotFound``.
    """
    assert_password(actor, password, field="password")
    with transaction(actor.municipality) as tx:
        if not proof_rows.delete_app(tx, actor.account):
            raise NotFound
        removed(tx, actor)


def new_codes(actor: Actor) -> tuple[str, ...]:
    """Other recovery codes, shown this once; those before open nothing any more. Raises ``NotFound``."""
    with transaction(actor.municipality) as tx:
        if not proof_rows.has_factor(tx, actor.account):
            raise NotFound
        _log(tx, actor, "recovery_codes_made", actor.account)
        return _made(tx, actor.account)


def reset(actor: Actor, account: AccountId, reason: str) -> None:
    """Somebody lost everything: take app, codes and passkeys away and end their sessions. The reason is logged, they
    get a mail, and who must have a second step sets it up anew. Raises ``Forbidden``, ``NotFound``, ``Invalid``."""
    if not may(actor, Act.ACCOUNTS_EDIT) or account == actor.account:
        raise Forbidden(str(Act.ACCOUNTS_EDIT))
    why = " ".join(reason.split())
    if not SHORTEST_REASON <= len(why) <= 500:
        raise Invalid(errors=(FieldError("reason", "step_reason"),))
    with transaction(actor.municipality) as tx:
        if not account_rows.lines(tx, account):
            raise NotFound
        proof_rows.delete_app(tx, account)
        proof_rows.delete_codes(tx, account)
        passkey_rows.delete_all(tx, account)
        session_rows.delete_of(tx, account)
        told = {"account": account}
        history.append(tx, None, "step_reset", told, by=actor.account, content={"reason": why})
        notices.promise(tx, account, notices.STEP_RESET)


def proves(tx: Transaction, account: str, typed: str) -> bool:
    """Whether ``typed`` is a code of the app or from paper; it is used up then."""
    signs = "".join(typed.split()).replace("-", "").lower()
    if len(signs) == SIGNS:
        return proof_rows.use_code(tx, account, signs)
    return _is_code(tx, account, signs)


def removed(tx: Transaction, actor: Actor) -> None:
    """Something that proved who somebody is was taken away: log it, tell it."""
    if not proof_rows.has_factor(tx, actor.account):
        proof_rows.delete_codes(tx, actor.account)
    _log(tx, actor, "step_off", actor.account)
    notices.promise(tx, actor.account, notices.STEP_OFF)


def _first_codes(tx: Transaction, account: str) -> tuple[str, ...]:
    """Recovery codes for who has none yet, in the caller's transaction."""
    return () if proof_rows.codes_left(tx, account) else _made(tx, account)


def _made(tx: Transaction, account: str) -> tuple[str, ...]:
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(SIGNS)) for _ in range(HOW_MANY)]
    proof_rows.put_codes(tx, account, codes)
    return tuple("-".join(code[start : start + 4] for start in range(0, SIGNS, 4)) for code in codes)


def _is_code(tx: Transaction, account: str, typed: str, *, confirm: bool = False) -> bool:
    app = proof_rows.app_of(tx, account)
    signs = "".join(typed.split())
    if app is None or not (app.confirmed_at or confirm) or len(signs) != 6 or not signs.isdecimal():
        return False
    maker, here = pyotp.TOTP(app.secret), int(tx.instant.timestamp()) // STEP_SECONDS
    for step in (here + beside for beside in AROUND):
        if secrets.compare_digest(maker.at(step * STEP_SECONDS), signs):
            return proof_rows.use_step(tx, account, step, confirm=confirm)
    return False


def _log(tx: Transaction, actor: Actor, code: str, account: str) -> None:
    history.append(tx, None, code, {"account": account}, by=actor.account)
