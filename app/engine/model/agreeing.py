"""What is decided about a consent of a case?"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.model.answers import Consent


@dataclass(frozen=True, slots=True)
class Agree:
    """The consent of that flat id is this from now on: renewed, or over. Kept as a new revision of what was sent."""

    name: str
    consent: Consent
