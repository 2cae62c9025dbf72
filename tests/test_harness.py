"""Does the test harness itself hold what it promises?"""

from __future__ import annotations

import psycopg
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from tests.support.databases import Templates


def _tables(url: str) -> list[str]:
    engine = sa.create_engine(url)
    try:
        return sa.inspect(engine).get_table_names()
    finally:
        engine.dispose()


def _fill(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("create table noise (id integer)"))
    engine.dispose()


def test_a_database_url_is_an_empty_database(database_url: str) -> None:
    assert _tables(database_url) == []
    _fill(database_url)
    assert _tables(database_url) == ["noise"]


def test_a_template_is_prepared_once_and_copied_for_each_test(database_templates: Templates) -> None:
    prepared: list[str] = []

    def prepare(url: str) -> None:
        prepared.append(url)
        _fill(url)

    first, second = (database_templates.copy("harness", prepare) for _ in range(2))
    assert first != second
    assert _tables(first) == _tables(second) == ["noise"]
    assert len(prepared) == 1


def test_the_owner_of_test_databases_cannot_walk_past_row_level_security(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute(
            "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"
        ).fetchone()
    assert row == (False,)


@pytest.mark.parametrize("attempt", [1, 2])
def test_every_test_has_a_postgresql_of_its_own(postgres_url: str, attempt: int) -> None:
    assert _tables(postgres_url) == []
    _fill(postgres_url)


@pytest.mark.e2e
def test_the_browser_runs_scripts(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content("<p>Dag</p>")
    assert page.evaluate("document.querySelector('p').textContent") == "Dag"
    context.close()
