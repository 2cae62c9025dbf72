"""Does an old version come back only as work, and does what is archived live on for what runs on it?"""

from __future__ import annotations

import pytest
from flask import Flask

from app.definitions.differences import text_of
from app.definitions.model.source import Source
from app.engine.policy import Actor
from app.services.definitions import (
    catalogs,
    definition_drafts,
    definition_versions,
    package_drafts,
    publish_definitions,
)
from app.services.errors import Conflict, NotFound
from tests.services.test_definition_drafts import PATH, admin, note
from tests.support.bound import MUNICIPALITY
from tests.support.studio import edit, publish

OTHER = "formdefs/tweede.yaml"


@pytest.fixture
def an(store: Flask) -> Actor:
    """An administrator of a municipality with two versions of one form, and another form."""
    publish_definitions.publish(MUNICIPALITY, [Source(PATH, note()), Source(OTHER, note(ref="tweede"))])
    made = admin()
    edit(made, PATH, "title: Notitie", "title: Verslag")
    publish(made)
    return made


def test_all_versions_are_listed_with_who_when_and_why(an: Actor) -> None:
    versions = definition_versions.show(an, "form", "notitie")
    assert [(line.number, line.author, line.note, line.current) for line in versions.lines] == [
        (2, "An", "getest", True),
        (1, "", "", False),
    ]
    assert (versions.title, versions.path, versions.archived) == ("Verslag", PATH, False)
    with pytest.raises(NotFound):
        definition_versions.show(an, "form", "nergens")


def test_a_version_is_told_beside_the_one_before_and_the_one_that_runs(an: Actor) -> None:
    first, second = (definition_versions.one(an, "form", "notitie", number) for number in (1, 2))
    line = "de titel was “Notitie” en is nu “Verslag”"
    assert [text_of(item) for item in second.since] == [line]
    assert [text_of(item) for item in first.until_now] == [line]
    assert (first.since, second.until_now) == ((), ())
    assert [(file.path, file.text, file.same) for file in first.files] == [(PATH, note(), False)]


def test_an_old_version_comes_back_as_work_and_runs_when_it_is_published(an: Actor) -> None:
    old = definition_versions.one(an, "form", "notitie", 1).files[0]
    assert definition_versions.restore(an, "form", "notitie", 1, {PATH: old.seen}) == (PATH,)
    assert catalogs.live(MUNICIPALITY).form("notitie").form.title == "Verslag"
    publish(an)
    live = catalogs.live(MUNICIPALITY).form("notitie")
    assert (live.form.title, live.number) == ("Notitie", 3)


def test_restoring_never_overwrites_what_somebody_is_working_on(an: Actor) -> None:
    old = definition_versions.one(an, "form", "notitie", 1).files[0]
    kept = edit(admin("Bert"), PATH, "title: Verslag", "title: Van Bert")
    with pytest.raises(Conflict):
        definition_versions.restore(an, "form", "notitie", 1, {PATH: old.seen})
    assert definition_drafts.open_text(an, PATH) == kept


def test_what_is_archived_takes_no_new_work_lives_on_and_can_come_back(an: Actor) -> None:
    before = catalogs.live(MUNICIPALITY).form("notitie")
    definition_versions.archive(an, "form", "notitie", definition_versions.show(an, "form", "notitie").seen)
    assert catalogs.live(MUNICIPALITY).form("notitie") == before
    assert publish(an).retired == (("form", "notitie"),)
    with pytest.raises(NotFound):
        catalogs.live(MUNICIPALITY).form("notitie")
    assert catalogs.form_version(MUNICIPALITY, before.id) == before
    versions = definition_versions.show(an, "form", "notitie")
    assert (versions.archived, versions.seen) == (True, "")
    definition_versions.restore(an, "form", "notitie", 2, {PATH: ""})
    publish(an)
    assert catalogs.live(MUNICIPALITY).form("notitie").number == 3


def test_a_package_does_not_bring_back_what_was_archived(an: Actor) -> None:
    definition_versions.archive(an, "form", "tweede", definition_versions.show(an, "form", "tweede").seen)
    publish(an)
    package = [Source(PATH, note()), Source(OTHER, note(ref="tweede"))]
    assert publish_definitions.publish(MUNICIPALITY, package).made == ()
    changed = publish_definitions.publish(MUNICIPALITY, [Source(OTHER, note("Nieuwer", "tweede"))])
    assert (changed.made, changed.drafts) == ((), (OTHER,))
    (waits,) = package_drafts.listed(an)
    assert (waits.base, waits.ours, waits.theirs) == (
        note(ref="tweede"), "", note("Nieuwer", "tweede"),
    )  # fmt: skip


@pytest.fixture
def waits(an: Actor) -> package_drafts.ThreeTexts:
    """A package's text that waits because the form was edited here."""
    publish_definitions.publish(MUNICIPALITY, [Source(PATH, note("Uit het pakket"))])
    (found,) = package_drafts.listed(an)
    return found


def test_what_waits_shows_the_three_texts(an: Actor, waits: package_drafts.ThreeTexts) -> None:
    assert (waits.base, waits.ours, waits.theirs) == (note(), note("Verslag"), note("Uit het pakket"))


def test_taking_the_packages_text_makes_it_work_and_ends_the_waiting(
    an: Actor, waits: package_drafts.ThreeTexts
) -> None:
    package_drafts.take(an, waits.key, waits.seen)
    assert package_drafts.listed(an) == ()
    assert catalogs.live(MUNICIPALITY).form("notitie").form.title == "Verslag"
    publish(an)
    assert catalogs.live(MUNICIPALITY).form("notitie").form.title == "Uit het pakket"
    assert publish_definitions.publish(MUNICIPALITY, [Source(PATH, note("Nog nieuwer"))]).drafts == ()


def test_leaving_it_goes_on_with_what_there_is_until_the_package_changes_again(
    an: Actor, waits: package_drafts.ThreeTexts
) -> None:
    package_drafts.leave(an, waits.key)
    again = publish_definitions.publish(MUNICIPALITY, [Source(PATH, note("Uit het pakket"))])
    assert (again.made, again.drafts, package_drafts.listed(an)) == ((), (), ())
    assert publish_definitions.publish(MUNICIPALITY, [Source(PATH, note("Anders"))]).drafts == (PATH,)


def test_taking_never_overwrites_what_somebody_is_working_on(
    an: Actor, waits: package_drafts.ThreeTexts
) -> None:
    edit(admin("Bert"), PATH, "title: Verslag", "title: Van Bert")
    with pytest.raises(Conflict):
        package_drafts.take(an, waits.key, waits.seen)
    assert len(package_drafts.listed(an)) == 1


def test_a_package_that_does_not_fit_what_was_edited_here_waits_and_stops_nothing(an: Actor) -> None:
    package = [Source("formdefs/nieuw.yaml", "form: nieuw\n"), Source(OTHER, note("Nieuwer", "tweede"))]
    refused = publish_definitions.publish(MUNICIPALITY, package, park=True)
    assert (refused.refused, refused.made, refused.drafts) == (True, (), ("formdefs/nieuw.yaml", OTHER))
    new, second = package_drafts.listed(an)
    assert (new.ours, second.theirs) == ("", note("Nieuwer", "tweede"))
    package_drafts.leave(an, new.key)
    package_drafts.leave(an, second.key)
    again = publish_definitions.publish(MUNICIPALITY, package, park=True)
    assert (again.refused, again.made, again.drafts, package_drafts.listed(an)) == (False, (), (), ())
    assert catalogs.live(MUNICIPALITY).form("tweede").form.title == "Notitie"
