"""Does no process work with a database that cannot keep its promises, however that process is started?"""

from __future__ import annotations

import os
import runpy
from argparse import Namespace
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa
from flask import Flask

from app.cli import fitness, serve, worker
from app.cli.main import main
from app.config import load
from app.factory import create_app
from app.services.safekeeping import copies
from app.storage import lite_file
from app.storage.database import db, transaction
from app.storage.models import Municipality
from app.storage.repositories import safe_rows
from tests.support.bound import migrated

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A migrated database in a file."""
    path = tmp_path / "meernet.sqlite"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture
def damaged(file: Path) -> Path:
    """The same with pages that a disk spoilt."""
    with file.open("r+b") as opened:
        for page in range(3, file.stat().st_size // 4096):
            opened.seek(page * 4096)
            opened.write(os.urandom(512))
    return file


def _environment(file: Path | str) -> dict[str, str]:
    url = file if isinstance(file, str) else f"sqlite:///{file}"
    folder = Path(url.removeprefix("sqlite:///file:").removeprefix("sqlite:///").partition("?")[0]).parent
    return {
        "MEERNET_ENV": "test",
        "MEERNET_DATA_DIR": str(folder / "data"),
        "MEERNET_DATABASE_URL": url,
        "MEERNET_REDIS_URL": "",
    }


def _app(file: Path | str) -> Flask:
    return create_app(load(_environment(file)))


def test_a_sound_database_is_worked_with(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not fitness.refused(_app(file), "")
    assert not capsys.readouterr().err


def test_the_web_server_and_the_worker_do_not_start_on_a_damaged_one(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load(_environment(damaged))
    assert serve.run(Namespace(), settings) == 1
    assert "is beschadigd" in capsys.readouterr().err
    assert worker.run(Namespace(no_redis=True), settings) == 1
    assert "is beschadigd" in capsys.readouterr().err


def test_nor_does_anything_on_one_where_a_copy_was_put_back_but_half(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in _environment(file).items():
        monkeypatch.setenv(name, text)
    app = _app(file)
    with app.app_context():
        with transaction("") as tx:
            safe_rows.put_note(tx, copies.RESTORING, {})
        db.engine.dispose()
    for command in (["serve"], ["worker", "--no-redis"], ["setup", "--municipality", "proeflede"]):
        assert main(command) == 1
        said = capsys.readouterr().err
        assert "nog niet helemaal teruggezet" in said
        assert "meernet restore KOPIE" in said
    with app.app_context(), transaction("") as tx:
        assert not tx.scalar(sa.select(Municipality.id).where(Municipality.id == "proeflede"))
        safe_rows.take_note(tx, copies.RESTORING)
    assert not fitness.refused(app, "")


def test_nor_does_any_other_server(
    damaged: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in _environment(damaged).items():
        monkeypatch.setenv(name, text)
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(ROOT / "wsgi.py"))
    assert left.value.code == 1
    assert "is beschadigd" in capsys.readouterr().err


def test_a_place_without_a_write_ahead_log_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sa.create_engine(f"sqlite:///{file}").connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    # without locks there is no shared memory, as on a network share: SQLite cannot keep a log there
    assert fitness.refused(_app(f"sqlite:///file:{file}?nolock=1&uri=true"), "")
    assert "journal_mode moet wal zijn" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "weaker"),
    [("foreign_keys", "OFF"), ("synchronous", "NORMAL"), ("trusted_schema", "ON"), ("busy_timeout", "0")],
)
def test_a_setting_that_does_not_hold_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str], name: str, weaker: str
) -> None:
    app = _app(file)
    with app.app_context():
        sa.event.listen(db.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA {name}={weaker}").close())
    assert fitness.refused(app, "")
    assert f"{name} moet" in capsys.readouterr().err


def test_a_disk_that_is_nearly_full_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lite_file, "ROOM", 1 << 50)
    assert fitness.refused(_app(file), "")
    assert "te weinig plaats" in capsys.readouterr().err


def test_a_database_that_is_away_is_waited_for(tmp_path: Path) -> None:
    away = f"postgresql+psycopg://meernet@/meernet?host={tmp_path}"
    settings = load({**_environment(tmp_path / "x"), "MEERNET_DATABASE_URL": away})
    assert not fitness.refused(create_app(settings), "")


def test_a_redis_that_may_drop_what_it_was_given_is_named(
    file: Path, valkey_server_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with redis.Redis.from_url(valkey_server_url) as connection:
        connection.config_set("maxmemory-policy", "allkeys-lru")
    assert not fitness.refused(_app(file), valkey_server_url)
    assert "allkeys-lru" in capsys.readouterr().err
