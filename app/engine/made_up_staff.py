"""Who holds what when nobody has said so? People named after their contact point, so that a case can be played.

For ``meernet simulate`` and examples without a staffing file: definitions alone say where a case goes, not to whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.definitions.model.workflows import ContactPoint
from app.engine.model.people import Calendar, Holding, Staffing, Worker, World

LEADS = ("team_lead", "head_of_service", "coordinator", "dpo")
"""Roles that escalations and actions name; one made-up person each."""


def made_up_world(points: Mapping[str, ContactPoint], municipality: str = "") -> World:
    """A world in which every contact point has a holder with its own id, and every lead exists."""
    workers = {ref: Worker(ref, point.label, roles=frozenset({"contact"})) for ref, point in points.items()}
    workers |= {role: Worker(role, role.replace("_", " "), roles=frozenset({role})) for role in LEADS}
    holdings = tuple(Holding(ref, "", ref, owner="head_of_service") for ref in points)
    return World(municipality, Calendar(), Staffing(MappingProxyType(workers), holdings))
