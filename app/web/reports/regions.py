"""Groups of municipalities that compare what they released: found, ask, agree, take back, look."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may
from app.services.errors import Conflict, Invalid
from app.services.reports import figures, regions, result_files
from app.texts import say
from app.web import visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.forms.showing import minted
from app.web.posting import token_of

bp = Blueprint("regions", __name__, url_prefix="/cijfers/vergelijken")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.REPORTS_READ)
def index() -> Page:
    """The groups one is in or was asked into."""
    return _index()


@bp.post("")
@act(Act.FIGURES_SHARE)
def found() -> Page:
    """Found a group."""
    name = request.form.get("name", "")
    try:
        regions.found(visitor.actor(), name, token=token_of())
    except (Invalid, Conflict) as problem:
        errors = getattr(problem, "errors", ())
        told = say(f"comparing.error.{errors[0].code if errors else problem.code}", **_params(errors))
        return _index(told, name), status_of(problem)
    return redirect(url_for("regions.index", klaar="found"))


@bp.get("/<region>")
@act(Act.REPORTS_READ)
def show(region: str) -> Page:
    """The municipalities of a group side by side."""
    made = regions.compare(visitor.actor(), region, request.args.get("periode", "")[:10])
    labels = figures.domain_labels(visitor.actor().municipality)
    choices = {first.isoformat(): figures.words(first, last) for first, last in made.periods}
    return render_template(
        "reports/region.html", made=made, labels=labels, choices=choices, amount=result_files.amount
    )


@bp.post("/<region>/vragen")
@act(Act.FIGURES_SHARE)
def ask(region: str) -> Page:
    """Ask another municipality into one's own group."""
    regions.ask(visitor.actor(), region, request.form.get("guest", ""))
    return redirect(url_for("regions.index", klaar="asked"))


@bp.post("/<region>/delen")
@act(Act.FIGURES_SHARE)
def agree(region: str) -> Page:
    """Show one's released figures to a group."""
    regions.agree(visitor.actor(), region)
    return redirect(url_for("regions.index", klaar="agreed"))


@bp.post("/<region>/stoppen")
@act(Act.FIGURES_SHARE)
def withdraw(region: str) -> Page:
    """Take it back; pressed twice it is back already."""
    try:
        regions.withdraw(visitor.actor(), region)
    except Conflict as problem:
        return _index(say("comparing.error.gone")), status_of(problem)
    return redirect(url_for("regions.index", klaar="withdrawn"))


def _params(errors: tuple[object, ...]) -> dict[str, str]:
    return dict(getattr(errors[0], "params", ())) if errors else {}


def _index(wrong: str = "", name: str = "") -> str:
    who = visitor.actor()
    may_share = may(who, Act.FIGURES_SHARE)
    return render_template(
        "reports/regions.html",
        groups=regions.listed(who),
        others=regions.others(who) if may_share else {},
        may_share=may_share,
        wrong=wrong,
        name=name,
        minted=minted(),
        done=request.args.get("klaar", ""),
    )
