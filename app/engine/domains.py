"""Which life domains does a submission touch?"""

from __future__ import annotations

from app.definitions.model.forms import FieldType, Form, OptionList
from app.engine.model.answers import Answers

DOMAINS = "case.domains"
WORRY = "kan_beter"
"""From this score on a life domain counts (``language.md`` section 4, decision 13)."""


def domains_of(form: Form, answers: Answers) -> tuple[str, ...]:
    """The life domains a submission touches: rows scored from ``kan_beter`` on, or options ticked.

    An option's ``domain`` column says which domain it stands for; opting out stands for none.
    """
    field = form.meaning(DOMAINS)
    if field is None or field.options is None:
        return ()
    if field.type is FieldType.MATRIX:
        counts = _worrying(field.options)
        rows = field.rows.ids if field.rows else ()
        return tuple(row for row in rows if answers.get(f"{field.id}.{row}") in counts)
    chosen = answers.get(field.id)
    options = [field.options.get(str(item)) for item in chosen] if isinstance(chosen, tuple) else []
    found = [option.columns.get("domain", option.id) for option in options if option and not option.opt_out]
    return tuple(dict.fromkeys(found))


def _worrying(options: OptionList) -> frozenset[str]:
    """The scores that count: from ``kan_beter`` on in the list's own order."""
    order = options.order
    return frozenset(order[order.index(WORRY) :]) if WORRY in order else frozenset()
