"""Does a page say so when the database is away, to whoever asks for it, and does it come by itself when it is back?"""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from weakref import ref

import pytest

from app.factory import create_app
from tests.web.conftest import settings_for


@pytest.mark.parametrize("path", ["/", "/werk", "/kaart/doorverwijskaart", "/aanmelden"])
@pytest.mark.parametrize("cookie", ["", "a-key-of-a-session"])
def test_every_page_says_that_the_database_is_away(path: str, cookie: str, tmp_path: Path) -> None:
    nowhere = f"postgresql+psycopg://meernet@/meernet?host={tmp_path}"
    client = create_app(replace(settings_for(nowhere, tmp_path), environment="test")).test_client()
    if cookie:
        client.set_cookie("meernet", cookie)
    answer = client.get(path)
    assert answer.status_code == 503
    assert "<h1>" in answer.text


def test_an_application_that_is_not_served_is_given_back(tmp_path: Path) -> None:
    """What only a process that serves to its end may keep for good."""
    nowhere = f"postgresql+psycopg://meernet@/meernet?host={tmp_path}"
    made = ref(create_app(replace(settings_for(nowhere, tmp_path), environment="test")))
    gc.collect()
    assert made() is None
