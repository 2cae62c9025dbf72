"""Does a municipality go on with what an older release published, though this one would refuse it?"""

from __future__ import annotations

from flask import Flask

from app.definitions.compiler import compile_sources
from app.definitions.model.catalog import LANGUAGE_VERSION
from app.definitions.model.source import Source
from app.services.access import accounts
from app.services.definitions import catalogs, definitions_list
from app.storage.database import transaction
from app.storage.repositories import definition_rows as rows
from app.storage.repositories.definition_rows import FileHashes, NewVersion
from tests.support.bound import MUNICIPALITY

PATH = "formdefs/notitie.yaml"
REFUSED_NOW = """\
form: notitie
title: Notitie
kind: action
sections:
  - section: kort
    title: Kort
    fields:
      - {field: soort, type: choice, label: Soort, options: {a: A, b: B}, privacy: 1}
      - {field: nooit, type: text, label: Nooit, show_if: soort is a and soort is b, privacy: 1}
"""


def test_what_was_proved_when_it_was_published_is_not_proved_again(store: Flask) -> None:
    source = Source(PATH, REFUSED_NOW)
    assert [found.code for found in compile_sources([source]).problems] == ["P530"]
    ref = ("form", "notitie")
    hashed = compile_sources([source], prove=False).catalog.hashes[ref]
    text = rows.hash_of(REFUSED_NOW)
    with transaction(MUNICIPALITY) as tx:
        rows.keep_text(tx, REFUSED_NOW)
        rows.put_file(tx, PATH, FileHashes(text, text))
        rows.keep_publication(tx, 1, {PATH: text}, author="", note="")
        version = rows.make_version(tx, NewVersion(ref, "Notitie", hashed, LANGUAGE_VERSION, 1))
    assert version
    live = catalogs.live(MUNICIPALITY)
    assert live.form("notitie").form.title == "Notitie"
    told = definitions_list.show(accounts.operator(MUNICIPALITY)).lines[0].problems
    assert [found.code for found in told] == ["P530"]
