"""What does a form or workflow belong to in the field, and where does somebody look for a form?

All of these are closed lists: reports of different municipalities can only be laid side by side when they use the same.
Their words are texts (``tags.<key>.<word>``, ``offered.under.<word>``).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.definitions.model.source import NOWHERE, Span

BUILDING_BLOCKS = (
    "detectie", "toeleiding", "sociale_netwerken", "inclusie", "buurt", "visie_organisatie", "communicatie",
    "partnerschappen",
)  # fmt: skip
"""The eight building blocks of a caring neighbourhood."""
FUNCTIONS = (
    "buurtanalyse", "detectie", "toeleiding", "partnerschappen", "sociale_netwerken", "communiceren",
    "sociaal_gewaardeerde_rollen", "beleidsadvisering",
)  # fmt: skip
"""The eight functions of neighbourhood-oriented care: older names, both are in use."""
PHASES = ("verkenning", "planning", "uitwerken", "verankering", "nooit_af")
"""The five phases of making it last."""
TAGS = {"building_block": BUILDING_BLOCKS, "function": FUNCTIONS, "phase": PHASES}

TILES = ("hulp", "samen", "meedoen", "vertellen", "organisaties", "werking")
"""What somebody comes for, in the order of the start page. ``werking`` is work of the team."""
PAGES = ("bij_privacy", "bij_klachten", "bij_toegankelijkheid")
"""The pages behind the footer; a form offered under one stands there, not on the start page."""
PLACES = (*TILES, *PAGES)


@dataclass(frozen=True, slots=True)
class Tags:
    """Words of the closed lists, in the order of those; a definition may have several of each, or none."""

    building_block: tuple[str, ...] = ()
    function: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Offered:
    """Under which heading (one of ``PLACES``) a form is found, and in one sentence what it is for."""

    under: str
    says: str = ""
    span: Span = NOWHERE
