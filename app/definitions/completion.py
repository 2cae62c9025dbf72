"""What could an author write at the cursor: which keys are still missing here, which values does this key take?

The text may be half-written (``outline``); what is known of keys comes from the vocabulary, what authors named
themselves from all files together (``known_names``). ``completion_values`` knows what each key refers to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.definitions import outline
from app.definitions.completion_values import answer_words, placeholders, values
from app.definitions.known_names import Names, kind_in
from app.definitions.model.forms import FieldType
from app.definitions.outline import CURSOR, Branch, Leaf, Row, Twig
from app.definitions.spots import Place, Sort, Spot, Suggestion, prefix_of
from app.definitions.vocabulary import ERROR_CODES, Key, Kind
from app.definitions.vocabulary import Node as Words
from app.definitions.vocabulary_workflows import FILE_KINDS, NODES

MOST = 300
WITHOUT_LABEL = frozenset({FieldType.INFO, FieldType.CONSENT, FieldType.READ_RECEIPT})
DEEPER = frozenset({Kind.NODE, Kind.NODES, Kind.NAMED, Kind.WORDS, Kind.FREE})
LISTED = frozenset({Kind.TEXTS, Kind.IDS})
ITEMS = {"options": "option", "rows": "option", "reasons": "option"}


@dataclass(frozen=True, slots=True)
class Completion:
    """``typed`` stands before the cursor already; each suggestion's ``insert`` takes its place."""

    typed: str
    suggestions: tuple[Suggestion, ...]


def complete(text: str, line: int, column: int, *, path: str, names: Names) -> Completion:
    """Suggestions at ``line`` and ``column`` (from 1, in characters), best first; at most ``MOST``."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return Completion("", ())
    here = lines[line - 1]
    before, after = here[: column - 1], here[column - 1 :]
    lines[line - 1] = before + CURSOR + after
    root = outline.read("\n".join(lines))
    typed = prefix_of(before)
    spot = _spot(root, path)
    if spot is None:
        return Completion(typed, ())
    spot = replace(spot, blank=not before.strip(" -"), followed=after.lstrip()[:1] == ":")
    found = list(dict.fromkeys(_suggest(spot, names)))
    return Completion(typed, tuple(found[:MOST]))


def _suggest(spot: Spot, names: Names) -> Iterable[Suggestion]:
    if spot.place is Place.KEY:
        return _keys(spot)
    if spot.place is Place.NAME:
        return _new_names(spot, names)
    open_brace = spot.typed.rfind("{") > spot.typed.rfind("}")
    prose = spot.key is None or Kind.TEXT in spot.key.kinds
    if open_brace and prose and not (spot.key and spot.key.choices):
        return placeholders(spot, names)
    return () if spot.key is None else values(spot, names)


# Where is the cursor? ----------------------------------------------------------------------------------------------


def _spot(root: Branch, path: str) -> Spot | None:
    kind = kind_in(root, path)
    if not kind or not any(CURSOR not in limb.key for limb in root.limbs):
        return Spot(Place.KEY, root, NODES[kind] if kind else None)
    return _in_branch(root, NODES[kind], ((kind, root),))


def _in_branch(branch: Branch, words: Words | None, chain: tuple[tuple[str, Branch], ...]) -> Spot | None:
    for limb in branch.limbs:
        if CURSOR in limb.key:
            return Spot(Place.KEY, branch, words, chain=chain)
        key = words.keys.get(limb.key) if words else None
        at = Spot(Place.VALUE, branch, words, key, written=limb.key, chain=chain)
        found = _in_value(limb.value, at)
        if found is not None:
            return found
    return None


def _in_value(value: Twig, at: Spot) -> Spot | None:
    if isinstance(value, Leaf):
        return replace(at, typed=value.text.split(CURSOR)[0]) if CURSOR in value.text else None
    if isinstance(value, Row):
        return next(filter(None, (_in_item(item, value, at) for item in value.items)), None)
    kinds = at.key.kinds if at.key else ()
    if Kind.FREE in kinds:
        return _in_free(value, at)
    half = next((limb.key for limb in value.limbs if not limb.done and CURSOR in limb.key), None)
    if half is not None and not value.flow and set(kinds) & {Kind.NODES, *LISTED} and Kind.NODE not in kinds:
        return _begun_item(half, value, at, dash=True)
    if Kind.NAMED in kinds or (Kind.WORDS in kinds and not {"list", "rows"} & {*value.keys()}):
        return _in_named(value, at)
    words = NODES[at.key.node] if at.key and at.key.node else None
    return _in_branch(value, words, (*at.chain, (words.name if words else "", value)))


def _in_item(item: Twig, row: Row, at: Spot) -> Spot | None:
    if isinstance(item, Leaf):
        if CURSOR not in item.text:
            return None
        if at.key and Kind.NODES in at.key.kinds and not row.flow:
            begun = Branch(row.column + 2)
            return _begun_item(item.text, begun, at, dash=False)
        return replace(at, typed=item.text.split(CURSOR)[0], in_list=True)
    if isinstance(item, Row):
        return next(filter(None, (_in_item(inner, item, at) for inner in item.items)), None)
    words = _words_of_item(at.key, item)
    return _in_branch(item, words, (*at.chain, (words.name if words else "", item)))


def _begun_item(text: str, branch: Branch, at: Spot, *, dash: bool) -> Spot:
    """A list of mappings of which the next is begun; ``dash``: its dash must still be written."""
    if at.key is not None and Kind.NODES not in at.key.kinds:
        return replace(at, typed=text.split(CURSOR)[0], dash=dash)
    words = _words_of_item(at.key, branch)
    empty = Branch(branch.column + (2 if dash else 0))
    return Spot(Place.KEY, empty, words, chain=(*at.chain, (words.name if words else "", empty)), dash=dash)


def _words_of_item(key: Key | None, item: Branch) -> Words | None:
    if key is None or not key.node:
        return None
    if key.node == "field" and item.get("use") is not None:
        return NODES["use"]
    return NODES[ITEMS.get(key.node, key.node)]


def _in_named(value: Branch, at: Spot) -> Spot | None:
    """A mapping whose keys the author chooses."""
    node = at.key.node if at.key else ""
    name = "named_option" if at.key and Kind.WORDS in at.key.kinds and node in ITEMS else node
    words = NODES.get(name)
    for limb in value.limbs:
        if CURSOR in limb.key:
            return replace(
                at, place=Place.NAME, typed=limb.key.split(CURSOR)[0], branch=value, owner=at.branch
            )
        if isinstance(limb.value, Branch):
            found = _in_branch(limb.value, words, (*at.chain, (name, limb.value)))
        else:
            found = _in_value(limb.value, replace(at, key=None, branch=value, written=limb.key))
        if found is not None:
            return found
    return None


def _in_free(value: Branch, at: Spot) -> Spot | None:
    """``answers:`` and ``expect:`` of an example."""
    for limb in value.limbs:
        if CURSOR in limb.key:
            return replace(at, place=Place.NAME, branch=value, owner=at.branch)
        found = _in_value(limb.value, replace(at, branch=value, owner=at.branch, beside=limb.key))
        if found is not None:
            return found
    return None


# What fits there? --------------------------------------------------------------------------------------------------


def _keys(spot: Spot) -> Iterator[Suggestion]:
    if spot.words is None:
        for kind in FILE_KINDS[:-1]:  # staffing is no definition
            yield Suggestion(kind, _written(NODES[kind].keys[kind], spot), Sort.MISSING, f"vocabulary.{kind}")
        return
    words, present = spot.words, spot.branch.keys()
    own = [key for key in words.keys.values() if key.name not in present and _fits(key, spot.branch)]
    missing = [key for key in own if key.required and not _excused(key, spot)]
    for key in (*missing, *(key for key in own if key not in missing)):
        sort = Sort.MISSING if key in missing else Sort.KEY
        yield Suggestion(key.name, _written(key, spot), sort, words.help_code(key.name))
    if words.name == "field" and not present:
        yield Suggestion("use", _written(NODES["use"].keys["use"], spot), Sort.KEY, "vocabulary.use")
    if words.open and spot.chain:
        columns = spot.chain[0][1].get("columns")
        for name in columns.keys() if isinstance(columns, Branch) else ():
            if name not in present:
                yield Suggestion(name, f"{name}: ", Sort.KEY, "vocabulary.columns")


def _fits(key: Key, branch: Branch) -> bool:
    kind = branch.text("type")
    return not key.types or kind not in set(FieldType) or FieldType(kind) in key.types


def _excused(key: Key, spot: Spot) -> bool:
    return key.name == "label" and spot.branch.text("type") in WITHOUT_LABEL


def _written(key: Key, spot: Spot) -> str:
    """A key as it goes into the text: with its colon, and where a block follows the next line begun."""
    dash = "- " if spot.dash else ""
    if spot.followed:
        return dash + key.name
    kinds = set(key.kinds)
    if spot.branch.flow or not kinds & DEEPER or (kinds & LISTED and not kinds & {Kind.NODES, Kind.WORDS}):
        return f"{dash}{key.name}: "
    indent = " " * (spot.branch.column + 2)
    item = "- " if Kind.NODES in kinds and not kinds & {Kind.NODE, Kind.WORDS} else ""
    return f"{dash}{key.name}:\n{indent}{item}"


def _new_names(spot: Spot, names: Names) -> Iterator[Suggestion]:
    """Keys that are names: of the fields of a block that change, of own messages, of answers in an example."""
    end = "" if spot.followed else ": "
    if spot.key is None:
        return
    if spot.key.name == "change" and spot.owner:
        deeper = end if spot.branch.flow or not end else f":\n{' ' * (spot.branch.column + 2)}"
        for item in names.block_fields(spot.owner.text("use")):
            yield Suggestion(item.id, item.id + deeper, Sort.FIELD, about=item.label)
        return
    for found in _named_words(spot, spot.key, names):
        yield replace(found, insert=found.word + end)


def _named_words(spot: Spot, key: Key, names: Names) -> Iterable[Suggestion]:
    if spot.words and spot.words.name == "field" and key.name == "messages":
        return [Suggestion(code, code, Sort.VALUE) for code in ERROR_CODES]
    if key.name in ("options", "rows", "reasons"):
        return [Suggestion("list", "list", Sort.KEY, "vocabulary.list")]
    return answer_words(spot, names) if Kind.FREE in key.kinds else ()
