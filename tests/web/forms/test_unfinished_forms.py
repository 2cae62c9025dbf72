"""A text that is not finished shows what can be read of it; nothing that is wrong stops the rest from being drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.definitions.model.source import Source
from app.definitions.sketch import sketch
from app.web.forms.pages import make_page
from app.web.forms.parts import Filling
from tests.definitions.context_files import HERE, context
from tests.support.definition_sets import defines

BAD = sorted((HERE / "bad").rglob("*.yaml"))
TEXTS = {source.path: str(source.text) for source in context()}


def among(path: Path) -> dict[str, str]:
    """The sound files with an example in the place of the one that defines the same."""
    example = Source(path.name, path.read_bytes())
    kept = {name: text for name, text in TEXTS.items() if defines(Source(name, text)) != defines(example)}
    return kept | {path.name: path.read_text(encoding="utf-8", errors="replace")}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_whatever_is_wrong_what_can_be_read_is_drawn(path: Path) -> None:
    found = sketch(among(path), path.name)
    if found is not None and found.form is not None:
        make_page(found.form).render(Filling())


def test_a_form_without_the_keys_of_publication_shows_its_fields() -> None:
    field = "{field: b, type: text, label: Waarom}"
    text = (
        f"form: nieuw\ntitle: Nieuw\nsections:\n  - section: a\n    title: A\n    fields:\n      - {field}\n"
    )
    found = sketch(TEXTS | {"formdefs/nieuw.yaml": text}, "formdefs/nieuw.yaml")
    assert found is not None
    assert found.form is not None
    assert "Waarom" in make_page(found.form).render(Filling())


def test_a_block_and_a_list_show_themselves_in_a_form() -> None:
    block = sketch(TEXTS, "formdefs/blocks/persoon.yaml")
    options = sketch(TEXTS, "formdefs/lists/domeinen.yaml")
    assert block is not None
    assert options is not None
    assert block.form is not None
    assert options.form is not None
    assert "Naam" in make_page(block.form).render(Filling())
    assert "Wonen" in make_page(options.form).render(Filling())
    assert (block.kind, options.kind) == ("block", "list")


def test_what_cannot_be_read_shows_nothing() -> None:
    assert sketch(TEXTS | {"formdefs/x.yaml": "form: [x"}, "formdefs/x.yaml") is None
    assert sketch(TEXTS | {"formdefs/x.yaml": ""}, "formdefs/x.yaml") is None
