"""What does an answer start with: what running cases already say? Only what may leave the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.definitions.model.asking import Ask, Prefill
from app.definitions.model.forms import Form
from app.engine.model.answers import Answers
from app.engine.values.plan import plan_of
from app.services.cases.kept_answers import opened
from app.services.cases.load_case import Desk, Loaded
from app.services.definitions import catalogs
from app.storage.database import Transaction
from app.storage.repositories import case_rows, match_rows

MOST = 200
"""So many running cases are looked at, the oldest first."""
BETWEEN = "; "
LONGEST = 2000


def raw_of(tx: Transaction, desk: Desk, loaded: Loaded, ask: Ask, form: Form) -> Mapping[str, Sequence[str]]:
    """The inputs of ``form`` that are filled in beforehand."""
    inputs = plan_of(form).inputs
    found: dict[str, list[str]] = {}
    for rule in ask.prefills:
        told: dict[str, list[str]] = {}
        for answers in _running(tx, desk, loaded, rule):
            text = " ".join(str(answers.get(rule.says) or "").split())
            place = _place(rule, answers)
            if text and place in inputs:
                told.setdefault(place, []).append(text)
        for place, texts in told.items():
            most = inputs[place].field.limits.max_length or LONGEST
            found[inputs[place].names[0]] = [_fitting(texts, most)]
    return found


def _place(rule: Prefill, answers: Answers) -> str:
    if not rule.per:
        return rule.field
    matrix, _, child = rule.field.rpartition(".")
    return f"{matrix}.{answers.get(rule.per) or ''}.{child}"


def _fitting(texts: Sequence[str], most: int) -> str:
    whole = BETWEEN.join(dict.fromkeys(texts))
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"


def _running(tx: Transaction, desk: Desk, loaded: Loaded, rule: Prefill) -> Iterator[Answers]:
    form = desk.catalog.catalog.forms.get(rule.of)
    rows = match_rows.running(tx, form.workflow, rule.states, most=MOST) if form is not None else []
    mine = [row for row in rows if row["form"] == rule.of and not row["blocked"]]
    sent = {item["id"]: item for item in case_rows.submissions(tx, [row["submission"] for row in mine])}
    for row in mine:
        theirs = catalogs.cached_form(desk.municipality, row["form_version"])
        answers = opened(tx, sent[row["submission"]], theirs)
        own = {name: loaded.case.answers.get(source) for name, source in rule.same.items()}
        if all(said is None or answers.get(name) == said for name, said in own.items()):
            yield answers
