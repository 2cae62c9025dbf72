"""Which keys may an author write where, and what kind of value does each take?

One table for everything: the shape pass (``shape.py``) judges by it, and the JSON Schema for editors and the guide
are generated from it. Every key has a help text: ``vocabulary.<node>.<key>``, or ``vocabulary.<key>`` where it means
the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.definitions.model.forms import THIRD_PERSON, FieldType
from app.definitions.model.tags import PLACES, TAGS
from app.texts import has


class Kind(StrEnum):
    """What a value looks like; a key may allow more than one."""

    TEXT = "text"  # any scalar, shown to people or matched literally
    ID = "id"  # [a-z][a-z0-9_]*: a name this key gives, or refers to
    FLAG = "flag"  # true or false
    COUNT = "count"  # a whole number of 0 or more
    CONDITION = "condition"  # an expression: true or false
    EXPRESSION = "expression"  # an expression of any type
    DURATION = "duration"  # 5 working days
    DEADLINE = "deadline"  # a duration with `from`, `same day`, `none`
    TEXTS = "texts"  # one text, or a list of texts
    IDS = "ids"  # one id, or a list of ids
    WORDS = "words"  # a mapping of id -> text
    NODE = "node"  # a mapping with keys of its own: `node`
    NODES = "nodes"  # a list of those
    NAMED = "named"  # a mapping of id -> such a node
    FREE = "free"  # anything: examples


@dataclass(frozen=True, slots=True)
class Key:
    """One key. ``node`` names the vocabulary of NODE, NODES and NAMED values; ``choices`` closes a text;
    ``types`` are the field types it fits (empty: all)."""

    name: str
    kinds: tuple[Kind, ...]
    required: bool = False
    node: str = ""
    choices: tuple[str, ...] = ()
    types: frozenset[FieldType] = frozenset()


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping in a file. ``open``: keys beside these are allowed (columns of a list)."""

    name: str
    keys: dict[str, Key]
    open: bool = False

    def help_code(self, key: str) -> str:
        """The text code that explains ``key`` of this node."""
        own = f"vocabulary.{self.name}.{key}"
        return own if has(own) else f"vocabulary.{key}"


K = Kind
T = FieldType

NODES: dict[str, Node] = {}


def node(name: str, *keys: Key, open: bool = False) -> Node:
    """Make and register a node."""
    made = Node(name, {key.name: key for key in keys}, open)
    NODES[name] = made
    return made


def key(
    name: str, *kinds: Kind, of: str = "", choices: tuple[str, ...] = (), fits: tuple[T, ...] = ()
) -> Key:
    """A key that may be left out."""
    return Key(name, kinds, node=of, choices=choices, types=frozenset(fits))


def must(name: str, *kinds: Kind, of: str = "", choices: tuple[str, ...] = ()) -> Key:
    """A key that is mandatory."""
    return replace(key(name, *kinds, of=of, choices=choices), required=True)


OPTION_TYPES = (T.CHOICE, T.CHOICES, T.TAGS, T.SCALE, T.MATRIX)
NUMBERS = (T.INTEGER, T.DECIMAL)
DATES = (T.DATE, T.PARTIAL_DATE)
TEXTUAL = (T.TEXT, T.LONG_TEXT)
COUNTED = (T.CHOICES, T.TAGS, T.REPEAT, T.AVAILABILITY, T.STREET)
TEXT_LIKE = (*TEXTUAL, T.EMAIL, T.PHONE, T.IBAN, T.ENTERPRISE_NUMBER)
STATEMENTS = (T.CONSENT, T.READ_RECEIPT, T.INFO)
COMPUTABLE = (
    *TEXTUAL, *NUMBERS, T.DATE, T.TIME, T.CHOICE, T.YES_NO, T.SCALE, T.EMAIL, T.PHONE,
)  # fmt: skip
DEFAULTABLE = (
    *TEXT_LIKE, *NUMBERS, *DATES, T.TIME, T.CHOICE, T.CHOICES, T.TAGS, T.YES_NO, T.YES_NO_UNASKED, T.MATRIX, T.SCALE,
    T.NEIGHBOURHOOD,
)  # fmt: skip
ROLES = (
    "resident", "referrer", "volunteer", "partner", "reception", "contact", "neighbourhood_lead", "coordinator",
    "team_lead", "head_of_service", "form_admin", "system_admin", "dpo", "policy",
)  # fmt: skip
AUDIENCES = ("public", *ROLES)
ERROR_CODES = (
    "required", "too_long", "too_short", "too_low", "too_high", "too_few", "too_many", "pattern", "invalid",
    "too_early", "too_late", "wrong_kind", "too_big", "unknown_option",
)  # fmt: skip

ABOUT = (THIRD_PERSON,)
"""Whom an answer may tell about, but the person whom the case is about."""

FIELD_KEYS = (
    must("label", K.TEXT),
    must("type", K.TEXT, choices=tuple(FieldType)),
    must("privacy", K.COUNT, choices=("0", "1", "2", "3")),
    key("help", K.TEXT),
    key("why", K.TEXT),
    key(
        "placeholder",
        K.TEXT,
        fits=(*TEXT_LIKE, *NUMBERS, *DATES, T.TIME, T.NATIONAL_NUMBER, T.TAGS, T.PERSON),
    ),
    key("required", K.FLAG),
    key("required_if", K.CONDITION),
    key("required_for", K.TEXT, choices=AUDIENCES),
    key("show_if", K.CONDITION),
    key("show_after", K.TEXT),
    key("compute", K.EXPRESSION, fits=COMPUTABLE),
    key("shown", K.TEXT, choices=("never", "always")),
    key("default", K.TEXT, fits=DEFAULTABLE),
    key("messages", K.WORDS),
    key("only_for", K.IDS),
    key("means", K.TEXT),
    key("about", K.TEXT, choices=ABOUT),
    key("anonymous", K.FLAG, fits=(*TEXTUAL, T.TAGS)),
    key("autocomplete", K.TEXT),
    key("min", K.TEXT, fits=(*NUMBERS, *DATES, T.TIME, *COUNTED)),
    key("max", K.TEXT, fits=(*NUMBERS, *DATES, T.TIME, *COUNTED)),
    key("min_length", K.COUNT, fits=TEXT_LIKE),
    key("max_length", K.COUNT, fits=TEXT_LIKE),
    key("pattern", K.TEXT, fits=(T.TEXT,)),
    key("decimals", K.COUNT, fits=(T.DECIMAL,)),
    key("unit", K.TEXT, fits=NUMBERS),
    key("accept", K.TEXTS, fits=(T.FILE,)),
    key("max_size", K.TEXT, fits=(T.FILE,)),
    key("options", K.NODE, K.NODES, K.WORDS, K.TEXTS, of="options", fits=OPTION_TYPES),
    key("ordered", K.FLAG, fits=(T.CHOICE, T.SCALE, T.MATRIX)),
    key("rows", K.NODE, K.NODES, K.WORDS, K.TEXTS, of="rows", fits=(T.MATRIX,)),
    key("each", K.NODES, of="field", fits=(T.MATRIX,)),
    key("fields", K.NODES, of="field", fits=(T.REPEAT,)),
    key("text", K.TEXT, fits=STATEMENTS),
    key("shares", K.IDS, fits=(T.CONSENT,)),
    key("holds", K.NODE, of="holds", fits=(T.CONSENT,)),
    key("of", K.TEXTS, choices=("resident", "staff", "volunteer", "partner"), fits=(T.PERSON,)),
    key("many", K.FLAG, fits=(T.PERSON, T.FILE, T.CASE)),
    key("cases", K.NODE, of="cases", fits=(T.CASE,)),
    key("authorisation", K.ID, fits=(T.NATIONAL_NUMBER,)),
)

node("field", must("field", K.ID), *FIELD_KEYS)
node("change", *(replace(item, required=False) for item in FIELD_KEYS if item.name not in ("type", "cases")))
node("use", must("use", K.ID), key("as", K.ID), key("fields", K.IDS), key("change", K.NAMED, of="change"))
node("holds", key("until", K.TEXT), must("or", K.DURATION), key("remind", K.TEXTS))
node("cases", must("of", K.ID), key("in", K.IDS), key("shows", K.TEXTS))
node("options", key("list", K.ID), key("rows", K.ID), key("only", K.IDS))
node("rows", key("list", K.ID), key("only", K.IDS))
OPTION_KEYS = (
    must("label", K.TEXT),
    key("help", K.TEXT),
    key("icon", K.TEXT),
    key("privacy", K.COUNT, choices=("0", "1", "2", "3")),
    key("silent", K.FLAG),
    key("opt_out", K.FLAG),
    key("means", K.ID),
)
node("option", must("id", K.ID), *OPTION_KEYS, open=True)
node("named_option", *OPTION_KEYS, open=True)
node("section", must("section", K.ID), must("title", K.TEXT), key("help", K.TEXT), key("show_if", K.CONDITION),
     must("fields", K.NODES, of="field"))  # fmt: skip
node("rule", must("rule", K.CONDITION), must("message", K.TEXT), must("at", K.TEXT))
node("warning", must("if", K.CONDITION), must("message", K.TEXT), must("at", K.TEXT))
RETENTION_KEYS = (
    key("after", K.TEXT, choices=("closed", "submitted")),
    key("months", K.COUNT),
    key("then", K.TEXT, choices=("delete", "anonymise")),
)
node("retention", key("if", K.CONDITION), key("otherwise", K.NODE, of="retention_rest"), *RETENTION_KEYS)
node("retention_rest", *(replace(item, required=True) for item in RETENTION_KEYS))
node(
    "stock",
    must("rows", K.TEXT),
    must("item", K.ID),
    must("many", K.ID),
    must("day", K.TEXT),
    must("there", K.WORDS),
)
node("opens", must("from", K.TEXT), must("until", K.TEXT))
node("draft", key("remind", K.DURATION), key("delete", K.DURATION))
node(
    "example",
    must("name", K.TEXT),
    must("answers", K.FREE),
    must("at", K.TEXT),
    must("expect", K.FREE),
    key("municipality", K.ID),
    key("act", K.FREE),
)
node("conversation", must("notes", K.TEXT), must("overview", K.TEXT), key("agreements", K.TEXT))
node("unlinked", must("keeps", K.IDS), must("release", K.NODE, of="release"))
node("release", must("per", K.ID), must("at_least", K.COUNT))
node("card", key("title", K.TEXT), key("intro", K.TEXT), key("themes", K.TEXT), key("offer", K.ID),
     key("strip", K.TEXTS), key("leave_out", K.TEXTS))  # fmt: skip
node("tags", *(key(name, K.TEXTS, choices=words) for name, words in TAGS.items()))
node("offered", must("under", K.TEXT, choices=PLACES), key("says", K.TEXT))
node(
    "form",
    must("form", K.ID),
    must("title", K.TEXT),
    must("sections", K.NODES, of="section"),
    key("kind", K.TEXT, choices=("case", "action")),
    key("intro", K.TEXT),
    key("audience", K.TEXTS, choices=AUDIENCES),
    key("address_form", K.TEXT, choices=("je", "u")),
    key("controller", K.ID),
    key("legal_basis", K.WORDS),
    key("retention", K.NODE, K.NODES, of="retention"),
    key("workflow", K.ID),
    key("number", K.TEXT),
    key("draft", K.NODE, of="draft"),
    key("rules", K.NODES, of="rule"),
    key("warn", K.NODES, of="warning"),
    key("examples", K.NODES, of="example"),
    key("urgent_if", K.CONDITION),
    key("conversation", K.NODE, of="conversation"),
    key("card", K.NODE, of="card"),
    key("tags", K.NODE, of="tags"),
    key("offered", K.NODE, of="offered"),
    key("unlinked", K.NODE, of="unlinked"),
    key("beside", K.ID),
    key("quick", K.FLAG),
    key("opens", K.NODE, of="opens"),
    key("stock", K.NODE, of="stock"),
)
node("block", must("block", K.ID), key("title", K.TEXT), must("fields", K.NODES, of="field"))
node("list", must("list", K.ID), key("title", K.TEXT), key("ordered", K.FLAG), key("columns", K.WORDS),
     must("options", K.NODES, K.WORDS, K.TEXTS, of="option"))  # fmt: skip
