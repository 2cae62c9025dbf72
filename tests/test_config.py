"""Does a wrong setting stop the start with one clear sentence?"""

from __future__ import annotations

import base64
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from app.config import SettingsError, load, parse_shift

PRODUCTION = {
    "MEERNET_ENV": "production",
    "MEERNET_DATABASE_URL": "postgresql://meernet@db/meernet",
    "MEERNET_REDIS_URL": "",
    "MEERNET_SECRET_KEY": "s" * 48,
    "MEERNET_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
    "MEERNET_MAIL_URL": "smtp://mail:25",
    "MEERNET_TRUSTED_HOSTS": "zandlede.example, www.zandlede.example",
}


def test_without_any_setting_it_is_the_demo_on_sqlite_with_an_embedded_redis(tmp_path: Path) -> None:
    settings = load({}, cwd=tmp_path)
    assert (settings.environment, settings.host, settings.port) == ("demo", "127.0.0.1", 8000)
    assert settings.database_url == f"sqlite:///{tmp_path}/data/meernet.sqlite"
    assert settings.redis_url is None
    assert settings.mail_url == "catchall:"


def test_an_empty_redis_url_means_none_and_is_not_the_same_as_no_setting(tmp_path: Path) -> None:
    assert load({"MEERNET_REDIS_URL": ""}, cwd=tmp_path).redis_url == ""


def test_keys_are_made_once_and_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    first, second = load({}, cwd=tmp_path), load({}, cwd=tmp_path)
    assert (first.secret_key, first.master_key) == (second.secret_key, second.master_key)
    assert len(first.master_key) == 32
    made = list((tmp_path / "data" / "keys").iterdir())
    assert {path.name for path in made} == {"session.key", "master.key"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    load({}, cwd=tmp_path)
    (tmp_path / "data" / "keys" / "master.key").chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load({}, cwd=tmp_path)


def test_a_command_that_keeps_nothing_leaves_no_trace(tmp_path: Path) -> None:
    settings = load({}, cwd=tmp_path, keep=False)
    assert len(settings.master_key) == 32
    assert list(tmp_path.iterdir()) == []


def test_a_master_key_may_be_hexadecimal(tmp_path: Path) -> None:
    assert load({"MEERNET_MASTER_KEY": "ab" * 32}, cwd=tmp_path).master_key == b"\xab" * 32


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MEERNET_PORT", "http"),
        ("MEERNET_PORT", "70000"),
        ("MEERNET_ENV", "prod"),
        ("MEERNET_MASTER_KEY", "short"),
        ("MEERNET_SECRET_KEY", "short"),
        ("MEERNET_CLOCK_SHIFT", "tomorrow"),
        ("MEERNET_PROXIES", "-1"),
    ],
)
def test_a_value_that_makes_no_sense_is_named_in_one_sentence(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name} [^\n]+\.$"):
        load({name: value}, cwd=tmp_path)


def test_production_with_everything_said_starts(tmp_path: Path) -> None:
    settings = load(PRODUCTION, cwd=tmp_path)
    assert settings.is_production
    assert settings.trusted_hosts == ("zandlede.example", "www.zandlede.example")
    assert not (tmp_path / "data" / "keys").exists()


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"MEERNET_ENV"}))
def test_production_has_no_default_for_what_matters(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=rf"^In production {name} must be set: [^\n]+\.$"):
        load({key: value for key, value in PRODUCTION.items() if key != name}, cwd=tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MEERNET_DATABASE_URL", "sqlite:///here.sqlite"),
        ("MEERNET_MAIL_URL", "catchall:"),
        ("MEERNET_CLOCK_SHIFT", "1d"),
    ],
)
def test_production_refuses_what_belongs_to_the_demo(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^In production {name} [^\n]+\.$"):
        load({**PRODUCTION, name: value}, cwd=tmp_path)


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("", timedelta()),
        ("14d", timedelta(days=14)),
        ("-3h", timedelta(hours=-3)),
        ("+2d12h30m", timedelta(days=2, hours=12, minutes=30)),
        ("90", timedelta(seconds=90)),
    ],
)
def test_a_shift_of_the_clock_is_written_in_days_hours_minutes_and_seconds(
    text: str, shift: timedelta
) -> None:
    assert parse_shift(text) == shift


def test_what_may_be_reached_outside_is_what_the_operator_lists(tmp_path: Path) -> None:
    nothing = load({}, cwd=tmp_path)
    assert (nothing.webhook_hosts, nothing.inside, nothing.authorities) == ((), (), "")
    file = tmp_path / "eigen.pem"
    file.write_text("")
    found = load(
        {
            "MEERNET_WEBHOOK_HOSTS": "Haak.be, ander.be",
            "MEERNET_INSIDE_HOSTS": "aanmelden.intern:8443",
            "MEERNET_CA_FILE": str(file),
        },
        cwd=tmp_path,
    )
    assert found.webhook_hosts == ("haak.be", "ander.be")
    assert (found.inside, found.authorities) == (("aanmelden.intern:8443",), str(file))
    with pytest.raises(SettingsError, match="MEERNET_CA_FILE"):
        load({"MEERNET_CA_FILE": "nergens.pem"}, cwd=tmp_path)
