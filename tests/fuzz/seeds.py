"""What does a fuzzer begin with? What people wrote, and what would hurt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITTEN = (
    "formdefs",
    "workflows",
    "tests/definitions/bad",
    "tests/definitions/good",
    "tests/definitions/context",
)
HURTFUL = (
    "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "<<: {form: x}\nform: y\n",
    "form: " + "[" * 2_000,
    "form: " + "{a: " * 1_000,
    "- " * 2_000 + "x",
    "form: x\n" * 200,
    "form: !!python/object/apply:os.system [ls]\n",
    "form: " + "9" * 3_000,
    "sections: [{section: a, fields: [{field: b, type: integer, min: 1e999999, max: -" + "9" * 400 + "}]}]\n",
    "form: \u202ex\u0000\ufeff\u2028\u2029\U0010ffff\n",
    "form: ﬁrst\ntitle: 'e\u0301\u0301\u0301\u0301'\n",
    "--- a\n--- b\n... \n%YAML 9.9\n",
    "? [a, b]\n: {c: d}\n",
    "form: |\n" + "  x\n" * 500,
    "\t\t- tab\n",
)
HURTFUL_EXPRESSIONS = (
    "(" * 300 + "naam" + ")" * 300,
    "not " * 400 + "dringend",
    "1" + " + 1" * 400,
    "9" * 900,
    "1e999999999",
    "0x" + "f" * 500,
    "naam is " * 100,
    "any(afspraken, " * 60,
    "x.y" * 300,
    "ﬁeld is ja",
    "naam\u00a0is\u00a0\u201cja\u201d",
    "`naam`; import os",
    "lambda: (yield)",
    "f'{naam!r:{naam}}'",
    'date("' + "9" * 800 + '")',
    "soort in [" + "tuin, " * 200 + "tuin]",
    "\ud7ff\ue000",
)


def seeds(target: str) -> Iterator[bytes]:
    """Inputs for ``loader`` or ``expressions``."""
    if target == "expressions":
        table = json.loads((ROOT / "tests" / "conformance" / "expressions.json").read_text())
        yield from (text.encode() for text in _strings(table))
        yield from (text.encode("utf-8", "surrogatepass") for text in HURTFUL_EXPRESSIONS)
        return
    for folder in WRITTEN:
        yield from (path.read_bytes() for path in sorted((ROOT / folder).rglob("*.yaml")))
    yield from (text.encode("utf-8", "surrogatepass") for text in HURTFUL)


def _strings(value: object) -> Iterator[str]:
    """Every text anywhere in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
