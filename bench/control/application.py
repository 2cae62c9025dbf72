"""The control as an application: sign in, show the form, store a submission."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from flask_login import LoginManager, current_user, login_required, login_user
from sqlalchemy import event as sqlalchemy_event

from bench.control.forms import BroadIntake
from bench.control.models import Case, Event, Submission, Task, User, db


def _durable(connection: Any, _record: object) -> None:
    """Give SQLite the same durability the product runs with."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _store(form: BroadIntake) -> int:
    """Four rows, one transaction."""
    now = datetime.now(UTC).replace(tzinfo=None)  # noqa: TID251 - the control is its own application
    answers = {name: value for name, value in form.data.items() if name != "csrf_token"}
    for row in answers["afspraken"]:
        row["tegen"] = row["tegen"] and row["tegen"].isoformat()
    submission = Submission(answers=answers, by_id=current_user.id, at=now)
    db.session.add(submission)
    db.session.flush()
    case = Case(submission_id=submission.id, state="toegewezen", holder_id=current_user.id)
    db.session.add(case)
    db.session.flush()
    due = (now + timedelta(days=7)).date()
    db.session.add(Task(case_id=case.id, assignee_id=current_user.id, label="Neem contact op", due_on=due))
    db.session.add(Event(case_id=case.id, kind="submitted", at=now))
    db.session.commit()
    return case.id


def create_control(database_url: str) -> Flask:
    """Return the control over ``database_url``, with its tables and one user."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="control" * 8, SQLALCHEMY_DATABASE_URI=database_url, WTF_CSRF_TIME_LIMIT=None
    )
    db.init_app(app)
    manager = LoginManager(app)
    manager.user_loader(lambda user_id: db.session.get(User, int(user_id)))

    @app.route("/in")
    def sign_in() -> str:
        login_user(db.session.get(User, 1))
        return "in"

    @app.route("/intake", methods=["GET", "POST"])
    @login_required  # type: ignore[untyped-decorator]
    def intake() -> Any:
        form = BroadIntake()
        if request.method == "POST" and form.validate():
            return redirect(url_for("received", case_id=_store(form)))
        return render_template("intake.html", form=form)

    @app.route("/received/<int:case_id>")
    def received(case_id: int) -> str:
        return f"case {case_id}"

    with app.app_context():
        if database_url.startswith("sqlite"):
            sqlalchemy_event.listen(db.engine, "connect", _durable)
        db.create_all()
        if db.session.get(User, 1) is None:
            db.session.add(User(id=1, name="Hilde Claes"))
            db.session.commit()
    return app
