"""How does a new form or process begin: small, complete, and in the working copy only?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.definitions.model.catalog import Catalog
from app.definitions.model.forms import FormKind
from app.definitions.yaml_reader import IDENTIFIER
from app.engine.model.answers import FieldError
from app.engine.policy import Actor
from app.services.definitions import definition_drafts
from app.services.errors import Invalid
from app.texts import say

CASE, ACTION, FLOW = "case", "action", "workflow"
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Beginning:
    """What to begin: ``use`` is case (a form that opens a case, with a process of its own), action (a form behind a
    button) or workflow (a process for the form ``of``)."""

    use: str
    id: str
    title: str
    of: str = ""


def forms(actor: Actor) -> dict[str, str]:
    """Id and title of the forms a process could be for: those that open a case. Raises ``Forbidden``."""
    known = definition_drafts.work_set(actor).catalog.forms
    return {ref: form.title for ref, form in sorted(known.items()) if form.kind is FormKind.CASE}


def begin(actor: Actor, new: Beginning) -> str:
    """Make the files; the path of the one to go on with.

    Raises ``Invalid`` with an error a field (``title``, ``id``, ``of``), ``Conflict`` when somebody just took the name,
    ``Forbidden``.
    """
    known = {file.path for file in definition_drafts.listed(actor)}
    texts = _texts(new, definition_drafts.work_set(actor).catalog)
    errors = [*_wrong(new, forms(actor))]
    if not errors and texts.keys() & known:
        errors.append(FieldError("id", "taken"))
    if errors:
        raise Invalid(errors=tuple(errors))
    for path, text in texts.items():
        definition_drafts.save(actor, path, text, "")
    return next(iter(texts))


def _wrong(new: Beginning, forms: Mapping[str, str]) -> list[FieldError]:
    wrong = []
    if not new.title.strip() or len(new.title) > LONGEST_TITLE:
        wrong.append(FieldError("title", "title"))
    if not IDENTIFIER.fullmatch(new.id):
        wrong.append(FieldError("id", "id"))
    if new.use == FLOW and new.of not in forms:
        wrong.append(FieldError("of", "of"))
    return wrong


def _texts(new: Beginning, catalog: Catalog) -> dict[str, str]:
    title = json.dumps(" ".join(new.title.split()), ensure_ascii=False)  # a JSON text is a quoted YAML text
    form, flow = f"formdefs/{new.id}.yaml", f"workflows/{new.id}.yaml"
    if new.use == ACTION:
        return {form: say("studio_work.skeleton.action", id=new.id, title=title)}
    of = new.of if new.use == FLOW else new.id
    process = say("studio_work.skeleton.workflow", id=new.id, title=title, form=of, point=_point(catalog))
    if new.use == FLOW:
        return {flow: process}
    return {form: say("studio_work.skeleton.case", id=new.id, title=title, workflow=new.id), flow: process}


def _point(catalog: Catalog) -> str:
    """A contact point of the house to begin with: a group where there is one, for it fits everybody."""
    points = [point for point in catalog.contact_points.values() if not point.partner]
    group = [point.id for point in points if point.group]
    return (group or [point.id for point in points] or ["onthaal"])[0]
