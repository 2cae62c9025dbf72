"""What does somebody prove themselves with beside a password: an app with codes, codes on paper, passkeys?"""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, Actor
from app.services.access import passkeys, second_step, sessions, signing_in
from app.services.errors import Forbidden, Invalid, NotFound
from app.web import replay, visitor
from app.web.account import passkey_place
from app.web.account.pages import as_json, onward
from app.web.acts import SignInFirst, act
from app.web.errors import sentences

bp = Blueprint("second_step", __name__)
Page = Response | str | tuple[str, int]
DONE = ("app", "weg", "passkey")
LONGEST_ID = 18
"""Digits of a number that both databases take."""


# On the way in -------------------------------------------------------------------------------------------------------


@bp.get("/aanmelden/code")
@act(Act.PAGE_PUBLIC)
def code() -> Page:
    """The password was right; ask the second step."""
    back = request.args.get("back", "")
    if _half(sessions.CODE) is None:
        return redirect(url_for("account.sign_in", back=back))
    return render_template("account/code.html", back=back, kept=(), lines=())


@bp.post("/aanmelden/code")
@act(Act.PAGE_PUBLIC)
def code_post() -> Page:
    """A code of the app or from paper."""
    back, kept = request.form.get("back", ""), replay.carried()
    try:
        entered = signing_in.by_code(
            visitor.municipality_id(),
            visitor.session_key(),
            request.form.get("code", ""),
            visitor.browser(),
        )
    except NotFound:
        return _anew(back, kept)
    except Invalid as problem:
        if problem.code == signing_in.ENDED:
            return _anew(back, kept)
        page = render_template("account/code.html", back=back, kept=kept, lines=sentences(problem))
        return page, 422
    return onward(entered, back)


@bp.get("/aanmelden/instellen")
@act(Act.PAGE_PUBLIC)
def set_up() -> Page:
    """Who must have a second step and has none can do nothing else first."""
    back = request.args.get("back", "")
    half = _half(sessions.SET_UP)
    if half is None:
        return redirect(url_for("account.sign_in", back=back))
    return _set_up_page(half, back)


@bp.post("/aanmelden/instellen")
@act(Act.PAGE_PUBLIC)
def set_up_post() -> Page:
    """The first code of the app: let them in, with their recovery codes."""
    back, half = request.form.get("back", ""), _half(sessions.SET_UP)
    if half is None:
        return _anew(back, [])
    try:
        codes = second_step.confirm_app(half, request.form.get("code", ""))
    except Invalid as problem:
        return _set_up_page(half, back, sentences(problem)), 422
    entered = signing_in.after_set_up(half.municipality, visitor.session_key(), visitor.browser())
    return visitor.let_in(make_response(_codes_page(codes, replay.path_of(back))), entered)


# On one's own page ---------------------------------------------------------------------------------------------------


@bp.get("/account/beveiliging")
@act(Act.ACCOUNT_OWN)
def index() -> Page:
    """What one has."""
    return _own_page(done=request.args.get("klaar", ""))


@bp.post("/account/beveiliging/app")
@act(Act.ACCOUNT_OWN)
def begin() -> Page:
    """A secret for an app."""
    try:
        second_step.begin_app(visitor.actor())
    except Invalid as problem:
        return _own_page(sentences(problem)), 422
    return _app_page()


@bp.post("/account/beveiliging/app/bevestig")
@act(Act.ACCOUNT_OWN)
def confirm() -> Page:
    """The first code of the app."""
    try:
        codes = second_step.confirm_app(visitor.actor(), request.form.get("code", ""))
    except Invalid as problem:
        return _app_page(sentences(problem)), 422
    return _codes_page(codes) if codes else redirect(url_for("second_step.index", klaar="app"))


@bp.post("/account/beveiliging/app/weg")
@act(Act.ACCOUNT_OWN)
def remove() -> Page:
    """No app any more; the password is asked."""
    try:
        second_step.remove_app(visitor.actor(), request.form.get("password", ""))
    except Invalid as problem:
        return _own_page(sentences(problem)), 422
    return redirect(url_for("second_step.index", klaar="weg"))


@bp.post("/account/beveiliging/codes")
@act(Act.ACCOUNT_OWN)
def codes() -> Page:
    """Other recovery codes, shown this once."""
    return _codes_page(second_step.new_codes(visitor.actor()))


@bp.post("/account/beveiliging/passkey/vraag")
@act(Act.PAGE_PUBLIC)
def passkey_options() -> Page:
    """What a browser makes a passkey with."""
    return as_json(passkeys.ask_to_register(_whose(), passkey_place.here()))


@bp.post("/account/beveiliging/passkey")
@act(Act.PAGE_PUBLIC)
def add_passkey() -> Page:
    """Keep a passkey; who had to have one is in."""
    who = _whose()
    passkeys.register(who, passkey_place.here(), passkey_place.answer(), passkey_place.told("name"))
    answer = jsonify(where=url_for("second_step.index", klaar="passkey"))
    if visitor.is_signed_in():
        return answer
    entered = signing_in.after_set_up(who.municipality, visitor.session_key(), visitor.browser())
    return visitor.let_in(answer, entered)


@bp.post("/account/beveiliging/passkey/<key>/weg")
@act(Act.ACCOUNT_OWN)
def remove_passkey(key: str) -> Page:
    """Forget one."""
    if not key.isdecimal() or len(key) > LONGEST_ID:
        raise NotFound
    passkeys.remove(visitor.actor(), int(key))
    return redirect(url_for("second_step.index", klaar="weg"))


@bp.post("/beheer/mensen/<account>/tweede-stap")
@act(Act.ACCOUNTS_EDIT)
def reset(account: str) -> Page:
    """Somebody lost everything they prove themselves with; the reason is logged and they hear of it."""
    try:
        second_step.reset(visitor.actor(), account, request.form.get("reason", ""))
    except (Invalid, Forbidden):
        return redirect(url_for("staff.show", account=account, klaar="reden", _anchor="tweede-stap"))
    return redirect(url_for("staff.show", account=account, klaar="stap"))


def _whose() -> Actor:
    """Who is signed in, or must set up a second step before they are. Raises ``SignInFirst``."""
    if visitor.is_signed_in():
        return visitor.actor()
    half = _half(sessions.SET_UP)
    if half is None:
        raise SignInFirst
    return half


def _half(stage: str) -> Actor | None:
    found = visitor.half()
    return found.actor if found is not None and found.stage == stage else None


def _anew(back: str, kept: replay.Kept) -> Page:
    page = render_template("account/sign_in.html", email="", back=back, kept=kept, lines=(), expired=True)
    return page, 401


def _set_up_page(half: Actor, back: str, lines: tuple[str, ...] = ()) -> str:
    return render_template("account/set_up.html", app=second_step.waiting_app(half), back=back, lines=lines)


def _app_page(lines: tuple[str, ...] = ()) -> str:
    return render_template("account/app.html", app=second_step.waiting_app(visitor.actor()), lines=lines)


def _own_page(lines: tuple[str, ...] = (), *, done: str = "") -> str:
    return render_template(
        "account/protection.html",
        standing=second_step.standing(visitor.actor()),
        lines=lines,
        done=done if done in DONE else "",
    )


def _codes_page(codes: tuple[str, ...], onward_to: str = "") -> str:
    return render_template("account/codes.html", codes=codes, onward_to=onward_to)
