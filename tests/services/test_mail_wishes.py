from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from app.engine.policy import Actor
from app.services.access import accounts
from app.services.cases import add_task
from app.services.errors import Forbidden, Invalid, NotFound
from app.services.follow_up import calendar_feed, caught_mail, digest, mail_wishes
from app.services.follow_up.outgoing import Outgoing, configure, current
from app.services.staff import staff_people, staffing
from app.storage import clock
from app.storage.database import transaction
from app.storage.models import CalendarFeed
from app.storage.repositories.comfort_rows import Wish
from tests.support.bound import MUNICIPALITY
from tests.support.town import CARD, actor, asked, local, press, send_card, settle

pytestmark = pytest.mark.usefixtures("town")
MONDAY = local("2026-11-09 09:40")
DUE = date(2026, 11, 13)  # a Friday: three working days, with 11 November between
MARKERS = ("Maria", "Canariebos", "Geheimpje", "kat", "eenzaam", "Eenzaam", "Oosthoek", CARD["contact.tel"])


@pytest.fixture(autouse=True)
def _outgoing(town: object) -> Iterator[None]:
    before = current()
    configure(Outgoing(base_url="https://zandlede.example", host="z.example"))
    yield
    configure(before)


def mails(day: str) -> list[str]:
    """The subjects of what Joris got in the morning of ``day``."""
    before = len(caught_mail.page(actor("mira_lauwers")).mails)
    with clock.stopped_at(local(f"{day} 07:00")):
        digest.plan(MUNICIPALITY)
    with clock.stopped_at(local(f"{day} 08:40")):
        settle()
    found = caught_mail.page(actor("mira_lauwers")).mails
    fresh = found[: len(found) - before]
    return [mail.subject for mail in fresh if mail.recipient == "joris.maes@zandlede.example"]


def _card() -> str:
    with clock.stopped_at(MONDAY):
        case = send_card().case
        settle()
    return case


def test_the_mail_comes_on_the_days_somebody_chose_and_what_waits_stands_in_the_next_one() -> None:
    _card()
    mail_wishes.save(actor("joris_maes"), daily=True, days=[0, 3], only_working=True)
    assert mails("2026-11-13") == []  # due today, a Friday that was not chosen
    assert len(mails("2026-11-16")) == 1  # Monday


def test_who_wants_it_only_when_something_is_late_still_hears_of_that() -> None:
    _card()
    mail_wishes.save(actor("joris_maes"), daily=False, days=[0, 1, 2, 3, 4], only_working=True)
    assert mails("2026-11-13") == []
    assert len(mails("2026-11-16")) == 1


def test_never_more_than_one_mail_a_morning() -> None:
    with clock.stopped_at(MONDAY):
        send_card()
        send_card(persoon__voornaam="Jef")
        settle()
    assert len(mails("2026-11-13")) == 1
    assert mails("2026-11-13") == []


def test_days_off_are_left_alone_and_a_choice_that_became_days_off_falls_back_on_working_days() -> None:
    joris = actor("joris_maes")
    worker = replace(staffing.world(MUNICIPALITY).staffing.workers[joris.account], weekdays=frozenset({0, 1}))
    wish = replace(Wish(), days=(1, 4))
    assert mail_wishes.days_of(wish, worker) == {1}
    assert mail_wishes.days_of(replace(wish, only_working=False), worker) == {1, 4}
    assert mail_wishes.days_of(replace(wish, days=(4,)), worker) == {0, 1}
    assert mail_wishes.days_of(Wish(), worker) == {0, 1}


def test_a_mail_that_never_comes_cannot_be_chosen() -> None:
    with pytest.raises(Invalid):
        mail_wishes.save(actor("joris_maes"), daily=True, days=[], only_working=True)


# The calendar ----------------------------------------------------------------------------------------------


def events(secret: str) -> list[dict[str, str]]:
    """The events behind a link, as plain texts."""
    found = Calendar.from_ical(calendar_feed.read(MUNICIPALITY, secret))
    return [{name: str(item.decoded(name, "")) for name in item} for item in found.walk("VEVENT")]


def test_a_calendar_sees_number_task_day_and_link_and_nothing_that_anybody_told() -> None:
    case = _card()
    joris = actor("joris_maes")
    with clock.stopped_at(MONDAY):
        add_task.add(joris, case, "Geheimpje over de kat van Maria", to="", due_on=DUE)
        press(case, "bereikt", {**asked(case, "bereikt"), "nota": "Geheimpje"})
        secret = calendar_feed.make(joris)
        raw = calendar_feed.read(MUNICIPALITY, secret).decode()
        own = [item for item in events(secret) if item["DTSTART"] == str(DUE)]
    assert len(own) == 1
    assert "BEGIN:VALARM" not in raw
    assert f"https://zandlede.example/dossiers/{case}" in raw.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261113" in raw
    for told in MARKERS:
        assert told not in raw


def test_a_task_that_moved_keeps_its_name_and_one_that_is_done_is_gone() -> None:
    case = _card()
    joris = actor("joris_maes")
    secret = calendar_feed.make(joris)
    (before,) = events(secret)
    assert before["DTSTART"] == str(DUE)
    assert before["UID"].endswith("@z.example")
    (again,) = events(secret)
    assert again["UID"] == before["UID"]
    with clock.stopped_at(MONDAY):
        press(case, "wenst_geen_hulp", reason="wenst_geen_hulp")
    assert events(secret) == []


def test_a_link_can_be_replaced_and_taken_back_and_only_its_hash_is_kept() -> None:
    joris = actor("joris_maes")
    old = calendar_feed.make(joris)
    new = calendar_feed.make(joris)
    with pytest.raises(NotFound):
        calendar_feed.read(MUNICIPALITY, old)
    assert calendar_feed.standing(joris) is not None
    calendar_feed.read(MUNICIPALITY, new)
    with transaction(MUNICIPALITY, readonly=True) as tx:
        kept = tx.execute(sa.select(CalendarFeed.__table__)).all()
    assert new not in str(kept)
    calendar_feed.revoke(joris)
    assert calendar_feed.standing(joris) is None
    with pytest.raises(NotFound):
        calendar_feed.read(MUNICIPALITY, new)


def test_the_calendar_of_who_left_is_dead() -> None:
    new = accounts.NewAccount("Vera Vertrekt", "vera@zandlede.example", ("contact",), key="vera")
    account = accounts.create(accounts.operator(MUNICIPALITY), new)
    secret = calendar_feed.make(actor("vera"))
    calendar_feed.read(MUNICIPALITY, secret)
    staff_people.deactivate(actor("karin_thijs"), account)
    with pytest.raises(NotFound):
        calendar_feed.read(MUNICIPALITY, secret)


def test_who_has_no_tasks_has_no_calendar() -> None:
    with pytest.raises(Forbidden):
        calendar_feed.make(Actor("", MUNICIPALITY))
