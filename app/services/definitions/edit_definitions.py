"""What does the editor of the studio ask while somebody types: is it right, what fits here, what will it look like?

Nothing is kept: ``definition_drafts`` saves. Every answer looks at the text as if it stood in the working copy.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from app.definitions import completion, quick, sketch
from app.definitions.compiler import compile_sources
from app.definitions.completion import Completion
from app.definitions.known_names import names_of
from app.definitions.model.catalog import Compiled
from app.definitions.model.source import Problem, Source
from app.definitions.sketch import Sketch
from app.engine.policy import Act, Actor
from app.services.definitions import check_definitions, definition_drafts, play_examples
from app.services.permission import demand
from app.services.staff import staffing

_KEPT = 8


@dataclass(frozen=True, slots=True)
class Told:
    """``problems`` of the file itself; ``elsewhere`` the errors that stand in other files, by path. ``whole`` is
    false when only this file was looked at."""

    problems: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...] = ()
    whole: bool = False


def check_quickly(actor: Actor, path: str, text: str) -> Told:
    """Syntax and shape of one file. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    return Told(quick.check(Source(path, text)))


def check_whole(actor: Actor, path: str, text: str) -> Told:
    """Everything: references, types, proofs, examples, and who would hold each contact point. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    texts = definition_drafts.work_texts(actor, {path: text})
    compiled = _compiled(texts)
    world = staffing.world(actor.municipality)
    found = {*compiled.problems, *play_examples.play(compiled.catalog).problems}
    found |= {*check_definitions.unheld(compiled.catalog, world)}
    mine = tuple(sorted(one for one in found if one.span.path == path))
    others = tuple(sorted(one for one in found if one.span.path != path and one.severity == "error"))
    return Told(mine, others, whole=True)


def complete(actor: Actor, path: str, text: str, line: int, column: int) -> Completion:
    """What fits at a place (from 1). Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    texts = definition_drafts.work_texts(actor, {path: text})
    return completion.complete(text, line, column, path=path, names=names_of(texts))


def look(actor: Actor, path: str, text: str) -> Sketch | None:
    """What the text will look like; ``None`` when it cannot be read. Raises ``Forbidden``."""
    demand(actor, Act.DEFINITIONS_EDIT)
    return sketch.sketch(definition_drafts.work_texts(actor, {path: text}), path)


_recent: OrderedDict[str, Compiled] = OrderedDict()
_lock = Lock()


def _compiled(texts: Mapping[str, str]) -> Compiled:
    """Compiled; the last few texts of who is typing are kept here and not among the sets that run."""
    digest = hashlib.sha256()
    for path in sorted(texts):
        digest.update(f"{path}\0{len(texts[path])}\0".encode())
        digest.update(texts[path].encode("utf-8", "surrogatepass"))
    key = digest.hexdigest()
    with _lock:
        if key in _recent:
            _recent.move_to_end(key)
            return _recent[key]
    made = compile_sources([Source(path, texts[path]) for path in sorted(texts)])
    with _lock:
        _recent[key] = made
        while len(_recent) > _KEPT:
            _recent.popitem(last=False)
    return made
