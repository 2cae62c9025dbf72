"""Does an id still stand for what it always stood for?

Answers are kept by id for years and counted over all versions. So an id that was published once never gets another
meaning: a field no other type, an option no other words after it was gone. ``ids_of`` is kept with each version;
``check`` compares a new version with those before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.definitions.model.campaigns import Campaign
from app.definitions.model.forms import Field, Form, OptionList
from app.definitions.model.reports import Report
from app.definitions.model.source import Problem, Span
from app.definitions.model.workflows import Workflow
from app.definitions.problems import advice, problem

Ids = Mapping[str, Mapping[str, Any]]
"""``types``: field id -> type; ``options``: place -> option id -> label. Plain JSON."""

_ALIKE = (
    frozenset({"text", "long_text", "email", "phone"}),
    frozenset({"integer", "decimal"}),
    frozenset({"date", "partial_date"}),
    frozenset({"choice", "choices"}),
    frozenset({"yes_no", "yes_no_unasked"}),
)
"""Types whose answers are read and counted alike: going from one to the other is no other meaning."""


def ids_of(definition: Form | Workflow | Campaign | Report) -> Ids:
    """What the ids of a definition stand for; of a campaign those of the columns of its list, nothing of a report."""
    if isinstance(definition, Report):
        return {"types": {}, "options": {}}
    if isinstance(definition, Campaign):
        return ids_of(definition.contacts.form)
    if isinstance(definition, Form):
        fields = list(_fields(definition))
        options = {place: found for name, item in fields for place, found in _options(name, item)}
        return {"types": {name: str(item.type) for name, item in fields}, "options": options}
    reasons = {
        state.id: _labels(state.reasons) for state in definition.states.values() if state.reasons is not None
    }
    return {"types": {}, "options": reasons}


def check(definition: Form | Workflow | Campaign, earlier: Sequence[Ids]) -> tuple[Problem, ...]:
    """What ids of ``definition`` would stand for something else than in ``earlier`` versions, the newest first."""
    if not earlier:
        return ()
    found = [*_types(definition, earlier), *_words(definition, earlier)]
    return tuple(sorted(set(found)))


def _types(definition: Form | Workflow | Campaign, earlier: Sequence[Ids]) -> Iterator[Problem]:
    spans = _spans(definition)
    for name, now in ids_of(definition)["types"].items():
        before = next((ids["types"][name] for ids in earlier if name in ids.get("types", {})), now)
        if before != now and not any({before, now} <= alike for alike in _ALIKE):
            span = spans.get(name, definition.span)
            yield problem("V901", span, id=name, before=before, now=now, proposal=f"{name}_2")


def _words(definition: Form | Workflow | Campaign, earlier: Sequence[Ids]) -> Iterator[Problem]:
    spans = _spans(definition)
    last = earlier[0].get("options", {})
    for place, options in ids_of(definition)["options"].items():
        span = spans.get(place.partition("#")[0], definition.span)
        for option, label in options.items():
            before = _last_label(place, option, earlier)
            if before is None or _plain(before) == _plain(label):
                continue
            params = {"id": option, "place": place.partition("#")[0], "before": before, "now": label}
            if option in last.get(place, {}):
                yield advice("V903", span, **params, proposal=f"{option}_2")
            else:
                yield problem("V902", span, **params, proposal=f"{option}_2")


def _last_label(place: str, option: str, earlier: Sequence[Ids]) -> str | None:
    for ids in earlier:
        label = ids.get("options", {}).get(place, {}).get(option)
        if label is not None:
            return str(label)
    return None


def _fields(form: Form) -> Iterator[tuple[str, Field]]:
    """Every field by the name its answer goes by; those of a repeat or matrix behind a dot."""
    for item in form.fields():
        yield item.id, item
        for child in (*item.each, *item.fields):
            yield f"{item.id}.{child.id}", child


def _options(name: str, item: Field) -> Iterator[tuple[str, Mapping[str, str]]]:
    if item.options is not None:
        yield name, _labels(item.options)
    if item.rows is not None:
        yield f"{name}#rows", _labels(item.rows)


def _labels(options: OptionList) -> dict[str, str]:
    return {option.id: option.label for option in options.options}


def _spans(definition: Form | Workflow | Campaign) -> dict[str, Span]:
    if isinstance(definition, Campaign):
        return _spans(definition.contacts.form)
    if isinstance(definition, Form):
        return {name: item.span for name, item in _fields(definition)}
    return {state.id: state.span for state in definition.states.values()}


def _plain(label: str) -> str:
    """A label without what a correction of spelling changes: case, blanks and signs."""
    return "".join(char for char in label.casefold() if char.isalnum())
