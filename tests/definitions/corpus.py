"""A corpus of sound definitions: sets as somebody in a town hall would write them, one file a set (``valid/``).

``# file: <path>`` begins a file of a set. To keep a set short, what it leaves out is filled in: the mandatory keys of a
form that say nothing here, a plain process for a form without one, the form ``aanmelding`` for a process without one,
and the lists, blocks, action form and contact points of ``valid/_common.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from app.definitions.model.source import Source
from tests.support.definition_sets import among, defines, files_of

FOLDER = Path(__file__).parent / "valid"
COMMON = "_common"
FORM_KEYS = {
    "audience": "[public, reception]",
    "controller": "gemeente",
    "legal_basis": "{public_task: Dienstverlening aan inwoners}",
    "retention": "{after: closed, months: 24, then: anonymise}",
}
PLAIN_PROCESS = """workflow: {workflow}
title: Opvolging
forms: [{form}]
start: nieuw
route:
  - otherwise: onthaal
states:
  nieuw:
    label: Nieuw
    task: Behandel de aanvraag
    deadline: 5 working days
    actions:
      klaar: {{label: Afgehandeld, to: afgesloten}}
  afgesloten: {{label: Afgesloten, end: true, reasons: {{list: redenen}}}}
"""
PLAIN_FORM = "aanmelding"


@cache
def sets() -> Mapping[str, tuple[Source, ...]]:
    """All sets by name, each whole: it compiles by itself."""
    names = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != COMMON)
    return {name: tuple(whole(_files(name))) for name in names}


def whole(own: Iterable[Source]) -> list[Source]:
    """A set with all that it leaves out."""
    found = [_filled(source) if defines(source)[0] == "form" else source for source in own]
    forms = {defines(source)[1]: source for source in found if defines(source)[0] == "form"}
    flows = {defines(source)[1]: source for source in found if defines(source)[0] == "workflow"}
    for name, source in forms.items():
        flow = _value(source, "workflow")
        if flow and flow not in flows:
            text = PLAIN_PROCESS.format(workflow=flow, form=name)
            found.append(Source(f"workflows/{flow}.yaml", text))
    common = [source for source in _files(COMMON) if defines(source)[1] != PLAIN_FORM]
    if flows and not any("kind: action" not in str(source.text) for source in forms.values()):
        text = next(str(source.text) for source in _files(COMMON) if defines(source)[1] == PLAIN_FORM)
        found.append(Source(f"formdefs/{PLAIN_FORM}.yaml", text.replace("{workflow}", next(iter(flows)))))
    return among(found, common)


def _files(name: str) -> list[Source]:
    return files_of((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def _filled(form: Source) -> Source:
    if _value(form, "kind") == "action" or _value(form, "unlinked"):
        return form
    wanted = {**FORM_KEYS, "workflow": defines(form)[1]}
    missing = [f"{key}: {value}" for key, value in wanted.items() if not _value(form, key)]
    return Source(form.path, str(form.text).rstrip("\n") + "\n" + "".join(f"{line}\n" for line in missing))


def _value(source: Source, key: str) -> str:
    """What stands behind a top key; ``-`` when it is on the lines below."""
    found = re.search(rf"^{key}:(.*)$", str(source.text), re.MULTILINE)
    return (found[1].strip() or "-") if found else ""
