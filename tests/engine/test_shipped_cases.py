"""The shipped workflows keep the terms and gates of the field, on the staff of Zandlede."""

from __future__ import annotations

from datetime import date

import pytest

from app.engine.model.cases import (
    CalendarChanged,
    Decision,
    EnterState,
    MoveTask,
    OpenCase,
    OpenTask,
    Remind,
    Send,
    SetLimit,
)
from app.engine.model.people import Calendar, ClosingDay, World
from tests.engine.deciding import Life, of
from tests.engine.shipped_lives import refused, started
from tests.support.zandlede import at

MARIA = {"persoon.geboorte": 1941, "buurt": "oosthoek", "zorgen": ["eenzaam"], "dringend": "ja"}
ELS = {
    "kanaal": "onthaal",
    "persoon.roepnaam": "Els",
    "persoon.geboorte": 1990,
    "buurt": "ter_heide",
    "contact.gsm": "0400 00 00 05",
    "vraag_eigen_woorden": "Ik krijg de energiefactuur niet betaald.",
    "dringend": "nee",
    "geldvraag": "ja",
    "domeinen.wonen": "zorgen",
    "domeinen.kinderen": "zorgen",
    "domeinen.netwerk": "kan_beter",
    "afspraken": [
        {
            "wat": "Factuur samen bekijken",
            "wie": "staff:dries_vermeulen:Dries Vermeulen",
            "tegen": "2026-11-16",
        },
        {"wat": "Opvang bellen", "wie": "resident"},
    ],
}


def card(**more: object) -> Life:
    return started("warme_doorverwijzing", "doorverwijskaart", {**MARIA, **more})


def intake(**more: object) -> Life:
    return started("brede_intake", "brede_intake", {**ELS, **more}, "2026-11-09T10:15")


def statutory() -> Life:
    return started("wettelijke_termijn", "brede_intake", ELS, "2026-11-09T10:15")


def volunteer(**answers: object) -> Life:
    """Somebody who likes the task that was proposed, on 16 November."""
    life = started("vrijwilligerstraject", "vrijwilligersintake", answers, "2026-11-09T10:15")
    for action in ("uitgenodigd", "gesproken", "voorstel", "akkoord"):
        assert life.press(action, "2026-11-16T10:00").refusal is None
    return life


def sent(life: Life) -> list[str]:
    return [effect.message for _, effect in life.told if isinstance(effect, Send)]


def press_all(life: Life, *presses: tuple[str, str]) -> None:
    for action, when in presses:
        decision = life.press(action, when)
        assert decision.refusal is None, (action, decision.refusal)


# F02: the referral card -----------------------------------------------------------------------------------


def test_three_attempts_then_a_card_in_the_box_then_a_visit_then_unreachable() -> None:
    life = card(akkoord_terug=True, **{"verwijzer.email": "huisarts@zandlede.example"})
    days = [life.main.due_on]
    for when in ("2026-11-13T10:00", "2026-11-18T14:00"):
        life.press("niet_bereikt", when)
        days.append(life.main.due_on)
    assert days == [date(2026, 11, 13), date(2026, 11, 18), date(2026, 11, 23)]
    assert life.case.limits == {"eerste_contact": date(2026, 11, 24)}
    press_all(life, ("niet_bereikt", "2026-11-23T10:00"))
    assert life.case.state == "kaart_in_bus"
    press_all(life, ("kaart_gestoken", "2026-11-24T10:00"))
    assert (life.case.state, life.main.due_on) == ("huisbezoek", date(2026, 11, 27))
    ended = life.press("onbereikbaar", "2026-11-27T10:00", reason="onbereikbaar")
    assert [(end.state, end.means) for end in of(EnterState, ended)] == [("afgesloten", "unreachable")]
    assert sent(life) == ["ontvangen", "niet_bereikt"]
    assert life.timers == {}


def test_nobody_acts_so_the_substitute_and_then_the_head_of_service_look_along() -> None:
    life = card()
    life.run_until("2026-11-24T09:00")
    looking = [
        (when, task.assignee) for when, task in life.told if isinstance(task, OpenTask) and task.onlooker
    ]
    assert looking == [
        (at("2026-11-17T08:30"), "nele_lambrecht"),
        (at("2026-11-24T08:30"), "karin_thijs"),
    ]
    reminded = [
        when for when, effect in life.told if isinstance(effect, Remind) and effect.task_key == "main"
    ]
    assert reminded[:2] == [at("2026-11-12T08:30"), at("2026-11-13T08:30")]
    assert life.case.holder == "joris_maes"


def test_the_referrer_hears_at_the_start_and_at_the_end_only_with_consent() -> None:
    presses = (("bereikt", "2026-11-12T10:00"), ("wacht_bewoner", "2026-11-13T10:00"))
    for consent, heard in ((True, ["ontvangen", "opgestart", "afgerond"]), (False, ["ontvangen"])):
        life = card(akkoord_terug=consent, **{"verwijzer.email": "huisarts@zandlede.example"})
        press_all(life, *presses)
        assert life.press("afsluiten", "2026-11-20T10:00", reason="beantwoord").refusal is None
        assert sent(life) == heard


def test_who_never_answers_after_all_is_not_told_to_be_finished() -> None:
    life = card(akkoord_terug=True)
    press_all(life, ("bereikt", "2026-11-12T10:00"), ("wacht_bewoner", "2026-11-13T10:00"))
    life.press("afsluiten", "2026-11-27T10:00", reason="onbereikbaar")
    assert sent(life)[-1] == "niet_bereikt"


def test_a_referrer_without_mail_is_called() -> None:
    life = card(akkoord_terug=True)
    press_all(life, ("bereikt", "2026-11-12T10:00"))
    assert "bel de verwijzer" in refused(life.press("afronden", "2026-11-13T10:00", reason="beantwoord"))
    press_all(life, ("afronden_bel", "2026-11-13T10:00"))
    assert life.case.state == "terugkoppeling_te_doen"


# F01: the broad intake ------------------------------------------------------------------------------------


def test_the_broad_intake_of_els_makes_one_contact_and_a_task_for_each_other_matter() -> None:
    life = intake()
    assert (life.case.contact_point, life.case.holder) == ("maatschappelijk_werker", "sofie_wouters")
    assert life.main.due_on == date(2026, 11, 17)
    assert [(task.key, task.assignee, task.due_on) for task in life.open("sub")] == [
        ("also:1:wonen", "dries_vermeulen", date(2026, 11, 17)),
        ("also:1:kinderen", "hilde_claes", date(2026, 11, 17)),
        ("also:2:0", "dries_vermeulen", date(2026, 11, 16)),
        ("also:2:1", "sofie_wouters", date(2026, 11, 24)),
    ]
    assert [effect.workflow for _, effect in life.told if isinstance(effect, OpenCase)] == [
        "wettelijke_termijn"
    ]


def test_who_waits_for_an_intake_is_known_to_the_team_lead_and_then_to_the_head() -> None:
    life = intake(geldvraag="nee")
    life.run_until("2026-11-24T09:00")
    found = [
        (when, task.assignee) for when, task in life.told if isinstance(task, OpenTask) and task.onlooker
    ]
    assert found == [(at("2026-11-19T08:30"), "veerle_naessens"), (at("2026-11-24T08:30"), "karin_thijs")]


def test_the_statutory_terms_run_in_calendar_days() -> None:
    life = statutory()
    assert (life.case.limits, life.main.due_on) == ({"beslissing": date(2026, 12, 9)}, date(2026, 11, 9))
    press_all(life, ("ontvangst_gegeven", "2026-11-09T11:00"))
    assert life.main.due_on == date(2026, 12, 9)
    press_all(life, ("beslist", "2026-11-30T10:00"))
    assert (life.case.limits["kennisgeving"], life.main.due_on) == (date(2026, 12, 8), date(2026, 12, 8))
    life.press("meegedeeld", "2026-12-01T10:00", reason="toegekend")
    assert (life.case.state, life.timers) == ("afgesloten", {})


def test_a_request_for_another_ocmw_is_forwarded_within_five_calendar_days() -> None:
    life = statutory()
    press_all(life, ("ontvangst_gegeven", "2026-11-09T11:00"), ("niet_bevoegd", "2026-11-10T09:00"))
    assert life.main.due_on == date(2026, 11, 13)  # Saturday 14 November is the fifth day


def followed_up() -> Life:
    life = intake()
    press_all(life, ("bereikt", "2026-11-12T10:00"))
    assert life.main.due_on == date(2026, 12, 10)
    return life


REASONS = {"wonen": "beantwoord", "kinderen": "geen_aanbod", "netwerk": "verbonden"}


def test_closing_asks_a_reason_for_each_domain_that_worries() -> None:
    life = followed_up()
    done = dict.fromkeys([task.key for task in life.open("sub")], "done")
    one = life.press("afsluiten", "2026-11-20T10:00", reason="beantwoord", open_tasks=done)
    assert refused(one) == "row_reason_missing"
    ended = life.press(
        "afsluiten", "2026-11-20T10:00", reason="beantwoord", row_reasons=REASONS, open_tasks=done
    )
    assert dict(of(EnterState, ended)[0].row_reasons) == REASONS


def closed() -> Life:
    life = followed_up()
    done = dict.fromkeys([task.key for task in life.open("sub")], "done")
    life.press("afsluiten", "2026-11-20T10:00", reason="beantwoord", row_reasons=REASONS, open_tasks=done)
    return life


def test_a_closed_intake_opens_again_within_sixty_days_and_not_after() -> None:
    life = closed()
    assert life.press("reopen", "2027-01-19T16:00").refusal is None
    assert (life.case.state, life.case.holder) == ("heropend", "sofie_wouters")
    assert refused(closed().press("reopen", "2027-01-20T09:00")) == "reopen_too_late"


# F03: the volunteer ---------------------------------------------------------------------------------------


def started_trial(life: Life, when: str = "2026-11-17T10:00") -> str:
    decision = life.press("start", when)
    return "" if decision.refusal is None else refused(decision)


@pytest.mark.parametrize(
    ("answers", "waits", "mark"),
    [
        ({"inkomen_statuut": "ziekenfonds"}, "Wacht op het ziekenfonds.", "toegelaten"),
        ({"inkomen_statuut": "werkloosheid"}, "Dien eerst formulier C45B in.", "gemeld"),
        ({"inkomen_statuut": "leefloon"}, "Verwittig eerst het OCMW.", "gemeld"),
        (
            {"inkomen_statuut": "nee", "minderjarigen": "ja"},
            "Kijk eerst het uittreksel model 596.2 na.",
            "uittreksel",
        ),
    ],
)
def test_the_trial_waits_for_what_the_law_asks(answers: dict[str, str], waits: str, mark: str) -> None:
    life = volunteer(informatienota=True, **answers)
    assert life.case.state == "toelating"
    assert life.main.due_on == date(2026, 12, 2)  # 12 working days for the answer
    assert started_trial(life) == waits
    press_all(life, (mark, "2026-11-18T10:00"))
    if life.case.state == "toelating":
        assert started_trial(life, "2026-11-18T11:00") == ""
    assert life.case.state == "proef"


def test_nobody_starts_before_the_information_was_read() -> None:
    life = volunteer(inkomen_statuut="wil_niet_zeggen")
    assert started_trial(life) == "Laat eerst de informatienota lezen."
    press_all(life, ("nota_gelezen", "2026-11-17T11:00"))
    assert started_trial(life, "2026-11-17T12:00") == ""


def test_without_a_benefit_the_trial_starts_by_itself_once_the_information_was_read() -> None:
    assert volunteer(inkomen_statuut="nee", informatienota=True).case.state == "proef"
    later = volunteer(inkomen_statuut="nee")
    assert later.case.state == "toelating"
    press_all(later, ("nota_gelezen", "2026-11-17T11:00"))
    assert later.case.state == "proef"


def test_after_six_weeks_an_evaluation_then_a_call_every_six_months_and_none_in_a_pause() -> None:
    life = volunteer(inkomen_statuut="nee", informatienota=True)
    assert life.main.due_on == date(2026, 12, 28)
    press_all(life, ("goed", "2026-12-28T10:00"))
    life.run_until("2027-06-29T00:00")
    (call,) = life.open("recurring")
    assert (call.assignee, call.due_on) == ("marleen_baert", date(2027, 7, 12))
    press_all(life, ("pauze", "2027-06-30T10:00"))
    assert life.open("recurring") == []
    assert life.main.due_on == date(2027, 9, 30)
    assert not [key for key in life.timers if key.startswith("every:")]
    press_all(life, ("terug", "2027-09-01T10:00"))
    assert [timer.at for timer in life.timers.values()] == [at("2028-03-01T08:30")]


def test_no_match_obliges_to_talk_and_is_never_a_refusal() -> None:
    flow = volunteer(inkomen_statuut="nee").flow
    ways = {
        (state.id, action.to)
        for state in flow.states.values()
        for action in state.actions.values()
        if action.to == "afgesloten"
    }
    assert ways == {("geen_match", "afgesloten")}
    assert flow.states["geen_match"].actions["afsluiten"].form == "contactverslag"


# Beside the case ------------------------------------------------------------------------------------------


def test_the_form_behind_a_button_never_answers_a_question_of_the_intake() -> None:
    life = intake(geldvraag="nee")
    life.press("niet_bereikt", "2026-11-12T10:00", answers={"kanaal": "sms", "resultaat": "voicemail"})
    assert (life.case.answers["kanaal"], life.case.answers["resultaat"]) == ("onthaal", "voicemail")


def test_a_statutory_term_does_not_move_with_a_closing_day() -> None:
    def close(life: Life) -> Decision:
        before: Calendar = life.world.calendar
        days = (*before.closing_days, ClosingDay(date(2026, 11, 12), "Personeelsdag"))
        life.world = World("zandlede", Calendar(zone=before.zone, closing_days=days), life.world.staffing)
        return life.happen(CalendarChanged(before), at("2026-11-10T10:00"))

    law = statutory()
    press_all(law, ("ontvangst_gegeven", "2026-11-09T11:00"))
    assert close(law).effects == ()
    own = close(card())
    assert of(MoveTask, own) == [MoveTask("main", date(2026, 11, 16))]
    assert of(SetLimit, own) == [SetLimit("eerste_contact", date(2026, 11, 25))]
