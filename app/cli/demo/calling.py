"""A campaign that runs in Zandlede: a list of invented people, and the batch of a volunteer who began to call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.engine import calendar
from app.engine.model.people import Calendar
from app.engine.policy import Actor
from app.services.campaigns import batches, bring_list, contacting, runs
from app.services.campaigns.runs import StartCampaign
from app.services.follow_up import sweep
from app.services.staff import staffing
from app.storage import clock

CAMPAIGN, COORDINATOR, CALLER = "winter_75plus", "karin_thijs", "paul_desmet"
OUTCOMES = ("geen_antwoord", "voicemail", "bezet", "geen_antwoord", "verhuisd")
WEEKS = 6
FIRST = ("Maria", "Jozef", "Godelieve", "Albert", "Simonne", "Roger", "Paula", "Gerard", "Denise")
LAST = ("Vandenbulcke", "Daelemans", "Lippens", "De Wulf", "Hoste", "Baeten")
PLACES = ("Zandlede-Centrum", "Oosthoek", "Sint-Amand-Lede", "Statie", "Ter Heide")
AGES = ("75-79", "80-84", "85-89", "90+")
HEADS = "Naam;Telefoon;Leeftijdsgroep;Dorp of wijk;Straat en nummer;Postcode en gemeente"
NAMES = 32


def fill(slug: str) -> int:
    """Begin it and make the first calls, on the last working day before today; how many names are on the list. Nothing
    when it is there already."""
    karin, paul = _somebody(slug, COORDINATOR), _somebody(slug, CALLER)
    if runs.listed(karin):
        return 0
    cal = staffing.world(slug).calendar
    today = calendar.local(cal, clock.now()).today
    day = calendar.move(cal, today, -1)
    with clock.stopped_at(_at(cal, day, 9)):
        ends = day + timedelta(weeks=WEEKS)
        campaign = runs.start(StartCampaign(karin, CAMPAIGN, "Winter 75+", "", "", day, ends, "demo"))
        _put_in(karin, campaign)
        batches.hand_out(karin, campaign, paul.account, "", 20, "demo-batch")
    with clock.stopped_at(_at(cal, day, 10)):
        mine = batches.mine(paul)[0].id
        for place, outcome in enumerate(OUTCOMES):
            ready = contacting.batch_page(paul, mine).ready
            contacting.note(paul, ready[0].id, outcome, ready[0].version, f"demo-{place}")
    return NAMES


def _put_in(karin: Actor, campaign: str) -> None:
    brought = bring_list.bring(karin, campaign, "\r\n".join([HEADS, *_rows()]).encode(), "demo-list")
    columns = bring_list.show(karin, campaign, brought).columns
    bring_list.check(karin, campaign, brought, {item.id: item.place for item in columns})
    bring_list.put_in(karin, campaign, brought)
    while sweep.sweep(None).more:
        pass


def _rows() -> Iterator[str]:
    for n in range(NAMES):
        name = f"{FIRST[n % len(FIRST)]} {LAST[n % len(LAST)]}"
        place, age = PLACES[n % len(PLACES)], AGES[n % len(AGES)]
        yield f"{name};0400 00 01 {n:02d};{age};{place};Kerkstraat {n + 1};9995 Zandlede"


def _at(cal: Calendar, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=cal.zone)


def _somebody(slug: str, key: str) -> Actor:
    account = staffing.account_id(slug, key)
    worker = staffing.world(slug).staffing.workers[account]
    return Actor(account, slug, worker.name, worker.roles, worker.controller)
