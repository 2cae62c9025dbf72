"""How is a button of a case pressed, with its small form?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.definitions.model.forms import Form
from app.engine.model.answers import FieldError
from app.engine.policy import Act
from app.jobs import relay
from app.services.cases import act_on_case, case_page, matches, pressed_before, print_reading
from app.services.cases.act_on_case import NOTHING_GIVEN, ActOnCase, ActOutcome
from app.services.cases.case_view import ActionView, CasePage
from app.services.definitions import catalogs
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Conflict, Invalid, NotFound
from app.services.intake import prefill
from app.texts import say
from app.web import agreeing, returning, visitor
from app.web.acts import act
from app.web.forms.pages import form_page, make_page
from app.web.forms.parts import Raw
from app.web.forms.reading import read
from app.web.forms.showing import SURE, TOKEN, Button, ShownForm, filling_of, minted, summary_of, with_sure
from app.web.forms.warned import warned_in
from app.web.lending import choices_for
from app.web.posting import Pressed, pressed
from app.web.reception.cards import pdf_answer

bp = Blueprint("acting", __name__, url_prefix="/dossiers/<case_id>/doe")
REASON, ROW = "_reason", "_reason."
TASK, INTO, MATCH = "_task.", "_into", "_match"
Page = Response | str | tuple[str, int]
NO_FORM = Form(id="", title="", sections=())


@bp.get("/<action_id>")
@act(Act.CASE_ACT)
def form(case_id: str, action_id: str) -> Page:
    """The small form of a button, on a page of its own: from the list, and back there (``terug``)."""
    case = case_page.show(visitor.actor(), case_id)
    return _page(case, _action(case, action_id), _first(case), minted())


@dataclass(frozen=True, slots=True)
class Opened:
    """A button with its small form, opened on a page: what ``queue/_act.html`` shows."""

    action: ActionView
    form: ShownForm
    changed: object = None

    @property
    def to_read(self) -> bool:
        """Whether there is something to read, that can go along on paper."""
        return print_reading.to_read(self.action.form)


def opened(case: CasePage, action_id: str) -> Opened | None:
    """The small form of a button that can be pressed, to stand on the page of the case."""
    found = next((item for item in case.actions if item.id == action_id and item.enabled), None)
    return Opened(found, _shown(case, found, _first(case), minted())) if found else None


def _first(case: CasePage) -> Raw:
    """What the form starts with: of the case that is proposed, where there is one."""
    other = _match()
    return matches.first_answers(visitor.actor(), case.id, other) if other else {}


def _match() -> str:
    """The case that is proposed: named by the link to the form, and kept in it."""
    return (request.form.get(MATCH) or request.args.get("met", ""))[:40]


@bp.get("/<action_id>/papier")
@act(Act.CASE_ACT)
def paper(case_id: str, action_id: str) -> Response:
    """What there is to read before this button, to take along and to sign."""
    return pdf_answer(print_reading.sheet(visitor.actor(), case_id, action_id), "te-lezen.pdf")


@bp.post("/<action_id>")
@act(Act.CASE_ACT)
def press(case_id: str, action_id: str) -> Page:
    """Press it. When a colleague was first, both versions stand on one page and nothing typed is lost."""
    who = visitor.actor()
    case = case_page.show(who, case_id)
    action = _found(case, action_id)
    if action is None:  # gone since: by this very press, whose answer never came, or by a colleague's
        token = request.form.get(TOKEN, "")[:64]
        return _next(pressed_before.look(who, case_id, action_id, token, since=_version(case)), action_id)
    post = pressed(action.form or NO_FORM, who)
    if post.rows_changed or post.errors:
        return _page(case, action, post.raw, post.token, post.errors), 422 if post.errors else 200
    try:
        outcome = act_on_case.act(_request(case, action, post))
    except Invalid as problem:
        errors = problem.errors or (FieldError("", problem.code, tuple(problem.params.items())),)
        return _page(case, action, post.raw, post.token, errors), 422
    except Conflict as problem:
        page = _page(case, action, post.raw, minted(), changed=problem.current)
        return page, 409
    relay.hint(who.municipality, outcome.wake)
    return _next(outcome, action_id)


def _request(case: CasePage, action: ActionView, post: Pressed) -> ActOnCase:
    version = _version_of(action)
    given = read(version.hash, version.form, post.raw) if version else NOTHING_GIVEN
    return ActOnCase(
        actor=visitor.actor(),
        case=case.id,
        action=action.id,
        version=_version(case),
        token=post.token,
        given=given,
        reason=request.form.get(REASON, ""),
        row_reasons={row.id: request.form.get(f"{ROW}{row.id}", "") for row in action.rows},
        open_tasks={
            key: becomes for key in _asked(action) if (becomes := request.form.get(f"{TASK}{key}", ""))
        },
        shown=agreeing.shown_in(version, post.raw) if version else {},
        into=request.form.get(INTO, "").strip()[:60] if action.merges else "",
        match=_match(),
        sure=post.do == SURE,
    )


def _asked(action: ActionView) -> list[str]:
    """The keys of the tasks and referrals of which it asks what becomes of them."""
    return [*(task.key for task in action.open_tasks), *(item.key for item in action.referrals)]


def _version_of(action: ActionView) -> FormVersion | None:
    """The version of the form behind the button."""
    if action.form is None:
        return None
    return catalogs.form_version(visitor.municipality_id(), int(action.form_version))


def _version(case: CasePage) -> int:
    text = request.form.get("_version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else case.version


def _next(outcome: ActOutcome, button: str) -> Response:
    """Back to where it was pressed; the page of the case says what was done."""
    if outcome.open_form:
        return _go_on(outcome, button)
    back = returning.path()
    return redirect(back or url_for("cases.show", case_id=outcome.case, klaar="gedaan"))


def _go_on(outcome: ActOutcome, button: str) -> Response:
    """The form that the button opens: a draft that knows which case it came from, with what is known filled in."""
    version = visitor.live().form(outcome.open_form)
    draft = prefill.begin(visitor.actor(), version, parent=outcome.case, button=button)
    return redirect(url_for("reception.fill", draft_id=draft.id))


def _found(case: CasePage, action_id: str) -> ActionView | None:
    return next((action for action in case.actions if action.id == action_id), None)


def _action(case: CasePage, action_id: str) -> ActionView:
    found = _found(case, action_id)
    if found is None:
        raise NotFound
    return found


def _page(
    case: CasePage,
    action: ActionView,
    raw: Raw,
    token: str,
    errors: tuple[FieldError, ...] = (),
    *,
    changed: object = None,
) -> str:
    shown = _shown(case, action, raw, token, errors)
    return render_template(
        "queue/action.html",
        case=case,
        act=Opened(action, shown, changed),
        form=shown,
        chosen=request.form,
        back=returning.path(),
    )


def _shown(
    case: CasePage, action: ActionView, raw: Raw, token: str, errors: tuple[FieldError, ...] = ()
) -> ShownForm:
    who = visitor.actor()
    version = _version_of(action)
    page = form_page(version.hash, version.form, "nl", "") if version else make_page(NO_FORM)
    agreed = agreeing.words_of_case(version, page, raw, who, case) if version else agreeing.Agreeing(raw)
    filling = replace(
        filling_of(agreed.raw, errors, address=page.form.address_form),
        choices=choices_for(page, who),
        roles=who.roles,
        words=agreed.words,
        shown=agreed.shown,
        warned=warned_in(page, version.hash if version else "", agreed.raw, visitor.moment(), who.roles),
    )
    return ShownForm(
        page=page,
        body=page.render(filling),
        today=visitor.moment().today.isoformat(),
        action=url_for("acting.press", case_id=case.id, action_id=action.id),
        token=token,
        summary=summary_of(errors, address=page.form.address_form),
        buttons=with_sure((Button("submit", action.label or say("forms.submit"), main=True),), errors),
        hidden=(("_version", str(case.version)), *_kept()),
    )


def _kept() -> tuple[tuple[str, str], ...]:
    """Where it goes back to, and what is proposed."""
    kept = ((returning.BACK, returning.path()), (MATCH, _match()))
    return tuple((name, value) for name, value in kept if value)
