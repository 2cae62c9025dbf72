"""Which mutants do the shipped definitions have? Each is one small slip that an author could make."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from tests.support.shipped import ROOT

STAFFING = "app/cli/demo/zandlede.yaml"
Tree = Any
Edit = Callable[[Tree], bool | None]
"""Changes a file's tree in place; ``False`` when there is nothing to change."""
OPPOSITES = (
    (" is not ", " is "), (" is (?!not )", " is not "), (" not in ", " in "), ("(?<!not) in ", " not in "), (">=", "<"),
    ("<=", ">"), (" and ", " or "), (" or ", " and "),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """``kind`` is the slip, ``where`` what it hit; ``path`` the file that changed and ``text`` its new text."""

    kind: str
    where: str
    path: str
    text: str


@cache
def originals() -> dict[str, str]:
    """The shipped files, as this generator writes them; not those that only count, or call before there is a case."""
    all_of_them = [
        path for folder in ("formdefs", "workflows") for path in sorted((ROOT / folder).rglob("*.yaml"))
    ]
    paths = [path for path in all_of_them if path.parent.name not in {"reports", "campaigns"}]
    paths.append(ROOT / STAFFING)
    return {
        path.relative_to(ROOT).as_posix(): dump(yaml.load(path.read_text(), Loader=yaml.CBaseLoader))
        for path in paths
    }


@cache
def around(path: str) -> frozenset[str]:
    """The shipped files that belong together with one of them: what it names, what names it, and the sessions for
    which its forms register."""
    trees = {name: yaml.load(text, Loader=yaml.CBaseLoader) for name, text in originals().items()}
    ids = {name: _id_of(tree) for name, tree in trees.items()}
    found = {path} | {name for name in trees if "contact_points" in name or name == STAFFING}
    laid = {path} if "/lists/" in path or "/blocks/" in path else set()
    while laid:
        ends = tuple(f": {ids[name][1]}\n" for name in laid)
        users = {name for name, text in originals().items() if any(end in text for end in ends)} - found
        found |= users
        laid = {name for name in users if "/blocks/" in name}
    if "contact_points" in path:
        return frozenset(trees)
    waiting = list(found)
    while waiting:
        words = set(re.findall(r"[a-z_0-9]+", originals()[waiting.pop()]))
        more = {name for name, (kind, own) in ids.items() if own in words and kind != "staffing"} - found
        forms = {own for name, (kind, own) in ids.items() if name in found | more and kind == "form"}
        more |= {name for name, tree in trees.items() if _registers(tree) in forms} - found
        found |= more
        waiting += more
    return frozenset(found)


def _registers(tree: Tree) -> str:
    sessions = tree.get("sessions")
    return str(sessions.get("registers", "")) if isinstance(sessions, dict) else ""


def _id_of(tree: Tree) -> tuple[str, str]:
    kind = next(iter(tree))
    return kind, tree[kind] if isinstance(tree[kind], str) else ""


def dump(tree: Tree) -> str:
    """A tree as YAML, every value as it was written."""
    return yaml.dump(tree, Dumper=yaml.CDumper, allow_unicode=True, sort_keys=False, width=100_000)


def mutants() -> Iterator[Mutant]:
    """All of them, in a fixed order; no two are alike."""
    seen = set(originals().items())
    for path, text in originals().items():
        tree = yaml.load(text, Loader=yaml.CBaseLoader)
        for kind, where, edit in _edits(path, tree):
            changed = copy.deepcopy(tree)
            if edit(changed) is False:
                continue
            made = dump(changed)
            if (path, made) not in seen:
                seen.add((path, made))
                yield Mutant(kind, where, path, made)


def _edits(path: str, tree: Tree) -> Iterator[tuple[str, str, Edit]]:
    if path == STAFFING:
        yield from _staffing(tree)
    elif "form" in tree:
        yield from _form(tree)
    elif "workflow" in tree:
        yield from _workflow(tree)
    elif "list" in tree:
        yield from _list(tree)
    elif "contact_points" in tree:
        for name in tree["contact_points"]:
            yield "renamed contact point", name, _renamed(("contact_points",), name)


# Workflows ----------------------------------------------------------------------------------------------------


def _workflow(tree: Tree) -> Iterator[tuple[str, str, Edit]]:
    rules = tree.get("route", [])
    for place, rule in enumerate(rules):
        kind = "deleted otherwise" if "otherwise" in rule else "deleted rule"
        yield kind, f"rule {place + 1}", _gone(("route",), place)
        yield from _conditions(("route", place), rule)
        if place + 1 < len(rules):
            yield "swapped rules", f"rule {place + 1}", _swapped(("route",), place)
        if "if" in rule:
            yield "repeated rule", f"rule {place + 1}", _repeated(("route",), place)
    for state, body in tree["states"].items():
        yield from _state(state, body, list(tree["states"]))
    for name in tree.get("messages", {}):
        yield "deleted message", name, _gone(("messages",), name)


def _state(state: str, body: Tree, states: list[str]) -> Iterator[tuple[str, str, Edit]]:
    at = ("states", state)
    yield "removed state", state, _gone(("states",), state)
    if "end" in body:
        yield "no longer an end", state, _gone(at, "end")
    if "deadline" in body:
        yield "removed deadline", state, _gone(at, "deadline")
    if "escalate" in body:
        yield "wrong escalation", state, _set((*at, "escalate", 0, "to"), "diensthoofd")
    for place, auto in enumerate(body.get("auto", [])):
        kind = "deleted auto rest" if "otherwise" in auto else "deleted auto"
        yield kind, state, _gone((*at, "auto"), place)
        yield from _conditions((*at, "auto", place), auto)
        if "otherwise" in auto:
            yield "auto rest moves on", state, _set((*at, "auto", place, "otherwise"), states[0])
    for name, action in body.get("actions", {}).items():
        yield from _action((*at, "actions"), name, action, states)


def _action(
    at: tuple[Any, ...], name: str, action: Tree, states: list[str]
) -> Iterator[tuple[str, str, Edit]]:
    where = f"{at[1]}.{name}"
    yield "removed action", where, _gone(at, name)
    if "to" in action:
        yield "action leads elsewhere", where, _set((*at, name, "to"), states[0])
        yield "action leads nowhere", where, _set((*at, name, "to"), "nergens")
    if "marks" in action:
        yield "dropped mark", where, _gone((*at, name), "marks")
    if "again" in action:
        yield "again leads back", where, _set((*at, name, "again", "then"), str(at[1]))
    for place, need in enumerate(action.get("needs", [])):
        yield "dropped need", where, _gone((*at, name, "needs"), place)
        yield from _conditions((*at, name, "needs", place), need)


# Forms and lists ----------------------------------------------------------------------------------------------


def _form(tree: Tree) -> Iterator[tuple[str, str, Edit]]:
    if isinstance(tree.get("retention"), list):
        last = len(tree["retention"]) - 1
        yield "deleted retention rest", tree["form"], _gone(("retention",), last)
    for number, section in enumerate(tree["sections"]):
        for place, field in enumerate(section["fields"]):
            yield from _field(("sections", number, "fields"), place, field)
    for number, rule in enumerate(tree.get("rules", [])):
        yield "reversed rule", str(number), _set(("rules", number, "rule"), f"not ({rule['rule']})")


def _field(at: tuple[Any, ...], place: int, field: Tree) -> Iterator[tuple[str, str, Edit]]:
    name = field.get("field")
    if not name:
        return
    yield "removed field", name, _gone(at, place)
    if field.get("type") not in ("info",):
        yield "renamed field", name, _set((*at, place, "field"), f"{name}_x")
        yield "removed privacy class", name, _gone((*at, place), "privacy")
    if "required" in field:
        yield "no longer required", name, _gone((*at, place), "required")
    if "show_if" in field:
        yield from _conditions((*at, place), field, "show_if")
        never = f"({field['show_if']}) and not ({field['show_if']})"
        yield "never shown", name, _set((*at, place, "show_if"), never)
    if isinstance(field.get("options"), dict) and "list" not in field["options"]:
        for option in field["options"]:
            yield "renamed option", f"{name}.{option}", _renamed((*at, place, "options"), option)
            yield "removed option", f"{name}.{option}", _gone((*at, place, "options"), option)


def _list(tree: Tree) -> Iterator[tuple[str, str, Edit]]:
    for place, option in enumerate(tree["options"] if isinstance(tree["options"], list) else ()):
        where = f"{tree['list']}.{option['id']}"
        yield "renamed option", where, _set(("options", place, "id"), f"{option['id']}_x")
        yield "removed option", where, _gone(("options",), place)
        if "contact_point" in option:
            yield "row without contact point", where, _gone(("options", place), "contact_point")


# Staff --------------------------------------------------------------------------------------------------------


def _staffing(tree: Tree) -> Iterator[tuple[str, str, Edit]]:
    for point, held in tree["holders"].items():
        yield "removed holder", point, _gone(("holders",), point)
        for place in held if "holder" not in held else ():
            yield "removed holder", f"{point}.{place}", _gone(("holders", point), place)
        if "owner" in held:
            yield "removed owner", point, _gone(("holders", point), "owner")
        if "substitutes" in held:
            yield "removed substitutes", point, _gone(("holders", point), "substitutes")
    for person in tree["people"]:
        yield "somebody left", person, _set(("people", person, "active"), "no")


# Conditions ---------------------------------------------------------------------------------------------------


def _conditions(at: tuple[Any, ...], holder: Tree, key: str = "if") -> Iterator[tuple[str, str, Edit]]:
    text = holder.get(key)
    if not isinstance(text, str):
        return
    where = ".".join(map(str, at))
    yield "reversed condition", where, _set((*at, key), f"not ({text})")
    yield "condition always", where, _set((*at, key), f"({text}) or not ({text})")
    for old, new in OPPOSITES:
        changed = re.sub(old, new, text, count=1)
        if changed != text:
            yield "changed comparison", f"{where}: to {new.strip()}", _set((*at, key), changed)
    for number in dict.fromkeys(re.findall(r"\b[0-9]+\b", text)):
        for step in (-1, 1, 40):
            changed = re.sub(rf"\b{number}\b", str(int(number) + step), text, count=1)
            yield "changed number", f"{where}: {number} {step:+}", _set((*at, key), changed)


# Edits --------------------------------------------------------------------------------------------------------


def _inside(tree: Tree, path: tuple[Any, ...]) -> Tree:
    for key in path:
        tree = tree[key]
    return tree


def _gone(path: tuple[Any, ...], key: Any) -> Edit:
    def edit(tree: Tree) -> None:
        del _inside(tree, path)[key]

    return edit


def _set(path: tuple[Any, ...], value: str) -> Edit:
    def edit(tree: Tree) -> None:
        _inside(tree, path[:-1])[path[-1]] = value

    return edit


def _swapped(path: tuple[Any, ...], place: int) -> Edit:
    def edit(tree: Tree) -> None:
        items = _inside(tree, path)
        items[place], items[place + 1] = items[place + 1], items[place]

    return edit


def _repeated(path: tuple[Any, ...], place: int) -> Edit:
    def edit(tree: Tree) -> None:
        items = _inside(tree, path)
        items.insert(place + 1, copy.deepcopy(items[place]))

    return edit


def _renamed(path: tuple[Any, ...], name: str) -> Edit:
    def edit(tree: Tree) -> None:
        found = _inside(tree, path)
        entries = [(f"{key}_x" if key == name else key, value) for key, value in found.items()]
        found.clear()
        found.update(entries)

    return edit
