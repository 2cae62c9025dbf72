"""How does somebody prove elsewhere who they are? OpenID Connect, authorization code with PKCE.

Authlib speaks the protocol, joserfc checks signatures, ``fetch`` is the only way out. Metadata and keys are read anew
for every sign-in: keys may be rotated at any time, and nothing of a sign-in is kept afterwards, no token either.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from authlib.oauth2.rfc7523 import PrivateKeyJWT  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import PreparedRequest, RequestException, Response
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from app.channels.addresses import target_of
from app.channels.fetch import NotAllowed, Question, Unreachable, fetch, reach

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures of an id token we believe; never ``none``, never a shared secret."""
LEEWAY_S = 60
WELL_KNOWN = "/.well-known/openid-configuration"
SECRET, KEY = "client_secret_basic", "private_key_jwt"


class ProviderDown(Exception):
    """The provider cannot be asked now, or answers nonsense; ``code`` says how, never in its words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Untrusted(Exception):
    """What came back proves nothing; ``code`` is the claim or step that failed (``iss``, ``aud``, ``exp``, ``nonce``,
    ``signature``, ``code`` …)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are to the provider. ``secret`` is the client secret, or with ``KEY`` a private key (PEM)."""

    issuer: str
    client_id: str
    redirect_uri: str
    scopes: str = "openid"
    method: str = SECRET
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Provider:
    """What the provider says of itself; addresses are https and empty where there is none."""

    issuer: str
    authorize: str
    token: str
    keys: str
    user_info: str = ""
    end_session: str = ""
    names_itself: bool = False
    """Whether it puts ``iss`` beside every code (RFC 9207)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-in under way. ``max_age`` in seconds, 0: no matter how long ago."""

    nonce: str
    verifier: str
    max_age: int = 0


def discover(issuer: str) -> Provider:
    """Ask the provider where its doors are. Raises ``ProviderDown``."""
    told = _json(issuer.rstrip("/") + WELL_KNOWN)
    if told.get("issuer") != issuer:
        raise ProviderDown("issuer")
    try:
        return Provider(
            issuer,
            _door(told, "authorization_endpoint"),
            _door(told, "token_endpoint"),
            _door(told, "jwks_uri"),
            _door(told, "userinfo_endpoint", optional=True),
            _door(told, "end_session_endpoint", optional=True),
            told.get("authorization_response_iss_parameter_supported") is True,
        )
    except NotAllowed as error:
        raise ProviderDown("metadata") from error


def begin(
    client: Client, provider: Provider, *, max_age: int = 0, acr: str = "", again: bool = False
) -> tuple[str, str, Asked]:
    """The address to send the browser to, the state to keep, and what will be asked when it comes back. ``again``: they
    sign in anew there, even who is signed in already."""
    asked = Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(48), max_age)
    extra: dict[str, str] = {"nonce": asked.nonce}
    if max_age:
        extra["max_age"] = str(max_age)
    if again:
        extra["prompt"] = "login"
    if acr:
        extra["acr_values"] = acr
    with _session(client, provider) as session:
        url, state = session.create_authorization_url(
            provider.authorize, state=secrets.token_urlsafe(32), code_verifier=asked.verifier, **extra
        )
    return str(url), str(state), asked


def finish(
    client: Client, provider: Provider, asked: Asked, came: Mapping[str, str], now: datetime
) -> dict[str, Any]:
    """The proven claims of who came back with ``came`` (``code``, perhaps ``iss``); ``now`` is the real time.

    Raises ``Untrusted``, ``ProviderDown``.
    """
    if came.get("iss", "" if provider.names_itself else provider.issuer) != provider.issuer:
        raise Untrusted("iss")
    with _session(client, provider) as session:
        tokens = _tokens(session, provider, came.get("code", ""), asked)
        claims = _proven(client, provider, asked, tokens, int(now.timestamp()))
        if provider.user_info:
            told = _json(provider.user_info, str(tokens["access_token"]))
            if told.get("sub") != claims["sub"]:
                raise Untrusted("sub")
            claims = {**told, **claims}
    return claims


def _tokens(session: Any, provider: Provider, code: str, asked: Asked) -> Mapping[str, Any]:
    if not code:
        raise Untrusted("code")
    try:
        tokens: Mapping[str, Any] = session.fetch_token(
            provider.token, grant_type="authorization_code", code=code, code_verifier=asked.verifier
        )
    except AuthlibBaseError as error:
        raise Untrusted("client" if error.error == "invalid_client" else "code") from error
    except _Broken as error:
        raise ProviderDown(error.code) from error
    except (RequestException, ValueError) as error:
        raise ProviderDown("answer") from error
    if not isinstance(tokens.get("id_token"), str) or not tokens.get("access_token"):
        raise Untrusted("id_token")
    return tokens


def _proven(
    client: Client, provider: Provider, asked: Asked, tokens: Mapping[str, Any], now: int
) -> dict[str, Any]:
    try:
        keys = KeySet.import_key_set(_json(provider.keys))  # type: ignore[arg-type]
        token = jwt.decode(tokens["id_token"], keys, algorithms=list(ALGORITHMS))
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Untrusted("signature") from error
    claims = CodeIDToken(
        token.claims,
        token.header,
        options={
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": client.client_id},
        },
        params={
            "nonce": asked.nonce,
            "client_id": client.client_id,
            "access_token": tokens["access_token"],
            "max_age": asked.max_age,
        },
    )
    try:
        claims.validate(now=now, leeway=LEEWAY_S)
    except JoseError as error:
        raise Untrusted(str(getattr(error, "claim", "") or error.error)) from error
    except (TypeError, ValueError) as error:
        raise Untrusted("claims") from error
    if asked.max_age and now - int(claims["auth_time"]) > asked.max_age + LEEWAY_S:
        raise Untrusted("auth_time")
    return dict(claims)


def _session(client: Client, provider: Provider) -> Any:
    """Authlib's client, whose every request goes through ``fetch``."""
    session = OAuth2Session(
        client.client_id,
        client.secret,
        scope=client.scopes,
        redirect_uri=client.redirect_uri,
        code_challenge_method="S256",
        token_endpoint_auth_method=client.method,
    )
    session.trust_env = False
    session.adapters.clear()
    session.mount("https://", _Safe())
    if client.method == KEY:
        session.register_client_auth_method(PrivateKeyJWT(provider.token))
    return session


class _Broken(RequestException):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Safe(BaseAdapter):
    """What Requests sends with: nothing but ``fetch``."""

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """One request, one answer. Raises ``_Broken``."""
        body = request.body or b""
        given = body.encode() if isinstance(body, str) else bytes(body)
        question = Question(request.url or "", request.method or "GET", dict(request.headers), given)
        try:
            reply = fetch(question)
        except (NotAllowed, Unreachable) as error:
            raise _Broken(error.code) from error
        answer = Response()
        answer.status_code, answer.url, answer.request = reply.status, question.url, request
        answer.headers = CaseInsensitiveDict(reply.headers)
        answer._content = reply.body
        return answer

    def close(self) -> None:
        """Nothing is held open."""


def _json(url: str, bearer: str = "") -> dict[str, Any]:
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
    try:
        reply = fetch(Question(url, headers=headers))
        told = json.loads(reply.body) if reply.status == 200 else None
    except (NotAllowed, Unreachable) as error:
        raise ProviderDown(error.code) from error
    except ValueError as error:
        raise ProviderDown("answer") from error
    if not isinstance(told, dict):
        raise ProviderDown("answer")
    return told


def _door(told: Mapping[str, Any], name: str, *, optional: bool = False) -> str:
    url = told.get(name)
    if url is None and optional:
        return ""
    target_of(str(url), reach().inside)
    return str(url)
