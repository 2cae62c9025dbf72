"""Does a change of the secret that signs pages take anything from who is at work?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.factory import create_app
from app.storage.database import db
from tests.web.conftest import SignIn, settings_for, token_of

NEW = "n" * 40


@pytest.mark.parametrize("known", [True, False], ids=["named", "forgotten"])
def test_a_page_from_before_is_accepted_as_long_as_the_old_secret_is_named(
    app: Flask, tmp_path: Path, sign_in: SignIn, known: bool
) -> None:
    client = app.test_client()
    old = sign_in(client, "joris_maes")
    settings = settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    older = (settings.secret_key,) if known else ()
    later = create_app(replace(settings, secret_key=NEW, previous_secret_keys=older))
    visitor = later.test_client()
    for cookie in (client._cookies or {}).values():
        visitor.set_cookie(cookie.key, cookie.value)
    assert token_of(visitor.get("/account").text) != old
    answer = visitor.post("/afmelden", data={"_csrf": old})
    with later.app_context():
        db.engine.dispose()
    assert (answer.status_code == 302) is known
