"""The four rows of a submission and the user, as ORM classes."""

from __future__ import annotations

from datetime import date, datetime

from flask_login import UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

db = SQLAlchemy()


class User(UserMixin, db.Model):  # type: ignore[name-defined,misc]
    """Somebody at the desk."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Submission(db.Model):  # type: ignore[name-defined,misc]
    """The answers."""

    id: Mapped[int] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, object]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class Case(db.Model):  # type: ignore[name-defined,misc]
    """The case it opens."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    state: Mapped[str]
    holder_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class Task(db.Model):  # type: ignore[name-defined,misc]
    """What is to be done first."""

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    assignee_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    label: Mapped[str]
    due_on: Mapped[date]


class Event(db.Model):  # type: ignore[name-defined,misc]
    """A line of history."""

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
