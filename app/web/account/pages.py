"""How does somebody sign in, sign out, and look after their own account?"""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.engine.policy import Act, may_ever
from app.services.access import accounts, sessions
from app.services.errors import Forbidden, Invalid
from app.services.follow_up import calendar_feed, mail_wishes
from app.web import csrf, replay, visitor
from app.web.acts import act
from app.web.errors import sentences

bp = Blueprint("account", __name__)
Page = Response | str | tuple[str, int]
DONE = ("wachtwoord", "mail", "agenda")


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
        key = accounts.sign_in(
            visitor.municipality_id(),
            email,
            request.form.get("password", ""),
            ip=request.remote_addr or "",
            agent=request.user_agent.string,
        )
    except (Invalid, Forbidden):
        return _sign_in_page(back, email=email, failed=True), 422
    answer = make_response(_after_sign_in(back, replay.carried(), key))
    visitor.keep_session(answer, key)
    return answer


@bp.post("/afmelden")
@act(Act.ACCOUNT_OWN)
def sign_out() -> Page:
    """End this session, on the server too."""
    sessions.end(visitor.municipality_id(), visitor.session_key())
    answer = make_response(redirect(url_for("account.sign_in")))
    visitor.forget_session(answer)
    return answer


@bp.get("/account/langer")
@act(Act.ACCOUNT_OWN)
def longer() -> Page:
    """A sign of life: how many seconds the session lasts from now."""
    found = visitor.signed_in()
    return jsonify(ends_in=found.ends_in if found else 0)


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


def own_page(lines: tuple[str, ...] = (), *, done: str = "", link: str = "") -> str:
    """The page of one's own account; ``link`` is a calendar link that was made just now."""
    who = visitor.actor()
    worker = visitor.world().staffing.workers.get(who.account)
    works = may_ever(who, Act.QUEUE_READ) and worker is not None
    wish = mail_wishes.read(who)
    return render_template(
        "account/index.html",
        sessions=sessions.listed(who),
        lines=lines,
        done=done if done in DONE else "",
        may_be_away=may_ever(who, Act.ABSENCE_OWN),
        works=works,
        wish=wish,
        days=mail_wishes.days_of(wish, worker) if worker else (),
        working=sorted(worker.weekdays) if worker else (),
        feed=calendar_feed.standing(who) if works else None,
        feed_link=link,
    )


def _sign_in_page(back: str, *, email: str = "", failed: bool = False) -> str:
    kept = replay.carried()
    return render_template(
        "account/sign_in.html", back=back, email=email, kept=kept, failed=failed, expired=bool(kept)
    )


def _after_sign_in(back: str, kept: replay.Kept, key: str) -> Page:
    """Back to where one was; with what was typed, one press away, under a token of the new session."""
    begun = sessions.load(visitor.municipality_id(), key) if kept else None
    if begun is None:
        return redirect(replay.path_of(back))
    return render_template("replay.html", kept=kept, path=replay.path_of(back), token=csrf.token_of(begun))
