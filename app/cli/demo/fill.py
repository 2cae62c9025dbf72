"""What makes Zandlede of an empty municipality? Its people, the rosters around today, and the stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app.cli.demo import calling, register, rounds, sessions, statements, talks
from app.cli.demo.accounts import PASSWORD
from app.cli.demo.seed import Told, tell
from app.definitions.compiler import compile_staffing
from app.definitions.model.source import Source
from app.definitions.model.staffing_file import StaffDuty, StaffingFile
from app.definitions.problems import show
from app.engine.calendar import local
from app.services.access import accounts
from app.services.definitions import catalogs
from app.services.errors import Conflict
from app.services.staff import import_staffing, real_people, staffing
from app.storage import clock

STAFFING = Path(__file__).with_name("zandlede.yaml")
ON_DUTY = ("stijn_haerinck", "lotte_pauwels")
WEEKS_BACK, WEEKS_AHEAD = 8, 26
CHANGE_OF_DUTY = time(8, 30)


class DemoBroken(Exception):
    """The staffing file of the demo does not fit the definitions; the text says where."""


def people(slug: str) -> None:
    """Make the staff, with passwords; may be repeated. Raises ``Forbidden`` where real people live."""
    real_people.demand_invented(slug)
    file = _staffing_file(slug)
    known = import_staffing.import_staffing(accounts.operator(slug), file)
    for key in known:
        try:
            accounts.set_password(accounts.operator(slug), known[key], PASSWORD, must_change=False)
        except Conflict:
            continue


def fill(slug: str) -> Told:
    """Make people, the organisations they refer to, and tell the stories."""
    people(slug)
    register.fill(slug)
    statements.fill(slug)
    told = tell(slug)
    calling.fill(slug)
    rounds.fill(slug)
    talks.fill(slug)
    return replace(told, cases=told.cases + sessions.fill(slug))


def _staffing_file(slug: str) -> StaffingFile:
    catalog = catalogs.live(slug).catalog
    file, problems = compile_staffing(Source(STAFFING.name, STAFFING.read_bytes()), catalog)
    wrong = [show(problem) for problem in problems if problem.severity == "error"]
    if wrong:
        raise DemoBroken("\n".join(wrong))
    today = local(staffing.world(slug).calendar, clock.now()).today
    return replace(file, duties=_rosters(today))


def _rosters(today: date) -> tuple[StaffDuty, ...]:
    """Two people on duty in turn, a week each, from Monday to Monday."""
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS_BACK)
    return tuple(
        StaffDuty(
            "wachtdienst", ON_DUTY[start.isocalendar().week % 2], _change(start), _change(start + _WEEK)
        )
        for start in (monday + week * _WEEK for week in range(WEEKS_BACK + WEEKS_AHEAD))
    )


_WEEK = timedelta(weeks=1)


def _change(day: date) -> datetime:
    return datetime.combine(day, CHANGE_OF_DUTY)
