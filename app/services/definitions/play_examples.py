"""Does every example of a form still end where its author expected?

``expect:`` may name ``contact_point``, ``person``, ``rule``, ``deadline`` (of the first task), ``limits`` (id: date),
``states`` and ``messages`` (ids it comes by, in this order) and ``errors`` (all of them, by field or code). What is not
named is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import Example
from app.definitions.model.source import Problem
from app.definitions.problems import guess, problem
from app.engine.examples import errors_of, found_in, moment_of, script_of
from app.engine.made_up_staff import made_up_world
from app.engine.model.people import World
from app.services.reports import report_examples

_NAMED_PEOPLE = "person"
_ON_THE_WAY = ("states", "messages")


@dataclass(frozen=True, slots=True)
class Played:
    """How many examples were played, and where they ended elsewhere."""

    played: int
    problems: tuple[Problem, ...]


def play(catalog: Catalog, world: World | None = None) -> Played:
    """Play all examples; without ``world`` somebody imaginary holds every contact point and people are not compared.

    With one, the examples that another municipality wrote about its own people and calendar are left out.
    """
    at_work = world or made_up_world(catalog.contact_points)
    played = 0
    problems: list[Problem] = []
    for form in catalog.forms.values():
        if form.workflow not in catalog.workflows and form.unlinked is None:
            continue  # the compiler has said why
        for example in form.examples:
            if world is not None and example.municipality != world.municipality:
                continue
            played += 1
            problems += _differences(catalog, form.id, example, at_work, people=world is not None)
    reports, wrong = report_examples.play(catalog)
    return Played(played + reports, (*problems, *wrong))


def _differences(
    catalog: Catalog, form: str, example: Example, world: World, *, people: bool
) -> Iterator[Problem]:
    wrong = next((at for at in _moments(example) if not _exists(at)), None)
    if wrong is not None:
        yield problem("E801", example.span, name=example.name, text=wrong)
        return
    try:
        found = _found(catalog, form, example, world)
    except (ValueError, KeyError, TypeError):
        yield problem("E804", example.span, name=example.name)
        return
    for key, wanted in example.expect.items():
        if key == _NAMED_PEOPLE and not people:
            continue
        if key not in found:
            known = sorted(found)
            yield problem("E803", example.span, key=key, guess=guess(key, known), known=", ".join(known))
        elif not (_passes_by if key in _ON_THE_WAY else _fits)(wanted, found[key]):
            params = (("name", example.name), ("key", key), ("wanted", _shown(wanted)))
            yield Problem(example.span, "E802", (*params, ("found", _shown(found[key]))))


def _found(catalog: Catalog, form: str, example: Example, world: World) -> Mapping[str, object]:
    """What happened; a sheet that belongs to nobody is only judged."""
    if catalog.forms[form].unlinked:
        return {"errors": errors_of(catalog.forms[form], example, world)}
    return found_in(script_of(example).play(catalog, form, world))


def _moments(example: Example) -> tuple[str, ...]:
    return (example.at, *(str(act.get("at", "")) for act in example.act))


def _exists(at: str) -> bool:
    try:
        moment_of(at)
    except ValueError:
        return False
    return True


def _fits(wanted: object, found: object) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(
            name in found and _fits(value, found[name]) for name, value in wanted.items()
        )
    if isinstance(wanted, Sequence) and not isinstance(wanted, str):
        return isinstance(found, list) and _same_items(list(wanted), found)
    return str(wanted) == ("" if found is None else str(found))


def _passes_by(wanted: object, found: object) -> bool:
    """Whether ``found`` comes by everything ``wanted``, in that order."""
    on_the_way = iter([str(item) for item in found] if isinstance(found, list) else [])
    names = [wanted] if isinstance(wanted, str) or not isinstance(wanted, Sequence) else wanted
    return all(any(str(name) == passed for passed in on_the_way) for name in names)


def _same_items(wanted: list[object], found: list[object]) -> bool:
    """The same number in the same order; an error may be named by its field or its code."""
    return len(wanted) == len(found) and all(
        str(one) in (other if isinstance(other, tuple) else (str(other),))
        for one, other in zip(wanted, found, strict=True)
    )


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_shown(item)}" for name, item in value.items()) or "-"
    if isinstance(value, tuple):
        return " ".join(str(item) for item in value if item)
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value) or "-"
    return "-" if value in (None, "") else str(value)
