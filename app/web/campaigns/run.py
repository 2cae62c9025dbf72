"""How does a coordinator begin a campaign, bring its list, divide it, print its letters and end it?"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.jobs import relay
from app.services.campaigns import batches, bring_list, destroy_list, next_rounds, paper, runs
from app.services.campaigns.runs import StartCampaign
from app.services.errors import Conflict, Invalid, NotFound, ServiceError
from app.web import visitor
from app.web.acts import act
from app.web.errors import sentences, status_of
from app.web.forms.showing import minted
from app.web.posting import token_of
from app.web.reception.cards import pdf_answer

bp = Blueprint("campaigns", __name__, url_prefix="/campagnes")
Page = Response | str | tuple[str, int]


@bp.get("")
@act(Act.CAMPAIGN_RUN)
def index() -> Page:
    """What runs and what ran, and which campaigns can be begun."""
    return _index()


@bp.get("/nieuw/<ref>")
@act(Act.CAMPAIGN_RUN)
def new(ref: str) -> Page:
    """The questions before the start."""
    return _new(ref)


@bp.post("/nieuw/<ref>")
@act(Act.CAMPAIGN_RUN)
def start(ref: str) -> Page:
    """Begin."""
    before = request.form.get("na", "")[:40]
    try:
        asked = _asked(ref)
        made = next_rounds.next_round(asked, before) if before else runs.start(asked)
    except (Conflict, Invalid) as problem:
        return _new(ref, problem), status_of(problem)
    return redirect(url_for("campaigns.show", campaign=made), 303)


@bp.get("/<campaign>")
@act(Act.CAMPAIGN_RUN)
def show(campaign: str) -> Page:
    """How it goes."""
    return _show(campaign)


@bp.post("/<campaign>/lijst")
@act(Act.CAMPAIGN_RUN)
def bring(campaign: str) -> Page:
    """Bring a list."""
    file = request.files.get("lijst")
    try:
        if file is None or not file.filename:
            raise Invalid("list_none")
        with file.stream:
            made = bring_list.bring(visitor.actor(), campaign, file.read(), token_of())
    except (Conflict, Invalid) as problem:
        return _show(campaign, problem), status_of(problem)
    return redirect(url_for("campaigns.brought", campaign=campaign, brought=made), 303)


@bp.get("/<campaign>/lijst/<brought>")
@act(Act.CAMPAIGN_RUN)
def brought(campaign: str, brought: str) -> Page:
    """Which column is which, what is wrong, how far it is."""
    return _brought(campaign, brought)


@bp.post("/<campaign>/lijst/<brought>")
@act(Act.CAMPAIGN_RUN)
def check(campaign: str, brought: str) -> Page:
    """Look at every row with these columns."""
    mapping = {
        name.removeprefix("kolom:"): int(place)
        for name, place in request.form.items()
        if name.startswith("kolom:") and place.isdecimal() and len(place) < 4
    }
    try:
        bring_list.check(visitor.actor(), campaign, brought, mapping)
    except (Conflict, Invalid) as problem:
        return _brought(campaign, brought, problem), status_of(problem)
    return redirect(url_for("campaigns.brought", campaign=campaign, brought=brought), 303)


@bp.post("/<campaign>/lijst/<brought>/inlezen")
@act(Act.CAMPAIGN_RUN)
def put_in(campaign: str, brought: str) -> Page:
    """Put all good rows in."""
    try:
        wake = bring_list.put_in(visitor.actor(), campaign, brought)
    except (Conflict, Invalid) as problem:
        return _brought(campaign, brought, problem), status_of(problem)
    relay.hint(visitor.municipality_id(), wake)
    return redirect(url_for("campaigns.brought", campaign=campaign, brought=brought), 303)


@bp.get("/<campaign>/lijst/<brought>/stand")
@act(Act.CAMPAIGN_RUN)
def progress(campaign: str, brought: str) -> Response:
    """How far it is, for the page that waits."""
    found = bring_list.show(visitor.actor(), campaign, brought)
    return jsonify(done=found.done, total=found.good, busy=found.busy)


@bp.get("/<campaign>/lijst/<brought>/verslag.csv")
@act(Act.CAMPAIGN_RUN)
def report(campaign: str, brought: str) -> Response:
    """What is wrong, row by row, to take along."""
    answer = make_response("\ufeff" + bring_list.report_file(visitor.actor(), campaign, brought))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="verslag-lijst.csv"'
    return answer


@bp.post("/<campaign>/verdeel")
@act(Act.CAMPAIGN_RUN)
def hand_out(campaign: str) -> Page:
    """Give somebody the next names."""
    size = request.form.get("aantal", "").strip()
    try:
        batches.hand_out(
            visitor.actor(),
            campaign,
            request.form.get("wie", "")[:40],
            request.form.get("samen", "")[:40],
            int(size) if size.isdecimal() and len(size) < 5 else 0,
            token_of(),
        )
    except (Conflict, Invalid) as problem:
        return _show(campaign, problem), status_of(problem)
    return redirect(url_for("campaigns.show", campaign=campaign, _anchor="reeksen"), 303)


@bp.post("/<campaign>/reeks/<batch>")
@act(Act.CAMPAIGN_RUN)
def hand_over(campaign: str, batch: str) -> Page:
    """Give a batch to somebody else, or take it back."""
    back = request.form.get("doe", "") == "terug"
    try:
        batches.hand_over(
            visitor.actor(),
            campaign,
            batch,
            "" if back else request.form.get("wie", "")[:40],
            "" if back else request.form.get("samen", "")[:40],
            request.form.get("gezien", "")[:80],
        )
    except (Conflict, Invalid) as problem:
        return _show(campaign, problem), status_of(problem)
    return redirect(url_for("campaigns.show", campaign=campaign, _anchor="reeksen"), 303)


@bp.post("/<campaign>/brieven/<when>")
@act(Act.CAMPAIGN_RUN)
def letters(campaign: str, when: str) -> Page:
    """The letters that wait, as a PDF; they count as sent."""
    try:
        made, _ = paper.letters(visitor.actor(), campaign, when)
    except (Conflict, Invalid) as problem:
        return _show(campaign, problem), status_of(problem)
    return pdf_answer(made, "brieven.pdf")


@bp.post("/<campaign>/stop")
@act(Act.CAMPAIGN_RUN)
def end(campaign: str) -> Page:
    """Nobody is contacted any more."""
    runs.end(visitor.actor(), campaign)
    return redirect(url_for("campaigns.show", campaign=campaign), 303)


@bp.post("/<campaign>/vernietig")
@act(Act.CAMPAIGN_RUN)
def propose(campaign: str) -> Page:
    """Ask somebody else to have the list destroyed."""
    try:
        destroy_list.propose(visitor.actor(), campaign)
    except (Conflict, Invalid) as problem:
        return _show(campaign, problem), status_of(problem)
    return redirect(url_for("campaigns.show", campaign=campaign, _anchor="einde"), 303)


@bp.get("/<campaign>/goedkeuren")
@act(Act.RETENTION_APPROVE)
def approving(campaign: str) -> Page:
    """What would be destroyed, for who may say yes."""
    return _show(campaign)


@bp.post("/<campaign>/goedkeuren")
@act(Act.RETENTION_APPROVE)
def approve(campaign: str) -> Page:
    """Say yes to it."""
    try:
        wake = destroy_list.approve(visitor.actor(), campaign)
    except (Conflict, Invalid) as problem:
        return _show(campaign, problem), status_of(problem)
    relay.hint(visitor.municipality_id(), wake)
    return redirect(url_for("campaigns.approving", campaign=campaign, _anchor="einde"), 303)


def _asked(ref: str) -> StartCampaign:
    try:
        starts = date.fromisoformat(request.form.get("van", ""))
        ends = date.fromisoformat(request.form.get("tot", ""))
    except ValueError:
        raise Invalid("campaign_period") from None
    names = ("naam", "doelgroep", "bron")
    name, target, source = (request.form.get(item, "").strip() for item in names)
    return StartCampaign(visitor.actor(), ref, name, target, source, starts, ends, token_of())


def _index() -> str:
    who = visitor.actor()
    return render_template("campaigns/index.html", offered=runs.offered(who), runs=runs.listed(who))


def _new(ref: str, problem: ServiceError | None = None) -> str:
    who = visitor.actor()
    found = next((item for item in runs.offered(who) if item.id == ref), None)
    if found is None:
        raise NotFound
    return render_template(
        "campaigns/new.html",
        campaign=found,
        typed=request.form or request.args,
        lines=sentences(problem) if problem else (),
        token=token_of() or minted(),
    )


def _show(campaign: str, problem: ServiceError | None = None) -> str:
    return render_template(
        "campaigns/show.html",
        run=runs.show(visitor.actor(), campaign),
        may_run=may_ever(visitor.actor(), Act.CAMPAIGN_RUN),
        lines=sentences(problem) if problem else (),
        token=minted(),
        typed=request.form,
    )


def _brought(campaign: str, brought: str, problem: ServiceError | None = None) -> str:
    return render_template(
        "campaigns/list.html",
        found=bring_list.show(visitor.actor(), campaign, brought),
        lines=sentences(problem) if problem else (),
    )
