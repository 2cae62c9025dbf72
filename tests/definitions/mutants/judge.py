"""Which guarantees does a set of definitions break? Found by trying, with the engine alone.

Every answer reaches a person; every rule of a route can be the first to match; every condition is true for somebody
and false for somebody; every field can be seen and the form can be submitted; from every state that a case can come to
an end can be reached, and while it waits there is a deadline; every case is kept for a time that is said; nothing names
what does not exist; every personal field has a class; every button does something; whoever holds something still works
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress

from app.definitions.compiler import compile_staffing
from app.definitions.content_hash import content_hash
from app.definitions.model.catalog import Catalog
from app.definitions.model.expressions import Condition
from app.definitions.model.forms import Field, Form
from app.definitions.model.source import Source
from app.definitions.model.workflows import Workflow
from app.definitions.read_all import Everything, read_all
from app.definitions.readers.desk import Desk
from app.engine.evaluate import Facts, holds
from app.engine.model.answers import Judgement
from app.engine.model.cases import Case
from app.engine.model.people import World
from app.engine.routing import route
from app.engine.staff import holder_of, holding_of
from app.engine.staffing_file import to_calendar, to_staffing
from tests.definitions.mutants.answers import MOMENT, tried
from tests.definitions.mutants.asked import (
    around_rows,
    conditions_in,
    facts_of,
    gates_in,
    reads_consent,
    reads_later,
)
from tests.definitions.mutants.at_sight import buttons, ladders, private
from tests.definitions.mutants.generator import STAFFING, around
from tests.definitions.mutants.lives import strange_lives, unlike
from tests.definitions.mutants.names import dangling
from tests.definitions.mutants.verdict import Broken, Verdict

MOST = 100_000
FEW_LIVES = 6
"""How many classes of answers are played at least when not all are tried."""
Files = Mapping[str, str]


class Judge:
    """Judges sets that differ from ``files`` in one file; what did not change is sound and not looked at again."""

    def __init__(self, files: Files, most: int = MOST) -> None:
        self.files = files
        self.most = most
        self.before = _hashes(_read(files))

    def of(self, path: str, text: str) -> Verdict:
        """The verdict on the set with one file replaced."""
        verdict = Verdict()
        with suppress(Broken):
            self._judge({name: self.files[name] for name in around(path)} | {path: text}, path, verdict)
        return verdict

    def _judge(self, files: Files, path: str, verdict: Verdict) -> None:
        for lost in dangling(files):
            verdict.say("names", lost)
        everything = _read(files)
        world = _world(files, everything)
        changed = {name for name, now in _hashes(everything).items() if self.before.get(name) != now}
        for form in everything.complete.values():
            if ("form", form.id) in changed:
                self._form(form, everything, verdict)
        for workflow in everything.workflows.values():
            if ("workflow", workflow.id) in changed or any(
                ("form", name) in changed for name in workflow.forms
            ):
                self._workflow(workflow, everything, world, verdict)
        if path == STAFFING or "contact_points" in path:
            _staff(everything, world, verdict)

    # Forms ------------------------------------------------------------------------------------------------------

    def _form(self, form: Form, everything: Everything, verdict: Verdict) -> None:
        for item in form.fields():
            for one in (item, *item.each, *item.fields):
                private(one, verdict)
            self._seen(form, item, verdict)
        for rule in form.rules:
            self._asks(form, rule.condition, verdict, given=lambda found: True)
        if form.rules and not self._any(form, [rule.condition for rule in form.rules], _valid, verdict):
            verdict.say("submit", form.id)
        workflow = everything.workflows.get(form.workflow)
        if form.retention and form.kind == "case":
            self._kept(form, workflow, verdict)

    def _seen(self, form: Form, item: Field, verdict: Verdict) -> None:
        section = next(section for section in form.sections if item in section.fields)
        conditions = [one for one in (section.show_if, item.show_if) if one is not None]
        if conditions and not self._any(
            form, conditions, lambda found: _shows(found, section.show_if, item), verdict
        ):
            verdict.say("fields", item.id)
        must = item.required_if
        if must is not None and not self._any(
            form,
            [*conditions, must],
            lambda found: _shows(found, section.show_if, item) and holds(must, Facts(found.answers, MOMENT)),
            verdict,
        ):
            verdict.say("required", item.id)
        for one in (item, *item.each, *item.fields):
            for condition in (one.show_if, one.required_if):
                rows = "" if one is item else item.id
                if condition is not None:
                    self._asks(form, condition, verdict, rows=rows, given=lambda found: True)

    def _kept(self, form: Form, workflow: Workflow | None, verdict: Verdict) -> None:
        conditions = [rule.condition for rule in form.retention if rule.condition is not None]
        if len(conditions) < len(form.retention):
            return
        ends = workflow.states.values() if workflow is not None else ()
        reasons = ["", *(reason for state in ends if state.reasons for reason in state.reasons.ids)]
        for found in tried(form, conditions, self.most).judgements:
            for reason in reasons:
                facts = Facts(found.answers, MOMENT, case={"reason": reason} if reason else {})
                if not any(holds(condition, facts) for condition in conditions):
                    verdict.say("retention", form.id)
                    return

    # Workflows --------------------------------------------------------------------------------------------------

    def _workflow(self, workflow: Workflow, everything: Everything, world: World, verdict: Verdict) -> None:
        opening = [form for form in everything.complete.values() if form.workflow == workflow.id]
        forms = opening or [everything.complete[name] for name in workflow.forms]
        for form in forms:
            if opening:  # a sub-case goes where the rule that opens it says
                self._route(workflow, form, everything, world, verdict)
            for condition, rows in conditions_in(workflow):
                given = _anything if reads_consent(form, condition) else _valid
                self._asks(form, condition, verdict, rows=rows, workflow=workflow, given=given)
            self._exits(workflow, form, verdict)
            gates = list(gates_in(workflow))
            answers = tried(form, gates, self.most)
            verdict.whole &= answers.whole
            valid = [found.answers for found in answers.judgements if _valid(found)]
            classes = None if self.most >= MOST else FEW_LIVES
            verdict.blind |= reads_later(workflow)
            verdict.whole &= classes is None and not verdict.blind
            for guarantee, where in strange_lives(
                workflow, form, everything, world, unlike(workflow, valid, classes)
            ):
                if guarantee == "reached" and classes is not None:
                    break  # few lives say nothing about where nobody came: then all are played
                verdict.say(guarantee, where)
            else:
                continue
            for guarantee, where in strange_lives(workflow, form, everything, world, unlike(workflow, valid)):
                verdict.say(guarantee, where)
        ladders(workflow, everything, verdict)
        buttons(workflow, verdict)

    def _exits(self, workflow: Workflow, form: Form, verdict: Verdict) -> None:
        """Conditional exits leave nobody behind without a rule."""
        for state in workflow.states.values():
            untimed = [auto for auto in state.auto if auto.after is None]
            conditions = [auto.condition for auto in untimed if auto.condition is not None]
            if not untimed or len(conditions) < len(untimed):
                continue
            for found in tried(form, conditions, self.most).judgements:
                if _valid(found) and not any(holds(one, Facts(found.answers, MOMENT)) for one in conditions):
                    verdict.say("exits", state.id)
                    break

    def _route(
        self, workflow: Workflow, form: Form, everything: Everything, world: World, verdict: Verdict
    ) -> None:
        rules = list(workflow.route)
        waiting = {rule.number for rule in rules if rule.condition is not None or rule.match is not None}
        last = rules[-1] if rules else None
        closed = last is not None and last.condition is None and last.match is None and last.unless is None
        asked = [
            one for rule in rules for one in (rule.condition, rule.unless, rule.match) if one is not None
        ]
        if not closed:
            verdict.say("person", workflow.id)
        early = [rule for rule in rules[:-1] if rule.condition is None and rule.match is None]
        if any(rule.target.kind not in {"keep", "person_field"} for rule in early):  # both may find nobody
            verdict.say("rules", workflow.id)
        answers = tried(form, asked, self.most)
        for found in answers.judgements:
            if not waiting:
                return
            if _valid(found):
                case = Case("c", workflow.id, form.id, answers=found.answers, neighbourhood="")
                routed = route(workflow, form, case, now=MOMENT.now, world=world,
                               contact_points=everything.contact_points)  # fmt: skip
                if routed is None or routed.why.code == "last_resort":
                    verdict.say("person", workflow.id)
                    return
                waiting.discard(routed.rule.number)
        verdict.whole &= answers.whole
        if waiting:
            verdict.say("rules", f"{workflow.id}: {sorted(waiting)}")

    # Trying -----------------------------------------------------------------------------------------------------

    def _any(
        self, form: Form, conditions: list[Condition], wanted: Callable[[Judgement], bool], verdict: Verdict
    ) -> bool:
        answers = tried(form, conditions, self.most)
        verdict.whole &= answers.whole
        return any(wanted(found) for found in answers.judgements)

    def _asks(
        self,
        form: Form,
        condition: Condition,
        verdict: Verdict,
        *,
        given: Callable[[Judgement], bool],
        rows: str = "",
        workflow: Workflow | None = None,
    ) -> None:
        """That a condition is true for somebody, and false for somebody."""
        if MANY_ROWS.search(condition.source):
            verdict.whole = False
            return
        seen: set[bool] = set()
        answers = tried(form, [condition, *around_rows(form, rows)], self.most)
        for found in answers.judgements:
            if not given(found):
                continue
            for facts in facts_of(form, found.answers, rows, workflow, condition):
                seen.add(holds(condition, facts))
            if len(seen) == 2:
                return
        verdict.whole &= answers.whole
        verdict.say("conditions", condition.source)


MANY_ROWS = re.compile(r"count\(.*[<>]=? [4-9]")
"""More rows must be filled in at once than trying comes to."""


def _anything(_found: Judgement) -> bool:
    """What the rules of a form forbid when it is sent may come about when a consent ends."""
    return True


def _valid(found: Judgement) -> bool:
    return found.ok


def _shows(found: Judgement, section: Condition | None, item: Field) -> bool:
    facts = Facts(found.answers, MOMENT)
    return (section is None or holds(section, facts)) and (item.show_if is None or holds(item.show_if, facts))


# Reading ------------------------------------------------------------------------------------------------------


def _read(files: Files) -> Everything:
    return read_all([Source(path, text) for path, text in files.items() if path != STAFFING], Desk())


def _hashes(everything: Everything) -> dict[tuple[str, str], str]:
    found = {("form", name): content_hash(form) for name, form in everything.complete.items()}
    return found | {("workflow", name): content_hash(one) for name, one in everything.workflows.items()}


def _world(files: Files, everything: Everything) -> World:
    catalog = Catalog(contact_points=everything.contact_points)
    file, _ = compile_staffing(Source(STAFFING, files[STAFFING]), catalog)
    return World(file.id, to_calendar(file), to_staffing(file))


def _staff(everything: Everything, world: World, verdict: Verdict) -> None:
    """Everywhere somebody active; a default for who lives nowhere in particular; nobody who left holds anything."""
    staffing = world.staffing
    for point in everything.contact_points.values():
        for place in ("", *staffing.neighbourhoods):
            found = holder_of(point, place, world, MOMENT.now, points=everything.contact_points)
            if not found or found.code == "last_resort":
                verdict.say("staff", f"{point.id} {place}")
        default = holding_of(staffing, point.id, "")
        if default is not None and default.neighbourhood:
            verdict.say("staff", f"{point.id} default")
    for held in staffing.holdings:
        for account in (held.holder, held.owner):
            worker = staffing.workers.get(account)
            if worker is None or not worker.active:
                verdict.say("staff", f"{held.contact_point} {account}")
