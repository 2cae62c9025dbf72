"""Can an author read the guide in the studio, and nobody be misled by it?"""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.definitions.guide_pages import GuidePage, pages
from tests.web.conftest import SignIn


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.id)
def test_every_page_is_there_with_its_title_and_its_examples(
    app: Flask, sign_in: SignIn, page: GuidePage
) -> None:
    client = app.test_client()
    sign_in(client, "tom_aerts")
    found = client.get(f"/beheer/gids/{page.id}")
    assert found.status_code == 200
    assert f"<h1>{page.title}</h1>" in found.text
    assert found.text.count("<pre>") == page.text.count("```yaml")


def test_the_guide_opens_at_its_first_page_and_every_page_leads_to_the_next(
    app: Flask, sign_in: SignIn
) -> None:
    client = app.test_client()
    sign_in(client, "tom_aerts")
    here = client.get("/beheer/gids").headers["Location"]
    seen = [here]
    while found := re.search(r'guide-next"><a [^>]*href="([^"]+)"', client.get(here).text):
        here = found.group(1)
        seen.append(here)
    assert seen == [f"/beheer/gids/{page.id}" for page in pages()]


def test_a_page_that_does_not_exist_is_not_found(app: Flask, sign_in: SignIn) -> None:
    client = app.test_client()
    sign_in(client, "tom_aerts")
    assert client.get("/beheer/gids/bestaat_niet").status_code == 404
