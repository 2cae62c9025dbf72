"""What of a form stands on paper that a definition has to say: the offer on the front, the strip that is torn off?"""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.model.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Card:
    """A form that is printed as a card with a number of its own.

    ``themes`` is the field whose options are the themes on the front, ``offer`` the column of its list with what is
    offered for each. ``strip``: the fields on the strip; they are asked there and not inside. ``leave_out``: the
    fields that are not asked on paper. All ids are flat.
    """

    title: str = ""
    intro: str = ""
    themes: str = ""
    offer: str = ""
    strip: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    span: Span = NOWHERE
