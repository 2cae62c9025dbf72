"""Which blueprints are there, and what happens before and after every request?"""

from __future__ import annotations

from flask import Flask

from app.web import assets, csrf, errors, look, probes, security, shell, visitor
from app.web.account import comforts, confirming, locking, mailbox, outside, photo, second_step
from app.web.account import pages as account
from app.web.acts import guard
from app.web.campaigns import call, run
from app.web.home import pages as home
from app.web.keeping import consents, rights, terms
from app.web.partners import register, sheet, visiting
from app.web.public import asked, begin, coming, framed, mine, places, sheets, statements
from app.web.public import pages as public
from app.web.queue import (
    acting,
    asking,
    beside,
    cases,
    colleagues,
    collecting,
    emergency,
    overview,
    own_asks,
    quick,
    readers,
    resident,
    seeking,
    takeovers,
    together,
    views,
)
from app.web.queue import pages as queue
from app.web.reception import cards, finding, papers, people, post
from app.web.reception import pages as reception
from app.web.reports import elsewhere, listing, regions
from app.web.reports import pages as reports
from app.web.sessions import pages as sessions
from app.web.sessions import printing as session_lists
from app.web.sessions import series as session_series
from app.web.studio import (
    absences,
    beginning,
    editor,
    guide,
    intake,
    leaving,
    links,
    migrating,
    outside_settings,
    packages,
    points,
    safe,
    settings,
    staff,
    trial,
    versions,
    webhooks,
    work,
)
from app.web.studio import calendar as closing_days
from app.web.studio import pages as studio
from app.web.studio import (
    register as processing,
)

BLUEPRINTS = (
    assets.bp,
    probes.bp,
    home.bp,
    account.bp,
    second_step.bp,
    locking.bp,
    confirming.bp,
    photo.bp,
    mailbox.bp,
    comforts.bp,
    outside.bp,
    outside_settings.bp,
    webhooks.bp,
    begin.bp,
    look.bp,
    public.bp,
    framed.bp,
    sheets.bp,
    places.bp,
    statements.bp,
    coming.bp,
    mine.bp,
    reception.bp,
    cards.bp,
    papers.bp,
    post.bp,
    resident.bp,
    finding.bp,
    people.bp,
    queue.bp,
    views.bp,
    seeking.bp,
    together.bp,
    quick.bp,
    cases.bp,
    readers.bp,
    beside.bp,
    colleagues.bp,
    acting.bp,
    overview.bp,
    takeovers.bp,
    emergency.bp,
    sessions.bp,
    session_lists.bp,
    session_series.bp,
    register.bp,
    sheet.bp,
    visiting.bp,
    asked.bp,
    asking.bp,
    own_asks.bp,
    collecting.bp,
    studio.bp,
    trial.bp,
    staff.bp,
    leaving.bp,
    links.bp,
    points.bp,
    absences.bp,
    closing_days.bp,
    work.bp,
    migrating.bp,
    versions.bp,
    beginning.bp,
    editor.bp,
    guide.bp,
    safe.bp,
    packages.bp,
    settings.bp,
    intake.bp,
    processing.bp,
    reports.bp,
    run.bp,
    call.bp,
    elsewhere.bp,
    regions.bp,
    listing.bp,
    consents.bp,
    terms.bp,
    rights.bp,
)


def install(app: Flask) -> None:
    """Wire it; the order of the checks matters: size, then who and what, then the token."""
    visitor.install(app)
    shell.install(app)
    errors.install(app)
    security.install(app)
    app.before_request(probes.started)
    app.before_request(security.cap_fields)
    app.before_request(guard)
    app.before_request(csrf.check)
    app.after_request(probes.count)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
