"""Does publishing change what runs only when and where somebody meant it?"""

from __future__ import annotations

import pytest
from flask import Flask

from app.definitions.model.source import Source
from app.engine.policy import Actor
from app.services.access import accounts
from app.services.definitions import catalogs, definition_drafts, definitions_list, publish_drafts
from app.services.definitions.publish_definitions import Published, PublishResult, publish
from app.services.definitions.publish_drafts import Choice
from app.services.errors import Forbidden, NotFound
from app.services.municipality import setup
from app.storage import history
from app.storage.database import transaction
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

NOTE = """\
form: {ref}
title: {title}
kind: action
sections:
  - section: kort
    title: Kort
    fields:
      - {{field: wat, type: text, label: Wat gebeurde er?, privacy: 1}}
"""


def note(title: str = "Notitie", ref: str = "notitie") -> Source:
    return Source(f"formdefs/{ref}.yaml", NOTE.format(title=title, ref=ref))


def _publish(*sources: Source, whole: bool = False) -> PublishResult:
    return publish(MUNICIPALITY, sources, note="proef", whole=whole)


def _edit_here(title: str) -> None:
    """What a studio edit leaves: another current text under the imported one."""
    admin = accounts.operator(MUNICIPALITY)
    seen = definition_drafts.open_text(admin, note().path).seen
    definition_drafts.save(admin, note().path, str(note(title).text), seen)
    shown = publish_drafts.review(admin)
    assert not publish_drafts.publish(admin, Choice(token=shown.token, note="studio")).refused


def test_the_first_publication_makes_first_versions(store: Flask) -> None:
    result = _publish(note())
    assert (result.number, result.made) == (1, (Published("form", "notitie", 1),))
    live = catalogs.live(MUNICIPALITY)
    assert (live.number, live.form("notitie").form.title) == (1, "Notitie")


def test_an_unchanged_file_does_nothing(store: Flask) -> None:
    _publish(note())
    again = _publish(note())
    assert (again.number, again.made, again.drafts) == (1, (), ())


def test_a_comment_is_no_new_version(store: Flask) -> None:
    _publish(note())
    commented = Source(note().path, f"# waarom\n{note().text!s}")
    assert _publish(commented).made == ()
    assert catalogs.live(MUNICIPALITY).form("notitie").number == 1


def test_a_changed_file_makes_a_new_version_and_the_old_one_stays(store: Flask) -> None:
    _publish(note())
    old = catalogs.live(MUNICIPALITY).form("notitie")
    result = _publish(note("Verslag"))
    assert result.made == (Published("form", "notitie", 2),)
    live = catalogs.live(MUNICIPALITY)
    assert live.form("notitie").form.title == "Verslag"
    assert live.form_version(old.id) == old


def test_an_old_version_is_compiled_again_by_a_process_that_never_saw_it(store: Flask) -> None:
    _publish(note())
    old = catalogs.live(MUNICIPALITY).form("notitie")
    _publish(note("Verslag"))
    from app.storage import engines  # noqa: PLC0415 - to forget what this process knows
    from app.storage.database import db  # noqa: PLC0415

    engines.store_of(db.engine).memory.clear()
    catalogs.forget_compiled()
    assert catalogs.form_version(MUNICIPALITY, old.id) == old
    with transaction(MUNICIPALITY) as tx:
        assert catalogs.cached_form(tx.municipality, old.id).title == "Notitie"


def test_a_file_over_an_edit_made_here_waits_beside_it(store: Flask) -> None:
    _publish(note())
    _edit_here("Hier bewerkt")
    result = _publish(note("Uit het pakket"))
    assert (result.drafts, result.made) == ((note().path,), ())
    assert _publish(note("Uit het pakket")).drafts == (note().path,)
    admin = Actor("", MUNICIPALITY, roles=frozenset({"form_admin"}))
    assert [waiting.path for waiting in definitions_list.show(admin).waiting] == [note().path]
    assert catalogs.live(MUNICIPALITY).form("notitie").form.title == "Hier bewerkt"


def test_the_package_it_came_from_leaves_an_edit_alone(store: Flask) -> None:
    _publish(note())
    _edit_here("Hier bewerkt")
    assert _publish(note(), whole=True).drafts == ()
    assert catalogs.live(MUNICIPALITY).form("notitie").form.title == "Hier bewerkt"


def test_one_error_stops_everything(store: Flask) -> None:
    _publish(note())
    result = _publish(note("Verslag"), Source("formdefs/stuk.yaml", "form: stuk\nsections: nee\n"))
    assert result.refused
    assert {problem.span.path for problem in result.problems} == {"formdefs/stuk.yaml"}
    assert catalogs.live(MUNICIPALITY).form("notitie").form.title == "Notitie"


def test_bytes_that_are_no_text_are_told_and_kept_nowhere(store: Flask) -> None:
    result = _publish(Source("formdefs/vreemd.yaml", b"form: \xff\xfe"))
    assert result.refused
    assert catalogs.live(MUNICIPALITY).number == 0


def test_a_form_that_left_the_package_takes_no_new_work_and_lives_on(store: Flask) -> None:
    _publish(note(), note("Tweede", "tweede"))
    old = catalogs.live(MUNICIPALITY).form("tweede")
    result = _publish(note(), whole=True)
    assert result.retired == (("form", "tweede"),)
    with pytest.raises(NotFound):
        catalogs.live(MUNICIPALITY).form("tweede")
    assert catalogs.form_version(MUNICIPALITY, old.id) == old


def test_each_municipality_publishes_for_itself(store: Flask) -> None:
    _publish(note())
    ours = catalogs.live(MUNICIPALITY).form("notitie")
    assert catalogs.live(NEIGHBOUR).forms == {}
    with pytest.raises(NotFound):
        catalogs.form_version(NEIGHBOUR, ours.id)


def test_the_live_catalog_is_kept_until_its_number_rises(store: Flask) -> None:
    _publish(note())
    live = catalogs.live(MUNICIPALITY)
    assert catalogs.live(MUNICIPALITY) is live
    assert catalogs.live(MUNICIPALITY, live.number) is live
    _publish(note("Verslag"))
    assert catalogs.live(MUNICIPALITY, live.number + 1).number == live.number + 1


def test_a_publication_stands_in_the_log(store: Flask) -> None:
    _publish(note())
    with transaction(MUNICIPALITY, readonly=True) as tx:
        entry = history.entries(tx, None)[0]
    assert (entry.code, dict(entry.params)) == (
        "published",
        {"kind": "form", "definition": "notitie", "number": "1"},
    )


def test_the_list_shows_what_runs_and_only_to_those_who_may(store: Flask) -> None:
    _publish(note())
    admin = Actor("", MUNICIPALITY, roles=frozenset({"form_admin"}))
    (line,) = definitions_list.show(admin).lines
    assert (line.title, line.number, line.note, line.path) == ("Notitie", 1, "proef", note().path)
    with pytest.raises(Forbidden):
        definitions_list.show(Actor("x", MUNICIPALITY, roles=frozenset({"contact"})))


def test_preparing_twice_does_the_same_as_once(store: Flask) -> None:
    told: list[str] = []
    first = setup.prepare(store, demo=True, seed=told.append)
    again = setup.prepare(store, demo=True, seed=told.append)
    assert [bool(result.made) for result in first] == [True, True]
    assert [result.made for result in again] == [(), ()]
    assert told == [MUNICIPALITY]
    assert "doorverwijskaart" in catalogs.live(MUNICIPALITY).forms
    assert "warme_doorverwijzing" in catalogs.live(MUNICIPALITY).workflows


def test_a_demo_that_broke_off_is_told_again(store: Flask) -> None:
    def breaks(_slug: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        setup.prepare(store, demo=True, seed=breaks)
    told: list[str] = []
    setup.prepare(store, demo=True, seed=told.append)
    assert told == [MUNICIPALITY]


def test_the_operator_may_do_what_the_command_line_offers() -> None:
    assert accounts.operator(MUNICIPALITY).roles == {"system_admin", "form_admin"}
