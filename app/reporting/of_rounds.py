"""What does a report count of the answers of a round?

Only what the page of the round itself shows of everybody together. A question counts once enough people answered it:
so whatever stands in a report is a sum of numbers that were shown already, and two readings differ by whole rounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.definitions.model.asking import Ask
from app.definitions.model.forms import Form
from app.definitions.model.reports import ANSWER, QUESTION, Report
from app.definitions.model.workflows import Workflow
from app.engine import rounds
from app.engine.model.answers import Row as AnswerRow
from app.engine.reported import Told, lines_of_rows
from app.engine.rounds import Reply
from app.reporting.rows import Monthly
from app.reporting.suppression import THRESHOLD


def question_of(form: str, item: str) -> str:
    """How a question is known in a report: rounds with different forms have questions of their own."""
    return f"{form}.{item}"


def questions(flows: Sequence[Workflow], forms: Mapping[str, Form]) -> dict[str, str]:
    """What can be told of the rounds of these workflows: question -> label, in order."""
    every = (ask for flow in flows for ask in flow.asks().values() if ask.round is not None)
    return {
        question_of(ask.form, item): label
        for ask in every
        if ask.form in forms
        for item, label in rounds.asked_in_order(forms[ask.form]).items()
    }


def rows_of(ask: Ask, form: Form, replies: Sequence[Reply]) -> list[AnswerRow]:
    """A row for each answer that may count."""
    least = max(THRESHOLD, ask.round.at_least if ask.round is not None else 0)
    return [
        {QUESTION: question_of(ask.form, item), ANSWER: place}
        for item, places in rounds.standings(form, replies, least).items()
        for place in places
    ]


def lines(report: Report, case: Told, month: str, rows: Sequence[AnswerRow]) -> Iterator[Monthly]:
    """The lines of one round."""
    for line in lines_of_rows(report, case, rows):
        yield month, line


def words(rows: Sequence[AnswerRow]) -> frozenset[str]:
    """What its rows may say."""
    return frozenset(str(row[QUESTION]) for row in rows)
