"""Who holds each contact point where, who stands in, and who is on duty when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.model.people import Duty, Holding
from app.engine.policy import Act, may
from app.jobs import relay
from app.services.errors import Conflict, Invalid, NotFound, ServiceError
from app.services.staff import staff_points
from app.services.staff.staff_points import PointLine, Points
from app.web import visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.studio import staff_forms, staff_words

bp = Blueprint("points", __name__, url_prefix="/beheer/aanspreekpunten")
Page = Response | str | tuple[str, int]
EMPTY_ROWS = 3


@dataclass(frozen=True, slots=True)
class Chain:
    """A holding as it stands in the inputs; substitutes may still be empty."""

    holder: str = ""
    substitutes: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One row of a roster as it stands in the inputs, local."""

    account: str = ""
    start_day: str = ""
    start_time: str = ""
    end_day: str = ""
    end_time: str = ""


@bp.get("")
@act(Act.STAFFING_READ)
def index() -> Page:
    """All contact points."""
    who = visitor.actor()
    return render_template(
        "studio/staff/points.html",
        points=staff_points.listed(who),
        may_edit=may(who, Act.STAFFING_EDIT),
        words=staff_words,
        done=request.args.get("klaar", ""),
    )


@bp.get("/<point>")
@act(Act.STAFFING_EDIT)
def show(point: str) -> Page:
    """One contact point: its places and its roster."""
    points, line = staff_points.one(visitor.actor(), point)
    return render_template(
        "studio/staff/point.html",
        points=points,
        line=line,
        words=staff_words,
        known=staff_words.words(),
        done=request.args.get("klaar", ""),
        may_print=may(visitor.actor(), Act.CARDS_PRINT),
    )


@bp.get("/<point>/<place>")
@act(Act.STAFFING_EDIT)
def edit(point: str, place: str) -> Page:
    """Who holds it there."""
    points, line = staff_points.one(visitor.actor(), point)
    held = [item for item in line.held if item.neighbourhood == _place(line, place)]
    chain = Chain(held[0].holder, held[0].substitutes, held[0].owner) if held else _like_default(line)
    return _form(points, line, place, chain)


@bp.post("/<point>/<place>")
@act(Act.STAFFING_EDIT)
def edit_post(point: str, place: str) -> Page:
    """Save it, or change the order of the inputs without saving anything."""
    who = visitor.actor()
    points, line = staff_points.one(who, point)
    chain, do = _posted_chain(), request.form.get("do", "save")
    where = _place(line, place)
    if do != "save":
        return _form(points, line, place, _moved(chain, do))
    named = tuple(name for name in chain.substitutes if name)
    try:
        done = staff_points.put(
            who, Holding(point, where, chain.holder, named, chain.owner), seen=staff_words.seen()
        )
    except (Conflict, Invalid) as problem:
        points, line = staff_points.one(who, point)
        return _form(points, line, place, chain, problem), status_of(problem)
    relay.hint(visitor.municipality_id(), done.wake)
    return redirect(url_for("points.show", point=point, klaar="bewaard"))


@bp.post("/<point>/<place>/weg")
@act(Act.STAFFING_EDIT)
def drop(point: str, place: str) -> Page:
    """A neighbourhood uses the municipal default again."""
    who = visitor.actor()
    points, line = staff_points.one(who, point)
    try:
        staff_points.drop(who, point, _place(line, place), seen=staff_words.seen())
    except Conflict as problem:
        return _form(points, line, place, _like_default(line), problem), 409
    return redirect(url_for("points.show", point=point, klaar="bewaard"))


@bp.get("/<point>/beurten")
@act(Act.STAFFING_EDIT)
def roster(point: str) -> Page:
    """Who is on duty when."""
    points, line = staff_points.one(visitor.actor(), point)
    return _roster(points, line, _turns(points, line.duties))


@bp.post("/<point>/beurten")
@act(Act.STAFFING_EDIT)
def roster_post(point: str) -> Page:
    """Save the roster, or fill in turns without saving."""
    who = visitor.actor()
    points, line = staff_points.one(who, point)
    turns, zone = _posted_turns(), points.world.calendar.zone
    do = request.form.get("do", "save")
    try:
        if do != "save":
            more = _in_turn(point, zone) if do == "turns" else ()
            return _roster(points, line, [*turns, *_turns(points, more)])
        duties = [_duty(point, turn, zone) for turn in turns]
        staff_points.put_duties(who, point, duties, seen=staff_words.seen())
    except (Conflict, Invalid, NotFound) as problem:
        return _roster(points, line, turns, problem), status_of(problem)
    return redirect(url_for("points.show", point=point, klaar="bewaard"))


# Holdings --------------------------------------------------------------------------------------------------


def _place(line: PointLine, place: str) -> str:
    """The neighbourhood behind an address. Raises ``NotFound`` where there can be none."""
    if place == staff_words.EVERYWHERE:
        return ""
    if place not in {item.neighbourhood for item in line.held} | {name for name, _ in line.free}:
        raise NotFound
    return place


def _like_default(line: PointLine) -> Chain:
    """A place begins as the municipality does, without its holder."""
    default = next((item for item in line.held if not item.neighbourhood), None)
    return Chain("", default.substitutes, default.owner) if default else Chain()


def _posted_chain() -> Chain:
    names = tuple(item.strip() for item in request.form.getlist("substitute")[: staff_points.LONGEST_CHAIN])
    return Chain(staff_forms.text("holder"), names, staff_forms.text("owner"))


def _moved(chain: Chain, do: str) -> Chain:
    """The order after a button: ``up:1``, ``down:0``, ``remove:2``, ``add``."""
    verb, _, typed = do.partition(":")
    rows = list(chain.substitutes)
    at = int(typed) if typed.isdecimal() and int(typed) < len(rows) else -1
    if verb == "add":
        rows.append("")
    elif at >= 0 and verb == "remove":
        rows.pop(at)
    elif at > 0 and verb == "up":
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
    elif 0 <= at < len(rows) - 1 and verb == "down":
        rows[at + 1], rows[at] = rows[at], rows[at + 1]
    return Chain(chain.holder, tuple(rows), chain.owner)


def _form(
    points: Points, line: PointLine, place: str, chain: Chain, problem: ServiceError | None = None
) -> str:
    where = _place(line, place)
    return render_template(
        "studio/staff/holding.html",
        points=points,
        line=line,
        place=place,
        held=next((item for item in line.held if item.neighbourhood == where), None),
        chain=chain,
        moved=request.form.get("do", ""),
        lines=staff_words.said(problem) if problem else (),
        stale=problem is not None and problem.code == "staff_changed",
    )


# Rosters ---------------------------------------------------------------------------------------------------


def _turns(points: Points, duties: tuple[Duty, ...]) -> list[Turn]:
    zone = points.world.calendar.zone
    found = []
    for duty in sorted(duties, key=lambda item: item.start):
        start, end = duty.start.astimezone(zone), duty.end.astimezone(zone)
        found.append(
            Turn(duty.account, f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%Y-%m-%d}", f"{end:%H:%M}")
        )
    return found


def _posted_turns() -> list[Turn]:
    """The rows with somebody in them, or with a day."""
    columns = [
        request.form.getlist(name) for name in ("who", "start_day", "start_time", "end_day", "end_time")
    ]
    rows = [Turn(*cells) for cells in zip(*columns, strict=False)]
    gone = set(request.form.getlist("gone"))
    return [
        row
        for at, row in enumerate(rows)
        if str(at) not in gone and (row.account or row.start_day or row.end_day)
    ][: staff_points.LONGEST_ROSTER]


def _duty(point: str, turn: Turn, zone: ZoneInfo) -> Duty:
    """A row as a stretch. Raises ``Invalid`` for one that is not whole."""
    try:
        start = datetime.fromisoformat(f"{turn.start_day}T{turn.start_time or '08:30'}")
        end = datetime.fromisoformat(f"{turn.end_day}T{turn.end_time or '08:30'}")
    except ValueError as error:
        raise Invalid("duty_half") from error
    if not turn.account:
        raise Invalid("duty_half")
    return Duty(
        point,
        turn.account,
        start.replace(tzinfo=zone).astimezone(UTC),
        end.replace(tzinfo=zone).astimezone(UTC),
    )


def _in_turn(point: str, zone: ZoneInfo) -> tuple[Duty, ...]:
    start = staff_forms.moment("turn_day", "turn_time")
    people = [name for name in request.form.getlist("turn_who") if name]
    if start is None or not people:
        raise Invalid("turns_half")
    days = staff_forms.number("turn_every", 7, most=60) or 7
    times = staff_forms.number("turn_times", 8, most=104)
    return staff_points.in_turn(
        point, people, start.replace(tzinfo=zone), every=timedelta(days=days), times=times
    )


def _roster(points: Points, line: PointLine, turns: list[Turn], problem: ServiceError | None = None) -> str:
    if not line.by_roster:
        raise NotFound
    last = turns[-1] if turns else Turn()
    return render_template(
        "studio/staff/roster.html",
        points=points,
        line=line,
        turns=[*turns, *(Turn() for _ in range(EMPTY_ROWS))],
        last=last,
        chosen=request.form,
        lines=staff_words.said(problem) if problem else (),
        stale=problem is not None and problem.code == "staff_changed",
    )
