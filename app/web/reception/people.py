"""What do we know of this person, what runs, and is another record the same person?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.services.errors import Invalid
from app.services.intake import prefill
from app.services.people import link_case, merge_persons, person_page
from app.texts import say
from app.web import offering, visitor
from app.web.acts import act

bp = Blueprint("people", __name__, url_prefix="/onthaal/personen")
AUDIENCE = "reception"
Page = Response | str | tuple[str, int]


@bp.get("/<person_id>")
@act(Act.PERSON_FIND)
def show(person_id: str) -> Page:
    """The thin record, as far as this reader may see it."""
    who = visitor.actor()
    forms = (version.form for version in visitor.live().forms.values())
    return render_template(
        "reception/person.html",
        page=person_page.show(who, person_id),
        places=visitor.world().staffing.neighbourhoods,
        groups=offering.grouped(form for form in forms if AUDIENCE in form.audience and not form.unlinked),
        may_begin=may_ever(who, Act.FORM_FILL_RECEPTION),
        may_merge=may_ever(who, Act.PERSON_MERGE),
        done=request.args.get("klaar", ""),
    )


@bp.post("/<person_id>/nieuw/<form_id>")
@act(Act.FORM_FILL_RECEPTION)
def begin(person_id: str, form_id: str) -> Page:
    """A form for this person, with everything filled in that is known."""
    version = visitor.live().form(form_id)
    if AUDIENCE not in version.form.audience:
        raise BadRequest
    draft = prefill.begin(visitor.actor(), version, person=person_id)
    return redirect(url_for("reception.fill", draft_id=draft.id))


@bp.get("/<person_id>/zelfde/<other_id>")
@act(Act.PERSON_MERGE)
def same(person_id: str, other_id: str) -> Page:
    """What merging this record into the other would do."""
    return _same_page(person_id, other_id)


@bp.post("/<person_id>/zelfde/<other_id>")
@act(Act.PERSON_MERGE)
def merge(person_id: str, other_id: str) -> Page:
    """They are one person: the other record goes on."""
    reason = request.form.get("reden", "")[: merge_persons.LONGEST]
    follower = request.form.get("opvolger", "")[:16]
    try:
        merge_persons.merge(visitor.actor(), person_id, other_id, reason=reason, follower=follower)
    except Invalid as problem:
        if problem.code != "reason_needed":
            raise
        return _same_page(person_id, other_id, wrong=say("finding.reason_needed")), 422
    return redirect(url_for("people.show", person_id=other_id, klaar="samen"))


@bp.post("/uiteen/<merge_id>")
@act(Act.PERSON_MERGE)
def unmerge(merge_id: str) -> Page:
    """They were two after all."""
    loose = merge_persons.unmerge(visitor.actor(), merge_id)
    return redirect(url_for("people.show", person_id=loose, klaar="uiteen"))


@bp.post("/dossier/<case_id>")
@act(Act.CASE_ACT)
def of_case(case_id: str) -> Page:
    """Whom a case is about: somebody we know, a new person, surely not them, or not who we thought."""
    who = visitor.actor()
    do, _, person = request.form.get("_do", "").partition(":")
    if do == "link":
        link_case.link(who, case_id, person)
    elif do == "make":
        link_case.make(who, case_id)
    elif do == "refuse":
        link_case.refuse(who, case_id, person)
    elif do == "unlink":
        link_case.unlink(who, case_id)
    else:
        raise BadRequest
    return redirect(url_for("cases.show", case_id=case_id, _anchor="wie-is-dit"))


def _same_page(person_id: str, other_id: str, wrong: str = "") -> str:
    return render_template(
        "reception/same_person.html",
        preview=merge_persons.preview(visitor.actor(), person_id, other_id),
        places=visitor.world().staffing.neighbourhoods,
        wrong=wrong,
    )
