"""Is nothing that somebody wrote in the studio ever overwritten unseen, and does nothing of it run by itself?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.definitions.model.source import Source
from app.engine.policy import Actor
from app.services.access.accounts import NewAccount, create, operator
from app.services.definitions import catalogs, definition_drafts
from app.services.definitions.definition_drafts import OpenText
from app.services.definitions.publish_definitions import publish
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from tests.support.bound import MUNICIPALITY, NEIGHBOUR

PATH = "formdefs/notitie.yaml"
FRESH = "formdefs/verslag.yaml"
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


def note(title: str = "Notitie", ref: str = "notitie") -> str:
    return NOTE.format(title=title, ref=ref)


def admin(name: str = "An", municipality: str = MUNICIPALITY) -> Actor:
    """Somebody who may edit, with an account."""
    account = create(
        operator(municipality), NewAccount(name, f"{name.lower()}@{municipality}.example", ("form_admin",))
    )
    return Actor(account, municipality, name, frozenset({"form_admin"}))


@pytest.fixture
def an(store: Flask) -> Actor:
    """An administrator of a municipality that runs one form."""
    publish(MUNICIPALITY, [Source(PATH, note())])
    return admin()


def test_what_runs_can_be_opened_and_changed_without_running_changed(an: Actor) -> None:
    opened = definition_drafts.open_text(an, PATH)
    assert (opened.text, opened.live, opened.author) == (note(), note(), "")
    saved = definition_drafts.save(an, PATH, note("Verslag"), opened.seen)
    assert (saved.text, saved.live, saved.author) == (note("Verslag"), note(), an.account)
    assert definition_drafts.open_text(an, PATH) == saved
    assert catalogs.live(MUNICIPALITY).form("notitie").form.title == "Notitie"
    assert definition_drafts.work_set(an).catalog.forms["notitie"].title == "Verslag"


def test_who_saves_over_what_they_never_saw_gets_the_other_text(an: Actor) -> None:
    bert = admin("Bert")
    opened = definition_drafts.open_text(an, PATH)
    first = definition_drafts.save(an, PATH, note("Van An"), opened.seen)
    with pytest.raises(Conflict) as refused:
        definition_drafts.save(bert, PATH, note("Van Bert"), opened.seen)
    assert (refused.value.code, refused.value.current) == ("edited_meanwhile", first)
    second = definition_drafts.save(bert, PATH, note("Van Bert"), first.seen)
    assert (second.text, second.author) == (note("Van Bert"), bert.account)


@pytest.mark.parametrize("path", [PATH, FRESH])
def test_of_many_at_once_one_is_first_and_all_others_are_told(store: Flask, an: Actor, path: str) -> None:
    seen = definition_drafts.open_text(an, PATH).seen if path == PATH else ""

    def save(number: int) -> OpenText | None:
        with store.app_context():
            try:
                return definition_drafts.save(an, path, note(f"Poging {number}"), seen)
            except Conflict:
                return None

    with ThreadPoolExecutor(6) as pool:
        saved = [kept for kept in pool.map(save, range(12)) if kept]
    assert [kept.text for kept in saved] == [definition_drafts.open_text(an, path).text]


def test_the_same_text_again_is_nobodys_change(an: Actor) -> None:
    bert = admin("Bert")
    opened = definition_drafts.open_text(an, PATH)
    saved = definition_drafts.save(an, PATH, note("Verslag"), opened.seen)
    assert definition_drafts.save(bert, PATH, note("Verslag"), opened.seen) == saved


def test_going_back_to_what_runs_leaves_no_work(an: Actor) -> None:
    saved = definition_drafts.save(an, PATH, note("Verslag"), definition_drafts.open_text(an, PATH).seen)
    back = definition_drafts.save(an, PATH, note().replace("\n", "\r\n"), saved.seen)
    assert (back.text, back.author, back.at) == (note(), "", None)
    assert [file.standing for file in definition_drafts.listed(an)] == ["live"]


def test_a_new_file_stands_in_the_list_under_its_title(an: Actor) -> None:
    saved = definition_drafts.save(an, FRESH, note("Verslag van 't huis", "verslag"), "")
    assert saved.live == ""
    listed = {file.path: file for file in definition_drafts.listed(an)}
    fresh = listed[FRESH]
    assert (fresh.kind, fresh.ref, fresh.title, fresh.standing) == (
        "form",
        "verslag",
        "Verslag van 't huis",
        "new",
    )
    assert (fresh.seen, fresh.author) == (saved.seen, an.account)
    assert listed[PATH].standing == "live"
    with pytest.raises(Conflict):
        definition_drafts.save(an, FRESH, note("Nog een", "verslag"), "")


def test_a_broken_text_is_kept(an: Actor) -> None:
    broken = "form: [stuk\n"
    definition_drafts.save(an, PATH, broken, definition_drafts.open_text(an, PATH).seen)
    assert definition_drafts.open_text(an, PATH).text == broken
    assert not definition_drafts.work_set(an).ok


def test_a_removed_file_is_out_of_the_working_copy_and_comes_back_by_saving(an: Actor) -> None:
    seen = definition_drafts.open_text(an, PATH).seen
    definition_drafts.remove(an, PATH, seen)
    assert [file.standing for file in definition_drafts.listed(an)] == ["removed"]
    assert definition_drafts.work_texts(an) == {}
    with pytest.raises(Conflict):
        definition_drafts.save(an, PATH, note("Verslag"), seen)
    gone = definition_drafts.open_text(an, PATH)
    assert definition_drafts.save(an, PATH, gone.text, gone.seen).text == note()
    assert [file.standing for file in definition_drafts.listed(an)] == ["live"]


def test_removing_a_new_file_is_forgetting_it(an: Actor) -> None:
    saved = definition_drafts.save(an, FRESH, note(ref="verslag"), "")
    definition_drafts.remove(an, FRESH, saved.seen)
    assert [file.path for file in definition_drafts.listed(an)] == [PATH]
    with pytest.raises(NotFound):
        definition_drafts.open_text(an, FRESH)


def test_work_can_be_thrown_away_by_who_saw_it(an: Actor) -> None:
    opened = definition_drafts.open_text(an, PATH)
    saved = definition_drafts.save(an, PATH, note("Verslag"), opened.seen)
    with pytest.raises(Conflict):
        definition_drafts.discard(an, PATH, opened.seen)
    definition_drafts.discard(an, PATH, saved.seen)
    definition_drafts.discard(an, PATH, saved.seen)
    assert definition_drafts.open_text(an, PATH) == opened


def test_what_is_being_typed_can_be_looked_at_without_saving(an: Actor) -> None:
    typed = {FRESH: note("Getypt", "verslag")}
    assert definition_drafts.work_set(an, typed).catalog.forms["verslag"].title == "Getypt"
    assert FRESH not in definition_drafts.work_texts(an)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "notitie.yaml",
        "formdefs/../geheim.yaml",
        "formdefs/Zoë.yaml",
        "formdefs/a/b.yaml",
        "formdefs/x.yml",
    ],
)
def test_a_new_file_has_a_name_that_a_package_can_hold(an: Actor, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        definition_drafts.save(an, path, note(), "")
    assert refused.value.code == "definition_path"


@pytest.mark.parametrize(
    ("text", "code"),
    [("x" * 600_000, "definition_size"), ("a\0b", "definition_text"), ("\ud800", "definition_text")],
)
def test_a_text_that_cannot_be_kept_is_refused(an: Actor, text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        definition_drafts.save(an, FRESH, text, "")
    assert refused.value.code == code


def test_only_administrators_of_this_municipality_see_and_edit(an: Actor) -> None:
    definition_drafts.save(an, FRESH, note(ref="verslag"), "")
    assert definition_drafts.listed(admin("Cis", NEIGHBOUR)) == ()
    reader = Actor("", MUNICIPALITY, roles=frozenset({"dpo"}))
    assert len(definition_drafts.listed(reader)) == 2
    with pytest.raises(Forbidden):
        definition_drafts.save(reader, FRESH, note("Anders"), "")
    with pytest.raises(Forbidden):
        definition_drafts.listed(Actor("", MUNICIPALITY, roles=frozenset({"contact"})))
