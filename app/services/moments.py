"""What day is it in a municipality, for a page that asks?"""

from __future__ import annotations

from app.engine import calendar
from app.engine.model.answers import Moment
from app.engine.model.people import World
from app.storage import clock


def here(world: World) -> Moment:
    """Now, with the date on the wall of the municipality behind ``world``."""
    return calendar.local(world.calendar, clock.now())
