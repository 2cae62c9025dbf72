"""The same lives with colleagues who pass work on, residents who change their mind and administrators who publish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.engine import consents as engine_consents
from app.engine.policy import Actor
from app.services.cases import add_note, add_task, hand_over, keep_from, share_case, takeovers
from app.services.cases.takeover_view import Chosen
from app.services.definitions import definition_drafts
from app.services.moving import migrate_cases
from app.services.people import resident_asks, resident_changes
from app.services.people.resident_asks import From
from app.services.people.resident_codes import ResidentKey
from app.services.tasks import claim_task, finish_task
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import resident_rows
from tests.machines import town
from tests.machines.lives import RARELY, SOMEBODY, WHICH, Lives
from tests.machines.looking import told_of
from tests.machines.town import COUNTED, WHO
from tests.support.bound import MUNICIPALITY
from tests.support.studio import publish
from tests.support.town import actor

STAFF = st.sampled_from([who for who in WHO if who not in (*town.OUTSIDE, "neighbour")])
OLD = st.sampled_from([0, 0, 0, 1])
CHANGES = (
    ("workflows/warme_doorverwijzing.yaml", "label: Toegewezen", "label: Bij jou"),
    (
        "workflows/warme_doorverwijzing.yaml",
        "remind: [1 working day before, on the day]",
        "remind: [on the day]",
    ),
    ("workflows/warme_doorverwijzing.yaml", "deadline: 20 working days", "deadline: 15 working days"),
    ("workflows/brede_intake.yaml", "title: Brede intake", "title: Ruime intake"),
    ("workflows/verzonnen_1.yaml", "task: Doe stap 1", "task: Doe dit eerst"),
    ("formdefs/verzonnen_1.yaml", "label: Welke kleur?", "label: Kies een kleur"),
)


class Together(Lives):
    """Everything that ``Lives`` does, and what people do beside a button."""

    # Colleagues --------------------------------------------------------------------------------------------

    @rule(which=WHICH, who=SOMEBODY, dies=RARELY)
    def task_is_claimed(self, which: int, who: str, dies: bool) -> None:
        found = self._task(which)
        if found is not None:
            (key, holder), task = found
            person = town.somebody(who, holder)
            before, mine = town.version_of(key), town.loaded_of(key).row["holder"] == person.account
            claimed = self.town.do("claim", lambda: claim_task.claim(person, task), dies=dies and not mine)
            if claimed is not None:  # who has it already hears so, and nothing happens
                assert town.version_of(key) == claimed.version
                assert claimed.version == before + 1 or mine
                assert claimed.version == before or told_of(key, before + 1)

    @rule(which=WHICH, who=SOMEBODY, given_up=st.booleans(), dies=RARELY)
    def task_is_finished(self, which: int, who: str, given_up: bool, dies: bool) -> None:
        found = self._task(which)
        if found is not None:
            (key, holder), task = found
            person = town.somebody(who, holder)
            outcome = "cancelled" if given_up else "done"
            self._raises(
                key,
                "finish",
                lambda: finish_task.finish(person, task, outcome=outcome, note="nota"),
                dies=dies,
            )

    @rule(which=WHICH, who=SOMEBODY, to=STAFF, old=OLD, close=RARELY, dies=RARELY)
    def case_is_handed_over(self, which: int, who: str, to: str, old: int, close: bool, dies: bool) -> None:
        key, holder, version = self._versioned(which)
        who_, goes = town.somebody(who, holder), town.somebody(to, holder).account
        case = town.text_of(key)

        def give() -> object:
            return hand_over.hand_over(
                who_, case, to=goes, reason="waarom", version=version - old, too_close=close
            )

        self._raises(key, "hand over", give, dies=dies)

    @rule(which=WHICH, who=SOMEBODY, back=st.booleans(), old=OLD, dies=RARELY)
    def case_is_taken_or_released(self, which: int, who: str, back: bool, old: int, dies: bool) -> None:
        key, holder, version = self._versioned(which)
        person = town.somebody(who, holder)
        do = hand_over.release if back else hand_over.take_over
        case = town.text_of(key)
        name = "release" if back else "take over"
        self._raises(key, name, lambda: do(person, case, reason="waarom", version=version - old), dies=dies)

    @rule(which=WHICH, who=SOMEBODY, with_=STAFF, ends=st.booleans(), dies=RARELY)
    def case_is_shared(self, which: int, who: str, with_: str, ends: bool, dies: bool) -> None:
        key, holder = self._case(which)
        person, other = town.somebody(who, holder), town.somebody(with_, holder).account
        case = town.text_of(key)

        def share() -> None:
            if ends:
                share_case.unshare(person, case, with_account=other)
            else:
                share_case.share(person, case, with_account=other, reason="samen", basis="casusoverleg")

        self._leaves(key, "share", share, dies=dies)

    @rule(which=WHICH, who=SOMEBODY, text=st.sampled_from(["Belde terug", ""]), dies=RARELY)
    def note_is_written(self, which: int, who: str, text: str, dies: bool) -> None:
        key, holder = self._case(which)
        person = town.somebody(who, holder)
        self._leaves(key, "note", lambda: add_note.add(person, town.text_of(key), text), dies=dies)

    @rule(which=WHICH, who=SOMEBODY, to=STAFF, days=st.integers(-1, 9), dies=RARELY)
    def own_task_is_laid(self, which: int, who: str, to: str, days: int, dies: bool) -> None:
        key, holder = self._case(which)
        person, other = town.somebody(who, holder), town.somebody(to, holder).account
        due = (self.town.now + timedelta(days=days)).date()
        self._raises(
            key,
            "own task",
            lambda: add_task.add(person, town.text_of(key), "Bel", to=other, due_on=due),
            dies=dies,
        )

    @rule(which=WHICH, who=SOMEBODY, other=STAFF, in_again=st.booleans(), dies=RARELY)
    def somebody_never_gets_it(self, which: int, who: str, other: str, in_again: bool, dies: bool) -> None:
        key, holder = self._case(which)
        person, account = town.somebody(who, holder), town.somebody(other, holder).account
        case = town.text_of(key)
        do: Callable[..., object] = keep_from.let_in if in_again else keep_from.keep_from
        self.town.do("keep from", lambda: do(person, case, account=account, reason="buren"), dies=dies)

    @rule(which=WHICH, who=SOMEBODY, back=st.booleans())
    def everything_is_taken_over(self, which: int, who: str, back: bool) -> None:
        _, holder = self._case(which)
        person = town.somebody(who, holder)
        over = self.town.do(
            "takeover", lambda: takeovers.begin(person, holder, Chosen(), to="", reason="ziek")
        )
        if over is None:
            return
        takeovers.carry_on(person, over)
        if back:
            takeovers.give_back(person, over)

    # Residents ---------------------------------------------------------------------------------------------

    @rule(
        which=WHICH,
        what=st.sampled_from(["withdraw", "stop", "call", "erase", "reach", "wrong"]),
        dies=RARELY,
    )
    def resident_does(self, which: int, what: str, dies: bool) -> None:
        key, _ = self._case(which)
        sender = From(_key(key), town.fresh_token())
        loaded = town.loaded_of(key)
        consents = [name for name, _, _ in engine_consents.given(loaded.pin.form, loaded.case.answers)]
        doings: dict[str, Callable[[], object]] = {
            "withdraw": lambda: resident_changes.take_back(
                sender, (consents or ["geen"])[which % max(1, len(consents))]
            ),
            "stop": lambda: resident_changes.stop(sender, "intrekken"),
            "call": lambda: resident_asks.call_back(sender, "morgen"),
            "erase": lambda: resident_asks.ask_for(sender, "erase"),
            "reach": lambda: resident_changes.reach(sender, {"phone": "09 000 00 09"}),
            "wrong": lambda: resident_changes.stop(sender, "bestaat_niet"),
        }
        if what == "reach" and dies:
            return  # the same number again changes nothing, and so nothing is committed
        self.town.do(f"resident {what}", doings[what], dies=dies)

    # Administrators ----------------------------------------------------------------------------------------

    @rule(change=st.integers(0, len(CHANGES) - 1), along=st.booleans(), undo=st.booleans())
    def definitions_are_published_anew(self, change: int, along: bool, undo: bool) -> None:
        an = actor("tom_aerts")
        path, one, other = CHANGES[change]
        opened = definition_drafts.open_text(an, path)
        old, new = (one, other) if one in opened.text else (other, one)
        definition_drafts.save(an, path, _bare(opened.text).replace(old, new), opened.seen)
        publish(an)
        COUNTED["published"] += 1
        if along:
            self._moved_along(an, undo=undo)

    def _moved_along(self, an: Actor, *, undo: bool) -> None:
        for flow in migrate_cases.flows(an):
            states = {old: flow.targets[0][0] for old, _ in flow.gone}
            move, _ = migrate_cases.prepare(
                an, flow.id, frozenset(group.key for group in flow.groups), states
            )
            self.town.settle()
            migrate_cases.apply(an, move, "nieuw")
            self.town.settle()
            COUNTED["moved along"] += migrate_cases.show(an, move).progress.moved
            if undo:
                migrate_cases.undo(an, move)
                self.town.settle()
                COUNTED["moved back"] += 1

    # Parts -------------------------------------------------------------------------------------------------

    def _raises(self, key: int, what: str, do: Callable[[], object], *, dies: bool) -> None:
        """An accepted step raises the version of its case by one."""
        before = town.version_of(key)
        if self.town.do(what, do, dies=dies) is not None:
            assert town.version_of(key) == before + 1, what
            assert told_of(key, before + 1), what

    def _leaves(self, key: int, what: str, do: Callable[[], object], *, dies: bool) -> None:
        """What is only written beside it leaves the version as it was: who has the page open is not disturbed."""
        before = town.version_of(key)
        self.town.do(what, do, dies=dies)
        assert town.version_of(key) == before, what

    def _versioned(self, which: int) -> tuple[int, str, int]:
        key, holder = self._case(which)
        return key, holder, town.version_of(key)

    def _task(self, which: int) -> tuple[tuple[int, str], str] | None:
        """A task, more often an open one that is not the main one."""
        found = [(case, task) for case in town.cases() for task in town.loaded_of(case[0]).tasks]
        found.sort(key=lambda item: (item[1]["state"] != "open", item[1]["key"] == "main", item[1]["id"]))
        if not found:
            return None
        case, task = found[min(which % 8, len(found) - 1)]
        return case, ids.to_text(task["id"])


def _bare(text: str) -> str:
    """A definition without its examples: these say what the old version does."""
    return text.partition("\nexamples:")[0] + "\n"


def _key(case: int) -> ResidentKey:
    with transaction(MUNICIPALITY, readonly=True) as tx:
        generation = resident_rows.generation(tx, case)
    return ResidentKey(MUNICIPALITY, ids.to_text(case), generation, proven=True)
