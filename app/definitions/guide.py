"""What does the guide tell about each key, type and function of the language?

Everything comes from the one vocabulary that files are judged by: no key can be missing here, and none can stand here
that a file may not have. The words are texts; the examples are files of ``app.texts.guide``, each compiled by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.definitions.expressions.functions import FUNCTIONS
from app.definitions.model.forms import FieldType
from app.definitions.vocabulary import Key, Kind, Node
from app.definitions.vocabulary_workflows import NODES
from app.texts import guide, say

FUNCTION_EXAMPLES = "functions"
TYPE_MARK = "type:"
SAME_AS = {"change": "field"}
"""Parts that have exactly the keys of another one and are not told again."""
PARTS = {
    "fields": ("field", "use", "options", "rows", "cases", "holds"),
    "lists": ("list", "option", "named_option", "block"),
    "forms": ("form", "section", "rule", "warning", "opens", "stock", "retention", "retention_rest", "draft",
              "conversation", "card", "unlinked", "release", "tags", "offered", "example"),
    "workflows": ("workflow", "route_rule", "also_rule", "deadline_date", "limit", "message", "feedback",
                  "link"),
    "states": ("state", "action", "again", "need", "auto", "every", "withdrawn", "escalation", "reasons",
               "reason_each", "reopen"),
    "asking": ("ask", "round", "prefill", "collects", "collect_target"),
    "matching": ("matching", "exclusion", "score_part"),
    "sessions": ("sessions", "session_open", "session_full", "session_list", "session_attendance",
                 "session_regulars", "session_reached", "session_roster", "session_remind"),
    "campaigns": (
        "campaign", "campaign_list", "campaign_opt_outs", "campaign_batches", "campaign_attempts", "campaign_later",
        "campaign_recurring", "campaign_letter", "campaign_period",
    ),
    "reports": (
        "report", "report_about", "measure", "step", "dimension", "report_compare", "report_example",
    ),
    "people": ("contact_points", "contact_point", "staffing", "worker", "holding", "duty", "absence", "closing_day"),
}  # fmt: skip
"""Page of the reference -> the parts of the language on it, in reading order."""


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of YAML as an author would write it. ``shows``: the keys, or ``type:<type>``, it is an example of."""

    node: str
    shows: tuple[str, ...]
    caption: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One key: what it is for, what may stand behind it, and for which field types (empty: all)."""

    name: str
    required: bool
    help: str
    takes: tuple[str, ...]
    choices: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeHelp:
    """One part of the language: its keys in the order of the vocabulary, and examples that show each of them."""

    id: str
    title: str
    about: str
    keys: tuple[KeyHelp, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class TypeHelp:
    """One field type: its example and the keys that not every type has."""

    id: str
    about: str
    keys: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class FunctionHelp:
    """One function of conditions and sums."""

    id: str
    usage: str
    about: str
    examples: tuple[Example, ...]


@cache
def examples(language: str = "nl") -> tuple[Example, ...]:
    """Every example, in the order of its file."""
    found: list[Example] = []
    for name, text in guide.read_all("examples", language).items():
        for piece in filter(None, text.split("#: ")):
            head, _, body = piece.partition("\n")
            shows, _, caption = head.partition(" | ")
            found.append(Example(name.removesuffix(".yaml"), tuple(shows.split()), caption, body.strip()))
    return tuple(found)


def node_help(name: str, language: str = "nl") -> NodeHelp:
    """One part of the language. Raises ``KeyError`` for a part that does not exist."""
    node = NODES[name]
    return NodeHelp(
        id=name,
        title=say(f"guide.node.{name}", language),
        about=say(f"guide.about.{name}", language),
        keys=tuple(_key_help(node, key, language) for key in node.keys.values()),
        examples=tuple(item for item in examples(language) if item.node == name and not _of_type(item)),
    )


def types(language: str = "nl") -> tuple[TypeHelp, ...]:
    """Every field type, in the order of the model."""
    return tuple(
        TypeHelp(
            id=kind.value,
            about=say(f"guide.type.{kind.value}", language),
            keys=tuple(key.name for key in NODES["field"].keys.values() if kind in key.types),
            examples=tuple(item for item in examples(language) if f"{TYPE_MARK}{kind.value}" in item.shows),
        )
        for kind in FieldType
    )


def functions(language: str = "nl") -> tuple[FunctionHelp, ...]:
    """Every function, in the order of the registry."""
    return tuple(
        FunctionHelp(
            id=name,
            usage=function.usage,
            about=say(function.doc, language),
            examples=tuple(
                item for item in examples(language) if item.node == FUNCTION_EXAMPLES and name in item.shows
            ),
        )
        for name, function in FUNCTIONS.items()
    )


def unshown(language: str = "nl") -> Iterator[str]:
    """``node.key``, ``type:…`` and ``function:…`` that no example shows; nothing when the guide is whole."""
    shown = {(item.node, name) for item in examples(language) for name in item.shows}
    for name, node in NODES.items():
        own = SAME_AS.get(name, name)
        yield from (f"{name}.{key}" for key in node.keys if (own, key) not in shown)
    yield from (
        f"{TYPE_MARK}{kind.value}" for kind in FieldType if ("field", f"{TYPE_MARK}{kind.value}") not in shown
    )
    yield from (f"function:{name}" for name in FUNCTIONS if (FUNCTION_EXAMPLES, name) not in shown)


def _of_type(item: Example) -> bool:
    return any(name.startswith(TYPE_MARK) for name in item.shows)


def _key_help(node: Node, key: Key, language: str) -> KeyHelp:
    return KeyHelp(
        name=key.name,
        required=key.required,
        help=say(node.help_code(key.name), language),
        takes=tuple(_takes(kind, key, language) for kind in key.kinds),
        choices=key.choices,
        types=tuple(sorted(kind.value for kind in key.types)),
    )


def _takes(kind: Kind, key: Key, language: str) -> str:
    """What may stand behind a key, in words; a part of its own is named."""
    if kind in (Kind.NODE, Kind.NODES, Kind.NAMED):
        return say(f"guide.kind.{kind.value}", language, part=say(f"guide.node.{key.node}", language))
    return say(f"guide.kind.{kind.value}", language)
