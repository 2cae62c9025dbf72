"""Is there enough left of what somebody wants to lend, also when two ask for the last of it in the same moment?

Judged at submission with the municipality held, so that whoever comes second sees what the first one took. What a case
holds is free again as soon as that case ends.
"""

from __future__ import annotations

from app.definitions.model.forms import Form
from app.engine import stock
from app.engine.model.answers import Answers
from app.services.errors import Invalid
from app.storage.database import Transaction
from app.storage.repositories import municipality_rows, stock_rows


def demand(tx: Transaction, form: Form, answers: Answers, *, case: int | None = None) -> None:
    """There is enough, and stays so until the end of ``tx``; what ``case`` itself holds does not count. Raises Invalid
    beside each row that asks for more than is left."""
    wanted = stock.wanted(form, answers)
    if wanted is None:
        return
    municipality_rows.hold(tx)
    errors = stock.short(form, answers, stock_rows.taken(tx, form.id, wanted.on, but=case))
    if errors:
        raise Invalid(errors=errors)


def changed(tx: Transaction, case: int, form: Form, before: Answers, answers: Answers) -> None:
    """Answers of a case were corrected. What it lends is judged anew only when that changed: who mends a telephone
    number keeps what they were promised, also when the desk has less by now. Raises Invalid as ``demand``."""
    if stock.wanted(form, answers) != stock.wanted(form, before):
        demand(tx, form, answers, case=case)
        keep(tx, case, form, answers)


def keep(tx: Transaction, case: int, form: Form, answers: Answers) -> None:
    """The case holds what its answers ask for from now on, instead of what it held."""
    if form.stock is None:
        return
    wanted = stock.wanted(form, answers)
    stock_rows.put(tx, case, form.id, wanted.on if wanted else None, wanted.many if wanted else {})
