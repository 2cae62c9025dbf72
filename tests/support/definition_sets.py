"""Several definition files in one: ``# file: <path>`` begins a file, with lines counted from there.

What a set does not define itself comes from the files it is put among, except where it defines the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.definitions import meanings
from app.definitions.compiler import compile_sources, kind_of
from app.definitions.model.catalog import Catalog
from app.definitions.model.source import Problem, Source
from app.definitions.yaml_nodes import read
from app.services.definitions import check_definitions

FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
BEFORE = "before/"
"""The folder of a form as it was published before, ``before/2/`` newer than ``before/1/``; ``V9xx`` compares."""


def files_of(text: str) -> list[Source]:
    """The files of a set, in written order. What stands before the first is a comment."""
    parts = FILE.split(text)[1:]
    return [Source(path, body) for path, body in zip(parts[::2], parts[1::2], strict=True)]


def defines(source: Source) -> tuple[str, str]:
    """Kind and id of what a file defines."""
    node, _ = read(source)
    kind = kind_of(source.path, node)
    own = node.get(kind) if node is not None else None
    return kind, getattr(own, "text", "")


def among(own: Iterable[Source], around: Iterable[Source]) -> list[Source]:
    """``own`` with those of ``around`` that define something else."""
    mine = list(own)
    known = {defines(source) for source in mine}
    return [*(source for source in around if defines(source) not in known), *mine]


def problems_of(own: Iterable[Source], around: Iterable[Source] = ()) -> tuple[Problem, ...]:
    """All that can be told of a set: the language, the proofs, its examples, its staff and what was before it."""
    files = list(own)
    old = [source for source in files if source.path.startswith(BEFORE)]
    now = [source for source in files if not source.path.startswith(BEFORE)]
    staffing = next((source for source in now if defines(source)[0] == "staffing"), None)
    sources = among((source for source in now if source is not staffing), around)
    result = check_definitions.check(sources, staffing)
    told = [*result.problems, *_other_meanings(result.compiled.catalog, reversed(old), sources)]
    return tuple(sorted(set(told)))


def _other_meanings(now: Catalog, old: Iterable[Source], around: Iterable[Source]) -> Iterator[Problem]:
    """What ids stand for now that stood for something else in one of ``old``, the newest first."""
    beside = list(around)
    earlier: dict[str, list[meanings.Ids]] = {}
    for source in old:
        name = defines(source)[1]
        form = compile_sources(among([source], beside)).catalog.forms[name]
        earlier.setdefault(name, []).append(meanings.ids_of(form))
    for name, found in earlier.items():
        yield from meanings.check(now.forms[name], found)
