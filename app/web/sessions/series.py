"""A season of sessions from one that is there: which days, where, and then all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.definitions.model.forms import Field, FieldType
from app.engine import values
from app.engine.policy import Act
from app.engine.sessions import MOST_IN_A_SERIES, Every
from app.jobs import relay
from app.services.gatherings import series
from app.services.gatherings.series import Example, Made, Planned
from app.web import visitor
from app.web.acts import act
from app.web.forms.showing import TOKEN, minted

bp = Blueprint("session_series", __name__, url_prefix="/sessies/<session_id>/reeks")
Page = Response | str | tuple[str, int]
DAY = Field("day", FieldType.DATE, "", 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: from when until when, how often, and the places, a line each."""

    first: str = ""
    last: str = ""
    every: str = Every.WEEK.value
    places: str = ""


@bp.get("")
@act(Act.FORM_FILL_RECEPTION)
def form(session_id: str) -> str:
    """From when until when, how often, where?"""
    like = series.example(visitor.actor(), session_id)
    return _asked(like, Wanted(places=like.place), ())


@bp.post("")
@act(Act.FORM_FILL_RECEPTION)
def make(session_id: str) -> Page:
    """First the days to look at, then the sessions themselves."""
    who = visitor.actor()
    like = series.example(who, session_id)
    if request.form.get("_do") == "make":
        return _make(like, session_id)
    wanted = Wanted(*(request.form.get(name, "")[:2000] for name in ("first", "last", "every", "places")))
    first, last = _day(wanted.first), _day(wanted.last)
    wrong = tuple(name for name, day in (("first", first), ("last", last)) if day is None)
    if first is None or last is None or last < first:
        return _asked(like, wanted, wrong or ("last",)), 422
    every = Every(wanted.every) if wanted.every in Every.__members__.values() else Every.WEEK
    places = [line.strip()[:120] for line in wanted.places.splitlines() if line.strip()]
    return _asked(like, wanted, (), series.planned(who, first, last, every, places))


def _make(like: Example, session_id: str) -> Page:
    who = visitor.actor()
    days: list[tuple[date, str]] = []
    for number in range(MOST_IN_A_SERIES):
        day = _day(request.form.get(f"day.{number}", ""))
        if day is not None and request.form.get(f"take.{number}"):
            days.append((day, request.form.get(f"place.{number}", "").strip()[:120]))
    made = series.make(who, session_id, days, request.form.get(TOKEN, "")[:48])
    relay.hint(who.municipality, tuple(key for one in made for key in one.wake))
    if made and not any(one.wrong for one in made):
        return redirect(url_for("sessions.index", maand=f"{made[0].on_day:%Y-%m}"))
    return _told(like, made), 422


def _asked(like: Example, wanted: Wanted, wrong: tuple[str, ...], days: tuple[Planned, ...] = ()) -> str:
    return render_template(
        "sessions/series.html",
        like=like,
        wanted=wanted,
        wrong=wrong,
        days=days,
        every=list(Every),
        token=minted(),
    )


def _told(like: Example, made: tuple[Made, ...]) -> str:
    return render_template("sessions/series_made.html", like=like, made=made)


def _day(text: str) -> date | None:
    try:
        found = values.coerce(DAY, [text[:20]])
    except values.Rejected:
        return None
    return found if isinstance(found, date) else None
