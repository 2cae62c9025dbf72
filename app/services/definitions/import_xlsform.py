"""How does a spreadsheet form become work in the studio?"""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.xlsform.converting import convert
from app.definitions.xlsform.questions import Note
from app.engine.policy import Act, Actor, may
from app.services import spreadsheets
from app.services.definitions import definition_drafts
from app.services.errors import Forbidden, Invalid

CLASSES = ("0", "1", "2", "3")


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """``path`` of the new work; ``notes`` say what could not be carried over, by row of the spreadsheet."""

    path: str
    form: str
    notes: tuple[Note, ...]


def import_xlsform(actor: Actor, data: bytes, *, name: str = "", privacy: str = "1") -> ImportedForm:
    """Make a new form of the sheets ``survey``, ``choices`` and ``settings``. ``name``: what it is called when the
    sheets do not say, such as the file's name; ``privacy``: the class of every field, to go over afterwards.

    A form that exists here is left alone: the new one gets a name of its own. Raises ``Invalid`` (``sheet_size``,
    ``sheet_unreadable``, ``xlsform_no_survey``), ``Forbidden``, ``Conflict`` when somebody took the name meanwhile.
    """
    if not may(actor, Act.DEFINITIONS_EDIT):
        raise Forbidden(str(Act.DEFINITIONS_EDIT))
    found = spreadsheets.sheets(data)
    if "survey" not in found or privacy not in CLASSES:
        raise Invalid("xlsform_no_survey")
    taken = {file.ref for file in definition_drafts.listed(actor) if file.kind == "form"}
    converted = convert(
        found["survey"],
        found.get("choices", ()),
        found.get("settings", ()),
        name=name,
        privacy=privacy,
        taken=taken,
    )
    ((path, text),) = converted.files.items()
    definition_drafts.save(actor, path, text, "")
    return ImportedForm(path, converted.form, converted.notes)
