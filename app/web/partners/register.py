"""The partner register: who helps with what, where, and whom do I call?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine import calendar
from app.engine.durations import add_months
from app.engine.model.people import Worker
from app.engine.policy import Act, may
from app.services.errors import Conflict, Invalid
from app.services.people import partner_gaps, partner_sheet, partners
from app.services.people.partner_record import KINDS, ContactPerson, Partner
from app.web import visitor
from app.web.acts import act
from app.web.errors import status_of
from app.web.forms.showing import minted
from app.web.partners import inputs
from app.web.posting import token_of

bp = Blueprint("partners", __name__, url_prefix="/partners")
Page = Response | str | tuple[str, int]
AGAIN = 6
"""Months that an organisation that was looked over is left alone."""
MOST_GAPS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for."""

    text: str = ""
    theme: str = ""
    place: str = ""
    review: bool = False
    archived: bool = False

    def found(self, items: Iterable[Partner], themes: dict[str, str], today: date) -> list[Partner]:
        """Those that fit; every word must be in the name, the offer, a theme or a contact person."""
        words = self.text.casefold().split()
        return [
            item
            for item in items
            if self._fits(item, today) and all(word in _told(item, themes) for word in words)
        ]

    def _fits(self, item: Partner, today: date) -> bool:
        return (
            (not self.theme or self.theme in item.themes)
            and (not self.place or not item.places or self.place in item.places)
            and (not self.review or partner_gaps.due(item, today))
        )


def _told(item: Partner, themes: dict[str, str]) -> str:
    labels = " ".join(themes.get(ref, "") for ref in item.themes)
    people = " ".join(f"{one.name} {one.function}" for one in item.people)
    return f"{item.name} {item.offer} {labels} {people}".casefold()


@bp.get("")
@act(Act.STAFFING_READ)
def index() -> Page:
    """Search by name, offer, theme and neighbourhood."""
    who, args = visitor.actor(), request.args
    asked = Asked(
        args.get("zoek", "").strip()[:100],
        args.get("thema", ""),
        args.get("wijk", ""),
        review=bool(args.get("nakijken")),
        archived=bool(args.get("archief")),
    )
    register = partners.listed(who, archived=asked.archived)
    today, themes = visitor.moment().today, _themes()
    return render_template(
        "partners/index.html",
        asked=asked,
        partners=asked.found(register, themes, today),
        nothing_yet=not register,
        late=sum(partner_gaps.due(item, today) for item in register),
        gaps={item.key: partner_gaps.gaps(item, today, visitor.world()) for item in register},
        most_gaps=MOST_GAPS,
        **_known(),
    )


@bp.get("/lijst.csv")
@act(Act.STAFFING_READ)
def export() -> Response:
    """The register as a list for a spreadsheet."""
    answer = Response("\ufeff" + partner_sheet.written(visitor.actor()), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="partners.csv"'
    return answer


@bp.get("/p/<key>")
@act(Act.STAFFING_READ)
def show(key: str) -> Page:
    """One partner, and what we do not know of it."""
    partner = partners.one(visitor.actor(), key)
    return render_template(
        "partners/show.html",
        partner=partner,
        gaps=partner_gaps.gaps(partner, visitor.moment().today, visitor.world()),
        stops={item.code for item in partner_gaps.stops(partner, visitor.moment().today)},
        done=request.args.get("klaar", ""),
        **_known(),
    )


@bp.get("/nieuw")
@act(Act.STAFFING_EDIT)
def add() -> Page:
    """An empty page; looked over again in half a year, by who adds it."""
    who = visitor.actor()
    return _form(
        Partner("", request.args.get("naam", "")[:120], review_on=_in_half_a_year(), owner=who.account)
    )


@bp.post("/nieuw")
@act(Act.STAFFING_EDIT)
def add_post() -> Page:
    """Add it."""
    partner, wrong = inputs.posted(Partner("", ""))
    if wrong or _more_asked():
        return _form(partner, wrong, more=_more_asked()), 422 if wrong else 200
    try:
        key = partners.add(visitor.actor(), partner, token=token_of())
    except (Invalid, Conflict) as problem:
        return _form(partner, inputs.field_errors(problem)), status_of(problem)
    return redirect(url_for("partners.show", key=key, klaar="nieuw"))


@bp.get("/p/<key>/wijzig")
@act(Act.STAFFING_EDIT)
def edit(key: str) -> Page:
    """Change one."""
    return _form(partners.one(visitor.actor(), key))


@bp.post("/p/<key>/wijzig")
@act(Act.STAFFING_EDIT)
def save(key: str) -> Page:
    """Save it; when a colleague was first both stand on one page, and nothing typed is lost."""
    who = visitor.actor()
    partner, wrong = inputs.posted(partners.one(who, key))
    if wrong or _more_asked():
        return _form(partner, wrong, more=_more_asked()), 422 if wrong else 200
    try:
        partners.save(who, partner)
    except Conflict as problem:
        now = problem.current
        assert isinstance(now, Partner)  # noqa: S101 - what save promises
        return _form(replace(partner, version=now.version), now=now), 409
    except Invalid as problem:
        return _form(partner, inputs.field_errors(problem)), 422
    return redirect(url_for("partners.show", key=key, klaar="bewaard"))


@bp.post("/p/<key>/archief")
@act(Act.STAFFING_EDIT)
def archive(key: str) -> Page:
    """Into the archive, or out of it again."""
    back = request.form.get("terug") == "ja"
    partners.archive(visitor.actor(), key, seen=inputs.version(), active=back)
    return redirect(url_for("partners.show", key=key, klaar="terug" if back else "archief"))


@bp.post("/p/<key>/nagekeken")
@act(Act.STAFFING_EDIT)
def looked_over(key: str) -> Page:
    """Everything is still right."""
    partners.looked_over(visitor.actor(), key, seen=inputs.version(), again_on=_in_half_a_year())
    return redirect(url_for("partners.show", key=key, klaar="nagekeken"))


def _in_half_a_year() -> date:
    return calendar.on_or_after(visitor.world().calendar, add_months(visitor.moment().today, AGAIN))


def _more_asked() -> bool:
    return request.form.get("do") == "more"


def _themes() -> dict[str, str]:
    return dict(partner_sheet.themes_of(visitor.live()))


def _known() -> dict[str, object]:
    """The words behind ids."""
    staffing = visitor.world().staffing
    return {
        "themes": _themes(),
        "places": staffing.neighbourhoods,
        "names": {worker.id: worker.name for worker in staffing.workers.values()},
        "may_edit": may(visitor.actor(), Act.STAFFING_EDIT),
    }


def _owners() -> list[Worker]:
    found = (worker for worker in visitor.world().staffing.workers.values() if worker.active)
    return sorted(
        (worker for worker in found if not worker.roles <= {"volunteer", "partner", "system_admin"}),
        key=lambda worker: worker.name,
    )


def _form(
    partner: Partner, wrong: dict[str, str] | None = None, *, now: Partner | None = None, more: bool = False
) -> str:
    blanks = inputs.EMPTY_ROWS + (2 if more else 0)
    return render_template(
        "partners/edit.html",
        partner=partner,
        people=(*partner.people, *(ContactPerson("") for _ in range(blanks))),
        wrong=wrong or {},
        now=now,
        token_minted=minted(),
        kinds=KINDS,
        owners=_owners(),
        **_known(),
    )
