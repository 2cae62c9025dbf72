"""What does a calendar elsewhere know of somebody's work? By when a task is due, its number and a link, nothing more.

The link is secret and can be taken back; only a hash of it is kept. A calendar that reads it is no account: it sees
numbers and what lists may show (class 1 at most), no name, no content, no place. Tasks that are done or have moved are
simply no longer there, or elsewhere: calendars read the whole of it again each time.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from icalendar import Calendar, Event, vUri

from app.engine.policy import Act, Actor, may_ever
from app.services.cases.load_case import desk_of
from app.services.errors import Forbidden, NotFound
from app.services.follow_up.outgoing import current
from app.services.municipality import municipalities
from app.storage import ids
from app.storage.database import transaction
from app.storage.repositories import comfort_rows
from app.storage.repositories.comfort_rows import DueTask, Feed
from app.texts import say

SHOWN_CLASS = 1
ASKED_AGAIN = timedelta(hours=1)
"""How often calendars are asked to look again, and how exactly it is kept when they did."""
_DAY = timedelta(days=1)


def make(actor: Actor) -> str:
    """A new link for the actor; the secret in it, told this once. An older link is dead. Raises ``Forbidden``."""
    _demand(actor)
    secret = secrets.token_urlsafe(32)
    with transaction(actor.municipality) as tx:
        comfort_rows.put_feed(tx, actor.account, _hash(secret))
    return secret


def revoke(actor: Actor) -> None:
    """Take the link back: whatever reads it gets nothing from now on."""
    _demand(actor)
    with transaction(actor.municipality) as tx:
        comfort_rows.drop_feed(tx, actor.account)


def standing(actor: Actor) -> Feed | None:
    """Since when there is a link, and when it was last read; None without one."""
    _demand(actor)
    with transaction(actor.municipality, readonly=True) as tx:
        return comfort_rows.feed_of(tx, actor.account)


def read(municipality: str, secret: str, language: str = "nl") -> bytes:
    """The calendar behind a link, as text/calendar. Raises ``NotFound`` for a dead link or somebody who left."""
    desk = desk_of(municipality)
    with transaction(municipality, readonly=True) as tx:
        feed = comfort_rows.feed_behind(tx, _hash(secret))
        worker = desk.world.staffing.workers.get(feed.account) if feed else None
        if feed is None or worker is None or not worker.active:
            raise NotFound
        tasks = comfort_rows.due_tasks(tx, feed.account)
        stale = feed.read_at is None or tx.now - feed.read_at > ASKED_AGAIN
    if stale:
        with transaction(municipality) as tx:
            comfort_rows.feed_read(tx, feed.account)
    return _calendar(tasks, municipalities.name_of(municipality), language)


def _calendar(tasks: list[DueTask], town: str, language: str) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Meernet//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", say("comforts.feed.name", language, municipality=town))
    made.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    for task in tasks:
        made.add_component(_event(task))
    return bytes(made.to_ical())


def _event(task: DueTask) -> Event:
    """A whole day, without reminder, that does not make anybody look busy."""
    outgoing = current()
    event = Event()
    event.add("uid", f"{ids.to_text(task.id)}@{outgoing.host}")
    event.add("dtstamp", task.created_at)
    event.add("dtstart", task.due_on)
    event.add("dtend", task.due_on + _DAY)
    shown = task.label if task.privacy <= SHOWN_CLASS else task.state
    event.add("summary", f"{task.number}: {shown}" if shown else task.number)
    event["url"] = vUri(outgoing.case_link(ids.to_text(task.case)))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _demand(actor: Actor) -> None:
    if not actor.account or not may_ever(actor, Act.QUEUE_READ):
        raise Forbidden(str(Act.QUEUE_READ))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
