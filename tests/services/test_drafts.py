"""Is anything lost of a conversation that is still going on?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.engine.policy import Actor
from app.services.access import accounts
from app.services.access.accounts import NewAccount
from app.services.definitions import catalogs
from app.services.definitions.publish_definitions import publish
from app.services.errors import Conflict, Forbidden, Invalid, NotFound
from app.services.intake import drafts, uploads
from app.services.municipality import setup
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import Draft, File
from tests.support.bound import MUNICIPALITY, NEIGHBOUR, bound, migrated
from tests.support.databases import Templates


def _actor(name: str, *roles: str) -> Actor:
    new = NewAccount(name, f"{name}@zandlede.example", roles)
    return Actor(accounts.create(accounts.operator(MUNICIPALITY), new), MUNICIPALITY, name, frozenset(roles))


@pytest.fixture
def forms(database_templates: Templates) -> Iterator[Flask]:
    """A municipality with forms and nobody in it; once per kind of database."""
    url = database_templates.copy("forms", _with_forms)
    with bound(url) as app:
        yield app
    database_templates.server.drop_database(url)


def _with_forms(url: str) -> None:
    migrated(url)
    with bound(url):
        publish(MUNICIPALITY, setup.shipped())


@pytest.fixture
def hilde(forms: Flask) -> Actor:
    """Somebody at reception, in a municipality with forms."""
    return _actor("hilde", "reception")


@pytest.fixture
def draft(hilde: Actor) -> drafts.Draft:
    """A broad intake that has just begun."""
    return drafts.start(hilde, catalogs.live(MUNICIPALITY).form("brede_intake").id)


def test_what_was_typed_comes_back_as_it_was_typed(hilde: Actor, draft: drafts.Draft) -> None:
    typed = {
        "persoon.roepnaam": ["  Els "],
        "persoon.geboorte": ["31/02/19xx"],
        "leeg": [""],
        "kanaal": ["a", "b"],
    }
    drafts.save(hilde, draft.id, rev=1, changes=typed)
    assert drafts.load(hilde, draft.id).raw == typed


def test_only_what_changed_is_sent_and_an_empty_list_clears(hilde: Actor, draft: drafts.Draft) -> None:
    first = drafts.save(hilde, draft.id, rev=1, changes={"a": ["1"], "b": ["2"]})
    second = drafts.save(hilde, draft.id, rev=first.rev, changes={"b": [], "c": ["3"]})
    assert second.raw == {"a": ["1"], "c": ["3"]}
    assert second.rev == 3


def test_two_windows_do_not_overwrite_each_other_unseen(hilde: Actor, draft: drafts.Draft) -> None:
    drafts.save(hilde, draft.id, rev=1, changes={"a": ["first window"]})
    with pytest.raises(Conflict) as told:
        drafts.save(hilde, draft.id, rev=1, changes={"b": ["second window"]})
    assert told.value.current == 2
    merged = drafts.save(hilde, draft.id, rev=2, changes={"b": ["second window"]})
    assert merged.raw == {"a": ["first window"], "b": ["second window"]}


def test_a_save_whose_answer_was_lost_on_the_way_is_no_conflict(hilde: Actor, draft: drafts.Draft) -> None:
    first = drafts.save(hilde, draft.id, rev=draft.rev, changes={"naam": ["Els"]})
    again = drafts.save(hilde, draft.id, rev=draft.rev, changes={"naam": ["Els"]})
    assert again.rev == first.rev
    with pytest.raises(Conflict):
        drafts.save(hilde, draft.id, rev=draft.rev, changes={"naam": ["Rik"]})


def test_a_draft_is_its_owners_alone(hilde: Actor, draft: drafts.Draft) -> None:
    other = _actor("nele", "contact")
    with pytest.raises(NotFound):
        drafts.load(other, draft.id)
    with pytest.raises(NotFound):
        drafts.save(other, draft.id, rev=1, changes={"a": ["x"]})
    drafts.discard(other, draft.id)
    assert drafts.load(hilde, draft.id).rev == 1
    with pytest.raises(NotFound):
        drafts.load(Actor(hilde.account, NEIGHBOUR, roles=hilde.roles), draft.id)


def test_somebody_without_an_account_keeps_no_draft(hilde: Actor, draft: drafts.Draft) -> None:
    with pytest.raises(Forbidden):
        drafts.start(Actor("", MUNICIPALITY), draft.form_version)


@pytest.mark.parametrize("text", ["", "x", "0" * 13, "zzzzzzzzzzzzz"])
def test_a_draft_that_is_none_is_not_found(hilde: Actor, text: str) -> None:
    with pytest.raises(NotFound):
        drafts.load(hilde, text)


def test_the_list_says_which_form_and_whom_it_is_about(hilde: Actor, draft: drafts.Draft) -> None:
    drafts.save(hilde, draft.id, rev=1, changes={"persoon.roepnaam": ["Els"]})
    (line,) = drafts.list_mine(hilde)
    form = catalogs.live(MUNICIPALITY).form("brede_intake").form
    assert (line.id, line.title, line.called) == (draft.id, form.title, "Els")


def test_what_was_typed_is_not_readable_in_the_database(hilde: Actor, draft: drafts.Draft) -> None:
    drafts.save(hilde, draft.id, rev=1, changes={"a": ["Geheimpje"]})
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert b"Geheimpje" not in bytes(tx.scalar(sa.select(Draft.sealed)))


def test_a_draft_keeps_the_version_it_began_with(hilde: Actor, draft: drafts.Draft) -> None:
    path = "formdefs/brede_intake.yaml"
    text = next(source for source in setup.shipped() if source.path == path).text
    assert isinstance(text, bytes)
    changed = text.replace(b"title: ", b"title: Nieuwe ", 1)
    result = publish(MUNICIPALITY, [type(setup.shipped()[0])(path, changed)])
    assert not result.refused
    kept = drafts.load(hilde, draft.id).form_version
    assert kept != catalogs.live(MUNICIPALITY).form("brede_intake").id
    assert not catalogs.form_version(MUNICIPALITY, kept).form.title.startswith("Nieuwe")


def test_far_too_much_text_is_refused_and_the_rest_stays(hilde: Actor, draft: drafts.Draft) -> None:
    with pytest.raises(Invalid):
        drafts.save(hilde, draft.id, rev=1, changes={"a": ["x" * 1_000_001]})
    assert drafts.load(hilde, draft.id).rev == 1


def test_a_draft_nobody_touches_is_deleted_after_its_days(hilde: Actor, draft: drafts.Draft) -> None:
    with clock.shifted(timedelta(days=29)):
        assert drafts.delete_old(MUNICIPALITY) == 0
    with clock.shifted(timedelta(days=31)):
        assert drafts.delete_old(MUNICIPALITY) == 1
    with pytest.raises(NotFound):
        drafts.load(hilde, draft.id)


# Files ---------------------------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"Geheimpje" + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def test_a_file_is_kept_sealed_under_a_name_that_harms_nobody(hilde: Actor) -> None:
    ref = uploads.store(hilde, "../../brief van Els.exe", PNG)
    assert (ref.kind, ref.size) == ("png", len(PNG))
    assert "/" not in ref.name
    with transaction(MUNICIPALITY, readonly=True) as tx:
        row = tx.execute(sa.select(File.name, File.sealed)).one()
    assert b"Geheimpje" not in bytes(row.sealed)
    assert b"Els" not in bytes(row.name)


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00 a program", b"%PDF-" + b"x" * 10_485_761])
def test_a_file_of_the_wrong_kind_or_size_is_kept_nowhere(hilde: Actor, content: bytes) -> None:
    with pytest.raises(Invalid):
        uploads.store(hilde, "brief.pdf", content)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(File)) == 0


def test_a_file_that_was_never_sent_goes_after_a_day(hilde: Actor) -> None:
    uploads.store(hilde, "a.png", PNG)
    assert uploads.delete_unsent(MUNICIPALITY) == 0
    with transaction(MUNICIPALITY) as tx:
        tx.execute(sa.update(File).values(created_at=tx.instant - timedelta(days=2)))
    assert uploads.delete_unsent(MUNICIPALITY) == 1
