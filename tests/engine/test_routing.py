"""To whom a case goes, who stands in, and what the trace says."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from app.definitions.model.workflows import RouteRule
from app.engine.explaining import why_here, why_then
from app.engine.labels import Labels
from app.engine.model.answers import Answers, PartialDate, PersonRef
from app.engine.model.cases import Case
from app.engine.model.people import Holding, Staffing, World
from app.engine.routing import Routed, route
from app.engine.staff import holder_of, onlooker, stand_in, substitutes_of
from tests.support.sample_workflow import CARD, FLOW, option_is
from tests.support.zandlede import POINTS, WORKERS, at, away, duty, world

MONDAY = at("2026-11-09T09:40")
OLD: Answers = {"geboorte": PartialDate(1941), "buurt": "oosthoek", "zorgen": ("eenzaam",), "dringend": "ja"}
ON_DUTY = (duty("wout_wacht", "2026-11-09T08:00", "2026-11-16T08:00"),)


def routed(
    answers: Answers, where: World | None = None, now: str = "2026-11-09T09:40", **case: str
) -> Routed:
    place = str(answers.get("buurt", ""))
    snapshot = Case("", "opvolging", "kaart", answers=answers, neighbourhood=place, **case)  # type: ignore[arg-type]
    found = route(FLOW, CARD, snapshot, now=at(now), world=where or world(), contact_points=POINTS)
    assert found is not None
    return found


def test_the_first_rule_that_matches_wins() -> None:
    found = routed(OLD)
    assert (found.contact_point, found.account, found.why.rule) == ("aanspreekpunt_65plus", "joris_maes", 3)


def test_the_trace_shows_plain_values_and_only_names_confidential_ones() -> None:
    assert routed(OLD).why.read == (("geboorte", "1941"),)
    young = routed({"geboorte": PartialDate(1990), "zorgen": ("eenzaam",), "buurt": "oosthoek"})
    assert young.why.read == (("zorgen", ""),)
    assert young.why.source == "eenzaam in zorgen"


def test_a_neighbourhood_has_its_own_holder_and_a_blank_one_the_municipal_default() -> None:
    lonely: Answers = {"zorgen": ("eenzaam",)}
    assert routed({**lonely, "buurt": "oosthoek"}).account == "nele_lambrecht"
    assert routed({**lonely, "buurt": "centrum"}).account == "bram_de_coster"
    assert routed(lonely).account == "bram_de_coster"


def test_nobody_in_not_to_ever_gets_it() -> None:
    found = routed(
        {**OLD, "niet_door": (PersonRef("staff", "joris_maes"), PersonRef("staff", "nele_lambrecht"))}
    )
    assert (found.account, found.why.code) == ("karin_thijs", "owner")
    assert found.why.skipped == ("joris_maes:not_to", "nele_lambrecht:not_to")


def test_an_absence_moves_it_to_its_replacement_else_to_the_substitutes_in_order() -> None:
    named = routed(OLD, world(away("joris_maes", "2026-11-09", "2026-11-10", "bram_de_coster")))
    assert (named.account, named.why.code) == ("bram_de_coster", "replacement")
    unnamed = routed(OLD, world(away("joris_maes", "2026-11-09", "2026-11-09")))
    assert (unnamed.account, unnamed.why.code) == ("nele_lambrecht", "substitute")
    assert unnamed.why.skipped == ("joris_maes:absent",)


def test_when_the_whole_chain_is_away_the_owner_gets_it() -> None:
    both = world(
        away("joris_maes", "2026-11-09", "2026-11-09"), away("nele_lambrecht", "2026-11-09", "2026-11-09")
    )
    assert routed(OLD, both).account == "karin_thijs"


def test_replacements_in_a_circle_end_at_the_owner() -> None:
    circle = world(
        away("joris_maes", "2026-11-09", "2026-11-09", "nele_lambrecht"),
        away("nele_lambrecht", "2026-11-09", "2026-11-09", "joris_maes"),
    )
    assert routed(OLD, circle).account == "karin_thijs"


def test_a_contact_point_that_nobody_holds_still_ends_at_somebody() -> None:
    bare = World("zandlede", world().calendar, Staffing(workers=WORKERS))
    found = routed(OLD, bare)
    assert (found.account, found.why.code) == ("karin_thijs", "last_resort")


def test_being_away_is_better_than_nobody() -> None:
    alone = Staffing(
        workers={"joris_maes": WORKERS["joris_maes"]},
        holdings=(Holding("aanspreekpunt_65plus", "", "joris_maes"),),
        absences=(away("joris_maes", "2026-11-09", "2026-11-09"),),
    )
    assert routed(OLD, World("zandlede", world().calendar, alone)).account == "joris_maes"


def test_an_urgent_case_is_the_duty_persons() -> None:
    urgent: Answers = {**OLD, "dringend": "vandaag"}
    found = routed(urgent, world(duties=ON_DUTY))
    assert (found.account, found.why.code, found.on_duty) == ("wout_wacht", "duty", True)
    later = (duty("wout_wacht", "2026-11-10T08:00", "2026-11-11T08:00"),)
    evening = routed(urgent, world(duties=later), now="2026-11-09T19:00")
    assert (evening.account, evening.on_duty) == ("wout_wacht", False)
    nobody_yet = routed(urgent, world(duties=later))
    assert nobody_yet.account == "nele_lambrecht"


def test_after_the_talk_the_next_rules_say_to_whom_it_goes() -> None:
    urgent = Case("", "opvolging", "kaart", answers={**OLD, "dringend": "vandaag"})
    found = route(FLOW, CARD, urgent, now=MONDAY, world=world(), contact_points=POINTS, after=1)
    assert found is not None
    assert found.account == "joris_maes"


def test_who_already_follows_the_resident_keeps_doing_so() -> None:
    found = routed(OLD, contact_person="bram_de_coster")
    assert (found.account, found.why.code, found.why.rule) == ("bram_de_coster", "kept", 2)


def test_keep_is_skipped_for_somebody_away_past_the_deadline_excluded_or_gone() -> None:
    long = world(away("bram_de_coster", "2026-11-09", "2026-11-13"))
    found = routed(OLD, long, contact_person="bram_de_coster")
    assert (found.account, found.why.skipped) == ("joris_maes", ("bram_de_coster:absent",))
    short = world(away("bram_de_coster", "2026-11-09", "2026-11-12"))
    assert routed(OLD, short, contact_person="bram_de_coster").account == "bram_de_coster"
    excluded: Answers = {**OLD, "niet_door": (PersonRef("staff", "bram_de_coster"),)}
    assert routed(excluded, contact_person="bram_de_coster").account == "joris_maes"
    assert routed(OLD, contact_person="weg").account == "joris_maes"


def test_the_worst_row_names_the_contact_point_and_a_blank_one_falls_through() -> None:
    assert routed({"domeinen.wonen": "zorgen", "domeinen.inkomen": "kan_beter"}).contact_point == "woonloket"
    assert routed({"domeinen.wonen": "zorgen", "domeinen.inkomen": "zorgen"}).account == "sofie_wouters"
    assert routed({"domeinen.anders": "dringend"}).contact_point == "onthaal"
    assert routed({"domeinen.wonen": "gaat_goed"}).contact_point == "onthaal"
    assert routed({"domeinen.wonen": "zorgen"}).why.read == (("domeinen", ""),)


def test_a_group_queue_is_its_owners_until_claimed_and_a_partner_works_under_one() -> None:
    assert (routed({}).account, routed({}).why.code) == ("karin_thijs", "owner")
    child = routed({"zorgen": ("kinderen",)})
    assert (child.contact_point, child.account) == ("huis_van_het_kind", "karin_thijs")


def test_without_anybody_there_is_no_route() -> None:
    empty = World("leeg", world().calendar, Staffing())
    assert (
        route(FLOW, CARD, Case("", "o", "k", answers=OLD), now=MONDAY, world=empty, contact_points=POINTS)
        is None
    )


def test_unless_sends_on_to_the_next_rule() -> None:
    rules = tuple(
        replace(rule, unless=option_is("dringend", "ja")) if rule.number == 2 else rule for rule in FLOW.route
    )
    flow = replace(FLOW, route=rules)
    case = Case("", "o", "k", answers=MappingProxyType(OLD), contact_person="bram_de_coster")
    found = route(flow, CARD, case, now=MONDAY, world=world(), contact_points=POINTS)
    assert found is not None
    assert isinstance(found.rule, RouteRule)
    assert found.account == "joris_maes"


def test_an_inactive_holder_is_passed_over() -> None:
    workers = {**WORKERS, "joris_maes": replace(WORKERS["joris_maes"], active=False)}
    staffing = replace(world().staffing, workers=workers)
    found = holder_of(
        POINTS["aanspreekpunt_65plus"], "", World("z", world().calendar, staffing), MONDAY, points=POINTS
    )
    assert (found.account, found.skipped) == ("nele_lambrecht", ("joris_maes:inactive",))


def test_substitutes_and_the_replacement_of_an_absence_may_act() -> None:
    here = substitutes_of("joris_maes", "aanspreekpunt_65plus", "", world(), MONDAY)
    assert here == {"nele_lambrecht"}
    gone = world(away("joris_maes", "2026-11-09", "2026-11-10", "bram_de_coster"))
    assert "bram_de_coster" in substitutes_of("joris_maes", "aanspreekpunt_65plus", "", gone, MONDAY)


def test_a_reminder_reaches_whoever_stands_in() -> None:
    assert stand_in("joris_maes", "aanspreekpunt_65plus", "", world(), MONDAY) == "joris_maes"
    gone = world(away("joris_maes", "2026-11-09", "2026-11-10"))
    assert stand_in("joris_maes", "aanspreekpunt_65plus", "", gone, MONDAY) == "nele_lambrecht"


def test_an_escalation_climbs_past_who_cannot_look_along() -> None:
    gone = world(away("nele_lambrecht", "2026-11-09", "2026-11-10"))
    found = onlooker("substitute", ["nele_lambrecht"], gone, MONDAY, exclude=frozenset({"joris_maes"}))
    assert found.account == "tess_teamlead"
    head = onlooker("head_of_service", [], world(), MONDAY, exclude=frozenset({"karin_thijs"}))
    assert head.account == "cara_coordinator"


def test_the_why_is_told_in_dutch() -> None:
    found = routed(OLD, world(away("joris_maes", "2026-11-09", "2026-11-09")))
    lines = why_here(found.why, found.account, world(), POINTS, labels=Labels(CARD, FLOW))
    assert lines == (
        "Regel 3 van 7: leeftijd (Geboorte) is minstens 65.",
        "Gelezen: 'Geboorte' is 1941.",
        "Nele Lambrecht vervangt bij Aanspreekpunt 65+.",
        "Overgeslagen: Joris Maes is afwezig.",
    )
    assert why_then(None, "") == "Zonder termijn."
    assert (
        why_then(at("2026-11-13T09:00").date(), "3 working days") == "Te doen tegen 13/11/2026: 3 werkdagen."
    )
    assert why_then(at("2026-12-09T09:00").date(), "30 calendar days from received").endswith(
        "30 kalenderdagen na ontvangst."
    )
