"""Which pages has the studio, and which of them make sense for this visitor?"""

from __future__ import annotations

from flask import current_app, url_for

from app.engine.policy import Act, Actor, may_ever

ENTRIES = (
    ("definitions", "studio.index", Act.DEFINITIONS_READ),
    ("publish", "work.index", Act.DEFINITIONS_READ),
    ("trial", "trial.index", Act.DEFINITIONS_READ),
    ("packages", "packages.index", Act.DEFINITIONS_READ),
    ("staff", "staff.index", Act.STAFFING_EDIT),
    ("links", "links.index", Act.LINKS_EDIT),
    ("calendar", "calendar.index", Act.STAFFING_EDIT),
    ("settings", "settings.index", Act.SETTINGS_EDIT),
    ("outside", "outside_settings.index", Act.OUTSIDE_EDIT),
    ("register", "register.index", Act.DEFINITIONS_READ),
    ("safe", "safe.index", Act.SYSTEM_HEALTH),
    ("guide", "guide.index", Act.DEFINITIONS_READ),
)
UNDER = {
    "absences": "staff",
    "beginning": "studio",
    "editor": "studio",
    "intake": "studio",
    "leaving": "staff",
    "migrating": "work",
    "points": "staff",
    "versions": "studio",
    "webhooks": "outside_settings",
}
"""Blueprints reached from pages of the studio and not from its menu, and the one of the menu above them."""
BLUEPRINTS = UNDER.keys() | {endpoint.partition(".")[0] for _, endpoint, _ in ENTRIES}


def entries(who: Actor) -> list[tuple[str, str]]:
    """Code and endpoint of the pages there are for ``who``, in the order of the menu."""
    return [
        (code, endpoint)
        for code, endpoint, named in ENTRIES
        if may_ever(who, named) and endpoint in current_app.view_functions
    ]


def address(endpoint: str) -> str:
    """The address of a page that this installation may have; empty when it has not."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""
