"""A case is played on a clock of its own: nothing is stored, and what was played can be kept as an example."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from app.services.definitions import definition_drafts
from app.storage.database import transaction
from app.storage.models import Case, File, Outbox
from tests.support.bound import MUNICIPALITY
from tests.support.town import actor
from tests.support.trial_player import CARD, INTAKE, MONEY, PATH, TRIAL, Player
from tests.web.conftest import SignIn, token_of


@pytest.fixture
def tom(app: Flask, sign_in: SignIn) -> Player:
    client = app.test_client()
    return Player(client, sign_in(client, "tom_aerts"))


def stored() -> list[int]:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        counts = (sa.select(sa.func.count()).select_from(table) for table in (Case, File, Outbox))
        return [tx.execute(count).scalar_one() for count in counts]


def test_a_card_is_played_to_its_end_and_nothing_of_it_is_stored(app: Flask, tom: Player) -> None:
    with app.app_context():
        before = stored()
    tom.begin(CARD)
    assert tom.status == 200
    assert tom.state == "Toegewezen"
    for text in (
        "Joris Maes",
        "Aanspreekpunt 65+",
        "Leg contact met de bewoner",
        "vr 13 nov",
        "Regel 4 van 12",
    ):
        assert text in tom.page
    assert "Kaart DVK-2026-00001 is goed aangekomen" in tom.page
    tom.do("until:day")
    assert "dinsdag 10 november 2026, 10.00 uur" in tom.page
    assert "Hoe sprak je de persoon?" in tom.do("ask:0:bereikt")
    assert tom.do("press:0:bereikt")
    assert tom.status == 422
    assert "Kies hier nog een antwoord." in tom.page
    tom.do("press:0:bereikt", wijze="bellen", privacy_info="mondeling")
    assert (tom.status, tom.state) == (200, "In opvolging")
    assert "Waarom sluit je dit af?" in tom.do("ask:0:afronden")
    tom.do("press:0:afronden")
    assert (tom.status, "Kies een reden om af te sluiten." in tom.page) == (422, True)
    tom.do("press:0:afronden", _reason="beantwoord")
    assert (tom.status, tom.state) == (200, "Afgesloten")
    assert "Kaart DVK-2026-00001 is afgerond" in tom.page
    with app.app_context():
        assert stored() == before


def test_mistakes_are_told_first_and_can_be_played_with(tom: Player) -> None:
    tom.begin({**CARD, "persoon.naam": "", "contact.tel": ""})
    assert tom.status == 422
    assert "Speel toch, met deze fouten" in tom.page
    assert 'value="1941"' in tom.page
    tom.begin({**CARD, "persoon.naam": "", "contact.tel": ""}, "anyway")
    assert (tom.status, tom.state) == (200, "Toegewezen")
    assert "Familienaam: Vul dit nog in." in tom.page


def test_time_passes_over_weekends_and_holidays_to_what_happens_next(tom: Player) -> None:
    tom.begin(CARD)
    tom.do("until:ring")
    assert "donderdag 12 november 2026, 8.30 uur" in tom.page  # 11 November is a holiday
    assert "Deze taak is binnenkort te doen." in tom.page
    tom.do("until:moment", _day="2026-11-20", _time="09:00")
    assert "vrijdag 20 november 2026, 9.00 uur" in tom.page
    assert "kijkt mee" in tom.page
    tom.do("until:day")
    assert "maandag 23 november 2026, 10.00 uur" in tom.page


def test_a_moment_that_was_or_never_comes_is_refused(tom: Player) -> None:
    tom.begin(CARD)
    for day in ("2026-11-08", "", "2030-02-31", "2300-01-01"):
        tom.do("until:moment", _day=day, _time="09:00")
        assert tom.status == 422, day
        assert "Kies een dag en een uur na het moment" in tom.page
        assert tom.state == "Toegewezen"


def test_one_step_back_undoes_the_last_press(tom: Player) -> None:
    tom.begin(CARD)
    tom.do("press:0:wenst_geen_hulp", _reason="wenst_geen_hulp")
    assert tom.state == "Afgesloten"
    tom.do("back")
    assert tom.state == "Toegewezen"
    assert "Eén stap terug" not in tom.page


def test_a_button_that_cannot_be_pressed_yet_says_why_and_does_nothing(tom: Player) -> None:
    tom.begin({**CARD, "verwijzer.email": ""})
    tom.do("press:0:bereikt", wijze="bellen", privacy_info="mondeling")
    assert "Gebruik &#39;Rond af en bel de verwijzer&#39;." in tom.page
    tom.do("press:0:afronden", _reason="beantwoord")
    assert tom.status == 422
    assert "De verwijzer heeft geen e-mail." in tom.page


def test_what_was_not_signed_by_us_is_not_played(tom: Player) -> None:
    tom.begin(CARD)
    signed = token_of(tom.page, "_trial")
    for wrong in (signed[:-3], "x" + signed, "", "x" * 300_000):
        tom.post(f"{TRIAL}/verder", {"_trial": wrong, "_do": "until:day"})
        assert tom.status == 422
        assert "te oud of gewijzigd" in tom.page


def test_a_step_that_is_none_leaves_it_as_it_was(tom: Player) -> None:
    tom.begin(CARD)
    for do in ("", "onzin", "until:nooit", "press:9:bereikt", "press:x:y", "ask:0:bestaat_niet"):
        tom.do(do)
        assert tom.status < 500, do
        assert tom.state == "Toegewezen"


def test_a_case_that_is_opened_beside_it_is_played_along(app: Flask, sign_in: SignIn) -> None:
    client = app.test_client()
    tom = Player(client, sign_in(client, "tom_aerts"), INTAKE)
    tom.begin(MONEY)
    assert tom.status == 200
    assert "Wettelijke termijn OCMW" in tom.page
    assert "Beslissing van het OCMW: wo 9 dec" in tom.page
    tom.do("ask:1:ontvangst_gegeven")
    assert "Sociaal onderzoek" in tom.page


def test_the_staff_can_be_made_up(tom: Player) -> None:
    assert "verzonnen medewerkers" in tom.client.get(f"{TRIAL}?wie=verzonnen").text
    tom.begin({**CARD, "_made_up": "1"})
    assert "Joris Maes" not in tom.page
    assert "Aanspreekpunt 65+" in tom.page


def test_the_working_copy_is_what_is_tried_unless_one_asks_for_what_runs(app: Flask, tom: Player) -> None:
    with app.app_context():
        mine = actor("tom_aerts")
        flow = definition_drafts.open_text(mine, "workflows/warme_doorverwijzing.yaml")
        changed = flow.text.replace("task: Leg contact met de bewoner", "task: Bel de bewoner op")
        definition_drafts.save(mine, flow.path, changed, flow.seen)
    assert "Bel de bewoner op" in tom.begin(CARD)
    live = {name: value for name, value in CARD.items() if name != "_working"}
    assert "Leg contact met de bewoner" in tom.begin(live)
    process = "/beheer/processen/warme_doorverwijzing"
    assert "Leg contact met" in tom.client.get(process).text
    assert "Bel de bewoner op" in tom.client.get(f"{process}?werk=1").text


def test_what_was_played_is_kept_as_an_example_in_the_working_copy_only(app: Flask, tom: Player) -> None:
    tom.begin(CARD)
    tom.do("until:day")
    tom.do("press:0:bereikt", wijze="bellen", privacy_info="mondeling")
    answer = tom.client.post(
        f"{TRIAL}/bewaren",
        data={
            "_csrf": tom.token,
            "_trial": token_of(tom.page, "_trial"),
            "name": " Op  dinsdag gesproken: ja ",
        },
    )
    assert answer.status_code == 302
    covered = tom.client.get(answer.headers["Location"])
    assert "Bewaard in de werkversie" in covered.text
    with app.app_context():
        mine = actor("tom_aerts")
        text = definition_drafts.open_text(mine, PATH)
        assert text.text.startswith(text.live)
        compiled = definition_drafts.work_set(mine)
    assert compiled.problems == ()
    kept = compiled.catalog.forms["doorverwijskaart"].examples[-1]
    assert kept.name == "Op dinsdag gesproken: ja"
    assert kept.answers["persoon.geboorte"] == "1941"
    assert "contact.bericht_ok" not in kept.answers  # the form's own default
    assert [act["at"] for act in kept.act] == ["2026-11-10 10:00"]
    assert kept.expect["states"] == ["toegewezen", "in_opvolging"]
    assert kept.expect["errors"] == []


def test_an_example_without_a_name_is_not_kept(app: Flask, tom: Player) -> None:
    tom.begin(CARD)
    tom.post(f"{TRIAL}/bewaren", {"_trial": token_of(tom.page, "_trial"), "name": "  "})
    assert (tom.status, "Geef het geval een naam." in tom.page) == (422, True)
    with app.app_context():
        text = definition_drafts.open_text(actor("tom_aerts"), PATH)
    assert text.text == text.live


def test_who_has_no_business_with_definitions_stays_out_and_who_only_reads_keeps_nothing(
    app: Flask, sign_in: SignIn
) -> None:
    joris, ilse = app.test_client(), app.test_client()
    sign_in(joris, "joris_maes")
    for path in (TRIAL, f"{TRIAL}/voorbeelden", "/beheer/uitproberen"):
        assert joris.get(path).status_code == 403
    reader = Player(ilse, sign_in(ilse, "ilse_verbeke"))
    reader.begin(CARD)
    assert reader.state == "Toegewezen"
    assert "Bewaar als voorbeeld" not in reader.page
    reader.post(f"{TRIAL}/bewaren", {"_trial": token_of(reader.page, "_trial"), "name": "x"})
    assert reader.status == 403


def test_a_form_that_opens_no_case_cannot_be_tried(tom: Player) -> None:
    for form in ("bestaat_niet", "contactverslag"):
        assert tom.client.get(f"/beheer/uitproberen/{form}").status_code == 404
