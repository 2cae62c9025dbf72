"""Does publishing from the studio do what was shown, all of it or nothing, and strand nobody?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.definitions.differences import text_of
from app.definitions.model.source import Source
from app.engine.policy import Actor
from app.services.cases import case_page
from app.services.definitions import catalogs, definition_drafts, publish_definitions, publish_drafts
from app.services.definitions.make_versions import Published
from app.services.definitions.publish_drafts import Choice
from app.services.errors import Conflict, Forbidden, Invalid
from app.services.intake.submit_form import submit
from app.storage import history
from app.storage.database import transaction
from tests.services.test_definition_drafts import PATH, admin, note
from tests.support.bound import MUNICIPALITY
from tests.support.studio import edit, publish
from tests.support.town import card, holder_of, press, send_card

CARD = "formdefs/doorverwijskaart.yaml"
FLOW = "workflows/warme_doorverwijzing.yaml"
LOG = "formdefs/contactverslag.yaml"
PERSON = "formdefs/blocks/persoon.yaml"
POINTS = "workflows/contact_points.yaml"
TITLE = ("title: Doorverwijskaart", "title: Kaart")


@pytest.fixture
def an(town: Flask) -> Actor:
    """An administrator of Zandlede."""
    return admin()


def numbers(*refs: str) -> list[int]:
    live = catalogs.live(MUNICIPALITY)
    return [(live.forms.get(ref) or live.workflows[ref]).number for ref in refs]


def codes(review: publish_drafts.Review) -> set[str]:
    return {problem.code for problem in review.problems if problem.severity == "error"}


def told(review: publish_drafts.Review) -> dict[str, list[str]]:
    return {found.ref: [text_of(item) for item in found.differences] for found in review.differences}


def test_what_is_published_runs_with_author_note_and_a_new_number(an: Actor) -> None:
    edit(an, CARD, *TITLE)
    shown = publish_drafts.review(an)
    assert told(shown) == {"doorverwijskaart": ["de titel was “Doorverwijskaart” en is nu “Kaart”"]}
    result = publish_drafts.publish(an, Choice(token=shown.token, note="Korter"))
    assert result.made == (Published("form", "doorverwijskaart", 2),)
    assert catalogs.live(MUNICIPALITY).form("doorverwijskaart").form.title == "Kaart"
    assert publish_drafts.review(an).files == ()
    with transaction(MUNICIPALITY, readonly=True) as tx:
        entry = history.entries(tx, None)[0]
    assert (entry.by, entry.code) == (an.account, "published")


def test_only_the_chosen_files_are_published_the_others_wait(an: Actor) -> None:
    edit(an, CARD, *TITLE)
    edit(an, LOG, "title: ", "title: Nieuw ")
    assert publish(an, LOG).made[0] == Published("form", "contactverslag", 2)
    assert numbers("doorverwijskaart") == [1]
    assert [file.path for file in publish_drafts.review(an).files] == [CARD]


def test_one_error_stops_everything_and_is_shown_before(an: Actor) -> None:
    edit(an, CARD, *TITLE)
    edit(an, FLOW, "start: toegewezen", "start: nergens")
    shown = publish_drafts.review(an)
    assert shown.refused
    assert all(found.code != "removed" for found in shown.differences)
    result = publish_drafts.publish(an, Choice(token=shown.token))
    assert (result.refused, result.made, numbers("doorverwijskaart")) == (True, (), [1])
    assert len(publish_drafts.review(an).files) == 2


def test_an_example_that_ends_elsewhere_stops_it(an: Actor) -> None:
    edit(an, FLOW, "deadline: 3 working days", "deadline: 8 working days")
    assert codes(publish_drafts.review(an)) == {"E802"}


def test_a_contact_point_that_nobody_holds_stops_it(an: Actor) -> None:
    edit(an, POINTS, "contact_points:\n", "contact_points:\n  nieuw_punt: {label: Nieuw punt}\n")
    assert codes(publish_drafts.review(an)) == {"L605"}


def test_a_contact_point_where_cases_are_still_open_cannot_be_taken_away(an: Actor) -> None:
    case = send_card().case
    point = case_page.show(holder_of(case), case).contact_point
    points = catalogs.live(MUNICIPALITY).contact_points
    name = next(ref for ref, found in points.items() if point in (ref, found.label))
    edit(an, POINTS, f"  {name}:", f"  {name}_bis:")
    left = [problem for problem in publish_drafts.review(an).problems if problem.code == "V904"]
    assert [dict(problem.params) for problem in left] == [{"name": name, "cases": "1", "tasks": "1"}]


def test_who_published_meanwhile_is_told_and_nothing_is_lost(an: Actor) -> None:
    bert = admin("Bert")
    edit(an, CARD, *TITLE)
    edit(bert, LOG, "title: ", "title: Nieuw ")
    mine = publish_drafts.review(an, Choice(frozenset({CARD})))
    publish(bert, LOG)
    with pytest.raises(Conflict) as refused:
        publish_drafts.publish(an, Choice(frozenset({CARD}), token=mine.token))
    assert refused.value.code == "drafts_changed"
    assert numbers("doorverwijskaart", "contactverslag") == [1, 2]
    assert publish(an, CARD).made == (Published("form", "doorverwijskaart", 2),)
    assert catalogs.live(MUNICIPALITY).form("contactverslag").form.title.startswith("Nieuw")


def test_a_draft_that_changed_since_it_was_shown_is_shown_again(an: Actor) -> None:
    edit(an, CARD, *TITLE)
    shown = publish_drafts.review(an)
    edit(admin("Bert"), CARD, "title: Kaart", "title: Kaartje")
    with pytest.raises(Conflict):
        publish_drafts.publish(an, Choice(token=shown.token))
    assert numbers("doorverwijskaart") == [1]


def test_two_who_press_at_once_make_one_publication(town: Flask, an: Actor) -> None:
    edit(an, CARD, *TITLE)
    token = publish_drafts.review(an).token

    def press_publish(_: int) -> str:
        with town.app_context():
            try:
                publish_drafts.publish(an, Choice(token=token))
            except (Conflict, Invalid) as refused:
                return refused.code
            return "published"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(press_publish, range(4)))
    assert outcomes.count("published") == 1
    assert numbers("doorverwijskaart") == [2]


def test_nothing_chosen_is_nothing_published(an: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        publish_drafts.publish(an, Choice(token=publish_drafts.review(an).token))
    assert refused.value.code == "nothing_chosen"


def test_who_may_only_read_sees_the_review_and_publishes_nothing(an: Actor) -> None:
    edit(an, CARD, *TITLE)
    reader = Actor("", MUNICIPALITY, roles=frozenset({"dpo"}))
    token = publish_drafts.review(reader).token
    with pytest.raises(Forbidden):
        publish_drafts.publish(reader, Choice(token=token))


# Blocks and lists --------------------------------------------------------------------------------------------


def _change_person(actor: Actor) -> None:
    edit(actor, PERSON, "label: ", "label: Uw ")


def test_a_block_makes_new_versions_of_all_that_lay_it_in(an: Actor) -> None:
    _change_person(an)
    shown = publish_drafts.review(an)
    forms = {follower.ref for follower in shown.followers}
    assert {"doorverwijskaart", "brede_intake", "vrijwilligersintake"} <= forms
    made = {item.ref for item in publish(an).made}
    assert forms <= made
    assert "contactverslag" not in made


def test_a_form_that_is_held_back_goes_on_as_it_was(an: Actor) -> None:
    before = catalogs.live(MUNICIPALITY).form("doorverwijskaart")
    _change_person(an)
    made = {item.ref for item in publish(an, hold=frozenset({"doorverwijskaart"})).made}
    assert "brede_intake" in made
    assert "doorverwijskaart" not in made
    catalogs.forget_compiled()
    assert catalogs.live(MUNICIPALITY).form("doorverwijskaart") == before
    assert send_card().number


def test_what_was_held_back_stays_so_until_somebody_takes_it_along(an: Actor) -> None:
    _change_person(an)
    publish(an, hold=frozenset({"doorverwijskaart"}))
    edit(an, LOG, "title: ", "title: Nieuw ")
    shown = publish_drafts.review(an)
    assert [(item.ref, item.held, item.made) for item in shown.followers] == [
        ("doorverwijskaart", True, False)
    ]
    publish(an)
    assert numbers("doorverwijskaart") == [1]
    edit(an, LOG, "title: Nieuw ", "title: Nog nieuwer ")
    publish(an, along=frozenset({"doorverwijskaart"}))
    assert numbers("doorverwijskaart") == [2]
    assert publish_drafts.review(an).followers == ()


def test_a_form_cannot_stay_behind_when_its_process_goes_on(an: Actor) -> None:
    _change_person(an)
    edit(an, FLOW, "label: Toegewezen", "label: Bij jou")
    wanted = Choice(hold=frozenset({"doorverwijskaart"}))
    shown = publish_drafts.review(an, wanted)
    assert shown.renewal.torn == (("doorverwijskaart", "warme_doorverwijzing"),)
    with pytest.raises(Invalid) as refused:
        publish_drafts.publish(an, Choice(hold=wanted.hold, token=shown.token))
    assert refused.value.code == "forms_torn"


def test_a_form_behind_a_button_takes_its_process_along(an: Actor) -> None:
    old = send_card()
    edit(an, LOG, "title: ", "title: Nieuw ")
    made = {item.ref for item in publish(an).made}
    assert "warme_doorverwijzing" in made
    new = send_card()

    def titles(case: str) -> set[str]:
        page = case_page.show(holder_of(case), case)
        return {view.form.title for view in page.actions if view.form is not None}

    assert not any(title.startswith("Nieuw") for title in titles(old.case))
    assert any(title.startswith("Nieuw") for title in titles(new.case))


# Earlier versions --------------------------------------------------------------------------------------------


def test_an_id_never_gets_another_meaning(an: Actor) -> None:
    edit(an, CARD, 'options: {ja: Ja, deze_week: Liever deze week, vandaag: "Nee, vandaag bellen"}', "OPTIES")
    text = definition_drafts.open_text(an, CARD)
    less = text.text.replace("OPTIES", 'options: {ja: Ja, vandaag: "Nee, vandaag bellen"}')
    saved = definition_drafts.save(an, CARD, less, text.seen)
    publish(an)
    again = saved.text.replace("{ja: Ja, ", "{ja: Ja, deze_week: Volgende maand, ")
    definition_drafts.save(an, CARD, again, definition_drafts.open_text(an, CARD).seen)
    assert codes(publish_drafts.review(an)) == {"V902"}


def test_what_a_person_began_before_is_sent_in_the_process_it_was_proved_with(an: Actor) -> None:
    begun = card()
    edit(an, FLOW, "label: Toegewezen", "label: Bij jou")
    edit(an, CARD, *TITLE)
    publish(an)
    case = submit(begun).case
    assert press(case, "niet_bereikt", {}).state_label


def test_work_that_began_before_a_package_changed_the_file_is_looked_at_first(store: Flask) -> None:
    publish_definitions.publish(MUNICIPALITY, [Source(PATH, note())])
    an = admin()
    edit(an, PATH, "title: Notitie", "title: Van hier")
    publish_definitions.publish(MUNICIPALITY, [Source(PATH, note("Uit het pakket"))])
    shown = publish_drafts.review(an)
    assert [file.outdated for file in shown.files] == [True]
    with pytest.raises(Invalid) as refused:
        publish_drafts.publish(an, Choice(token=shown.token))
    assert refused.value.code == "draft_outdated"
