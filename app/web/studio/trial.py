"""How is a form tried out: filled in, pressed through and waited for, on a clock of its own?

Nothing is stored and nobody hears of it: every step comes with all that was put in before, signed, and plays it again.
Only keeping it as an example changes something, in the working copy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from flask import redirect, render_template, request, url_for

from app.definitions.adding_examples import Plain
from app.engine import calendar
from app.engine.model.answers import FieldError
from app.engine.new_examples import as_example, name_of
from app.engine.policy import Act
from app.engine.values import read_json
from app.engine.values.natural import natural_of
from app.services.definitions import try_out
from app.services.errors import Conflict, Invalid
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import DO, Button
from app.web.studio.trial_bench import (
    Bench,
    bench_of,
    errors_in,
    may_keep,
    moment_in,
    now_in,
    page_of,
    posted,
    rows_changed,
    shown_form,
    text_of,
)
from app.web.studio.trial_examples import Page, bp
from app.web.studio.trial_state import Step, Trial, opened, signed
from app.web.studio.trial_view import Asked, asked, shown

__all__ = ["bp"]

LIVE, MADE_UP = "gebruik", "verzonnen"
STATE, ANYWAY = "_trial", "anyway"
MORNING = time(10, 0)
FURTHEST = 20
MOST_NAME = 120


@bp.get("/<form_id>")
@act(Act.DEFINITIONS_READ)
def form(form_id: str) -> Page:
    """The form, to be filled in: of the working copy, unless the address asks for what runs."""
    live, made_up = request.args.get("versie") == LIVE, request.args.get("wie") == MADE_UP
    bench = bench_of(form_id, working=not live, made_up=made_up)
    return _start(bench, {}, now_in(bench))


@bp.post("/<form_id>")
@act(Act.DEFINITIONS_READ)
def begin(form_id: str) -> Page:
    """Hand it in, in the trial; with mistakes only when one asks for it."""
    bench = bench_of(form_id, working="_working" in request.form, made_up="_made_up" in request.form)
    raw = posted(bench.form)
    at = moment_in(request.form.get("_day", ""), request.form.get("_time", "")) or now_in(bench)
    if rows_changed():
        return _start(bench, raw, at)
    given = read(bench.hash_of(bench.form), bench.form, raw)
    errors = errors_in(bench, bench.form, given, at, bench.audience)
    if errors and request.form.get(DO) != ANYWAY:
        return _start(bench, raw, at, errors), 422
    answers = natural_of(bench.form, given.values)
    return _play_page(bench, Trial(form_id, bench.working, bench.made_up, text_of(at), answers))


@bp.post("/<form_id>/verder")
@act(Act.DEFINITIONS_READ)
def go_on(form_id: str) -> Page:
    """One step further or back: a button, some time, or what a button asks."""
    try:
        trial = opened(request.form.get(STATE, ""))
        bench = bench_of(form_id, working=trial.working, made_up=trial.made_up)
        return _step(bench, trial, request.form.get(DO, ""))
    except Invalid as problem:
        return _lost(form_id, problem), 422


@bp.post("/<form_id>/bewaren")
@act(Act.DEFINITIONS_EDIT)
def keep(form_id: str) -> Page:
    """Keep what was played as an example of the form, in the working copy."""
    try:
        trial = opened(request.form.get(STATE, ""))
        bench = bench_of(form_id, working=trial.working, made_up=trial.made_up)
        called = " ".join(request.form.get("name", "").split())[:MOST_NAME]
        if not called:
            return _play_page(bench, trial, wrong="no_name"), 422
        try_out.keep(visitor.actor(), form_id, [_example(bench, trial, called)])
    except Conflict:
        return _play_page(bench, trial, wrong="edited_meanwhile"), 409
    except Invalid as problem:
        return _lost(form_id, problem), 422
    return redirect(url_for("trial.examples", form_id=form_id, bewaard=1))


def _example(bench: Bench, trial: Trial, called: str) -> Mapping[str, Plain]:
    """The example, with what really happens in it, and nobody who works here named."""
    answers = natural_of(bench.form, read_json(bench.form, trial.answers).values, kept=True)
    script = replace(trial.script(), answers=answers)
    return as_example(called, script, script.play(bench.catalog, bench.form.id, bench.world))


# Steps -----------------------------------------------------------------------------------------------------


def _step(bench: Bench, trial: Trial, do: str) -> Page:
    kind, _, rest = do.partition(":")
    if kind == "back":
        return _play_page(bench, trial.back())
    if kind == "until":
        return _until(bench, trial, rest)
    place, _, action = rest.partition(":")
    play = trial.play(bench.catalog, bench.world)
    found = asked(play, int(place), action, play.utc(trial.now)) if place.isdecimal() else None
    if found is None:
        return _play_page(bench, trial)
    if rows_changed() or (kind == "ask" and found.anything):
        raw = posted(found.form) if found.form is not None and kind != "ask" else {}
        return _act_page(bench, trial, found, f"press:{rest}", raw)
    return _press(bench, trial, found, f"press:{rest}")


def _press(bench: Bench, trial: Trial, found: Asked, do: str) -> Page:
    raw: Raw = {}
    answers: dict[str, object] = {}
    if found.form is not None:
        raw = posted(found.form)
        given = read(bench.hash_of(found.form), found.form, raw)
        errors = errors_in(bench, found.form, given, trial.now, "")
        if errors:
            return _act_page(bench, trial, found, do, raw, errors=errors), 422
        answers = natural_of(found.form, given.values)
    after = trial.then(Step(text_of(trial.now), found.action.id, answers | _endings(found)))
    refusal = after.play(bench.catalog, bench.world).steps[-1].decision.refusal
    if refusal is None or not found.anything:
        return _play_page(bench, after)
    told = FieldError(
        "", refusal.code, refusal.params, say(f"refusals.{refusal.code}", **dict(refusal.params))
    )
    return _act_page(bench, trial, found, do, raw, errors=(told,)), 422


def _endings(found: Asked) -> dict[str, object]:
    """How the press ends the case, as far as it was said."""
    rows = {row: text for row, _ in found.rows if (text := request.form.get(f"_reason.{row}", ""))}
    tasks = {key: text for key, _ in found.tasks if (text := request.form.get(f"_task.{key}", ""))}
    told = {"reason": request.form.get("_reason", ""), "row_reasons": rows, "open_tasks": tasks}
    return {name: value for name, value in told.items() if value}


def _until(bench: Bench, trial: Trial, where: str) -> Page:
    """Let time pass; never back."""
    at = _moments(bench, trial).get(where, lambda: None)()
    if at is None or not trial.now <= at < trial.now.replace(year=trial.now.year + FURTHEST, day=1):
        return _play_page(bench, trial, wrong="no_moment"), 422
    return _play_page(bench, trial.then(Step(text_of(at))))


def _moments(bench: Bench, trial: Trial) -> Mapping[str, Callable[[], datetime | None]]:
    cal, now = bench.world.calendar, trial.now

    def ring() -> datetime | None:
        play = trial.play(bench.catalog, bench.world)
        found = shown(play, play.utc(now)).next_ring
        return play.naive(found) if found is not None else None

    return {
        "day": lambda: datetime.combine(calendar.on_or_after(cal, (now + timedelta(days=1)).date()), MORNING),
        "ring": ring,
        "week": lambda: now + timedelta(days=7),
        "moment": lambda: moment_in(request.form.get("_day", ""), request.form.get("_time", "")),
    }


# Pages -----------------------------------------------------------------------------------------------------


def _start(bench: Bench, raw: Raw, at: datetime, errors: tuple[FieldError, ...] = ()) -> str:
    buttons = [Button("submit", say("studio_trial.begin"), main=True)]
    if errors:
        buttons.append(Button(ANYWAY, say("studio_trial.anyway")))
    flags = (("_working", bench.working), ("_made_up", bench.made_up))
    shown_ = shown_form(
        page_of(bench, bench.form, bench.audience),
        (raw, errors),
        url_for("trial.begin", form_id=bench.form.id),
        tuple(buttons),
        tuple((key, "1") for key, on in flags if on),
    )
    return render_template("studio/trial.html", bench=bench, at=at, form=shown_)


def _play_page(bench: Bench, trial: Trial, *, wrong: str = "") -> str:
    play = trial.play(bench.catalog, bench.world)
    now = play.utc(trial.now)
    script = trial.script()
    taken = [example.name for example in bench.form.examples]
    return render_template(
        "studio/trial_play.html",
        bench=bench,
        trial=trial,
        state=signed(trial),
        now=now,
        shown=shown(play, now),
        wrong=wrong,
        may_keep=may_keep(),
        name=name_of(play, script, (), taken) if play.lines.first is not None else "",
    )


def _act_page(
    bench: Bench, trial: Trial, found: Asked, do: str, raw: Raw, *, errors: tuple[FieldError, ...] = ()
) -> str:
    shown_ = shown_form(
        page_of(bench, found.form),
        (raw, errors),
        url_for("trial.go_on", form_id=bench.form.id),
        (Button(do, found.action.label, main=True),),
        ((STATE, signed(trial)),),
    )
    return render_template(
        "studio/trial_act.html",
        bench=bench,
        asked=found,
        chosen=request.form,
        form=shown_,
        state=signed(trial),
    )


def _lost(form_id: str, problem: Invalid) -> str:
    return render_template("studio/trial_lost.html", form_id=form_id, code=problem.code)
