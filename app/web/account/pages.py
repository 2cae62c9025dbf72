"""How does somebody sign in, sign out, and look after their own account?"""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine import access_words
from app.engine.policy import Act, may_ever
from app.services.access import accounts, passkeys, second_step, sessions, signing_in
from app.services.access.signing_in import Entered
from app.services.errors import Invalid
from app.services.follow_up import calendar_feed, mail_wishes
from app.web import csrf, elsewhere, replay, visitor
from app.web.account import passkey_place
from app.web.acts import act
from app.web.errors import sentences

bp = Blueprint("account", __name__)
Page = Response | str | tuple[str, int]
DONE = ("wachtwoord", "mail", "agenda", "sessie")


@bp.get("/aanmelden")
@act(Act.PAGE_PUBLIC)
def sign_in() -> Page:
    """The sign-in page."""
    if visitor.is_signed_in():
        return redirect(replay.path_of(request.args.get("back", "")))
    return _sign_in_page(request.args.get("back", ""))


@bp.post("/aanmelden")
@act(Act.PAGE_PUBLIC)
def sign_in_post() -> Page:
    """Sign in; what was typed before the session ended goes along."""
    back, email = request.form.get("back", ""), request.form.get("email", "")
    try:
        entered = signing_in.by_password(
            visitor.municipality_id(), email, request.form.get("password", ""), visitor.browser()
        )
    except Invalid as problem:
        return _sign_in_page(back, email=email, lines=sentences(problem)), 422
    return onward(entered, back)


@bp.post("/aanmelden/passkey/vraag")
@act(Act.PAGE_PUBLIC)
def passkey_options() -> Page:
    """What a browser signs to sign in with a passkey."""
    return as_json(passkeys.ask(visitor.municipality_id(), passkey_place.here()))


@bp.post("/aanmelden/passkey")
@act(Act.PAGE_PUBLIC)
def passkey() -> Page:
    """Sign in with a passkey; where to go on."""
    half = visitor.session_key() if visitor.half() else ""
    place, told = passkey_place.here(), passkey_place.answer()
    entered = passkeys.sign_in(visitor.municipality_id(), place, told, visitor.browser(), half=half)
    return visitor.let_in(jsonify(where=replay.path_of(passkey_place.told("back"))), entered)


@bp.post("/afmelden")
@act(Act.ACCOUNT_OWN)
def sign_out() -> Page:
    """End this session, on the server too."""
    return signed_out()


@bp.post("/account/sessies/<session>/weg")
@act(Act.ACCOUNT_OWN)
def end_session(session: str) -> Page:
    """End a session on another device."""
    sessions.end_one(visitor.actor(), session)
    return redirect(url_for("account.index", klaar="sessie", _anchor="sessies"))


@bp.get("/account/langer")
@act(Act.ACCOUNT_OWN)
def longer() -> Page:
    """A sign of life: how many seconds the session lasts from now."""
    found = visitor.signed_in()
    return jsonify(ends_in=found.ends_in if found else 0, longest=found.longest if found else 0)


@bp.get("/account")
@act(Act.ACCOUNT_OWN)
def index() -> Page:
    """One's own account: name, mail, calendar, sessions, password."""
    return own_page(done=request.args.get("klaar", ""))


@bp.post("/account/wachtwoord")
@act(Act.ACCOUNT_OWN)
def change_password() -> Page:
    """Another password; all other sessions end."""
    old, new = request.form.get("password", ""), request.form.get("new_password", "")
    try:
        accounts.change_password(visitor.actor(), old, new, token=visitor.session_key())
    except Invalid as problem:
        return own_page(sentences(problem)), 422
    return redirect(url_for("account.index", klaar="wachtwoord"))


@bp.post("/account/sessies/weg")
@act(Act.ACCOUNT_OWN)
def end_sessions() -> Page:
    """End the sessions on all other devices."""
    sessions.end_others(visitor.actor(), visitor.session_key())
    return redirect(url_for("account.index", klaar="sessie", _anchor="sessies"))


def own_page(lines: tuple[str, ...] = (), *, done: str = "", link: str = "") -> str:
    """The page of one's own account; ``link`` is a calendar link that was made just now."""
    who = visitor.actor()
    worker = visitor.world().staffing.workers.get(who.account)
    works = may_ever(who, Act.QUEUE_READ) and worker is not None
    wish = mail_wishes.read(who)
    return render_template(
        "account/index.html",
        sessions=sessions.listed(who),
        this_session=sessions.hash_of(visitor.session_key()),
        standing=second_step.standing(who),
        lines=lines,
        done=done if done in DONE else "",
        may_be_away=may_ever(who, Act.ABSENCE_OWN),
        works=works,
        wish=wish,
        days=mail_wishes.days_of(wish, worker) if worker else (),
        working=sorted(worker.weekdays) if worker else (),
        feed=calendar_feed.standing(who) if works else None,
        feed_link=link,
        sights=access_words.sights(who.roles),
        may_ask=may_ever(who, Act.EMERGENCY_ASK),
    )


def signed_out() -> Response:
    """End the session, and take away what the browser holds of it."""
    sessions.end(visitor.municipality_id(), visitor.session_key())
    answer = make_response(
        redirect(url_for("outside.signed_out" if elsewhere.offer() else "account.sign_in"))
    )
    visitor.forget_session(answer)
    return answer


def onward(
    entered: Entered, back: str, kept: replay.Kept | None = None, *, pressed: bool = False
) -> Response:
    """After a password or a code: the next step, or back to where one was, with what was typed one press away;
    ``pressed``: so is a button, though nothing was typed."""
    kept = replay.carried() if kept is None else kept
    if entered.stage != sessions.OPEN:
        name = "code" if entered.stage == sessions.CODE else "set_up"
        begun = sessions.look(visitor.municipality_id(), entered.key) if kept else None
        page = (
            render_template(f"account/{name}.html", **_half_page(back, kept), token=csrf.token_of(begun))
            if begun is not None and name == "code"
            else redirect(url_for(f"second_step.{name}", back=back))
        )
        return visitor.let_in(make_response(page), entered)
    return visitor.let_in(
        make_response(_after_sign_in(back, kept, entered.key, pressed=pressed or bool(kept))), entered
    )


def _half_page(back: str, kept: replay.Kept) -> dict[str, object]:
    return {"back": back, "kept": kept, "lines": ()}


def as_json(text: str) -> Response:
    """An answer that is JSON already."""
    answer = make_response(text)
    answer.mimetype = "application/json"
    return answer


def _sign_in_page(back: str, *, email: str = "", lines: tuple[str, ...] = ()) -> str:
    kept = replay.carried()
    return render_template(
        "account/sign_in.html", back=back, email=email, kept=kept, lines=lines, expired=bool(kept)
    )


def _after_sign_in(back: str, kept: replay.Kept, key: str, *, pressed: bool) -> Page:
    """Back to where one was; with what was typed, one press away, under a token of the new session."""
    begun = sessions.load(visitor.municipality_id(), key) if pressed else None
    if begun is None:
        return redirect(replay.path_of(back))
    return render_template("replay.html", kept=kept, path=replay.path_of(back), token=csrf.token_of(begun))
