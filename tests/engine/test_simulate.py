"""A case on a virtual clock, told as plain JSON."""

from __future__ import annotations

import json
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from app.definitions.model.catalog import Catalog
from app.engine.model.people import Calendar, Staffing, World
from app.engine.simulate import Act, simulate
from tests.support.sample_workflow import CARD, FLOW
from tests.support.zandlede import POINTS, world

CATALOG = Catalog(
    forms=MappingProxyType({CARD.id: CARD}),
    workflows=MappingProxyType({FLOW.id: FLOW}),
    contact_points=MappingProxyType(POINTS),
)
MARIA = {"geboorte": 1941, "buurt": "oosthoek", "zorgen": [], "akkoord": True}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def play(*acts: Act, until: str = "", answers: dict[str, object] | None = None) -> dict[str, Any]:
    return simulate(
        CATALOG,
        "kaart",
        MARIA if answers is None else answers,
        local("2026-11-09T09:40"),
        world=world(),
        acts=acts,
        until=local(until) if until else None,
    )


def test_the_answer_has_exactly_the_agreed_keys_and_is_json() -> None:
    told = play()
    assert list(told) == [
        "errors",
        "contact_point",
        "person",
        "rule",
        "states",
        "tasks",
        "limits",
        "messages",
    ]
    assert json.loads(json.dumps(told)) == told


def test_the_card_of_maria_is_played() -> None:
    told = play()
    assert (told["contact_point"], told["person"], told["rule"]) == ("aanspreekpunt_65plus", "joris_maes", 3)
    assert told["states"] == [{"state": "toegewezen", "at": "2026-11-09T09:40"}]
    assert told["limits"] == [{"limit": "eerste_contact", "due": "2026-11-24"}]
    (task,) = told["tasks"]
    assert (task["assignee"], task["due"]) == ("joris_maes", "2026-11-13")
    assert task["why"] == (
        "Regel 3 van 7: leeftijd (Geboorte) is minstens 65. Gelezen: 'Geboorte' is 1941. "
        "Joris Maes is Aanspreekpunt 65+. Te doen tegen 13/11/2026: 3 werkdagen."
    )
    assert told["messages"] == [{"at": "2026-11-09T09:40", "to": "referrer", "message": "ontvangen"}]


def test_acts_and_timers_are_played_in_order_up_to_the_last_act() -> None:
    told = play(Act("bereikt", local("2026-11-18T10:00")))
    assert told["states"][-1] == {"state": "in_opvolging", "at": "2026-11-18T10:00"}
    messages = told["messages"]
    assert {"at": "2026-11-13T08:30", "to": "joris_maes", "message": "reminder.on_the_day"} in messages
    assert messages[-1] == {"at": "2026-11-18T10:00", "to": "referrer", "message": "opgestart"}
    assert [task["assignee"] for task in told["tasks"]] == ["joris_maes", "nele_lambrecht", "joris_maes"]


def test_a_horizon_lets_more_time_pass() -> None:
    assert len(play()["tasks"]) == 1
    assert len(play(until="2026-12-01T00:00")["tasks"]) == 4


def test_a_press_that_is_refused_is_told_as_an_error_and_changes_nothing() -> None:
    told = play(Act("bereikt", local("2026-11-10T10:00")), Act("afsluiten", local("2026-11-12T10:00")))
    assert told["errors"] == [
        {"field": "afsluiten", "code": "reason_missing", "message": "Kies een reden om af te sluiten."}
    ]
    closed = play(
        Act("bereikt", local("2026-11-10T10:00")),
        Act("afsluiten", local("2026-11-12T10:00"), {"reason": "beantwoord"}),
    )
    assert closed["errors"] == []
    assert closed["states"][-1]["state"] == "afgesloten"


def test_somebody_else_presses_where_the_holder_may_not() -> None:
    told = play(Act("intrekken", local("2026-11-10T10:00")))
    assert told["states"][-1]["state"] == "ingetrokken"


def test_an_error_in_the_answers_is_told_and_the_case_is_played_all_the_same() -> None:
    told = play(answers={**MARIA, "onbekend": 1})
    assert [error["field"] for error in told["errors"]] == ["onbekend"]
    assert told["person"] == "joris_maes"


def test_a_municipality_without_anybody_is_told_and_nothing_is_played() -> None:
    empty = World("leeg", Calendar(), Staffing())
    when = local("2026-11-09T09:40")
    told = simulate(
        CATALOG, "kaart", MARIA, when, world=empty, acts=(Act("bereikt", local("2026-11-10T10:00")),)
    )
    assert [error["code"] for error in cast(list[dict[str, str]], told["errors"])] == ["nobody"]
    assert (told["person"], told["tasks"]) == (None, [])
