"""A campaign in Zandlede: its list, who calls, and the ways to get there through the services."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from app.engine.policy import Actor
from app.services.campaigns import batches, bring_list, runs
from app.services.campaigns.runs import StartCampaign
from app.services.follow_up import sweep
from app.services.staff import staffing
from tests.support.bound import MUNICIPALITY

HEADS = "Naam;Telefoon;Leeftijdsgroep;Dorp of wijk;Straat en nummer;Postcode en gemeente"
PLACES = ("Zandlede-Centrum", "Oosthoek", "Sint-Amand-Lede", "Statie", "Ter Heide")
AGES = ("75-79", "80-84", "85-89", "90+")


def person(key: str) -> Actor:
    """Somebody of Zandlede."""
    account = staffing.account_id(MUNICIPALITY, key)
    worker = staffing.world(MUNICIPALITY).staffing.workers[account]
    return Actor(account, MUNICIPALITY, worker.name, worker.roles, worker.controller)


def row(n: int, **cells: str) -> str:
    """A good row, made up."""
    told = {
        "naam": f"Inwoner Nummer{'abcdefghij'[n // 100]}{'abcdefghij'[n // 10 % 10]}{'abcdefghij'[n % 10]}",
        "tel": f"0400 01 {n // 100:02d} {n % 100:02d}",
        "leeftijd": AGES[n % 4],
        "buurt": PLACES[n % 5],
        "straat": f"Kerkstraat {n}",
        "gemeente": "9995 Zandlede",
    } | cells
    return ";".join(told.values())


def listed(rows: Iterable[str]) -> bytes:
    """Rows under their heading, as a file."""
    return "\r\n".join([HEADS, *rows]).encode("utf-8-sig")


def begun(ref: str = "winter_75plus", starts: date = date(2026, 11, 10)) -> str:
    """A run, begun by the coordinator."""
    asked = StartCampaign(
        person("karin_thijs"), ref, "Winter 2026", "", "", starts, date(2026, 12, 18), secrets.token_hex(8)
    )
    return runs.start(asked)


def filled(campaign: str, rows: Iterable[str]) -> None:
    """Bring a list, look at it, put it in."""
    karin = person("karin_thijs")
    brought = bring_list.bring(karin, campaign, listed(rows), secrets.token_hex(8))
    columns = bring_list.show(karin, campaign, brought).columns
    bring_list.check(karin, campaign, brought, {item.id: item.place for item in columns})
    bring_list.put_in(karin, campaign, brought)
    swept()


def swept() -> None:
    """Do all that is due."""
    while sweep.sweep(None).more:
        pass


def given(campaign: str, who: str, size: int) -> str:
    """Give somebody the next names; the batch."""
    batches.hand_out(person("karin_thijs"), campaign, person(who).account, "", size, secrets.token_hex(8))
    return batches.mine(person(who))[-1].id
