"""How is a form filled in by somebody without an account, on our own page or in a frame on another's?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from flask import render_template, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from app.engine.model.answers import FieldError
from app.engine.policy import Act, Actor, by_link, may_ever
from app.jobs import relay
from app.services.definitions.catalogs import FormVersion
from app.services.errors import Invalid, NotFound
from app.services.follow_up.sending_limits import TOO_MANY
from app.services.intake.submit_form import Receipt, SubmitForm, submit
from app.services.municipality import openings
from app.texts import say
from app.web import agreeing, noticing, signing, visitor
from app.web.forms.pages import form_page
from app.web.forms.parts import Raw, html
from app.web.forms.reading import read
from app.web.forms.showing import SURE, Button, ShownForm, filling_of, minted, summary_of, with_sure
from app.web.forms.urgent import urgent_now
from app.web.forms.warned import warned_in
from app.web.lending import choices_for
from app.web.posting import pressed, whose
from app.web.public.places import with_neighbourhood

AUDIENCES = ("referrer", "public")
TRAP = "_website"
SINCE = "_since"
Page = Response | str | tuple[str, int]
NOTHING: Raw = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Desk:
    """One way in: the form, as whom it is filled in, where it is posted, how its receipt is shown."""

    version: FormVersion
    audience: str
    who: Actor
    action: str
    received: Callable[[Receipt], Page]
    link: str = ""
    card: str = ""
    """The number of the card on paper whose twin this is."""
    prefill: Raw = field(default_factory=lambda: NOTHING)


def open_form(form_id: str) -> tuple[FormVersion, str]:
    """The live form, when it is meant for people without an account. Raises ``NotFound``."""
    version = visitor.live().form(form_id)
    audience = next((name for name in AUDIENCES if name in version.form.audience), None)
    if audience is None or version.form.unlinked:
        raise NotFound
    return version, audience


def card() -> FormVersion:
    """The form that personal links are for: of those for referrers the one with a card on paper, else the first."""
    forms = [version for version in visitor.live().forms.values() if version.form.unlinked is None]
    found = [version for version in forms if "referrer" in version.form.audience]
    if not found:
        raise NotFound
    return next((version for version in found if version.form.card), found[0])


def filler(audience: str) -> Actor:
    """Somebody signed in stays who they are where they may fill it in; others come as what the form is for."""
    who = visitor.actor()
    known = not who.anonymous and (audience == "public" or may_ever(who, Act.FORM_FILL_REFERRER))
    return who if known else by_link(who.municipality, audience)


def blank(desk: Desk) -> Page:
    """A blank form, or why there is none now."""
    standing = openings.standing(visitor.world(), desk.version.form)
    if standing.closed:
        phone = visitor.world().settings.get("phone", "")
        return render_template("public/closed.html", form=desk.version.form, standing=standing, phone=phone)
    return _page(desk, desk.prefill, minted())


def handle(desk: Desk) -> Page:
    """Hand it in; what is wrong comes back beside the fields, with everything that was typed."""
    post = pressed(desk.version.form, desk.who)
    token = post.token or minted()
    raw = with_neighbourhood(desk.version.form, post.raw)
    if post.rows_changed or post.errors:
        page = _page(desk, raw, token, post.errors)
        return page, 422 if post.errors else 200
    request_ = SubmitForm(
        desk.who,
        desk.version.id,
        read(desk.version.hash, desk.version.form, raw),
        token,
        audience=desk.audience,
        shown=agreeing.shown_in(desk.version, raw),
        link=desk.link,
        card=desk.card,
        visitor=whose(desk.who),
        origin=request.remote_addr or "",
        sure=post.do == SURE,
        suspect=bool(request.form.get(TRAP, "")),
        began=began_at(request.form.get(SINCE, "")),
        notice=noticing.brought(desk.version.form),
    )
    try:
        receipt = submit(request_)
    except Invalid as problem:
        errors = problem.errors or (FieldError("", problem.code, tuple(problem.params.items())),)
        return _page(desk, raw, token, errors), 429 if problem.code == TOO_MANY else 422
    relay.hint(desk.who.municipality, receipt.wake)
    return desk.received(receipt)


def began_at(signed: str) -> datetime | None:
    """When the page was opened that this was posted from; ``None`` when it does not say so in our hand."""
    try:
        return datetime.fromisoformat(str(_since().loads(signed)))
    except (BadSignature, ValueError):
        return None


def _page(desk: Desk, raw: Raw, token: str, errors: tuple[FieldError, ...] = ()) -> str:
    version = desk.version
    page = form_page(version.hash, version.form, "nl", desk.audience)
    agreed = agreeing.words_for(version, page, raw, desk.who, audience=desk.audience)
    filling = replace(
        filling_of(agreed.raw, errors, address=version.form.address_form),
        choices=choices_for(page, desk.who),
        roles=desk.who.roles,
        words=agreed.words,
        shown=agreed.shown,
        warned=warned_in(page, version.hash, agreed.raw, visitor.moment(), desk.who.roles),
    )
    moment = visitor.moment()
    notice = noticing.notice_of(version)
    since = request.form.get(SINCE, "") or str(_since().dumps(moment.now.isoformat()))
    shown = ShownForm(
        page=page,
        body=page.render(filling),
        today=moment.today.isoformat(),
        urgent=urgent_now(page, version.hash, agreed.raw, moment, desk.who.roles),
        action=desk.action,
        token=token,
        summary=summary_of(errors, address=version.form.address_form),
        buttons=with_sure((Button("submit", say("forms.submit"), main=True),), errors),
        hidden=((SINCE, since), noticing.carried(notice)),
        extra=_trap(),
    )
    standing = openings.standing(visitor.world(), version.form)
    return render_template("public/form.html", form=shown, card=desk.card, notice=notice, standing=standing)


def _trap() -> str:
    """An input that no person sees or reaches; what is filled in there asks for a second look, no more."""
    return html(
        '<div class="visually-hidden" aria-hidden="true"><label for="i-{}">{}</label>'
        '<input id="i-{}" name="{}" tabindex="-1" autocomplete="off"></div>',
        TRAP,
        say("public.trap"),
        TRAP,
        TRAP,
    )


def _since() -> URLSafeSerializer:
    return URLSafeSerializer(signing.accepted(), salt="opened")
