"""What was pressed and posted, in the terms of forms?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import FileStorage

from app.definitions.model.forms import FieldType, Form
from app.engine.model.answers import FieldError
from app.engine.policy import Actor
from app.engine.values.file_kinds import KINDS
from app.engine.values.references import file_text
from app.services.errors import Invalid
from app.services.intake import uploads
from app.web import csrf
from app.web.forms import rows
from app.web.forms.showing import DO, TOKEN, kept_fields

UPLOAD = ":upload"
Posted = dict[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A post: the texts of the form, the button, the token, and files that could not be taken. ``rows_changed``: a row
    came or went, or a list was searched; the page comes back."""

    raw: Posted
    do: str
    token: str
    revision: int
    errors: tuple[FieldError, ...] = ()
    rows_changed: bool = False


def pressed(form: Form, actor: Actor) -> Pressed:
    """Read the request; buttons that add or remove a row are carried out on ``raw``."""
    raw, errors = _with_files(form, kept_fields(dict(request.form.lists())), actor)
    add, remove = request.form.get("_add", ""), request.form.get("_remove", "")
    if add:
        raw = rows.with_row(form, raw, add)
    if remove:
        raw = rows.renumbered(form, raw, without=remove)
    revision = request.form.get("_revision", "")
    return Pressed(
        raw=raw,
        do=request.form.get(DO, ""),
        token=token_of(),
        revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
        errors=errors,
        rows_changed=bool(add or remove or request.form.get("_seek")),
    )


def token_of() -> str:
    """The token of the form that was sent; empty where it had none."""
    return request.form.get(TOKEN, "")[:64]


def whose(actor: Actor) -> str:
    """The secret that uploads belong to when nobody is signed in."""
    return csrf.visitor_key() if actor.anonymous else ""


def _with_files(form: Form, raw: Posted, actor: Actor) -> tuple[Posted, tuple[FieldError, ...]]:
    """Keep each chosen file at once, encrypted, and put its reference where the form expects it."""
    errors: list[FieldError] = []
    for name, files in request.files.lists():
        field = form.field(name.removesuffix(UPLOAD))
        chosen = [file for file in files if file.filename]
        if not name.endswith(UPLOAD) or not chosen or field is None or field.type is not FieldType.FILE:
            continue
        try:
            accept = field.limits.accept or KINDS
            raw[field.id] = [
                file_text(
                    uploads.store(
                        actor, file.filename or "", file.read(), accept=accept, visitor=whose(actor)
                    )
                )
                for file in chosen
            ]
        except Invalid as problem:
            errors.append(FieldError(field.id, problem.code, tuple(problem.params.items())))
    return raw, tuple(errors)


def _content(file: FileStorage) -> bytes:
    """All of it; what lay on disk while it came in is gone."""
    with file.stream:
        content: bytes = file.read()
        return content
