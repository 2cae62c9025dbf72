"""Which messages did the demo send? Nothing leaves the house while mail goes to the catch-all."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.engine.policy import Act
from app.services.follow_up import caught_mail
from app.web import visitor
from app.web.acts import act

bp = Blueprint("mailbox", __name__)


@bp.get("/postbak")
@act(Act.MAILBOX_READ)
def index() -> str:
    """The caught messages, newest first."""
    found = caught_mail.page(visitor.actor(), cursor=request.args.get("vanaf", ""))
    return render_template("account/mailbox.html", page=found)


@bp.get("/postbak/<mail_id>")
@act(Act.MAILBOX_READ)
def show(mail_id: str) -> str:
    """One message."""
    return render_template("account/mail.html", mail=caught_mail.show(visitor.actor(), mail_id))
