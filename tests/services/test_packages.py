"""Does a package bring everything, and overwrite nothing?"""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask

from app.definitions.model.source import Source
from app.engine.policy import Actor
from app.services.access.accounts import NewAccount, create, operator
from app.services.definitions import definition_drafts, packages
from app.services.definitions.import_xlsform import import_xlsform
from app.services.definitions.publish_definitions import publish
from app.services.errors import Forbidden, Invalid
from tests.support.bound import MUNICIPALITY, NEIGHBOUR
from tests.support.workbooks import workbook

PATH = "formdefs/notitie.yaml"
NOTE = """\
form: notitie
title: {title}
kind: action
sections:
  - section: kort
    title: Kort
    fields:
      - {{field: wat, type: text, label: Wat gebeurde er?, privacy: 1}}
"""
OTHER = NOTE.format(title="Ander").replace("notitie", "ander")


def admin(municipality: str = MUNICIPALITY, *roles: str) -> Actor:
    new = NewAccount("An", f"an@{municipality}.example", roles or ("form_admin",))
    return Actor(create(operator(municipality), new), municipality, "An", frozenset(roles or ("form_admin",)))


def zipped(files: dict[str, str | bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return found.getvalue()


@pytest.fixture
def an(store: Flask) -> Actor:
    publish(MUNICIPALITY, [Source(PATH, NOTE.format(title="Notitie"))])
    return admin()


def test_what_one_municipality_exports_another_can_take(an: Actor) -> None:
    neighbour = admin(NEIGHBOUR)
    data = packages.export(an)
    package = packages.opened(neighbour, data)
    assert [(item.path, item.standing) for item in package.files] == [(PATH, packages.NEW)]
    taken = packages.take(neighbour, data, {PATH: package.files[0].seen})
    assert (taken.kept, taken.left) == ((PATH,), {})
    assert definition_drafts.open_text(neighbour, PATH).text == NOTE.format(title="Notitie")
    assert packages.published(NEIGHBOUR) == {}


def test_the_same_set_gives_the_same_bytes(an: Actor) -> None:
    assert packages.export(an) == packages.export(an)


def test_a_conflict_is_shown_and_the_text_here_stays_until_somebody_chooses(an: Actor) -> None:
    theirs = NOTE.format(title="Van elders")
    data = zipped({PATH: theirs, "formdefs/ander.yaml": OTHER})
    package = packages.opened(an, data)
    found = {item.path: item for item in package.files}
    assert found[PATH].standing == packages.DIFFERS
    assert found[PATH].mine == NOTE.format(title="Notitie")
    packages.take(an, data, {"formdefs/ander.yaml": found["formdefs/ander.yaml"].seen})
    assert definition_drafts.open_text(an, PATH).text == NOTE.format(title="Notitie")
    packages.take(an, data, {PATH: found[PATH].seen})
    assert definition_drafts.open_text(an, PATH).text == theirs


def test_what_a_colleague_changed_since_it_was_shown_is_left(an: Actor) -> None:
    data = zipped({PATH: NOTE.format(title="Van elders")})
    shown = packages.opened(an, data).files[0]
    definition_drafts.save(an, PATH, NOTE.format(title="Van een collega"), shown.seen)
    taken = packages.take(an, data, {PATH: shown.seen})
    assert (taken.kept, taken.left) == ((), {PATH: "edited_meanwhile"})
    assert "Van een collega" in definition_drafts.open_text(an, PATH).text


def test_the_folder_it_was_packed_in_does_not_matter_and_the_rest_is_named(an: Actor) -> None:
    data = zipped(
        {f"gemeente/{PATH}": NOTE.format(title="Notitie"), "gemeente/README.md": "x", "losse.yaml": "y"}
    )
    package = packages.opened(an, data)
    assert [(item.path, item.standing) for item in package.files] == [(PATH, packages.SAME)]
    assert package.refused == ("gemeente/README.md", "losse.yaml")


@pytest.mark.parametrize(
    "files",
    [
        {"formdefs/../../etc/passwd.yaml": "x"},
        {"formdefs/x.yaml": b"\xff\xfe\x00"},
        {"formdefs/x.yaml": b"a" * 2_000_000},
    ],
    ids=["a way out", "no text", "too long"],
)
def test_a_file_that_is_no_definition_is_refused_by_name(an: Actor, files: dict[str, str | bytes]) -> None:
    package = packages.opened(an, zipped(files))
    assert (package.files, len(package.refused)) == ((), 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "package_unreadable"),
        (b"PK\x03\x04 broken", "package_unreadable"),
        (b"form: x", "package_unreadable"),
        (zipped({f"formdefs/x{number}.yaml": "x" for number in range(501)}), "package_size"),
        (zipped({"formdefs/x.yaml": b"\0" * 50_000_000}), "package_size"),
        (b"PK" + b"x" * 700_000, "package_size"),
    ],
    ids=["nothing", "broken", "no zip", "too many", "a bomb", "too big"],
)
def test_what_is_no_package_is_refused_with_a_reason(an: Actor, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as problem:
        packages.opened(an, data)
    assert problem.value.code == code


def test_only_who_may_edit_brings_something(an: Actor) -> None:
    reader = Actor(an.account, MUNICIPALITY, "Ilse", frozenset({"dpo"}))
    with pytest.raises(Forbidden):
        packages.opened(reader, packages.export(reader))


SURVEY = [["type", "name", "label"], ["text", "naam", "Naam"], ["geopoint", "plaats", "Waar?"]]


def test_a_spreadsheet_form_becomes_work_with_a_report(an: Actor) -> None:
    made = import_xlsform(an, workbook({"survey": SURVEY, "settings": [["form_title"], ["Notitie"]]}))
    assert (made.path, [note.row for note in made.notes]) == ("formdefs/notitie_2.yaml", [3])
    assert "field: naam" in definition_drafts.open_text(an, made.path).text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no sheet", "sheet_unreadable"),
        (b"PK\x03\x04 broken", "sheet_unreadable"),
        (zipped({"xl/x.xml": b"\0" * 120_000_000}), "sheet_size"),
        (workbook({"blad1": SURVEY}), "xlsform_no_survey"),
    ],
    ids=["no sheet", "broken", "a bomb", "no survey"],
)
def test_what_is_no_spreadsheet_form_is_refused_with_a_reason(an: Actor, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as problem:
        import_xlsform(an, data)
    assert problem.value.code == code
