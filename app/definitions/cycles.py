"""Does a field depend on itself, through ``show_if`` or ``compute``?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from app.definitions.model.expressions import Condition, FieldRef, RowRef
from app.definitions.model.forms import Field, Form
from app.definitions.readers.desk import Desk


def has_cycle(form: Form) -> bool:
    """Whether any of its fields depends on itself."""
    needs = _dependencies(form)
    return any(_circle(start, needs) for start in needs)


def check_cycles(form: Form, desk: Desk) -> bool:
    """Tell each circle once (``G409``), at its first field on the page; whether there is one."""
    needs = _dependencies(form)
    spans = {item.id: item.span for item in form.fields()}
    spans |= {
        f"{item.id}.{child.id}": child.span for item in form.fields() for child in (*item.each, *item.fields)
    }
    told: set[str] = set()
    for start in needs:
        circle = _circle(start, needs)
        if circle and not told & set(circle):
            told |= set(circle)
            desk.tell("G409", spans[start], path=" > ".join((*circle, start)))
    return bool(told)


def _dependencies(form: Form) -> dict[str, set[str]]:
    """Field -> the fields it looks at, in page order; children as ``afspraken.wat``."""
    known = {item.id for item in form.fields()}
    needs: dict[str, set[str]] = {}
    for section in form.sections:
        for item in section.fields:
            around = _read((section.show_if,), known, "")
            needs[item.id] = around | _read((item.show_if, item.compute), known, "")
            for child in (*item.each, *item.fields):
                needs[f"{item.id}.{child.id}"] = _of_child(child, item, known)
    return needs


def _of_child(child: Field, parent: Field, known: set[str]) -> set[str]:
    siblings = {f"{parent.id}.{other.id}" for other in (*parent.each, *parent.fields)}
    found = _read((child.show_if, child.compute), known, parent.id)
    return {name for name in found if name in siblings or (name in known and name != parent.id)}


def _read(conditions: tuple[Condition | None, ...], known: set[str], rows: str) -> set[str]:
    found: set[str] = set()
    for condition in conditions:
        for part in parts_of(condition.tree) if condition is not None else ():
            if isinstance(part, FieldRef):
                found.add(_top(part.field, known))
            elif isinstance(part, RowRef) and rows:
                found.add(f"{rows}.{part.name}")
    return found


def _top(name: str, known: set[str]) -> str:
    """The field that a cell such as ``domeinen.wonen.nota`` belongs to."""
    while name not in known and "." in name:
        name = name.rpartition(".")[0]
    return name


def parts_of(tree: object) -> Iterator[object]:
    """Every part of a tree."""
    stack = [tree]
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack.extend(part)
        elif is_dataclass(part) and not isinstance(part, type):
            yield part
            stack.extend(getattr(part, item.name) for item in fields(part))


def _circle(start: str, needs: Mapping[str, set[str]]) -> tuple[str, ...]:
    """A path from the field back to itself, or ``()``."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        for name in sorted(needs.get(path[-1], ())):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append((*path, name))
    return ()
