"""``python -m tests.fuzz.targets TARGET [libFuzzer options] CORPUS``: one target under the fuzzer."""

from __future__ import annotations

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["app.definitions"]):
    from app.definitions.compiler import compile_sources
    from app.definitions.model.source import Source
    from app.definitions.problems import show, text_of

from tests.support.expression_scope import tried


def loader(data: bytes) -> None:
    """A file: read, compiled, proved, and every problem put in words."""
    compiled = compile_sources([Source("formdefs/vraag.yaml", data)])
    for found in compiled.problems:
        show(found)
        text_of(found)


def expressions(data: bytes) -> None:
    """An expression over a form: read, checked, every problem put in words."""
    for found in tried(data.decode("utf-8", "replace"), None)[1]:
        show(found)
        text_of(found)


TARGETS: dict[str, Callable[[bytes], None]] = {"loader": loader, "expressions": expressions}

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
