"""How does a test get a checked form from a few lines of YAML?"""

from __future__ import annotations

from app.definitions.compiler import compile_sources
from app.definitions.model.forms import Form
from app.definitions.model.source import Source

HEAD = "form: proef\ntitle: Proef\nkind: action\nsections:\n"


def form_from(sections: str, rules: str = "") -> Form:
    """The form with these sections (YAML, indented two blanks); fails on any problem that stops publication."""
    compiled = compile_sources([Source("formdefs/proef.yaml", f"{HEAD}{sections}\n{rules}")])
    wrong = [
        f"{each.span.line}: {each.code} {dict(each.params)}"
        for each in compiled.problems
        if each.severity == "error"
    ]
    assert not wrong, wrong
    return compiled.catalog.forms["proef"]


def one_section(fields: str, rules: str = "") -> Form:
    """A form with one section of these fields, each a flow mapping on a line of its own."""
    lines = "\n".join(f"      - {line.strip()}" for line in fields.strip().splitlines())
    return form_from(f"  - section: een\n    title: Een\n    fields:\n{lines}", rules)
