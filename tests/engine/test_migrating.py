"""Does a case keep its promises when it moves to other versions, and lose nothing that is not told?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

import pytest

from app.definitions.model.forms import Field, FieldType, Form, Option, OptionList
from app.definitions.model.workflows import (
    Auto,
    Duration,
    Escalation,
    Every,
    Feedback,
    Limit,
    Reminder,
    State,
    Unit,
    Workflow,
)
from app.engine.migrating import Due, Pair, Plan, plan
from app.engine.model.answers import Answers, PartialDate
from app.engine.model.cases import CloseTasks, Note, OpenTask, RenameTask, Send
from tests.engine.deciding import Life, of
from tests.support.sample_workflow import CARD, FLOW, given, option_is, wd, within
from tests.support.zandlede import at

MAPPED = {
    "kaart_in_bus": "toegewezen",
    "wachten": "toegewezen",
    "niet_voor_ons": "toegewezen",
    "loopt": "in_opvolging",
    "in_opvolging": "loopt",
}
QUICK = (Escalation(wd(0), "team_lead"), Escalation(wd(1), "substitute"))


def flow(*changed: State, without: str = "", **more: object) -> Workflow:
    """The sample workflow with other states."""
    states = {**FLOW.states, **{state.id: state for state in changed}}
    states.pop(without, None)
    return replace(FLOW, states=MappingProxyType(states), **more)  # type: ignore[arg-type]


def state(name: str, **more: object) -> State:
    return replace(FLOW.states[name], **more)  # type: ignore[arg-type]


def form(*fields: Field, without: tuple[str, ...] = ()) -> Form:
    """The sample card with other fields."""
    (section,) = CARD.sections
    ids = {item.id for item in fields} | set(without)
    kept = tuple(item for item in section.fields if item.id not in ids)
    return replace(CARD, sections=(replace(section, fields=(*kept, *fields)),))


def moved(
    life: Life,
    when: str | datetime,
    to: Workflow | None = None,
    card: Form | None = None,
    states: dict[str, str] | None = None,
) -> Plan:
    """Plan the move and let it be carried out when it can be."""
    now = at(when) if isinstance(when, str) else when
    new = Pair(card or life.form, to or life.flow)
    found = plan(
        life.case,
        Pair(life.form, life.flow),
        new,
        MAPPED if states is None else states,
        now=now,
        world=life.world,
        contact_points=life.points,
    )
    if found.movable:
        life.form, life.flow = new.form, new.workflow
        life.take(found.decision, now)
    return found


def begun(**answers: object) -> Life:
    life = Life({"buurt": "oosthoek", "geboorte": PartialDate(1941), **answers})  # type: ignore[dict-item]
    assert life.submit().refusal is None
    return life


# The task ----------------------------------------------------------------------------------------------------


def test_in_the_same_state_the_task_stays_and_only_words_and_ladder_follow() -> None:
    life = begun()
    before = life.main
    other = state(
        "toegewezen", task="Bel de bewoner", deadline=within(9), escalate=QUICK, remind=(Reminder(wd(2)),)
    )
    found = moved(life, "2026-11-09T12:00", flow(other))
    assert (life.main.due_on, life.main.assignee) == (before.due_on, before.assignee)
    assert [item.label for item in of(RenameTask, found.decision)] == ["Bel de bewoner"]
    rings = sorted((timer.at, key) for key, timer in life.timers.items() if ":main:" in key)
    assert [key.partition(":")[0] for _, key in rings] == ["remind", "escalate", "escalate"]
    assert rings[1][0] == at("2026-11-16T08:30")
    assert found.dues == ()


def test_who_looks_along_is_not_asked_twice_and_a_rung_that_passed_rings_next_morning() -> None:
    life = begun()
    life.run_until("2026-11-18T12:00")
    (looking,) = life.open("escalation")
    moved(life, "2026-11-18T12:00", flow(state("toegewezen", escalate=QUICK)))
    (timer,) = (timer for key, timer in life.timers.items() if key.startswith("escalate:main:"))
    assert timer.at == at("2026-11-19T08:30")
    life.ring(timer.key)
    assert looking.assignee in {task.assignee for task in life.open("escalation")}
    assert len({task.assignee for task in life.open("escalation")}) == 2
    life.press("bereikt", "2026-11-19T10:00")
    assert life.open("escalation") == []


def test_a_state_that_is_gone_is_left_for_the_one_that_was_chosen() -> None:
    life = begun()
    for day in ("10T10:00", "12T15:00", "16T10:00"):
        life.press("niet_bereikt", f"2026-11-{day}")
    assert life.case.state == "kaart_in_bus"
    told = state("in_opvolging", on_entry=(Feedback("referrer", "opgestart"),))
    new = flow(told, without="kaart_in_bus")
    assert moved(life, "2026-11-17T10:00", new, states={}).refusal == "state_gone"
    assert moved(life, "2026-11-17T10:00", new, states={"kaart_in_bus": "afgesloten"}).refusal == "state_ends"
    holder = life.case.holder
    found = moved(life, "2026-11-17T10:00", new, states={"kaart_in_bus": "in_opvolging"})
    assert (found.state, life.case.state, life.case.holder) == ("in_opvolging", "in_opvolging", holder)
    assert of(Send, found.decision) == []
    assert [effect.outcome for effect in of(CloseTasks, found.decision)] == ["cancelled"]
    assert [task.kind for task in of(OpenTask, found.decision)] == ["main"]
    (task,) = (due for due in found.dues if due.code == "task")
    assert task.after == life.main.due_on


def test_a_move_never_ends_a_case() -> None:
    life = begun()
    leads = state("toegewezen", auto=(Auto("ingetrokken", given("akkoord")), Auto("")))
    life.case = replace(life.case, answers={**life.case.answers, "akkoord": True})
    assert moved(life, "2026-11-10T10:00", flow(leads)).refusal == "would_end"
    ends = replace(FLOW.states["ingetrokken"], id="toegewezen")
    assert moved(life, "2026-11-10T10:00", flow(ends)).refusal == "state_ends"
    life.press("intrekken", "2026-11-10T10:00")
    assert moved(life, "2026-11-10T11:00", flow()).refusal == "ended"


def test_who_may_not_have_the_case_in_the_new_version_is_told() -> None:
    life = begun()
    life.case = replace(life.case, answers={**life.case.answers, "nooit": (life.case.holder,)})
    card = form(Field("nooit", FieldType.PERSON, "Nooit", 2, of=("staff",), many=True))
    life.form = card
    assert moved(life, "2026-11-10T10:00", replace(FLOW, not_to="nooit"), card).refusal == "excluded"


# Terms -------------------------------------------------------------------------------------------------------


def test_a_running_term_keeps_its_date_a_gone_one_ends_and_a_new_one_counts_from_its_beginning() -> None:
    life = begun()
    first = life.case.limits["eerste_contact"]
    longer = replace(FLOW.limits[0], deadline=within(30, "received"))
    moved(life, "2026-11-12T10:00", replace(FLOW, limits=(longer,)))
    assert life.case.limits == {"eerste_contact": first}
    fresh = Limit("besluit", "beslist", within(5, "received"), "Besluit", escalate=QUICK)
    found = moved(life, "2026-11-20T10:00", replace(FLOW, limits=(fresh,)))
    assert dict(life.case.limits) == {"besluit": at("2026-11-17T10:00").date()}
    assert found.dues == (
        Due("limit", "Eerste contact", first, None),
        Due("limit", "Besluit", None, life.case.limits["besluit"]),
    )
    limits = {key: timer.at for key, timer in life.timers.items() if ":limit:" in key}
    assert {key.split(":")[2] for key in limits} == {"besluit"}
    assert set(limits.values()) == {at("2026-11-23T08:30")}


# Sub-tasks, recurring tasks, timed exits -----------------------------------------------------------------------


def test_sub_tasks_follow_their_rule_to_its_new_number_and_are_not_opened_again() -> None:
    life = begun(**{"domeinen.wonen": "zorgen", "domeinen.kinderen": "zorgen"})
    subs = {task.key for task in life.open("sub")}
    assert subs
    first, second = FLOW.also
    ladder = replace(first, number=2, remind=(Reminder(None),))
    found = moved(life, "2026-11-10T10:00", replace(FLOW, also=(replace(second, number=1), ladder)))
    assert {task.key for task in life.open("sub")} == {key.replace("also:1", "also:2") for key in subs}
    assert of(OpenTask, found.decision) == []
    assert {timer.task_key for timer in life.timers.values() if "also:" in timer.key} == {
        task.key for task in life.open("sub")
    }
    moved(life, "2026-11-10T11:00", replace(FLOW, also=()))
    assert len(life.open("sub")) == len(subs)
    assert not [key for key in life.timers if "also:" in key]


def test_a_recurring_task_takes_the_new_rhythm_from_its_next_time_on() -> None:
    life = begun()
    life.press("bereikt", "2026-11-10T10:00")
    life.press("gelezen", "2026-11-10T10:30")
    life.press("start", "2026-11-10T11:00")
    life.run_until("2027-06-01T10:00")
    assert len(life.open("recurring")) == 1
    monthly = Every(Duration(1, Unit.MONTHS), "Bel elke maand", within(5))
    moved(life, "2027-06-01T10:00", flow(state("actief", every=(monthly,))))
    (timer,) = life.timers.values()
    assert timer.at == at("2027-06-10T08:30")
    life.ring(timer.key)
    assert len(life.open("recurring")) == 1
    life.press("pauze", "2027-06-11T10:00")
    assert life.open("recurring") == []


def test_a_timed_exit_counts_from_the_day_the_state_was_entered() -> None:
    life = begun()
    for action, when in (
        ("bereikt", "10T10:00"),
        ("gelezen", "10T10:30"),
        ("start", "10T11:00"),
        ("pauze", "11T10:00"),
    ):
        life.press(action, f"2026-11-{when}" if action != "pauze" else "2026-11-12T10:00")
    sooner = state("gepauzeerd", auto=(Auto("actief", after=Duration(2, Unit.WEEKS)),))
    moved(life, "2026-11-16T10:00", flow(sooner))
    (timer,) = (item for key, item in life.timers.items() if key.startswith("auto:"))
    assert timer.at == at("2026-11-26T08:30")
    life.ring(timer.key)
    assert life.case.state == "actief"


# Answers -----------------------------------------------------------------------------------------------------

COLOURS = OptionList(
    "", (Option("rood", "Rood"), Option("blauw", "Blauw"), Option("niets", "Niets", silent=True))
)


def test_answers_go_along_where_they_have_a_place_and_the_rest_is_named() -> None:
    old = form(
        Field("kleur", FieldType.CHOICE, "Kleur", 1, options=COLOURS),
        Field("kleuren", FieldType.CHOICES, "Kleuren", 3, options=COLOURS),
        Field("weg", FieldType.TEXT, "Weg", 1),
        Field("geheim", FieldType.TEXT, "Geheim", 3),
        Field("ooit", FieldType.CHOICE, "Ooit", 1, options=COLOURS),
    )
    fewer = OptionList("", COLOURS.options[1:])
    (matrix,) = (item for item in CARD.fields() if item.id == "domeinen")
    (repeat,) = (item for item in CARD.fields() if item.id == "afspraken")
    assert matrix.rows is not None
    new = form(
        Field("kleur", FieldType.CHOICE, "Kleur", 1, options=fewer),
        Field("kleuren", FieldType.CHOICES, "Kleuren", 3, options=fewer, default="blauw"),
        Field("geheim", FieldType.LONG_TEXT, "Geheim", 3),
        Field("nieuw", FieldType.CHOICE, "Nieuw", 1, options=fewer, default="blauw"),
        Field("rustig", FieldType.TEXT, "Rustig", 1, compute=option_is("buurt", "oosthoek")),
        replace(matrix, rows=replace(matrix.rows, options=matrix.rows.options[2:])),
        replace(repeat, fields=repeat.fields[:1]),
    )
    life = begun(
        kleur="rood",
        kleuren=("rood", "blauw"),
        weg="Een woord",
        geheim="Zeg het niet",
        ooit="niets",
        afspraken=({"wat": "bellen", "wie": "x"},),
        **{"domeinen.wonen": "zorgen", "domeinen.kinderen": "zorgen"},
    )
    life.form = old
    found = moved(life, "2026-11-10T10:00", card=new)
    assert {(item.field, item.part, item.shown) for item in found.lost} == {
        ("kleur", "rood", ""),
        ("kleuren", "rood", ""),
        ("weg", "", "Een woord"),
        ("geheim", "", ""),
        ("domeinen", "wonen", ""),
        ("afspraken", "wie", ""),
    }
    assert found.answers["kleuren"] == ("blauw",)
    assert found.answers["afspraken"] == ({"wat": "bellen"},)
    assert found.answers["rustig"] == "ja"
    assert {"domeinen.kinderen", "geboorte"} < set(found.answers)
    assert not {"nieuw", "kleur", "weg", "geheim", "ooit", "domeinen.wonen"} & set(found.answers)


def test_an_answer_that_the_new_version_hides_is_told_as_lost() -> None:
    old = form(Field("extra", FieldType.TEXT, "Extra", 1))
    new = form(Field("extra", FieldType.TEXT, "Extra", 1, show_if=given("akkoord")))
    life = begun(extra="Iets")
    life.form = old
    found = moved(life, "2026-11-10T10:00", card=new)
    assert [(item.field, item.part) for item in found.lost] == [("extra", "hidden")]
    assert "extra" not in life.case.answers


def test_what_a_button_asked_stays_beside_the_answers() -> None:
    life = begun()
    life.press("bereikt", "2026-11-10T10:00", answers={"verslag": "Goed gesprek"})
    found = moved(life, "2026-11-11T10:00", card=form(without=("zorgen",)))
    assert "verslag" not in found.answers
    assert life.case.answers["verslag"] == "Goed gesprek"


@pytest.mark.parametrize("answers", [{}, {"dringend": "vandaag"}])
def test_a_route_rule_in_force_is_found_again_by_what_it_asks(answers: Answers) -> None:
    life = begun(**answers)
    timers = set(life.timers)
    renumbered = tuple(replace(item, number=8 - item.number) for item in FLOW.route)
    found = moved(life, "2026-11-09T09:50", replace(FLOW, route=renumbered))
    assert set(life.timers) == timers
    assert not [effect for effect in found.decision.effects if not isinstance(effect, Note)]
    assert life.press("niet_bereikt", "2026-11-09T10:00").refusal is None
