"""How does somebody sign in, or open their screen, with a finger, a face or a key instead of a password (WebAuthn)?

The browser signs a challenge that is good once and for five minutes. Where that must happen (``Place``) comes from the
hosts of the municipality. A passkey that was not unlocked by its owner, or whose counter went back, opens nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.engine.policy import Actor
from app.services.access import guesses, notices, outside_told, second_step, sessions, signing_in
from app.services.access.signing_in import Browser, Entered
from app.services.errors import Invalid, NotFound
from app.services.municipality import municipalities
from app.storage import history
from app.storage.database import transaction
from app.storage.repositories import account_rows, passkey_rows
from app.storage.repositories.passkey_rows import Kept

LASTS = timedelta(minutes=5)
MOST = 10
"""Passkeys of one person."""
LONGEST_NAME = 60
REGISTER, OPEN = "register", "open"
WRONG = "passkey_wrong"
Answer = Mapping[str, Any]
"""What the browser gives back (``PublicKeyCredential.toJSON()``)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passkey is good: ``rp_id`` is a host name, ``origin`` scheme, host and port."""

    rp_id: str
    origin: str


def ask_to_register(actor: Actor, place: Place) -> str:
    """What the browser makes a passkey with, as JSON. Raises ``Invalid`` (``passkey_most``)."""
    challenge = secrets.token_bytes(32)
    with transaction(actor.municipality) as tx:
        known = passkey_rows.of_account(tx, actor.account)
        if len(known) >= MOST:
            raise Invalid("passkey_most", n=str(MOST))
        email = account_rows.lines(tx, actor.account)[0][3]
        passkey_rows.ask(tx, challenge, REGISTER, actor.account, LASTS)
    options = webauthn.generate_registration_options(
        rp_id=place.rp_id,
        rp_name=f"Meernet {municipalities.name_of(actor.municipality)}",
        user_name=email,
        user_display_name=actor.name,
        user_id=actor.account.encode(),
        challenge=challenge,
        timeout=int(LASTS.total_seconds() * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=kept.credential) for kept in known],
    )
    return options_to_json(options)


def register(actor: Actor, place: Place, answer: Answer, name: str) -> None:
    """Keep a passkey that was made just now. Raises ``Invalid`` (``passkey_wrong``)."""
    challenge = _challenge(answer)
    with transaction(actor.municipality) as tx:
        asked = passkey_rows.answered(tx, challenge, REGISTER)
    if asked != actor.account:
        raise Invalid(WRONG)
    try:
        made = webauthn.verify_registration_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=place.rp_id,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise Invalid(WRONG) from error
    kept = (made.credential_id, made.credential_public_key)
    with transaction(actor.municipality) as tx:
        number = len(passkey_rows.of_account(tx, actor.account)) + 1
        called = " ".join(name.split())[:LONGEST_NAME] or f"Passkey {number}"
        if not passkey_rows.insert(tx, actor.account, *kept, count=made.sign_count, name=called):
            raise Invalid(WRONG)
        history.append(tx, None, "passkey_added", {"account": actor.account}, by=actor.account)
        notices.promise(tx, actor.account, notices.PASSKEY_ADDED)


def remove(actor: Actor, passkey: int) -> None:
    """Forget one of the actor's own. Raises ``NotFound``."""
    with transaction(actor.municipality) as tx:
        if not passkey_rows.delete(tx, actor.account, passkey):
            raise NotFound
        second_step.removed(tx, actor)


def ask(municipality: str, place: Place) -> str:
    """What a browser signs with whatever passkey it has for this place, as JSON."""
    challenge = secrets.token_bytes(32)
    with transaction(municipality) as tx:
        passkey_rows.ask(tx, challenge, OPEN, "", LASTS)
    options = webauthn.generate_authentication_options(
        rp_id=place.rp_id,
        challenge=challenge,
        timeout=int(LASTS.total_seconds() * 1000),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def sign_in(municipality: str, place: Place, answer: Answer, browser: Browser, *, half: str = "") -> Entered:
    """A session for who holds a passkey: password and second step in one; ``half`` is one it finishes. Guesses of
    others at their address do not stop it. Raises ``Invalid`` (``passkey_wrong``)."""
    kept, count = _verified(municipality, place, answer)
    with transaction(municipality) as tx:
        found = account_rows.lines(tx, kept.account)
        if not found or not found[0][7] or not passkey_rows.use(tx, kept, count):
            raise Invalid(WRONG)
        guesses.forgive(tx, signing_in.gates_of(tx, f"sign_in:{found[0][3]}", kept.account, browser))
        outside_told.demand_local(tx, kept.account)
        if half:
            sessions.end_in(tx, half)
        return signing_in.opened(tx, kept.account, browser)


def prove(municipality: str, token: str, place: Place, answer: Answer) -> str:
    """The same for somebody in a session, locked or not: it is open and fresh under the token returned.

    Raises ``Invalid`` (``passkey_wrong``), ``NotFound`` without a session.
    """
    found = sessions.look(municipality, token)
    if found is None or found.stage != sessions.OPEN:
        raise NotFound
    kept, count = _verified(municipality, place, answer)
    with transaction(municipality) as tx:
        if kept.account != found.actor.account or not passkey_rows.use(tx, kept, count):
            raise Invalid(WRONG)
        return sessions.renewed(tx, token)


def _verified(municipality: str, place: Place, answer: Answer) -> tuple[Kept, int]:
    """The passkey that signed, and its counter. Raises ``Invalid``."""
    challenge = _challenge(answer)
    with transaction(municipality) as tx:
        asked = passkey_rows.answered(tx, challenge, OPEN)
        kept = passkey_rows.by_credential(tx, _bytes(answer.get("rawId")))
    if asked is None or kept is None:
        raise Invalid(WRONG)
    try:
        signed = webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=place.rp_id,
            expected_origin=place.origin,
            credential_public_key=kept.public_key,
            credential_current_sign_count=kept.sign_count,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise Invalid(WRONG) from error
    return kept, signed.new_sign_count


def _challenge(answer: Answer) -> bytes:
    """Which challenge the browser says it signed; whether it did is checked later. Raises ``Invalid``."""
    told = answer.get("response")
    data = _bytes(told.get("clientDataJSON")) if isinstance(told, Mapping) else b""
    try:
        return parse_client_data_json(data).challenge
    except (WebAuthnException, ValueError) as error:
        raise Invalid(WRONG) from error


def _bytes(text: object) -> bytes:
    try:
        return base64url_to_bytes(text) if isinstance(text, str) else b""
    except ValueError as error:
        raise Invalid(WRONG) from error
