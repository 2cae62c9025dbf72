"""Does a set of files name something that is nowhere defined? By the words in the YAML alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

WORD = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*")
MARKED = re.compile(r"marked\(([a-z_]+)\)")
COMPARED = re.compile(r"([a-z_][a-z0-9_.]*) is (?:not )?(?!not\b)([a-z_][a-z0-9_]*)")
TEXTS = re.compile(r'"[^"]*"')
LANGUAGE = frozenset({
    "and", "or", "not", "is", "in", "true", "false", "today", "answered", "age", "count", "sum", "any", "all",
    "worst", "date", "marked", "read", "length", "min", "max", "field", "option", "reason", "role",
    "contact_person", "andere_gemeente", "geen_vast_adres",
})  # fmt: skip
YES_NO = {"yes_no": {"ja", "nee"}, "yes_no_unasked": {"ja", "nee", "niet_besproken"}}
OPEN = frozenset({"andere_gemeente", "geen_vast_adres"})
LADDER = frozenset({"substitute", "owner", "holder", "team_lead", "head_of_service", "coordinator"})
CONDITIONS = ("if", "unless", "match", "show_if", "required_if", "compute", "rule", "urgent_if")
HOLES = frozenset(
    {"holder.name", "holder.phone", "case.number", "case.due", "partner.name", "row.label", "consent.label"}
)
Tree = Any
Names = dict[str, set[str]]


def dangling(files: Mapping[str, str]) -> list[str]:
    """Every name that stands for nothing, as ``file: name``."""
    trees = {path: yaml.load(text, Loader=yaml.CBaseLoader) for path, text in files.items()}
    known = Known(list(trees.values()))
    return [f"{path}: {name}" for path, tree in trees.items() for name in known.unknown_in(tree)]


class Known:
    """What the files define."""

    def __init__(self, trees: list[Tree]) -> None:
        self.lists = {
            tree["list"]: _options(tree["options"])
            for tree in trees
            if isinstance(tree.get("list"), str) and "form" not in tree
        }
        self.blocks = {tree["block"]: tree["fields"] for tree in trees if "block" in tree}
        self.points = {name for tree in trees for name in tree.get("contact_points", {})}
        self.forms = {tree["form"]: self.fields_of(tree) for tree in trees if "form" in tree}
        self.workflows = {tree["workflow"]: tree for tree in trees if "states" in tree}

    def fields_of(self, form: Tree) -> dict[str, set[str]]:
        """Every field id of a form with its options, cells of a matrix included."""
        found: dict[str, set[str]] = {}
        for section in form["sections"]:
            for field in section["fields"]:
                below = [field] if "field" in field else self._laid_in(field)
                for one in below:
                    options = _options_of(one, self.lists)
                    found[one["field"]] = options
                    for row in _options(one.get("rows", {}), self.lists):
                        found[f"{one['field']}.{row}"] = options
                    for child in (*one.get("each", ()), *one.get("fields", ())):
                        found[f"row.{child['field']}"] = _options_of(child, self.lists)
        return found

    def _laid_in(self, use: Tree) -> list[Tree]:
        prefix, wanted = use.get("as", use["use"]), use.get("fields")
        return [
            {**one, "field": f"{prefix}.{one['field']}"}
            for one in self.blocks.get(use["use"], ())
            if wanted is None or one["field"] in wanted
        ]

    def unknown_in(self, tree: Tree) -> Iterator[str]:
        """The names in one file that stand for nothing."""
        if "form" in tree:
            yield from self._in_form(tree)
        elif "states" in tree:
            yield from self._in_workflow(tree)
        elif "contact_points" in tree:
            yield from (
                {one["owner"] for one in tree["contact_points"].values() if "owner" in one} - self.points
            )
        elif "list" in tree:
            columns = {row.get("contact_point") for row in tree["options"] if isinstance(row, dict)} - {None}
            yield from map(str, columns - self.points)
        elif "holders" in tree:
            yield from set(tree["holders"]) - self.points

    def _in_form(self, form: Tree) -> Iterator[str]:
        fields = self.forms[form["form"]]
        reasons = self._reasons(self.workflows.get(form.get("workflow", ""), {}))
        yield from self._words(form, fields, reasons)
        yield from {item["at"] for item in form.get("rules", ())} - set(fields)
        for item in _mappings(form):
            yield from _unknown_default(item, _options_of(item, self.lists))
            shared = item.get("shares", ())
            yield from set(shared) - set(fields) - {name.partition(".")[0] for name in fields}
            rows = item.get("options", {})
            if isinstance(rows, dict) and "rows" in rows and isinstance(rows["rows"], str):
                yield from {rows["rows"]} - set(fields)
        if form.get("workflow") and form["workflow"] not in self.workflows:
            yield form["workflow"]

    def _in_workflow(self, tree: Tree) -> Iterator[str]:
        fields = {
            name: options for form in tree["forms"] for name, options in self.forms.get(form, {}).items()
        }
        beyond = set(self._beyond(tree))
        states, messages = set(tree["states"]), set(tree.get("messages", {}))
        marks = {mark for item in _mappings(tree) for mark in _list(item.get("marks"))}
        yield from self._words(tree, {**fields, **self._beyond(tree)}, self._reasons(tree))
        yield from {item["until"] for item in tree.get("limits", ())} - marks
        yield from {name for text in _conditions(tree) for name in MARKED.findall(text)} - marks
        yield from ({tree["start"]} - states) | (
            {tree["not_to"]} - set(fields) if "not_to" in tree else set()
        )
        ends = self.points | {"holder"} | set(fields)
        for rule in (*tree.get("route", ()), *tree.get("also", ())):
            end = rule.get("to", rule.get("otherwise", "holder"))
            yield from {end} - ends if not end.startswith("row.") else ()
        blocks = {name.partition(".")[0] for name in fields}
        yield from (
            {name for rule in tree.get("also", ()) for name in _list(rule.get("carry"))}
            - set(fields)
            - blocks
        )
        for state in tree["states"].values():
            yield from self._in_state(state, states)
        yield from {action["to"] for action in tree.get("anywhere", {}).values() if "to" in action} - states
        yield from self._pressed_by(tree.get("sessions", {}))
        for item in _mappings(tree):
            said = item.get("message")
            if isinstance(said, str) and ("to" in item or set(item) == {"message"}):
                yield from {said} - messages
            if item is tree:
                yield from {link["field"] for link in tree.get("links", ())} - set(fields)
            yield from {item[key] for key in ("form", "open_form") if isinstance(item.get(key), str)} - set(
                self.forms
            )
            yield from _since(item, marks | set(fields))
            rungs = item.get("escalate", ())
            yield from {rung["to"] for rung in rungs} - LADDER - self.points
            laid_ready = "field" in item and "of" in item
            if laid_ready:
                yield from {item["of"]} - set(self.forms)
            for key in ("each",) if laid_ready else ("each", "of"):
                yield from {item[key]} - set(fields) - beyond if isinstance(item.get(key), str) else ()

    def _pressed_by(self, sessions: Tree) -> Iterator[str]:
        """The buttons of whoever registers that a session presses and that are not there."""
        there = {
            name
            for flow in self.workflows.values()
            if sessions.get("registers") in flow["forms"]
            for state in (*flow["states"].values(), {"actions": flow.get("anywhere", {})})
            for name in state.get("actions", {})
        }
        held = sessions.get("attendance", {})
        said = [item[key] for item in _mappings(sessions) for key in ("press", "moves_up") if key in item]
        said += [held[key] for key in ("present", "absent") if key in held]
        yield from {*said, *held.get("buttons", ())} - there

    def _beyond(self, tree: Tree) -> dict[str, set[str]]:
        """The fields of the cases a process is matched with, as it names them: ``other.<field>``; and those of who
        registers for its sessions, of the forms behind its buttons: ``form.<field>``, and of who is asked something."""
        registers = {
            **self.forms.get(tree.get("sessions", {}).get("registers", ""), {}),
            **{
                f"{form}.{name}": options
                for item in _mappings(tree)
                for form in [item.get("form")]
                if isinstance(form, str)
                for name, options in self.forms.get(form, {}).items()
            },
            **self._asked(tree),
        }
        beside = self.workflows.get(tree.get("matching", {}).get("with", ""), {"forms": ()})
        asked = {
            name: options for form in beside["forms"] for name, options in self.forms.get(form, {}).items()
        }
        if not asked:
            return dict(registers)
        return {"other": set(), **{f"other.{name}": options for name, options in asked.items()}, **registers}

    def _asked(self, tree: Tree) -> dict[str, set[str]]:
        """What others are asked while a case waits: a question is a list, its answers are the rows."""
        asks = [ask for state in tree["states"].values() for ask in state.get("asks", ())]
        rows = {
            f"row.{name}": options
            for ask in asks
            for name, options in self.forms.get(ask["form"], {}).items()
        }
        return {**{ask["ask"]: set[str]() for ask in asks}, **rows}

    def _in_state(self, state: Tree, states: set[str]) -> Iterator[str]:
        for auto in state.get("auto", ()):
            yield from {auto.get("to", auto.get("otherwise"))} - states - {"stay"}
        yield from {state["reopen"]["to"]} - states if "reopen" in state else ()
        for action in state.get("actions", {}).values():
            yield from {action[key] for key in ("to",) if key in action} - states
            yield from {action["again"]["then"]} - states if "again" in action else ()

    def _reasons(self, workflow: Tree) -> set[str]:
        found = (state.get("reasons", {}) for state in workflow.get("states", {}).values())
        return {name for reasons in found for name in _options(reasons, self.lists)}

    def _words(self, tree: Tree, fields: Mapping[str, set[str]], reasons: set[str]) -> Iterator[str]:
        prefixes = {name.partition(".")[0] for name in fields}
        for text in _conditions(tree):
            words = WORD.findall(TEXTS.sub("", MARKED.sub("", text)))
            options = {option for word in words for option in fields.get(word, ())}
            options |= reasons if "reason" in words else set()
            rows = any("row." in word for word in words)
            options |= {one for each in fields.values() for one in each} if rows else set()
            bare = {name.rpartition(".")[2] for name in fields}
            for name, option in COMPARED.findall(text):
                if name in fields and option not in fields[name] | set(fields) | OPEN:
                    yield option
            for word in words:
                known = word in fields or word in LANGUAGE or word in options or word.startswith("row.")
                if not (known or word in bare or word in prefixes):
                    yield word
        for name in _holes(tree):
            if name not in fields and name not in HOLES and not name.startswith("row."):
                yield name


def _unknown_default(field: Tree, options: set[str]) -> Iterator[str]:
    if options and isinstance(field.get("default"), str) and field["default"] not in options:
        yield field["default"]


def _since(item: Tree, known: set[str]) -> Iterator[str]:
    deadline = item.get("deadline")
    if isinstance(deadline, str) and " from " in deadline:
        yield from {deadline.rpartition(" ")[2]} - known - {"received", "entered"}


def _options(options: Tree, lists: Mapping[str, set[str]] | None = None) -> set[str]:
    if isinstance(options, dict) and "list" in options:
        return (lists or {}).get(options["list"], set())
    if isinstance(options, dict):
        return set(options)
    return {one["id"] if isinstance(one, dict) else one for one in options or ()}


def _options_of(field: Tree, lists: Mapping[str, set[str]]) -> set[str]:
    options = field.get("options", {})
    built_in = YES_NO.get(field.get("type", ""), set())
    return (
        built_in if isinstance(options, dict) and "rows" in options else built_in | _options(options, lists)
    )


def _mappings(tree: Tree) -> Iterator[dict[str, Tree]]:
    if isinstance(tree, dict):
        yield tree
    below = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for part in below:
        yield from _mappings(part)


def _conditions(tree: Tree) -> Iterator[str]:
    for item in _mappings(tree):
        yield from (item[key] for key in CONDITIONS if isinstance(item.get(key), str))


def _holes(tree: Tree) -> Iterator[str]:
    for item in _mappings(tree):
        for key in ("text", "subject", "task"):
            if isinstance(item.get(key), str):
                yield from re.findall(r"\{([a-z_.]+)\}", item[key])


def _list(value: Tree) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
