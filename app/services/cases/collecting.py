"""What is collected for a case: what comes in joins it by itself, and when are there enough?

Whoever collects may see how far it is. What was said is shown when the case is in a state with results, every item is
done, and none of them is gone: two readings are one reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.definitions.model.collecting import Collects, CollectTarget
from app.definitions.model.forms import Field, FieldType, Form
from app.engine import rounds
from app.engine.model.answers import Answers
from app.engine.policy import Act, Actor
from app.engine.rounds import Reply, Results
from app.services.cases import ask_view, collected, readable, relation
from app.services.cases.collect_view import Progress, Side
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import Desk, Loaded, answers_of, desk_of, key_of, load, pin
from app.services.cases.round_results import RoundView
from app.services.definitions import catalogs
from app.services.errors import Conflict, Forbidden
from app.storage import ids
from app.storage.database import Transaction, transaction
from app.storage.repositories import case_rows, collect_rows, event_rows, match_rows
from app.texts import say

MOST_ROUNDS = 200
"""So many cases that collect by one form are looked at when something comes in."""
YES_NO = frozenset({FieldType.YES_NO, FieldType.YES_NO_UNASKED})
NOT_SAID = ""
Row = Mapping[str, Any]


# What comes in -------------------------------------------------------------------------------------------------------


def join(tx: Transaction, desk: Desk, form: Form, key: int, answers: Answers) -> None:
    """A case that was just opened by ``form`` belongs to the first one that collects such as it, if there is one."""
    for gatherer in _gathering(tx, desk, form.id):
        if _fits(tx, desk, gatherer, answers):
            held = case_rows.get(tx, gatherer["id"], lock=True)
            if held is not None and held["state"] == gatherer["state"]:
                collect_rows.add(tx, gatherer["id"], key)
                return


def _gathering(tx: Transaction, desk: Desk, form: str) -> Iterator[Row]:
    """The cases that collect by a form now, who began first first."""
    for workflow in desk.catalog.catalog.workflows.values():
        rules = workflow.collects
        if rules is None or rules.form != form:
            continue
        for row in match_rows.running(tx, workflow.id, rules.states, most=MOST_ROUNDS):
            if not row["blocked"]:
                yield row


def _fits(tx: Transaction, desk: Desk, row: Row, answers: Answers) -> bool:
    pinned = pin(desk, row["form_version"], row["workflow_version"])
    rules = pinned.workflow.collects
    submission = case_rows.submissions(tx, [row["submission"]])
    if rules is None or row["state"] not in rules.states or not submission:
        return False
    own = opened(tx, submission[0], pinned.form)
    today = relation.local_day(pinned, tx.now)
    since, until = (own.get(name) if name else None for name in (rules.since, rules.until))
    early = isinstance(since, date) and today < since
    late = isinstance(until, date) and today > until
    return not (early or late) and all(
        answers.get(theirs) == own.get(mine) for theirs, mine in rules.same.items()
    )


# How far it is -------------------------------------------------------------------------------------------------------


def of_case(actor: Actor, case_id: str) -> Progress | None:
    """How far a case is; ``None`` when it collects nothing, or for who may not read it. Raises ``NotFound``."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        loaded = readable.read(tx, desk, actor, key_of(case_id))
        return progress(tx, desk, loaded) if loaded is not None else None


def mine(actor: Actor) -> tuple[Progress, ...]:
    """Everything that is collected now by a form that ``actor`` may fill in: numbers, and nothing that was said."""
    desk = desk_of(actor.municipality)
    catalog = desk.catalog.catalog
    wanted = dict.fromkeys(flow.collects.form for flow in catalog.workflows.values() if flow.collects)
    found: list[Progress] = []
    with transaction(actor.municipality, readonly=True) as tx:
        for name in wanted:
            form = catalog.forms.get(name)
            if form is None or not set(form.audience) & set(actor.roles):
                continue
            for row in _gathering(tx, desk, name):
                one = progress(tx, desk, load(tx, desk, row["id"]))
                found += [one] if one is not None else []
    return tuple(found)


def progress(tx: Transaction, desk: Desk, loaded: Loaded) -> Progress | None:
    """The same of a loaded case; ``None`` when it collects nothing."""
    rules = loaded.pin.workflow.collects
    form = desk.catalog.catalog.forms.get(rules.form) if rules is not None else None
    if rules is None or form is None or loaded.row["blocked"]:
        return None
    rows, gone = collect_rows.of(tx, loaded.row["id"])
    working = sum(collected.waits(row) for row in rows)
    counting = sum(collected.counts(rules, row) for row in rows)
    lost = bool(gone) or any(row["state"] in rules.ready and row["blocked"] for row in rows)
    until = loaded.case.answers.get(rules.until) if rules.until else None
    return Progress(
        case=ids.to_text(loaded.row["id"]),
        number=loaded.row["number"],
        title=loaded.pin.title,
        form=form.id,
        form_title=form.title,
        about=tuple(_about(loaded, rules)),
        until=until if isinstance(until, date) else None,
        per=_per(form, rules).label if rules.target is not None else "",
        sides=tuple(_sides(tx, loaded, rules, form, rows)) if rules.target is not None else (),
        came=len(rows) + gone,
        waits=working,
        counts=counting,
        dropped=len(rows) - working - counting,
        release=rules.release,
        going=loaded.row["state"] in rules.states and loaded.row["closed_at"] is None,
        ready=loaded.row["state"] in rules.released and not working and not lost,
        gone=lost,
    )


def _about(loaded: Loaded, rules: Collects) -> Iterator[tuple[str, str]]:
    wanted = {*rules.same.values(), rules.since, rules.until} - {""}
    return ask_view.said_of(loaded, frozenset(wanted))


def _per(form: Form, rules: Collects) -> Field:
    found = form.field(rules.target.per) if rules.target is not None else None
    if found is None:
        raise Conflict("collect_changed")
    return found


def _options(field: Field) -> dict[str, str]:
    """What somebody can be: id -> label; a silent option is no answer."""
    if field.type in YES_NO:
        return {word: say(f"asks.results.option.{word}") for word in ("ja", "nee")}
    options = field.options.options if field.options is not None else ()
    return {item.id: item.label for item in options if not (item.silent or item.opt_out)}


def _sides(
    tx: Transaction, loaded: Loaded, rules: Collects, form: Form, rows: list[dict[str, Any]]
) -> Iterator[Side]:
    field, target = _per(form, rules), rules.target
    options = _options(field)
    came: Counter[str] = Counter()
    counting: Counter[str] = Counter()
    kept = [row for row in rows if collected.waits(row) or collected.counts(rules, row)]
    sent = {item["id"]: item for item in case_rows.submissions(tx, [row["submission"] for row in kept])}
    for row in kept:
        side = _side(_said(tx, loaded, row, sent), field, options)
        came[side] += 1
        counting[side] += collected.counts(rules, row)
    wanted = _wanted(loaded, target)
    for name, label in options.items():
        yield Side(name, label, came[name], counting[name], wanted)
    if came[NOT_SAID]:
        yield Side(NOT_SAID, say("collecting.not_said"), came[NOT_SAID], counting[NOT_SAID], 0)


def _wanted(loaded: Loaded, target: CollectTarget | None) -> int:
    if target is None:
        return 0
    said = loaded.case.answers.get(target.field) if target.field else target.n
    return int(said) if isinstance(said, int) else 0


def _said(tx: Transaction, loaded: Loaded, row: Row, sent: Mapping[int, Row]) -> Answers:
    """What one that was collected says itself."""
    submission = sent.get(row["submission"])
    if submission is None:
        return {}
    return opened(tx, submission, catalogs.cached_form(loaded.pin.municipality, row["form_version"]))


def _side(answers: Answers, field: Field, options: Mapping[str, str]) -> str:
    said = str(answers.get(field.id) or "")
    return said if said in options else NOT_SAID


# What came out of it -------------------------------------------------------------------------------------------------


def results(actor: Actor, case_id: str) -> RoundView:
    """What everybody said together. Raises ``NotFound``, ``Forbidden``, ``Conflict`` while it may not be seen."""
    desk = desk_of(actor.municipality)
    with transaction(actor.municipality, readonly=True) as tx:
        loaded = readable.read(tx, desk, actor, key_of(case_id))
        if loaded is None:
            raise Forbidden(str(Act.CASE_READ))
        far = progress(tx, desk, loaded)
        rules = loaded.pin.workflow.collects
        if far is None or rules is None or not far.ready:
            raise Conflict("collect_open")
        view = _view(tx, desk, loaded, rules, far)
    with transaction(actor.municipality) as tx:
        event_rows.log_read(tx, account=actor.account, case=loaded.row["id"], act=str(Act.CASE_READ))
    return view


def _view(tx: Transaction, desk: Desk, loaded: Loaded, rules: Collects, far: Progress) -> RoundView:
    forms = desk.catalog.catalog.forms
    groups = _options(_per(forms[rules.form], rules)) if rules.target is not None else {}
    counted = [row for row in collect_rows.of(tx, loaded.row["id"])[0] if collected.counts(rules, row)]
    replies = [_reply(tx, desk, loaded, rules, row) for row in counted]
    found = [_shown(rounds.results(forms[rules.form], replies, tuple(groups), rules.release), rules.quotes)]
    for name in rules.adds:
        mine_only = [Reply(one.group, _under(name, one.answers)) for one in replies]
        found.append(_shown(rounds.results(forms[name], mine_only, tuple(groups), rules.release), ()))
    whole = replace(
        found[0],
        items=tuple(item for one in found for item in one.items if item.id != _target_of(rules)),
        remarks=tuple(item for one in found for item in one.remarks),
    )
    return RoundView(
        case=far.case,
        number=far.number,
        title=far.title,
        question=far.form_title,
        about=far.about,
        groups=groups,
        asked={},
        results=whole,
        series=(),
    )


def _target_of(rules: Collects) -> str:
    return rules.target.per if rules.target is not None else ""


def _reply(tx: Transaction, desk: Desk, loaded: Loaded, rules: Collects, row: Row) -> Reply:
    pinned = pin(desk, row["form_version"], row["workflow_version"])
    answers = answers_of(tx, row, pinned)
    if rules.target is None:
        return Reply(NOT_SAID, answers)
    field = _per(pinned.form, rules)
    return Reply(_side(answers, field, _options(field)), answers)


def _under(form: str, answers: Answers) -> Answers:
    """What was answered on a form behind a button, under its own names."""
    start = f"{form}."
    return {name.removeprefix(start): value for name, value in answers.items() if name.startswith(start)}


def _shown(found: Results, quotes: tuple[str, ...]) -> Results:
    """Of words only what may be quoted."""
    return replace(found, remarks=tuple(item for item in found.remarks if item.id in quotes))
