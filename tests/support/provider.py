"""A provider of OpenID Connect to sign in at, over real https, made with Authlib's server.

It is as strict as ACM/IDM: exact redirect addresses, PKCE with S256, and a scope that is not listed is refused at once.
And it can be told to misbehave: ``tamper`` changes what it signs, ``rotate`` its key, ``forge`` the whole token.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.flask_oauth2 import AuthorizationServer  # type: ignore[import-untyped]
from authlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749 import ClientMixin, InvalidScopeError  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.grants import (  # type: ignore[import-untyped]
    AuthorizationCodeGrant,
)
from authlib.oauth2.rfc7636 import CodeChallenge  # type: ignore[import-untyped]
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode  # type: ignore[import-untyped]
from flask import Flask, Response, abort, jsonify, redirect, render_template_string, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

from tests.support.tls_server import Papers, tls

Claims = dict[str, Any]
PAGE = (
    '<!doctype html><html lang="nl"><title>Aanmelden bij de proefaanbieder</title><main><h1>Wie bent u?</h1>'
    '<form method="post">{% for sub, claims in people.items() %}<p><button name="who" value="{{ sub }}">'
    "{{ claims.given_name }} {{ claims.family_name }}</button></p>{% endfor %}"
    '<p><button name="who" value="">Weigeren</button></p></form></main></html>'
)


@cache
def some_keys() -> tuple[RSAKey, RSAKey, RSAKey]:
    """Three keys; making one takes a while."""
    first, second, third = (
        RSAKey.generate_key(2048, {"kid": name}, private=True) for name in ("een", "twee", "drie")
    )
    return first, second, third


@dataclass(slots=True)
class House:
    """What the provider knows, and how it misbehaves."""

    issuer: str = ""
    client_id: str = "meernet-zandlede"
    secret: str = "een geheim van de proef"
    redirects: list[str] = field(default_factory=list)
    scopes: set[str] = field(default_factory=lambda: {"openid", "profile", "vo", "mijntoepassing"})
    people: dict[str, Claims] = field(default_factory=dict)
    beside: Claims = field(default_factory=dict)
    """Claims of every sign-in: acr, amr, auth_time."""
    only_in_user_info: frozenset[str] = frozenset()
    tamper: Callable[[Claims], Claims] = lambda claims: claims
    forge: Callable[[Claims, RSAKey], str] | None = None
    metadata: Claims = field(default_factory=dict)
    keys: list[RSAKey] = field(default_factory=list)
    asked: list[Mapping[str, str]] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    ended: list[Mapping[str, str]] = field(default_factory=list)

    def rotate(self) -> None:
        """Sign with another key from now on; the old one is gone."""
        old = self.keys[0].kid if self.keys else ""
        self.keys[:] = [key for key in some_keys() if key.kid != old][:1]

    def sign(self, claims: Claims, access_token: str) -> str:
        """The id token."""
        now = int(time.time())
        whole = {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            **self.beside,
            **claims,
        }
        whole["at_hash"] = _half_hash(access_token)
        told = self.tamper({name: item for name, item in whole.items() if name not in self.only_in_user_info})
        if self.forge:
            return self.forge(told, self.keys[0])
        return jwt.encode({"alg": "RS256", "kid": self.keys[0].kid}, told, self.keys[0])


@dataclass(slots=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """One code, with what was asked with it."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    who: str

    def get_redirect_uri(self) -> str:
        """As it was asked."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """As it was asked."""
        return self.scope


class Us(ClientMixin):  # type: ignore[misc]
    """The one client it knows."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.client_id = house.client_id

    def get_client_id(self) -> str:
        """Who."""
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """None: it must be said."""

    def get_allowed_scope(self, scope: str) -> str:
        """A scope that is not listed is refused at once."""
        if not set(scope.split()) <= self.house.scopes:
            raise InvalidScopeError
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Exactly."""
        return redirect_uri in self.house.redirects

    def check_client_secret(self, client_secret: str) -> bool:
        """Exactly."""
        return secrets.compare_digest(client_secret, self.house.secret)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Never without a secret."""
        return method == "client_secret_basic"

    def check_response_type(self, asked: str) -> bool:
        """Codes only."""
        return asked in ("code", "authorization_code")

    check_grant_type = check_response_type


def _app(house: House) -> Flask:
    app = Flask("provider")
    _grants(server := _server(app, house), house)
    _doors(app, house)

    @app.get("/authorize")
    def ask() -> Any:
        house.asked.append(request.args.to_dict())
        try:
            server.get_consent_grant(end_user=None)
        except OAuth2Error as error:
            return server.handle_error_response(None, error)
        return render_template_string(PAGE, people=house.people)

    @app.post("/authorize")
    def answer() -> Any:
        who = request.form["who"]
        grant = server.get_consent_grant(end_user=who or None)
        return server.create_authorization_response(grant_user=who or None, grant=grant)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    return app


def _server(app: Flask, house: House) -> Any:
    return AuthorizationServer(
        app,
        query_client=lambda client_id: Us(house) if client_id == house.client_id else None,
        save_token=lambda token, asked: house.tokens.__setitem__(token["access_token"], asked.user),
    )


def _grants(server: Any, house: House) -> None:
    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, asked: Any) -> None:
            data = asked.payload.data
            house.codes[code] = Code(
                code, asked.payload.redirect_uri, asked.payload.scope, data.get("nonce", ""),
                data.get("code_challenge", ""), data.get("code_challenge_method", ""), asked.user,
            )  # fmt: skip

        def query_authorization_code(self, code: str, client: Us) -> Code | None:
            return house.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del house.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> str:
            return authorization_code.who

    class Tokens(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, asked: Any) -> bool:
            return any(code.nonce == nonce for code in house.codes.values())

        def encode_id_token(self, token: Claims, asked: Any) -> str:
            who, nonce = asked.user, asked.authorization_code.nonce
            return house.sign({"sub": who, "nonce": nonce, **house.people[who]}, token["access_token"])

    server.register_grant(Grant, [CodeChallenge(required=True), Tokens(require_nonce=True)])


def _doors(app: Flask, house: House) -> None:
    @app.get("/.well-known/openid-configuration")
    def metadata() -> Response:
        doors = {
            "authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys",
            "end_session_endpoint": "end",
        }  # fmt: skip
        told = {name: f"{house.issuer}/{path}" for name, path in doors.items()}
        if house.only_in_user_info:
            told["userinfo_endpoint"] = f"{house.issuer}/me"
        return jsonify({"issuer": house.issuer, **told, **house.metadata})

    @app.get("/keys")
    def keys() -> Response:
        return jsonify(KeySet(list(house.keys)).as_dict(private=False))

    @app.get("/me")
    def me() -> Response:
        who = house.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if who is None:
            abort(401)
        return jsonify({"sub": who, **house.people[who]})

    @app.get("/end")
    def end() -> Any:
        house.ended.append(request.args.to_dict())
        return redirect(request.args["post_logout_redirect_uri"])


@contextmanager
def providing(made: Papers) -> Iterator[House]:
    """Run one at ``https://localhost:<port>`` until the end of the block."""
    house = House()
    house.rotate()
    with serving(_app(house), made) as address:
        house.issuer = address
        yield house


@contextmanager
def serving(app: Any, made: Papers) -> Iterator[str]:
    """Any WSGI application over https on this machine; its address."""
    server = make_server("localhost", 0, app, threaded=True, ssl_context=tls(made))
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def answer(url: str, who: str, made: Papers) -> str:
    """Be somebody's browser at the provider: the address it sends them back to."""
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(url, verify=str(made.authority), allow_redirects=False, timeout=10)
        if page.status_code != 200:
            return page.headers["Location"]
        sent = browser.post(
            url, data={"who": who}, verify=str(made.authority), allow_redirects=False, timeout=10
        )
        return sent.headers["Location"]


def place_of(address: str) -> str:
    """``host:port`` as the operator lists it."""
    return urlsplit(address).netloc


def _half_hash(access_token: str) -> str:
    digest = hashlib.sha256(access_token.encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()
