"""Whatever is done by whoever in whatever order, half-way, twice or too late: every case keeps its promises."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.definitions.model.workflows import Action
from app.services.cases import act_on_case
from app.services.cases.act_on_case import ActOnCase, ActOutcome
from app.services.cases.load_case import Loaded
from app.services.errors import Conflict
from app.services.follow_up import digest, fire_timer
from app.services.follow_up.fire_timer import LeaseLost
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.storage import outbox
from app.storage.database import transaction
from app.storage.outbox import Leased
from tests.machines import town
from tests.machines.looking import broken_promises, look, told_of
from tests.machines.town import COUNTED, WHO, Town
from tests.support.bound import MUNICIPALITY
from tests.support.databases import Templates
from tests.support.town import actor, card

SOMEBODY = st.sampled_from(WHO)
WHICH = st.integers(0, 30)
RARELY = st.sampled_from([False, False, False, False, False, True])
CARDS: tuple[dict[str, Any], ...] = (
    {},
    {"persoon__geboorte": 1990, "zorgen": ["andere"]},
    {"dringend": "vandaag"},
    {"persoon__geboorte": 1990, "zorgen": ["wonen", "geld"], "buurt": "statie"},
    {"persoon__geboorte": 1970, "zorgen": ["gevoel"], "akkoord_terug": None},
    {"buurt": "andere_gemeente"},
)
TALKS = (
    (
        "brede_intake",
        {
            "kanaal": "onthaal",
            "dringend": "nee",
            "geldvraag": "ja",
            "buurt": "statie",
            "domeinen.wonen": "dringend",
            "domeinen.inkomen": "zorgen",
        },
    ),
    (
        "brede_intake",
        {
            "kanaal": "onthaal",
            "dringend": "nee",
            "geldvraag": "nee",
            "buurt": "oosthoek",
            "domeinen.netwerk": "zorgen",
        },
    ),
    ("vrijwilligersintake", {}),
    ("vrijwilligerstaak", {"nagekeken": "ja"}),
    *(
        (f"verzonnen_{number + 1}", {"kleur": colour, "buurt": "oosthoek"})
        for number in range(town.INVENTED)
        for colour in ("rood", "geel")
    ),
)


class Lives(RuleBasedStateMachine):
    """Cases in a municipality of their own."""

    templates: Templates

    @initialize(first=st.integers(0, len(CARDS) - 1))
    def begin(self, first: int) -> None:
        self.town = Town(self.templates)
        self.sent: list[tuple[SubmitForm, Receipt]] = []
        self.pressed: list[tuple[ActOnCase, ActOutcome]] = []
        self.held: list[Leased] = []
        COUNTED["examples"] += 1
        self.card_comes_in(first, dies=False)
        self.every_promise_is_kept()

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.town.close()

    # Coming in ---------------------------------------------------------------------------------------------

    @rule(which=st.integers(0, len(CARDS) - 1), dies=RARELY)
    def card_comes_in(self, which: int, dies: bool) -> None:
        self._submit(card(**CARDS[which]), dies=dies)

    @rule(which=st.integers(0, len(TALKS) - 1), dies=RARELY)
    def somebody_is_talked_with(self, which: int, dies: bool) -> None:
        name, known = TALKS[which]
        version = town.live_form(name)
        given = town.given_of(version.form, dict(known), audience="reception")
        self._submit(
            SubmitForm(actor("hilde_claes"), version.id, given, town.fresh_token(), "reception"), dies=dies
        )

    def _submit(self, request: SubmitForm, *, dies: bool) -> None:
        receipt = self.town.do(f"submit {request.audience}", lambda: submit(request), dies=dies)
        if receipt is not None:
            self.sent.append((request, receipt))

    @precondition(lambda self: bool(self.sent))
    @rule(which=WHICH)
    def is_sent_twice(self, which: int) -> None:
        request, first = self.sent[which % len(self.sent)]
        again = self.town.do("submit again", lambda: submit(request))
        if again is not None:
            assert (again.case, again.number, again.again) == (first.case, first.number, True)
            self.town.assert_same("submit again")

    @precondition(lambda self: bool(self.sent))
    @rule(which=WHICH)
    def token_with_something_else(self, which: int) -> None:
        request, _ = self.sent[which % len(self.sent)]
        other = card(request.token, persoon__naam="Iemand anders")
        with pytest.raises(Conflict, match="token_used"):
            submit(other)
        self.town.assert_same("token used")

    # Working on it -----------------------------------------------------------------------------------------

    @rule(
        which=WHICH,
        button=WHICH,
        who=SOMEBODY,
        likely=st.booleans(),
        old=st.sampled_from([0, 0, 0, 0, 1, 5]),
        odd=RARELY,
        dies=RARELY,
    )
    def button_is_pressed(
        self, which: int, button: int, who: str, likely: bool, old: int, odd: bool, dies: bool
    ) -> None:
        key, holder = self._case(which)
        loaded = town.loaded_of(key)
        found = town.buttons(loaded)
        action = found[button % len(found)]
        request = ActOnCase(
            actor=town.somebody("holder" if likely else who, holder),
            case=town.text_of(key),
            action=action.id,
            version=loaded.row["version"] - old,
            token=town.fresh_token(),
            given=town.filled(loaded, action, empty=odd) if action.form else act_on_case.NOTHING_GIVEN,
            reason=_reason(loaded, action, button),
            open_tasks={
                task["key"]: ("done", "cancelled", "kept")[button % 3]
                for task in loaded.tasks
                if task["state"] == "open"
            },
            into=self._other(key) if "merge" in action.does else "",
        )
        outcome = self.town.do("press", lambda: act_on_case.act(request), dies=dies)
        if outcome is None:
            return
        assert old == 0
        assert outcome.version == loaded.row["version"] + 1 == town.version_of(key)
        assert told_of(key, outcome.version)
        COUNTED[f"pressed {loaded.row['workflow']}"] += 1
        self.pressed.append((request, outcome))

    def _other(self, key: int) -> str:
        others = [other for other, _ in town.cases() if other != key]
        return str(town.loaded_of(others[0]).row["number"]) if others else ""

    @precondition(lambda self: bool(self.pressed))
    @rule(which=WHICH)
    def is_pressed_twice(self, which: int) -> None:
        request, first = self.pressed[which % len(self.pressed)]
        again = self.town.do("press again", lambda: act_on_case.act(request))
        if again is not None:
            assert (again.version, again.state, again.again) == (first.version, first.state, True)
            self.town.assert_same("press again")

    # Time --------------------------------------------------------------------------------------------------

    @rule(hours=st.sampled_from([1, 4, 20, 30, 80, 200, 700]))
    def time_passes_and_it_rings(self, hours: int) -> None:
        self.town.wait(timedelta(hours=hours))
        digest.plan(MUNICIPALITY)
        self.town.settle()
        COUNTED["time"] += 1

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.town.wait(timedelta(hours=hours))

    @rule(which=WHICH)
    def a_worker_dies_with_a_row(self, which: int) -> None:
        waiting = town.pending()
        if not waiting:
            return
        row, due = waiting[min(which, 3, len(waiting) - 1)]
        self.town.wait(max(timedelta(), due - self.town.now))
        with transaction(MUNICIPALITY) as tx:
            self.held += [item for item in outbox.claim(tx, [row]) if item.kind == "timer"]
        town.let_leases_run_out()
        COUNTED["worker died"] += 1

    @precondition(lambda self: bool(self.held))
    @rule(which=WHICH, first=st.booleans())
    def a_late_worker_comes_back(self, which: int, first: bool) -> None:
        row = self.held.pop(which % len(self.held))
        if not first:
            self.town.settle()
        before = look()
        try:
            fire_timer.fire(MUNICIPALITY, row)
        except LeaseLost:
            assert look().tables == before.tables
            COUNTED["timer late"] += 1
            return
        COUNTED["timer in time"] += 1
        after = look()
        try:
            fire_timer.fire(MUNICIPALITY, row)
        except LeaseLost:
            assert look().tables == after.tables
        else:
            raise AssertionError("a timer rang twice")

    # Promises ----------------------------------------------------------------------------------------------

    @invariant()
    def every_promise_is_kept(self) -> None:
        if not hasattr(self, "town"):
            return
        found = broken_promises()
        assert not found, found
        now = look()
        for key, version in self.town.last.versions.items():
            assert now.versions[key] >= version, (key, version)
        self.town.last = now
        COUNTED["steps"] += 1

    def _case(self, which: int) -> tuple[int, str]:
        found = town.cases()
        return found[which % len(found)]


def _reason(loaded: Loaded, action: Action, which: int) -> str:
    target = loaded.pin.workflow.states.get(action.to)
    options = target.reasons.options if target is not None and target.end and target.reasons else ()
    return options[which % len(options)].id if options else ""
