"""What does somebody find who comes back to a conversation that stopped half way?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.definitions.model.forms import Field
from app.services.definitions import catalogs
from app.services.intake.drafts import Draft
from app.web import visitor
from app.web.forms.folds import open_with
from app.web.forms.parts import Raw


@dataclass(frozen=True, slots=True)
class Resumed:
    """When it was saved last, and how many answers stand in which section; a section without any is not there."""

    saved_at: datetime
    sections: tuple[tuple[str, int], ...]

    @property
    def answers(self) -> int:
        """How many there are in all."""
        return sum(number for _, number in self.sections)


def resumed(draft: Draft) -> Resumed | None:
    """What was restored; ``None`` of a draft that was never saved, or in which nobody answered anything yet."""
    if draft.updated_at == draft.created_at:
        return None
    form = catalogs.form_version(visitor.actor().municipality, draft.form_version).form
    counted = ((section.title, _answers(section.fields, draft.raw)) for section in form.sections)
    sections = tuple((title, number) for title, number in counted if number)
    return Resumed(draft.updated_at, sections) if sections else None


def _answers(fields: Iterable[Field], raw: Raw) -> int:
    """How many questions hold something that does not stand there by itself; a row's own mark is none."""
    known = open_with(fields)
    found = {
        name.partition(":")[0]
        for name, texts in raw.items()
        if not name.rpartition(".")[2].isdecimal() and known.told(name, texts)
    }
    return len(found)
