"""Does only what the provider really said, to us and just now, prove who somebody is?"""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from app.channels import openid
from app.channels.fetch import Reach, configure, reach
from app.channels.openid import Asked, Client, Provider, ProviderDown, Untrusted, begin, discover, finish
from tests.support.provider import Claims, House, answer, place_of, providing, serving, some_keys
from tests.support.tls_server import Papers

BACK = "https://meernet.example/aanmelden/terug"


@pytest.fixture
def house(made: Papers) -> Iterator[House]:
    before = reach()
    with providing(made) as found:
        found.redirects.append(BACK)
        found.people["u-1"] = {"given_name": "Ann", "family_name": "Proef", "vo_id": "vo-1"}
        configure(Reach(frozenset({place_of(found.issuer)}), str(made.authority)))
        yield found
    configure(before)


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def client(house: House) -> Client:
    return Client(house.issuer, house.client_id, BACK, "openid profile vo", secret=house.secret)


def came_back(house: House, made: Papers, who: str = "u-1") -> tuple[Provider, Asked, dict[str, str]]:
    """Somebody went to the provider and came back."""
    provider = discover(house.issuer)
    url, state, asked = begin(client(house), provider)
    back = answer(url, who, made)
    assert back.startswith(BACK + "?")
    came = {name: texts[0] for name, texts in parse_qs(urlsplit(back).query).items()}
    assert came["state"] == state
    return provider, asked, came


def test_somebody_is_who_the_provider_says(house: House, made: Papers) -> None:
    provider, asked, came = came_back(house, made)
    claims = finish(client(house), provider, asked, came, now())
    assert (claims["sub"], claims["vo_id"]) == ("u-1", "vo-1")
    sent = house.asked[0]
    assert sent["response_type"] == "code"
    assert sent["code_challenge_method"] == "S256"
    assert asked.verifier not in json.dumps(sent)
    assert sent["scope"] == "openid profile vo"
    assert sent["redirect_uri"] == BACK


def test_a_code_is_good_once(house: House, made: Papers) -> None:
    provider, asked, came = came_back(house, made)
    finish(client(house), provider, asked, came, now())
    assert refused(house, provider, asked, came) == "code"


def test_a_code_without_its_verifier_is_worth_nothing(house: House, made: Papers) -> None:
    provider, asked, came = came_back(house, made)
    stolen = Asked(asked.nonce, "een ander geheim van minstens drieenveertig tekens lang")
    assert refused(house, provider, stolen, came) == "code"


def test_a_wrong_secret_is_told_apart_from_a_wrong_code(house: House, made: Papers) -> None:
    provider, asked, came = came_back(house, made)
    house.secret = "intussen een ander"
    wrong = Client(house.issuer, house.client_id, BACK, "openid", secret="het oude")
    with pytest.raises(Untrusted) as caught:
        finish(wrong, provider, asked, came, now())
    assert caught.value.code == "client"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"iss": "https://elders.example"}, "iss"),
        ({"iss": None}, "iss"),
        ({"aud": "een-ander"}, "aud"),
        ({"aud": ["meernet-zandlede", "een-ander"]}, "azp"),
        ({"azp": "een-ander"}, "azp"),
        ({"nonce": "een ander"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": int(time.time()) - 3600}, "exp"),
        ({"exp": None}, "exp"),
        ({"iat": int(time.time()) + 3600}, "iat"),
        ({"nbf": int(time.time()) + 3600}, "nbf"),
        ({"sub": None}, "sub"),
        ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "at_hash"),
    ],
)
def test_a_claim_that_is_not_ours_proves_nothing(
    house: House, made: Papers, change: Claims, code: str
) -> None:
    house.tamper = lambda claims: {
        name: item for name, item in {**claims, **change}.items() if item is not None
    }
    provider, asked, came = came_back(house, made)
    assert code in refused(house, provider, asked, came)


def coded(*parts: Claims) -> list[str]:
    return [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]


def test_a_signature_of_another_kind_or_key_proves_nothing(house: House, made: Papers) -> None:
    def none(claims: Claims, _key: RSAKey) -> str:
        return ".".join([*coded({"alg": "none", "typ": "JWT"}, claims), ""])

    def shared(claims: Claims, key: RSAKey) -> str:
        start = ".".join(coded({"alg": "HS256", "kid": key.kid}, claims))
        tail = hmac.digest(key.as_pem(private=False), start.encode(), "sha256")
        return f"{start}.{base64.urlsafe_b64encode(tail).rstrip(b'=').decode()}"

    def strangers(claims: Claims, key: RSAKey) -> str:
        other = next(known for known in some_keys() if known.kid != key.kid)
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, other)

    def changed(claims: Claims, key: RSAKey) -> str:
        head, _, tail = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key).split(".")
        return ".".join([head, *coded({**claims, "sub": "u-2"}), tail])

    for forge in (none, shared, strangers, changed, lambda _claims, _key: "geen token"):
        house.forge = forge
        assert refused(house, *came_back(house, made)) == "signature", forge


def test_keys_may_change_between_two_sign_ins_and_during_one(house: House, made: Papers) -> None:
    finish(client(house), *came_back(house, made), now())
    house.rotate()
    finish(client(house), *came_back(house, made), now())
    before = came_back(house, made)
    house.rotate()
    finish(client(house), *before, now())


def test_another_provider_cannot_speak_in_its_name(house: House, made: Papers) -> None:
    provider, asked, came = came_back(house, made)
    assert refused(house, provider, asked, came | {"iss": "https://elders.example"}) == "iss"
    house.metadata["authorization_response_iss_parameter_supported"] = True
    provider, asked, came = came_back(house, made)
    assert refused(house, provider, asked, came) == "iss"
    finish(client(house), provider, asked, came | {"iss": house.issuer}, now())


def test_what_only_user_info_says_counts_for_the_same_person_only(house: House, made: Papers) -> None:
    house.only_in_user_info = frozenset({"vo_id"})
    claims = finish(client(house), *came_back(house, made), now())
    assert claims["vo_id"] == "vo-1"
    house.people["u-1"]["sub"] = "u-2"
    house.tamper = lambda claims: {**claims, "sub": "u-1"}
    assert refused(house, *came_back(house, made)) == "sub"


def test_a_sign_in_that_must_be_recent_is(house: House, made: Papers) -> None:
    def sign_in() -> None:
        provider = discover(house.issuer)
        url, _, asked = begin(client(house), provider, max_age=600, acr="hoog")
        back = answer(url, "u-1", made)
        came = {name: texts[0] for name, texts in parse_qs(urlsplit(back).query).items()}
        finish(client(house), provider, asked, came, now())

    for beside, code in (({}, "auth_time"), ({"auth_time": int(time.time()) - 3600}, "auth_time")):
        house.beside = beside
        with pytest.raises(Untrusted) as caught:
            sign_in()
        assert caught.value.code == code
    house.beside = {"auth_time": int(time.time()) - 60}
    sign_in()
    assert house.asked[-1]["max_age"] == "600"
    assert house.asked[-1]["acr_values"] == "hoog"


def test_a_scope_that_is_not_listed_is_refused_by_the_provider(house: House, made: Papers) -> None:
    asked_for_more = Client(house.issuer, house.client_id, BACK, "openid rrn", secret=house.secret)
    url, _, _ = begin(asked_for_more, discover(house.issuer))
    assert "error=invalid_scope" in answer(url, "u-1", made)


def test_a_provider_that_says_it_is_another_or_names_strange_doors_is_not_one(house: House) -> None:
    for change, code in (
        ({"issuer": "https://elders.example"}, "issuer"),
        ({"token_endpoint": "http://localhost:1/token"}, "metadata"),
        ({"token_endpoint": "https://169.254.169.254/token"}, "metadata"),
        ({"jwks_uri": None}, "metadata"),
    ):
        house.metadata = change
        with pytest.raises(ProviderDown) as caught:
            discover(house.issuer)
        assert caught.value.code == code


def test_a_provider_that_is_down_is_told_as_such(made: Papers) -> None:
    before = reach()
    with providing(made) as house:
        address, reached = house.issuer, Reach(frozenset({place_of(house.issuer)}), str(made.authority))
        house.redirects.append(BACK)
        house.people["u-1"] = {}
        configure(reached)
        provider, asked, came = came_back(house, made)
    try:
        with pytest.raises(ProviderDown) as caught:
            discover(address)
        assert caught.value.code == "connect"
        with pytest.raises(ProviderDown):
            finish(Client(address, "x", BACK, secret="x"), provider, asked, came, now())
    finally:
        configure(before)


def test_an_internal_address_is_no_provider() -> None:
    for issuer in (
        "https://127.0.0.1",
        "https://localhost",
        "http://aanmelden.example",
        "https://metadata.internal",
    ):
        with pytest.raises(ProviderDown):
            discover(issuer)


@pytest.mark.filterwarnings("ignore")
def test_a_provider_that_others_made_is_understood_too(made: Papers) -> None:
    import oidc_provider_mock  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415

    before = reach()
    user = oidc_provider_mock.User(sub="u-7", claims={"vo_id": "vo-7"})
    with serving(oidc_provider_mock.app(user_claims=[user], require_nonce=True), made) as address:
        configure(Reach(frozenset({place_of(address)}), str(made.authority)))
        us = Client(address, "wie dan ook", BACK, "openid profile", secret="om het even")
        provider = discover(address)
        assert provider.end_session
        url, _, asked = begin(us, provider)
        back = _press(url, made)
        came = {name: texts[0] for name, texts in parse_qs(urlsplit(back).query).items()}
        assert finish(us, provider, asked, came, now())["vo_id"] == "vo-7"
        with pytest.raises(Untrusted):
            finish(us, provider, Asked("een andere", asked.verifier), came, now() + timedelta(hours=2))
    configure(before)


def _press(url: str, made: Papers) -> str:
    import requests  # noqa: PLC0415

    sent = requests.post(
        url, data={"sub": "u-7"}, verify=str(made.authority), allow_redirects=False, timeout=10
    )
    return sent.headers["Location"]


def refused(house: House, provider: Provider, asked: Asked, came: dict[str, str]) -> str:
    """The code with which it is refused."""
    with pytest.raises(Untrusted) as caught:
        finish(client(house), provider, asked, came, now())
    return caught.value.code


def test_only_signatures_with_a_key_of_the_provider_are_on_the_list() -> None:
    assert not [name for name in openid.ALGORITHMS if name == "none" or name.startswith("HS")]
